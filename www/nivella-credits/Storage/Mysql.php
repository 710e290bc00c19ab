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
 * Statements on WordPress's own connection, without WordPress's look at each of them. Several
 * travel together: each answer that is waited for keeps others waiting for the account.
 */
final class Mysql {
	/** Nobody waits for a lock as long as the server would let them. Once for each connection. */
	public const WAIT = 'SET SESSION innodb_lock_wait_timeout = 3';
	/** What stands between two statements. No value holds it: in a value a line's end is escaped. */
	private const BETWEEN = ";\n";

	/** Plain arithmetic of the server's clock, whatever zone the session has. */
	private const NOW = "SELECT TIMESTAMPDIFF( MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3) ) DIV 1000
		AS now";
	/** For the next transaction; within one it is refused, before that could be committed. */
	private const ALONE = 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ';

	/** Fails, by a value that none can have, unless the statement before it has changed one row. */
	private const ONE = 'SET SESSION time_zone =
		IF( ROW_COUNT() = 1, @@SESSION.time_zone, \'changed\' )';
	/** So many bytes of statements wait at most: far less than a server takes at once. */
	private const MOST_WAITING = 500000;

	/**
	 * Statements that are not sent yet.
	 *
	 * @var string[]
	 */
	private array $waiting = array();

	/**
	 * How many bytes they have.
	 *
	 * @var int
	 */
	private int $bytes = 0;

	/**
	 * On a connection.
	 *
	 * @param \mysqli $link The connection.
	 */
	public function __construct( private readonly \mysqli $link ) {}

	/**
	 * Begins a transaction.
	 *
	 * @param string   $how   The statement.
	 * @param string[] $first Whole texts of what is asked for first in it.
	 * @return array{int, array} The server's time just before, in milliseconds since 1970; and what
	 *                           those have found.
	 * @throws Failure `INSIDE` where one is open already.
	 */
	public function begin( string $how, array $first ): array {
		$found = $this->send( array( self::NOW, self::ALONE, $how, ...$first ) );
		return array( (int) $found[0][0]['now'], array_slice( $found, 3 ) );
	}

	/**
	 * Keeps a statement until others are sent.
	 *
	 * @param string $text Its whole text.
	 * @throws Failure Where there were many already, and the database refuses one.
	 */
	public function later( string $text ): void {
		$this->waiting[] = $text;
		$this->bytes    += strlen( $text );
		if ( $this->bytes > self::MOST_WAITING ) {
			$this->send( array() );
		}
	}

	/**
	 * Lets nothing be done behind the last statement that waits, unless it changes one row.
	 */
	public function check_one(): void {
		$this->later( self::ONE );
	}

	/**
	 * Sends statements behind those that wait. The server does them in their order up to the first
	 * that fails.
	 *
	 * @param string[] $texts Whole texts; none where some wait.
	 * @return array<int, array<int, array<string, ?string>>|int> Of each, without those that waited:
	 *                                                            rows, or how many were changed.
	 * @throws Failure Where the database refuses one; those before it are done.
	 */
	public function send( array $texts ): array {
		$before = count( $this->waiting );
		if ( 0 === $before + count( $texts ) ) {
			return array();
		}
		// For one, too: to go back to single ones costs a question of its own.
		$all = implode( self::BETWEEN, array( ...$this->waiting, ...$texts ) );

		$this->waiting = array();
		$this->bytes   = 0;
		try {
			return array_slice( $this->results( $this->link->multi_query( $all ) ), $before );
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
		$number = $this->link->errno;
		$number = Failure::NOT_ONE === $number ? Failure::CHANGED : $number;
		throw new Failure( $number, $this->link->error );
	}
}
