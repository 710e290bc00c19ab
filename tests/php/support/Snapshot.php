<?php
/**
 * What the database held before the tests.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

/**
 * Keeps a copy of every table, and puts it back before each test. A transaction that is rolled
 * back would be quicker, but the plugin commits its own, and a START TRANSACTION inside another one
 * commits that without a word.
 */
final class Snapshot {
	/** @var array<string, bool> Tables, and whether they held rows. */
	private static array $tables = array();

	/** Copies every table that has rows. */
	public static function take(): void {
		global $wpdb;
		self::$tables = array();
		foreach ( self::names( $wpdb->prefix ) as $table ) {
			$any = null !== $wpdb->get_var( "SELECT 1 FROM `$table` LIMIT 1" );
			if ( $any ) {
				self::run( "DROP TABLE IF EXISTS `kept_$table`" );
				self::run( "CREATE TABLE `kept_$table` AS SELECT * FROM `$table`" );
			}
			self::$tables[ $table ] = $any;
		}
	}

	/** Puts every row back. Counters of ids go on, so that no test may count on an id. */
	public static function restore(): void {
		$mysql = $GLOBALS['wpdb']->dbh instanceof \mysqli;
		$GLOBALS['wpdb']->query( 'ROLLBACK' );
		if ( $mysql ) {
			self::run( 'SET foreign_key_checks = 0' );
		}
		self::run( $mysql ? 'START TRANSACTION' : 'BEGIN IMMEDIATE' );
		foreach ( self::$tables as $table => $any ) {
			self::run( "DELETE FROM `$table`" );
			if ( $any ) {
				self::run( "INSERT INTO `$table` SELECT * FROM `kept_$table`" );
			}
		}
		self::run( 'COMMIT' );
		if ( $mysql ) {
			self::run( 'SET foreign_key_checks = 1' );
		}
		wp_cache_flush();
	}

	/** @return string[] Tables whose names begin so. */
	public static function names( string $prefix ): array {
		global $wpdb;
		$like = $wpdb->esc_like( $prefix ) . '%';
		return $wpdb->get_col( $wpdb->prepare( 'SHOW TABLES LIKE %s', $like ) );
	}

	/** SQLite is asked itself: what stands for MariaDB there copies no tables. */
	private static function run( string $sql ): void {
		global $wpdb;
		if ( ! $wpdb->dbh instanceof \mysqli ) {
			$wpdb->dbh->get_sqlite_pdo()->exec( $sql );
			return;
		}
		if ( false === $wpdb->query( $sql ) ) {
			throw new \RuntimeException( "$sql: {$wpdb->last_error}" );
		}
	}
}
