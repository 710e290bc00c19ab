<?php
/**
 * The one shape of every write: whole or not at all, whatever the database does meanwhile.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\Failure;
use Nivella\Credits\Tests\Support\Checked;
use Nivella\Credits\Tests\Support\Link;
use Nivella\Credits\Tests\Support\Process;
use Nivella\Credits\Tests\Support\WordPressTestCase;

final class TransactionTest extends WordPressTestCase {
	private const USE = array(
		'op'         => 'use',
		'request_id' => 'u1',
		'mode'       => 'strict',
		'amount'     => '40',
		'reference'  => 'talk',
	);

	private int $account;
	private ?Link $link = null;

	protected function setUp(): void {
		parent::setUp();
		$books         = Books::open();
		$this->account = $books->account_of_user( $this->user() );
		$grant         = array( 'op' => 'grant', 'kind' => 'purchase', 'amount' => '50' );
		foreach ( array( 'a', 'b' ) as $item ) {
			$more = array( 'request_id' => "grant-$item", 'order_item' => $item );
			$books->write( $this->account, $grant + $more );
		}
	}

	protected function tearDown(): void {
		if ( null !== $this->link ) {
			Link::remove();
			$this->link = null;
		}
		parent::tearDown();
	}

	private function link(): Link {
		return $this->link = Link::install();
	}

	/** How many statements a plain use sends within its transaction, its end included. */
	private function statements(): int {
		$link = $this->link();
		$use  = array( 'amount' => '0.5', 'request_id' => 'u0' ) + self::USE;
		Books::open()->write( $this->account, $use );
		self::assertSame( 'COMMIT', end( $link->sent ) );
		self::assertGreaterThan( 6, count( $link->sent ) );
		return count( $link->sent );
	}

	/** @group mariadb */
	public function test_a_plain_use_takes_few_statements_and_waits_for_few_answers(): void {
		self::assertLessThanOrEqual( 15, $this->statements() );
		// The beginning; what is read, with the lock; what is written, with the commit.
		self::assertSame( 3, $this->link->trips );
	}

	/** @group mariadb */
	public function test_a_balance_waits_for_two_answers(): void {
		$link = $this->link();
		Books::open()->balance( $this->account );
		// The beginning, with all that is read; the end.
		self::assertSame( 2, $link->trips );
	}

	/** @group mariadb */
	public function test_what_fails_right_behind_a_beginning_leaves_nothing_open(): void {
		$db    = new Db( $GLOBALS['wpdb'] );
		$first = array( array( 'SELECT nothing FROM {accounts}' ) );
		try {
			$db->snapshot( static fn(): bool => true, $first );
			self::fail( 'nothing was refused' );
		} catch ( Refusal $refusal ) {
			self::assertSame( 'storage_unavailable', $refusal->error );
		}
		self::assertSame( '0', $db->row( 'SELECT @@in_transaction AS open' )['open'] );
		self::assertSame( '100', Books::open()->balance( $this->account )['available'] );
	}

	/** A34: what was read is old by the time it is written. */
	public function test_nothing_is_committed_where_somebody_else_has_written_the_account(): void {
		$link  = $this->link();
		$times = 0;

		$link->before = function ( string $sql ) use ( &$times ): ?string {
			// As if the lock had been none: the first time, there is another version by now.
			$is_write = 1 === preg_match( '/^UPDATE \S+_accounts/', $sql );
			return $is_write && 0 === $times++ ? $sql . ' AND version < 0' : null;
		};
		$this->assert_one_use( 'written-meanwhile', '0.01' );
		self::assertSame( 2, $times, 'all of it was done again' );
	}

	/** @group mariadb */
	public function test_who_replaces_the_database_class_chooses_the_connection_of_a_write(): void {
		global $wpdb;
		$own = new class( DB_USER, DB_PASSWORD, DB_NAME, DB_HOST ) extends \wpdb {
			public \mysqli $reader;
			public \mysqli $writer;

			/** As classes with copies of the database do: reads go to one of these. */
			public function query( $query ) {
				$this->dbh = str_starts_with( $query, 'SELECT' ) ? $this->reader : $this->writer;
				return parent::query( $query );
			}
		};
		$own->set_prefix( $wpdb->prefix );
		$own->writer = $own->dbh;
		$own->reader = Link::install();
		$this->link  = $own->reader;
		$own->dbh    = $own->reader;
		$own->reader->before = static fn( string $sql ): ?string => str_starts_with( $sql, 'SELECT' )
			? null
			: throw new \mysqli_sql_exception( 'read only', 1290 );

		$db    = new Db( $own );
		$books = new Books( $db, new Configuration( $db ) );
		self::assertTrue( $books->write( $this->account, self::USE )['booked'] );
		self::assertSame( '60', $books->balance( $this->account )['available'] );
	}

	public function test_a_lost_connection_at_any_statement_leaves_one_effect(): void {
		$count = $this->statements();
		foreach ( range( 0, $count - 1 ) as $at ) {
			$link = $this->link();
			// The statement does not arrive; the last one is the commit.
			$link->before = static function ( string $sql, int $n ) use ( $at, $link ): ?string {
				$n === $at ? $link->cut() : null;
				return null;
			};
			$this->assert_one_use( "before-$at", '0.01' );
		}
	}

	/** @group mariadb */
	public function test_an_unknown_outcome_of_the_commit_is_resolved_by_the_same_request(): void {
		$link        = $this->link();
		$link->after = static function ( string $sql ) use ( $link ): void {
			if ( 'COMMIT' === $sql ) {
				// It was done; only the answer gets lost.
				$link->cut();
				throw new \mysqli_sql_exception( 'Lost connection to server during query', 2013 );
			}
		};
		$answer = Books::open()->write( $this->account, self::USE );
		self::assertTrue( $answer['booked'] );
		self::assertTrue( $answer['replayed'], 'the first attempt was kept' );
		self::assertSame( '60', $answer['balance']['available'] );
		self::assertNull( Checked::fault( new Db( $GLOBALS['wpdb'] ), $this->account ) );
	}

	/** @return array<string, array{int}> */
	public static function passing(): array {
		$numbers = array( 1213, 1205, 1047, 1180, 1020 );
		return array_combine(
			array_map( static fn( int $n ): string => "error $n", $numbers ),
			array_map( static fn( int $n ): array => array( $n ), $numbers )
		);
	}

	/**
	 * @dataProvider passing
	 * @group mariadb
	 */
	public function test_what_passes_is_tried_again_at_any_statement( int $number ): void {
		$count = $this->statements();
		foreach ( range( 0, $count - 1 ) as $at ) {
			$link         = $this->link();
			$link->before = static function ( string $sql, int $n ) use ( $at, $number ): ?string {
				return $n === $at ? throw new \mysqli_sql_exception( 'as said', $number ) : null;
			};
			$this->assert_one_use( "again-$at", '0.01' );
		}
	}

	/** @group mariadb */
	public function test_what_does_not_pass_is_refused_at_once_and_nothing_is_kept(): void {
		$link         = $this->link();
		$link->before = static fn( string $sql ): ?string => str_contains( $sql, '_draws' )
			? throw new \mysqli_sql_exception( 'Table is full', 1114 )
			: null;
		self::assertSame( 'storage_unavailable', $this->refused()->error );
		$link->before = null;
		self::assertSame( '100', Books::open()->balance( $this->account )['available'] );
		self::assertNull( Checked::fault( new Db( $GLOBALS['wpdb'] ), $this->account ) );
	}

	/** @group mariadb */
	public function test_what_never_passes_ends_as_busy_and_may_be_sent_again(): void {
		$link         = $this->link();
		$link->before = static fn( string $sql ): ?string => 'COMMIT' === $sql
			? throw new \mysqli_sql_exception( 'WSREP detected deadlock', 1213 )
			: null;
		$refusal      = $this->refused();
		self::assertSame( 'store_unreachable', $refusal->error );
		self::assertSame( 503, $refusal->status() );
		self::assertSame( '1', $refusal->details['retry_after'] );
		$link->before = null;
		self::assertFalse( Books::open()->write( $this->account, self::USE )['replayed'] );
	}

	public function test_a_transaction_of_somebody_else_is_never_committed_by_ours(): void {
		global $wpdb;
		$wpdb->query( 'START TRANSACTION' );
		$wpdb->insert( $wpdb->options, array( 'option_name' => 'theirs', 'option_value' => '1' ) );
		self::assertSame( 'storage_unavailable', $this->refused()->error );
		$wpdb->query( 'ROLLBACK' );
		$theirs = "SELECT COUNT(*) FROM $wpdb->options WHERE option_name = 'theirs'";
		self::assertSame( '0', $wpdb->get_var( $theirs ) );
	}

	public function test_a_transaction_of_somebody_else_is_never_undone_by_ours(): void {
		global $wpdb;
		$wpdb->query( 'START TRANSACTION' );
		$wpdb->insert( $wpdb->options, array( 'option_name' => 'theirs', 'option_value' => '1' ) );
		self::assertSame( 'storage_unavailable', $this->refused()->error );
		try {
			Books::open()->balance( $this->account );
			self::fail( 'nothing was refused' );
		} catch ( Refusal $refusal ) {
			self::assertSame( 'storage_unavailable', $refusal->error );
		}
		$wpdb->query( 'COMMIT' );
		$wpdb->query( 'ROLLBACK' );
		$theirs = "SELECT COUNT(*) FROM $wpdb->options WHERE option_name = 'theirs'";
		self::assertSame( '1', $wpdb->get_var( $theirs ) );
	}

	public function test_a_write_within_a_write_is_refused_and_undoes_both(): void {
		$db    = new Db( $GLOBALS['wpdb'] );
		$inner = fn() => $db->transaction( fn() => $this->refused_write() );
		try {
			$inner();
			self::fail( 'nothing was refused' );
		} catch ( Refusal $refusal ) {
			self::assertSame( 'storage_unavailable', $refusal->error );
		}
		self::assertTrue( Books::open()->write( $this->account, self::USE )['booked'] );
	}

	/** @group mariadb */
	public function test_who_waits_too_long_for_a_lock_is_told_to_come_again(): void {
		$task    = __DIR__ . '/tasks/lock-and-wait.php';
		$process = Process::start( $task, $this->account );
		$process->wait_until_ready();
		$process->go();
		self::assertSame( 'locked', $process->line() );
		$started = microtime( true );
		$refusal = $this->refused();
		$process->kill();
		self::assertSame( 'store_unreachable', $refusal->error );
		self::assertLessThan( 10, microtime( true ) - $started );
		self::assertTrue( Books::open()->write( $this->account, self::USE )['booked'] );
	}

	/** @group mariadb */
	public function test_a_killed_process_leaves_nothing_and_the_same_request_books_once(): void {
		$count = $this->statements();
		foreach ( range( 0, $count ) as $at ) {
			$task    = __DIR__ . '/tasks/stop-at-statement.php';
			$command = array( 'amount' => '0.01', 'request_id' => "killed-$at" ) + self::USE;
			$process = Process::start( $task, array( $this->account, $command, $at ) );
			$process->wait_until_ready();
			$process->go();
			self::assertSame( 'stopped', $process->line(), "statement $at" );
			$process->kill();
			$this->assert_one_use( "killed-$at", '0.01' );
		}
	}

	public function test_the_database_s_complaints_are_neither_printed_nor_logged(): void {
		global $wpdb;
		$wpdb->show_errors();
		ob_start();
		try {
			( new Db( $wpdb ) )->rows( 'SELECT nothing FROM {accounts}' );
			self::fail( 'no failure' );
		} catch ( Failure $failure ) {
			self::assertSame( 1054, $failure->number );
		} finally {
			$wpdb->hide_errors();
			self::assertSame( '', ob_get_clean() );
		}
	}

	/** After a disturbance: the same request is there once, and everything adds up. */
	private function assert_one_use( string $id, string $amount ): void {
		$db     = new Db( $GLOBALS['wpdb'] );
		$own    = array( 'amount' => $amount, 'request_id' => $id );
		$answer = Books::open()->write( $this->account, $own + self::USE );
		self::assertTrue( $answer['booked'], $id );
		$sql = 'SELECT COUNT(*) AS n FROM {entries} WHERE request_id = ?';
		self::assertSame( '1', $db->row( $sql, $id )['n'], $id );
		self::assertNull( Checked::fault( $db, $this->account ), $id );
	}

	private function refused_write(): void {
		Books::open()->write( $this->account, self::USE );
	}

	private function refused(): Refusal {
		try {
			$this->refused_write();
		} catch ( Refusal $refusal ) {
			return $refusal;
		}
		self::fail( 'nothing was refused' );
	}
}
