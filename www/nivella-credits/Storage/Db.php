<?php
/**
 * The plugin's way to the database.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/**
 * A thin layer over WordPress's database: statements with their values, and the one shape that
 * every write has.
 *
 * Within a transaction statements go to its own connection. WordPress would open another one where
 * it is lost, and what follows would be done alone, outside the transaction.
 */
final class Db {
	private const TRIES       = 12;
	private const LOCK_WAIT_S = 3;
	/** No attempt begins later than this after the first. */
	private const PATIENCE_MS = 6000;
	/** Plain arithmetic of the server's clock, whatever zone the session has. */
	private const NOW = "TIMESTAMPDIFF( MICROSECOND, '1970-01-01', UTC_TIMESTAMP(3) ) DIV 1000 AS now";
	private const INSIDE      = ', @@in_transaction AS inside';

	/**
	 * Connections with a transaction of the plugin.
	 *
	 * @var array<int, true>
	 */
	private static array $open = array();

	private readonly Sql $sql;

	/**
	 * The connection of the running transaction.
	 *
	 * @var ?\mysqli
	 */
	private ?\mysqli $link = null;

	/**
	 * The connection whose session is prepared.
	 *
	 * @var ?\mysqli
	 */
	private ?\mysqli $prepared = null;

	/**
	 * A way to the database.
	 *
	 * @param \wpdb $wpdb WordPress's own.
	 */
	public function __construct( private readonly \wpdb $wpdb ) {
		$this->sql = new Sql( $wpdb );
	}

	/**
	 * The full name of a table of this site.
	 *
	 * @param string $name Its name among the plugin's.
	 */
	public function table( string $name ): string {
		return $this->sql->table( $name );
	}

	/**
	 * What a statement finds.
	 *
	 * @param string $sql       The statement.
	 * @param mixed  ...$values Its values.
	 * @return array<int, array<string, ?string>>
	 * @throws Failure Where the database refuses it.
	 */
	public function rows( string $sql, mixed ...$values ): array {
		return (array) $this->send( $this->sql->text( $sql, $values ) );
	}

	/**
	 * The first row that a statement finds; null for none.
	 *
	 * @param string $sql       The statement.
	 * @param mixed  ...$values Its values.
	 * @return ?array<string, ?string>
	 * @throws Failure Where the database refuses it.
	 */
	public function row( string $sql, mixed ...$values ): ?array {
		return $this->rows( $sql, ...$values )[0] ?? null;
	}

	/**
	 * Does a statement.
	 *
	 * @param string $sql       The statement.
	 * @param mixed  ...$values Its values.
	 * @return int How many rows it has changed.
	 * @throws Failure Where the database refuses it.
	 */
	public function run( string $sql, mixed ...$values ): int {
		return (int) $this->send( $this->sql->text( $sql, $values ) );
	}

	/**
	 * Does some work as a whole, or nothing of it.
	 *
	 * The work may be done more than once: where the database gives up, or is lost, all of it is done
	 * again. It only reads and writes the database; the request ids that it claims tell whether an
	 * earlier attempt was kept although its answer was lost. Mails and hooks wait in the outbox.
	 *
	 * @template T
	 * @param callable(int): T  $work Gets the server's time, in milliseconds since 1970.
	 * @param ?callable(T): bool $keep Whether what was written is to be kept; without it, it is.
	 * @return T What the work returned.
	 * @throws Refusal What the work refuses; `store_unreachable` where the database stays busy or
	 *                 away; `storage_unavailable` where it refuses a statement, or a transaction is
	 *                 open already.
	 */
	public function transaction( callable $work, ?callable $keep = null ): mixed {
		$started = hrtime( true );
		for ( $try = 1; ; $try++ ) {
			try {
				return $this->attempt( $work, $keep );
			} catch ( Failure $failure ) {
				$ms = intdiv( hrtime( true ) - $started, 1000000 );
				if ( ! $failure->may_pass() || $try >= self::TRIES || $ms >= self::PATIENCE_MS ) {
					throw $failure->refusal();
				}
				usleep( random_int( 1000, 20000 ) * min( $try, 5 ) );
				if ( $failure->is_lost() && ! $this->wpdb->check_connection( false ) ) {
					throw $failure->refusal();
				}
			}
		}
	}

	/**
	 * Reads several things as of one moment. Nothing may be written.
	 *
	 * @template T
	 * @param callable(int): T $work What reads; gets the server's time.
	 * @return T What it returned.
	 * @throws Refusal What the work refuses, and as transaction().
	 */
	public function snapshot( callable $work ): mixed {
		try {
			$now = $this->clock();
			$this->begin( 'START TRANSACTION WITH CONSISTENT SNAPSHOT' );
			return $work( $now );
		} catch ( Failure $failure ) {
			throw $failure->refusal();
		} finally {
			$this->end();
		}
	}

