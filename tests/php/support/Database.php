<?php
/**
 * The database of the tests.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

/** Made for these tests alone, so it may be killed; it comes back by itself. */
final class Database {
	/** Kills it in the midst of whatever it does, and waits until it is back. */
	public static function kill(): void {
		global $wpdb;
		$socket = self::socket();
		$pid    = (int) file_get_contents( dirname( $socket ) . '/pid' );
		posix_kill( $pid, SIGKILL );
		$until = microtime( true ) + 120;
		while ( posix_kill( $pid, 0 ) || ! self::answers() ) {
			if ( microtime( true ) > $until ) {
				throw new \RuntimeException( 'the database did not come back' );
			}
			usleep( 20000 );
		}
		$wpdb->db_connect( false );
	}

	/** A connection of its own, beside WordPress's. */
	public static function connect(): \mysqli {
		mysqli_report( MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT );
		try {
			return new \mysqli( null, DB_USER, DB_PASSWORD, DB_NAME, 0, self::socket() );
		} finally {
			// As WordPress has it.
			mysqli_report( MYSQLI_REPORT_OFF );
		}
	}

	private static function answers(): bool {
		try {
			return self::connect()->close();
		} catch ( \mysqli_sql_exception $e ) {
			return false;
		}
	}

	private static function socket(): string {
		return explode( ':', DB_HOST, 2 )[1];
	}
}
