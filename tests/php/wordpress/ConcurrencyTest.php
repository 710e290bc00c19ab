<?php
/**
 * Many processes at once on one account: a small share in every test run, all of it with
 * NIVELLA_FULL.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\Schema;
use Nivella\Credits\Tests\Support\Checked;
use Nivella\Credits\Tests\Support\Database;
use Nivella\Credits\Tests\Support\Figures;
use Nivella\Credits\Tests\Support\Process;
use Nivella\Credits\Tests\Support\Processes;
use Nivella\Credits\Tests\Support\WordPressTestCase;

final class ConcurrencyTest extends WordPressTestCase {
	private const AT_ONCE = 8;
	private const TASK    = __DIR__ . '/tasks/write-at-once.php';

	private Db $db;
	/** @var string[] Tables without one of their keys. */
	private array $changed = array();

	protected function setUp(): void {
		parent::setUp();
		$this->db = new Db( $GLOBALS['wpdb'] );
	}

	protected function tearDown(): void {
		foreach ( array_unique( $this->changed ) as $table ) {
			$this->db->run( "DROP TABLE {{$table}}" );
		}
		if ( array() !== $this->changed ) {
			Schema::install();
		}
		parent::tearDown();
	}

	public function test_40_debits_of_10_from_100_pass_10_times(): void {
		self::assertNull( $this->overspent( Figures::of( 100, 3 ) ) );
	}

	public function test_the_same_key_from_8_senders_has_one_effect_and_one_answer(): void {
		self::assertNull( $this->repeated( Figures::of( 1000, 40 ) ) );
	}

	/** @return array<string, array{string}> */
	public static function removed(): array {
		return array(
			'no transaction'             => array( 'transaction' ),
			'no write of the account'    => array( 'the write of the account' ),
			'no unique entries, no lock' => array( 'unique entries' ),
		);
	}

	/**
	 * @dataProvider removed
	 * @group mariadb
	 */
	public function test_the_debits_test_sees_what_is_removed( string $what ): void {
		if ( 'unique entries' === $what ) {
			$this->without_key( 'entries', 'PRIMARY KEY' );
			$what = 'the write of the account';
		}
		self::assertNotNull( $this->overspent( 1, $what ) );
	}

	/** @group mariadb */
	public function test_the_same_key_test_sees_that_the_unique_key_is_removed(): void {
		$this->without_key( 'requests', 'PRIMARY KEY' );
		self::assertNotNull( $this->repeated( 20 ) );
	}

	public function test_one_grant_for_an_order_item_whoever_sends_it_however_often(): void {
		self::assertNull( $this->granted_twice() );
	}

	/** @group mariadb */
	public function test_the_grant_test_sees_that_the_unique_keys_are_removed(): void {
		$this->without_key( 'grants', 'INDEX order_item' );
		$this->without_key( 'order_items', 'PRIMARY KEY' );
		self::assertNotNull( $this->granted_twice() );
	}

	public function test_one_account_for_a_user_who_comes_8_times_at_once(): void {
		$user = $this->user();
		$task = __DIR__ . '/tasks/account-at-once.php';
		$ids  = Processes::race( $task, array_fill( 0, self::AT_ONCE, $user ) );
		self::assertCount( 1, array_unique( $ids ) );
		$sql = 'SELECT COUNT(*) AS n FROM {accounts} WHERE user_id = ?';
		self::assertSame( '1', $this->db->row( $sql, $user )['n'] );
	}

	public function test_what_was_acknowledged_is_there_when_php_is_killed(): void {
		$account = $this->account( '1000000' );
		for ( $killed = 0; $killed < Figures::of( 500, 6 ); $killed += 3 ) {
			$running = $this->writers( $account, 3, "kill-$killed" );
			usleep( random_int( 50000, 150000 ) );
			$this->assert_kept( $account, $this->end( $running ) );
		}
	}

	/** @group mariadb */
	public function test_what_was_acknowledged_is_there_when_the_database_is_killed(): void {
		$account = $this->account( '1000000' );
		for ( $killed = 0; $killed < Figures::of( 100, 2 ); $killed++ ) {
			$running = $this->writers( $account, 4, "kill-$killed" );
			usleep( random_int( 100000, 300000 ) );
			Database::kill();
			$this->assert_kept( $account, $this->end( $running ) );
		}
	}

	/** What the writers have said so far. */
	private string $said = '';

	/** @return Process[] processes that write until they are killed; each has written once. */
	private function writers( int $account, int $count, string $name ): array {
		$task    = __DIR__ . '/tasks/write-until-killed.php';
		$running = array();
		foreach ( range( 1, $count ) as $n ) {
			$running[] = Process::start( $task, array( $account, "$name-$n" ) );
		}
		foreach ( $running as $process ) {
			$process->wait_until_ready();
		}
		foreach ( $running as $process ) {
			$process->go();
		}
		$this->said = '';
		foreach ( $running as $process ) {
			$this->said .= $process->line() . "\n";
		}
		return $running;
	}

	/**
	 * @param Process[] $running
	 * @return string What they said until they were killed.
	 */
	private function end( array $running ): string {
		foreach ( $running as $process ) {
			$this->said .= $process->kill();
		}
		return $this->said;
	}

	private function assert_kept( int $account, string $said ): void {
		// The last line may be cut off by the kill.
		preg_match_all( '/^(kill-\S+)\n/m', $said, $found );
		$ids = $found[1];
		self::assertNotSame( array(), $ids, 'something was acknowledged' );
		$sql  = 'SELECT request_id FROM {entries} WHERE account = ? AND request_id IN ?';
		$kept = array_column( $this->db->rows( $sql, $account, $ids ), 'request_id' );
		self::assertSame( array(), array_values( array_diff( $ids, $kept ) ) );
		self::assertSame( count( $ids ), count( $kept ) );
		self::assertNull( Checked::fault( $this->db, $account ) );
	}

	/**
	 * 40 debits of 10 from 100 by 8 processes, so often; what is wrong then, null for nothing.
	 *
	 * @param string $without What is switched off.
	 */
	private function overspent( int $rounds, string $without = '' ): ?string {
		$accounts = array_map( fn(): int => $this->account( '100' ), range( 1, $rounds ) );
		$use      = array( 'op' => 'use', 'mode' => 'strict', 'amount' => '10' );
		$inputs   = array();
		foreach ( range( 1, self::AT_ONCE ) as $process ) {
			$writes = array();
			foreach ( $accounts as $account ) {
				foreach ( range( 1, 5 ) as $n ) {
					$writes[] = array( $account, array( 'request_id' => "$process-$n" ) + $use );
				}
			}
			$inputs[] = array( 'without' => $without, 'writes' => $writes );
		}
		$answers = Processes::race( self::TASK, $inputs );
		foreach ( $accounts as $n => $account ) {
			$part   = static fn( array $all ): array => array_slice( $all, $n * 5, 5 );
			$own    = array_map( $part, $answers );
			$passed = array_filter( array_column( array_merge( ...$own ), 'booked' ) );
			if ( 10 !== count( $passed ) ) {
				return count( $passed ) . ' debits passed';
			}
			$left = $this->fault( $account ) ?? Books::open()->balance( $account )['posted'];
			if ( '0' !== $left ) {
				return "afterwards: $left";
			}
		}
		return null;
	}

	/** The same keys from 8 senders; what is wrong then, null for nothing. */
	private function repeated( int $keys ): ?string {
		$account = $this->account( '1000000' );
		$writes  = array();
		foreach ( range( 1, $keys ) as $n ) {
			$use      = array( 'op' => 'use', 'mode' => 'record', 'amount' => (string) $n );
			$writes[] = array( $account, array( 'request_id' => "key-$n" ) + $use );
		}
		$input   = array( 'without' => '', 'writes' => $writes );
		$answers = Processes::race( self::TASK, array_fill( 0, self::AT_ONCE, $input ) );
		$first   = array_column( $answers[0], 'entries' );
		foreach ( $answers as $own ) {
			if ( count( $first ) !== $keys || array_column( $own, 'entries' ) !== $first ) {
				return 'the answers differ';
			}
		}
		$fresh = static fn( array $own ): int => count(
			array_filter( $own, static fn( array $answer ): bool => ! $answer['replayed'] )
		);
		$booked = array_sum( array_map( $fresh, $answers ) );
		$sql    = 'SELECT COUNT(*) AS n FROM {entries} WHERE account = ? AND kind = ?';
		$there  = $this->db->row( $sql, $account, 'use' )['n'];
		return "$keys $keys" === "$booked $there" ? $this->fault( $account ) : "$booked, $there";
	}

	/** Two accounts and many request ids for each order item; what is wrong then, null for nothing. */
	private function granted_twice(): ?string {
		$accounts = array( $this->account( '1' ), $this->account( '1' ) );
		$inputs   = array();
		foreach ( range( 1, self::AT_ONCE ) as $process ) {
			$writes = array();
			foreach ( range( 1, 20 ) as $item ) {
				$grant    = array(
					'op'         => 'grant',
					'request_id' => "item-$item-by-$process",
					'kind'       => 'purchase',
					'amount'     => '100',
					'order_item' => "item-$item",
				);
				$writes[] = array( $accounts[ $process % 2 ], $grant );
			}
			$inputs[] = array( 'without' => '', 'writes' => $writes );
		}
		$answers = array_merge( ...Processes::race( self::TASK, $inputs ) );
		$booked  = count( array_filter( array_column( $answers, 'booked' ) ) );
		$refused = count( array_keys( array_column( $answers, 'code' ), 'reversal_invalid', true ) );
		$sql     = 'SELECT COUNT(*) AS n FROM {grants} WHERE order_item > ? AND order_item < ?';
		$there   = $this->db->row( $sql, 'item-', 'item.' )['n'];
		$all     = self::AT_ONCE * 20 - 20;
		return "20 20 $all" === "$booked $there $refused"
			? $this->fault( $accounts[0] ) ?? $this->fault( $accounts[1] )
			: "$booked booked, $there there, $refused refused";
	}

	/** What does not hold of an account; whatever cannot even be read does not. */
	private function fault( int $account ): ?string {
		try {
			return Checked::fault( $this->db, $account );
		} catch ( \Throwable $thrown ) {
			return $thrown->getMessage();
		}
	}

	private function account( string $credits ): int {
		$books   = Books::open();
		$account = $books->account_of_user( $this->user() );
		$grant   = array(
			'op'         => 'grant',
			'request_id' => 'bought',
			'kind'       => 'purchase',
			'amount'     => $credits,
		);
		$books->write( $account, $grant );
		return $account;
	}

	/** The tables as they are, but for one key; they are made anew behind the test. */
	private function without_key( string $table, string $key ): void {
		$this->db->run( "ALTER TABLE {{$table}} DROP $key, ADD KEY other (account)" );
		$this->changed[] = $table;
	}
}