	/**
	 * Reads in pieces as of one moment. Nothing may be written meanwhile.
	 *
	 * @template T
	 * @param callable(int): iterable<T> $work What reads; gets the server's time.
	 * @return iterable<T>
	 * @throws Refusal What the work refuses, and as transaction().
	 */
	public function stream( callable $work ): iterable {
		try {
			$now = $this->clock();
			$this->begin( 'START TRANSACTION WITH CONSISTENT SNAPSHOT' );
			yield from $work( $now );
		} catch ( Failure $failure ) {
			throw $failure->refusal();
		} finally {
			$this->end();
		}
	}

	/**
	 * One attempt at a transaction.
	 *
	 * @param callable  $work The work.
	 * @param ?callable $keep Whether to keep what was written.
	 */
	private function attempt( callable $work, ?callable $keep ): mixed {
		$this->prepare_session();
		// Read by itself, before the transaction: a snapshot must not be older than the lock.
		$now = $this->clock();
		try {
			$this->begin( 'START TRANSACTION' );
			$result = $work( $now );
			if ( null === $keep || $keep( $result ) ) {
				$this->send( 'COMMIT' );
				unset( self::$open[ spl_object_id( $this->wpdb ) ] );
			}
			return $result;
		} finally {
			$this->end();
		}
	}

	/**
	 * Opens a transaction and keeps to its connection.
	 *
	 * @param string $how The statement.
	 */
	private function begin( string $how ): void {
		$this->send( $how );
		self::$open[ spl_object_id( $this->wpdb ) ] = true;

		$link       = $this->wpdb->dbh;
		$this->link = $link instanceof \mysqli ? $link : null;
	}

	/**
	 * Leaves the transaction; whatever was not committed is undone.
	 */
	private function end(): void {
		$id = spl_object_id( $this->wpdb );
		try {
			if ( isset( self::$open[ $id ] ) ) {
				$this->send( 'ROLLBACK' );
			}
		} catch ( Failure ) {
			// A lost connection is rolled back by the server, and there is no other reason.
			unset( self::$open[ $id ] );
		} finally {
			unset( self::$open[ $id ] );
			$this->link = null;
		}
	}

	/**
	 * The server's clock, in milliseconds since 1970, ahead of a transaction.
	 *
	 * A transaction that is started inside another one commits that without a word, so it is refused
	 * here. Only MariaDB tells of those that others have opened.
	 *
	 * @throws Refusal `storage_unavailable`.
	 */
	private function clock(): int {
		$link  = $this->wpdb->dbh;
		$tells = $link instanceof \mysqli && str_contains( $link->server_info, 'MariaDB' );
		$own   = isset( self::$open[ spl_object_id( $this->wpdb ) ] );
		$row   = $own || ! $link instanceof \mysqli
			? array( 'now' => ( new \DateTimeImmutable() )->format( 'Uv' ) )
			: $this->rows( 'SELECT ' . self::NOW . ( $tells ? self::INSIDE : '' ) )[0];
		if ( $own || '1' === ( $row['inside'] ?? '0' ) ) {
			$message = 'a transaction is open already, and the ledger writes in its own';
			throw new Refusal( 'storage_unavailable', $message );
		}
		return (int) $row['now'];
	}

	/**
	 * Nobody waits for a lock as long as the server would let them. Once for each connection.
	 */
	private function prepare_session(): void {
		$link = $this->wpdb->dbh;
		if ( $link instanceof \mysqli && $link !== $this->prepared ) {
			$this->send( 'SET SESSION innodb_lock_wait_timeout = ' . self::LOCK_WAIT_S );
			$this->prepared = $this->wpdb->dbh;
		}
	}

	/**
	 * Sends a statement.
	 *
	 * @param string $sql The whole text.
	 * @return array<int, array<string, ?string>>|int Rows, or how many were changed.
	 * @throws Failure Where the database refuses it.
	 */
	private function send( string $sql ): array|int {
		return null === $this->link ? $this->by_wpdb( $sql ) : $this->by_link( $this->link, $sql );
	}

	/**
	 * Sends a statement by WordPress, which neither prints nor logs what fails: whoever catches the
	 * failure does.
	 *
	 * @param string $sql The whole text.
	 * @return array<int, array<string, ?string>>|int
	 */
	private function by_wpdb( string $sql ): array|int {
		$shown = $this->wpdb->suppress_errors( true );
		try {
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

	/**
	 * Sends a statement on the transaction's own connection.
	 *
	 * @param \mysqli $link The connection.
	 * @param string  $sql  The whole text.
	 * @return array<int, array<string, ?string>>|int
	 */
	private function by_link( \mysqli $link, string $sql ): array|int {
		++$this->wpdb->num_queries;
		try {
			$result = $link->query( $sql );
		} catch ( \mysqli_sql_exception $exception ) {
			throw new Failure( $exception->getCode(), $exception->getMessage() );
		}
		if ( false === $result ) {
			throw new Failure( $link->errno, $link->error );
		}
		if ( true === $result ) {
			return (int) $link->affected_rows;
		}
		return $result->fetch_all( MYSQLI_ASSOC );
	}
}
