<?php
/**
 * A connection to MariaDB or MySQL.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

defined( 'ABSPATH' ) || exit;

/**
 * Statements on WordPress's own connection, without WordPress's look at each of them. Several travel
 * together: waiting for one answer after the other costs more than most of them take.
 */
final class Mysql {
	/** What stands between two statements. No value holds it: in a value a line's end is escaped. */
	private const BETWEEN = ";\n";

	/**
	 * On a connection.
	 *
	 * @param \mysqli $link The connection.
	 */
	public function __construct( private readonly \mysqli $link ) {}

	/**
	 * Sends statements, which the server does in their order up to the first that fails.
	 *
	 * @param string[] $texts Whole texts, at least one.
	 * @return array<int, array<int, array<string, ?string>>|int> Of each: rows, or how many were
	 *                                                            changed.
	 * @throws Failure Where the database refuses one; those before it are done.
	 */
	public function send( array $texts ): array {
		try {
			// For one, too: to go back to single ones costs a question of its own.
			return $this->results( $this->link->multi_query( implode( self::BETWEEN, $texts ) ) );
		} catch ( \mysqli_sql_exception $exception ) {
			throw new Failure( $exception->getCode(), $exception->getMessage() );
		}
	}

	/**
	 * What the statements that were sent have done.
	 *
	 * @param bool $done Whether the first was.
	 * @return array<int, array<int, array<string, ?string>>|int>
	 * @throws Failure Where one of them failed.
	 */
	private function results( bool $done ): array {
		$results = array();
		while ( $done ) {
			$found = $this->link->store_result();
			if ( false === $found && 0 !== $this->link->errno ) {
				break;
			}
			$results[] = false === $found
				? (int) $this->link->affected_rows
				: $found->fetch_all( MYSQLI_ASSOC );
			if ( ! $this->link->more_results() ) {
				return $results;
			}
			$done = $this->link->next_result();
		}
		throw new Failure( $this->link->errno, $this->link->error );
	}
}
