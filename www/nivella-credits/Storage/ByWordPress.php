<?php
/**
 * Statements by WordPress's own way.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

defined( 'ABSPATH' ) || exit;

/** Outside a transaction: WordPress finds the connection, and makes a lost one anew. */
final class ByWordPress {
	/**
	 * Over WordPress's database.
	 *
	 * @param \wpdb $wpdb WordPress's own.
	 */
	public function __construct( private readonly \wpdb $wpdb ) {}

	/**
	 * Sends a statement. WordPress neither prints nor logs what fails: whoever catches the failure
	 * does.
	 *
	 * @param string $sql The whole text.
	 * @return array<int, array<string, ?string>>|int Rows, or how many were changed.
	 * @throws Failure Where the database refuses it.
	 */
	public function send( string $sql ): array|int {
		$shown = $this->wpdb->suppress_errors( true );
		try {
			// phpcs:ignore WordPress.DB.PreparedSQL -- Sql has put the values in.
			$done = $this->wpdb->query( $sql );
		} finally {
			$this->wpdb->suppress_errors( $shown );
		}
		if ( false === $done ) {
			$link = $this->wpdb->dbh;
			throw new Failure(
				$link instanceof \mysqli ? $link->errno : 0,
				(string) $this->wpdb->last_error,
			);
		}
		$finds = 1 === preg_match( '/^\s*(SELECT|SHOW|EXPLAIN)/', $sql );
		$rows  = static fn( object $row ): array => get_object_vars( $row );
		return $finds ? array_map( $rows, $this->wpdb->last_result ) : (int) $done;
	}
}
