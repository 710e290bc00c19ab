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
	private const TRIES = 12;
	/** No attempt begins later than this after the first. */
	private const PATIENCE_MS = 6000;
	private const SNAPSHOT    = 'START TRANSACTION WITH CONSISTENT SNAPSHOT';

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
	 * @var ?Mysql
	 */
	private ?Mysql $link = null;

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
	 * Does a statement of a transaction whose answer nobody waits for: together with the next one
	 * that is asked for an answer, and before it. Where it fails, that one does.
	 *
	 * @param string $sql       The statement.
	 * @param mixed  ...$values Its values.
	 * @throws Failure Where the database refuses it, or one that waited.
	 */
	public function later( string $sql, mixed ...$values ): void {
		$text = $this->sql->text( $sql, $values );
		if ( null === $this->link ) {
			$this->send( $text );
			return;
		}
		++$this->wpdb->num_queries;
		$this->link->later( $text );
	}

	/** Does now what waits, so that it fails here if it fails. */
	public function flush(): void {
		$this->link?->send( array() );
	}

	/**
	 * Changes exactly one row, later. Where there is none that fits, nothing behind it is done: not
	 * the commit either.
	 *
	 * @param string $sql       The statement.
	 * @param mixed  ...$values Its values.
	 * @throws Failure `CHANGED` where none fits; or the next one that is asked for an answer does.
	 */
	public function one_later( string $sql, mixed ...$values ): void {
		if ( null !== $this->link ) {
			$this->later( $sql, ...$values );
			$this->link->check_one();
		} elseif ( 1 !== $this->run( $sql, ...$values ) ) {
			throw new Failure( Failure::CHANGED, 'the row was written by somebody else' );
		}
	}

	/**
	 * Whether together() asks the database once only, and stops at the first that fails.
	 */
	public function is_joined(): bool {
		return null !== $this->link;
	}

	/**
	 * What several statements find or change, one after the other.
	 *
	 * @param array<int, array<int, mixed>> $statements Each with its values behind it.
	 * @return array<int, array<int, array<string, ?string>>|int> Rows, or how many were changed.
	 * @throws Failure Where the database refuses one; those before it are done.
	 */
	public function together( array $statements ): array {
		return $this->send_all( $this->texts( $statements ) );
	}

	/** Whole texts of statements, each with its values behind it. */
	private function texts( array $statements ): array {
		$text = fn( array $one ): string => $this->sql->text( $one[0], array_slice( $one, 1 ) );
		return array_map( $text, $statements );
	}

	/**
	 * Does some work as a whole, or nothing of it.
	 *
	 * The work may be done more than once: where the database gives up, or is lost, all of it is done
	 * again. It only reads and writes the database; the request ids that it claims tell whether an
	 * earlier attempt was kept although its answer was lost. Mails and hooks wait in the outbox.
	 *
	 * @template T
	 * @param callable(int): T   $work Gets the server's time, in milliseconds since 1970.
	 * @param ?callable(T): bool $keep Whether what was written is to be kept; without it, it is.
	 * @return T What the work returned.
	 * @throws Refusal What the work refuses; `store_unreachable` where the database stays busy or
	 *                 away; `storage_unavailable` where it refuses a statement, its tables have no
	 *                 transactions, or one is open already.
	 */
	public function transaction( callable $work, ?callable $keep = null ): mixed {
		if ( ! Schema::is_ready() ) {
			throw new Refusal( 'storage_unavailable', 'the tables cannot keep a ledger' );
		}
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
	 * @param callable(int, array): T        $work  What reads; gets the server's time, and what the
	 *                                              first statements found.
	 * @param array<int, array<int, mixed>> $first Statements, each with its values behind it, that
	 *                                              the work asks for in any case: one answer less
	 *                                              to wait for.
	 * @return T What it returned.
	 * @throws Refusal What the work refuses, and as transaction().
	 */
	public function snapshot( callable $work, array $first = array() ): mixed {
		$this->refuse_nesting();
		try {
			return $work( ...$this->begin( self::SNAPSHOT, $first ) );
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
		$this->refuse_nesting();
		try {
			yield from $work( $this->begin( self::SNAPSHOT )[0] );
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
		$this->refuse_nesting();
		try {
			$result = $work( $this->begin( 'START TRANSACTION' )[0] );
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
	 * Opens a transaction and keeps to its connection. One that was lost while it was idle is made
	 * anew, as WordPress does.
	 *
	 * @param string                        $how   The statement.
	 * @param array<int, array<int, mixed>> $first Statements behind it.
	 * @return array{int, array} The server's time just before, in milliseconds since 1970, since a
	 *                           snapshot must not be older; and what the statements found.
	 * @throws Refusal `storage_unavailable` where somebody has opened one already.
	 */
	private function begin( string $how, array $first = array() ): array {
		try {
			return $this->open( $how, $first );
		} catch ( Failure $failure ) {
			if ( Failure::INSIDE === $failure->number ) {
				// Somebody else's, which is theirs to end.
				unset( self::$open[ spl_object_id( $this->wpdb ) ] );
				$this->link = null;
				throw self::nested();
			}
			if ( ! $failure->is_lost() || ! $this->wpdb->check_connection( false ) ) {
				throw $failure;
			}
			return $this->open( $how, $first );
		}
	}

	/** One attempt at begin(). */
	private function open( string $how, array $first ): array {
		if ( ! $this->wpdb->dbh instanceof \mysqli ) {
			$now = ( new \DateTimeImmutable() )->format( 'Uv' );
			$this->send( $how );
			self::$open[ spl_object_id( $this->wpdb ) ] = true;
			return array( (int) $now, $this->together( $first ) );
		}
		// A class in the place of WordPress's own may choose a connection by the statement.
		if ( \wpdb::class !== $this->wpdb::class ) {
			( new ByWordPress( $this->wpdb ) )->send( Mysql::WAIT );
		}
		$this->link = new Mysql( $this->wpdb->dbh );
		if ( $this->wpdb->dbh !== $this->prepared ) {
			$this->link->later( Mysql::WAIT );
		}
		// From here on end() undoes it, whatever fails.
		self::$open[ spl_object_id( $this->wpdb ) ] = true;

		$begun          = $this->link->begin( $how, $this->texts( $first ) );
		$this->prepared = $this->wpdb->dbh;

		$this->wpdb->num_queries += count( $first );
		return $begun;
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
	 * A transaction that is started inside another one commits that without a word.
	 *
	 * @throws Refusal `storage_unavailable`.
	 */
	private function refuse_nesting(): void {
		$own = isset( self::$open[ spl_object_id( $this->wpdb ) ] );
		if ( $own || Sqlite::of( $this->wpdb )?->is_inside() ) {
			throw self::nested();
		}
	}

	/**
	 * What is refused within a transaction, whoever has opened it.
	 */
	private static function nested(): Refusal {
		$message = 'a transaction is open already, and the ledger writes in its own';
		return new Refusal( 'storage_unavailable', $message );
	}

	/**
	 * Sends a statement.
	 *
	 * @param string $sql The whole text.
	 * @return array<int, array<string, ?string>>|int Rows, or how many were changed.
	 * @throws Failure Where the database refuses it.
	 */
	private function send( string $sql ): array|int {
		$results = $this->send_all( array( $sql ) );
		return end( $results );
	}

	/**
	 * Sends statements.
	 *
	 * @param string[] $texts Whole texts.
	 * @return array<int, array<int, array<string, ?string>>|int> Of each.
	 * @throws Failure Where the database refuses one; those before it are done.
	 */
	private function send_all( array $texts ): array {
		if ( null === $this->link ) {
			$way = Sqlite::of( $this->wpdb ) ?? new ByWordPress( $this->wpdb );
			return array_map( $way->send( ... ), $texts );
		}
		$this->wpdb->num_queries += count( $texts );
		return $this->link->send( $texts );
	}
}
