<?php
/**
 * Makes the plugin's tables.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

defined( 'ABSPATH' ) || exit;

/**
 * The tables of one site: made when the plugin is switched on, and again when a newer version of it
 * has others. Doing it again changes nothing.
 */
final class Schema {
	/** Option: the version of the tables that are there, or UNUSABLE. */
	public const OPTION = 'nivella_credits_schema';
	/** There are tables, and they cannot keep a ledger. */
	public const UNUSABLE = 'unusable';

	/**
	 * Makes what is missing in the current site.
	 *
	 * @return string[] Tables that cannot be used, because the server made them without transactions.
	 */
	public static function install(): array {
		global $wpdb;
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		$db = new Db( $wpdb );
		foreach ( Tables::names() as $name ) {
			dbDelta( Tables::statement( $name, $db->table( $name ), $wpdb->get_charset_collate() ) );
		}
		$unusable = self::unusable( $db );
		$state    = array() === $unusable ? (string) Tables::VERSION : self::UNUSABLE;
		update_option( self::OPTION, $state, true );
		return $unusable;
	}

	/** Whether the tables of the current site are there and can keep a ledger. */
	public static function is_ready(): bool {
		return (string) Tables::VERSION === (string) get_option( self::OPTION, '' );
	}

	/**
	 * Makes what a newer version of the plugin needs. An update of a plugin activates nothing. Where
	 * the tables could not be used, whoever can mend it is the one who waits for another look.
	 */
	public static function update(): void {
		$cli   = defined( 'WP_CLI' ) && WP_CLI;
		$again = is_admin() || $cli || self::UNUSABLE !== get_option( self::OPTION, '' );
		if ( ! self::is_ready() && $again ) {
			self::install();
		}
	}

	/** Looks again at tables that could be used: tools of a database change its tables, too. */
	public static function check(): void {
		global $wpdb;
		if ( self::is_ready() && array() !== self::unusable( new Db( $wpdb ) ) ) {
			update_option( self::OPTION, self::UNUSABLE, true );
		}
	}

	/**
	 * Adds the tables of a site that is deleted from a network.
	 *
	 * @param string[] $tables Full names.
	 * @return string[]
	 */
	public static function drop_with_site( array $tables ): array {
		global $wpdb;
		$db = new Db( $wpdb );
		return array_merge( $tables, array_map( $db->table( ... ), Tables::names() ) );
	}

	/**
	 * Tables that are missing or have no transactions. SQLite has them in all tables, and an older
	 * driver of it in none that could be relied on.
	 *
	 * @param Db $db The database.
	 * @return string[]
	 */
	public static function unusable( Db $db ): array {
		global $wpdb;
		$all = array_map( $db->table( ... ), Tables::names() );
		if ( null !== Sqlite::of( $wpdb ) ) {
			// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- what is there now.
			return array_values( array_diff( $all, $wpdb->get_col( 'SHOW TABLES' ) ) );
		}
		if ( Sqlite::is_here() ) {
			return $all;
		}
		$rows = $db->rows(
			'SELECT table_name AS name FROM information_schema.tables
			WHERE table_schema = DATABASE() AND engine = ? AND table_name IN ?',
			'InnoDB',
			$all,
		);
		return array_values( array_diff( $all, array_column( $rows, 'name' ) ) );
	}
}
