<?php
/**
 * A connection to the database that a test can disturb.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

use Closure;
use mysqli;
use mysqli_result;

/**
 * In the place of WordPress's own connection. Statements of the plugin's transactions come by, each
 * by itself, also those that were sent together.
 */
final class Link extends mysqli {
	/** @var string[] The statements so far. */
	public array $sent = array();
	/** How often something was sent. */
	public int $trips = 0;
	/** @var ?Closure(string, int): ?string Sees each statement first; may put another in its place. */
	public ?Closure $before = null;
	/** @var ?Closure(string, int): void Sees each statement when it is done. */
	public ?Closure $after = null;

	/** @var string[] What was sent together and is not done yet. */
	private array $texts = array();
	private mysqli_result|bool $result = false;

	/** Takes the place of WordPress's connection. */
	public static function install(): self {
		global $wpdb;
		[ $host, $port, $socket ] = $wpdb->parse_db_host( DB_HOST );

		$link = new self( $host, DB_USER, DB_PASSWORD, DB_NAME, (int) $port, (string) $socket );
		$wpdb->set_charset( $link );
		$wpdb->dbh = $link;
		$wpdb->set_sql_mode();
		return $link;
	}

	/** Leaves WordPress with a connection of its own again. */
	public static function remove(): void {
		global $wpdb;
		$wpdb->close();
		$wpdb->db_connect();
	}

	/** Ends the connection from outside, as a server that goes down or a network does. */
	public function cut(): void {
		[ $host, $port, $socket ] = $GLOBALS['wpdb']->parse_db_host( DB_HOST );

		$other = new mysqli( $host, DB_USER, DB_PASSWORD, DB_NAME, (int) $port, (string) $socket );
		$other->query( "KILL {$this->thread_id}" );
		$other->close();
	}

	/** Does one statement after the other: the next one when its result is asked for. */
	public function multi_query( string $query ): bool {
		++$this->trips;
		$this->texts = explode( ";\n", $query );
		return $this->next_result();
	}

	public function more_results(): bool {
		return array() !== $this->texts;
	}

	public function next_result(): bool {
		$this->result = $this->query( array_shift( $this->texts ) );
		return false !== $this->result;
	}

	public function store_result( int $mode = 0 ): mysqli_result|false {
		return $this->result instanceof mysqli_result ? $this->result : false;
	}

	public function query( string $query, int $mode = MYSQLI_STORE_RESULT ): mysqli_result|bool {
		$n            = count( $this->sent );
		$this->sent[] = $query;
		$query        = null === $this->before ? $query : ( $this->before )( $query, $n ) ?? $query;
		$result       = parent::query( $query, $mode );
		if ( null !== $this->after ) {
			( $this->after )( $query, $n );
		}
		return $result;
	}
}
