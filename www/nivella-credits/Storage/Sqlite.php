<?php
/**
 * WordPress on SQLite.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

defined( 'ABSPATH' ) || exit;

/**
 * The ledger on SQLite, for trying: by the driver of the plugin "SQLite Database Integration",
 * which is given the same statements and does them in SQLite's own way.
 *
 * Its transactions begin as `BEGIN IMMEDIATE`: from their first statement nobody else writes
 * anything at all, so they come one after the other, and a lock on a row has nothing left to do.
 * Where a statement fails, the driver leaves the whole transaction: nobody may go on in it.
 */
final class Sqlite {
	/** The first version of the driver that does all of this. */
	public const OLDEST = '3.0';

	private const CLASS_NAME = 'WP_MySQL_On_SQLite';

	/** SQLite's own numbers of a busy database, which may pass. */
	private const BUSY = array( 5, 6 );

	/** The unique keys that are asked for by name, by the column that SQLite names first. */
	private const KEYS = array( 'movement_item' => 'movement' );

	/**
	 * The driver behind WordPress's database; null where that is another one.
	 *
	 * @param \wpdb $wpdb WordPress's database.
	 */
	public static function of( \wpdb $wpdb ): ?self {
		$driver = $wpdb->dbh;
		return is_object( $driver ) && is_a( $driver, self::CLASS_NAME ) ? new self( $driver ) : null;
	}

	/** Whether WordPress is on SQLite, by whatever version of a driver. */
	public static function is_here(): bool {
		return defined( 'DB_ENGINE' ) && 'sqlite' === DB_ENGINE;
	}

	/**
	 * Over a driver.
	 *
	 * @param object $driver A WP_MySQL_On_SQLite.
	 */
	private function __construct( private readonly object $driver ) {}

	/** Whether a transaction is open. */
	public function is_inside(): bool {
		return $this->driver->inTransaction();
	}

	/**
	 * Sends a statement.
	 *
	 * @param string $sql The whole text.
	 * @return array<int, array<string, ?string>>|int Rows, or how many were changed.
	 * @throws Failure Where the database refuses it.
	 */
	public function send( string $sql ): array|int {
		try {
			$result = $this->driver->query( $sql );
			return $result->columnCount() > 0
				// phpcs:ignore WordPress.DB.RestrictedClasses -- a word of the driver, which is $wpdb's own.
				? $result->fetchAll( \PDO::FETCH_ASSOC )
				: $result->rowCount();
		} catch ( \PDOException $exception ) {
			throw self::failure( $exception );
		}
	}

	/** What MariaDB would have said of it. */
	private static function failure( \PDOException $exception ): Failure {
		$number = (int) ( $exception->errorInfo[1] ?? 0 );
		$words  = $exception->getMessage();
		if ( in_array( $number, self::BUSY, true ) ) {
			return new Failure( Failure::BUSY, $words );
		}
		if ( 1 === preg_match( '/UNIQUE constraint failed: \w+\.(\w+)/', $words, $found ) ) {
			$key = self::KEYS[ $found[1] ] ?? $found[1];
			return new Failure( Failure::DUPLICATE, "$words, for key '$key'" );
		}
		return new Failure( $number, $words );
	}
}
