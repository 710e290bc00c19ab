<?php
/**
 * Events: written with the ledger, told later, each at least once and by one process at a time.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\Outbox;
use Nivella\Credits\Tests\Support\Figures;
use Nivella\Credits\Tests\Support\Processes;
use Nivella\Credits\Tests\Support\WordPressTestCase;
use Nivella\Credits\Woo\Delivery;

final class OutboxTest extends WordPressTestCase {
	private Db $db;
	private int $account;
	/** @var array<int, mixed> */
	private array $told = array();

	protected function setUp(): void {
		parent::setUp();
		$this->db      = new Db( $GLOBALS['wpdb'] );
		$this->account = Books::open()->account_of_user( $this->user() );
		foreach ( array( 'low_balance', 'depleted', 'recovered', 'failure' ) as $name ) {
			add_action( "nivella_credits_$name", array( $this, 'hear' ), 10, 4 );
		}
		$this->send( 'grant', 'g', array( 'kind' => 'purchase', 'amount' => '100' ) );
		self::assertSame( 1, $this->deliver() );
	}

	public function hear( mixed ...$said ): void {
		$this->told[] = array( current_action(), $said );
	}

	private function send( string $op, string $id, array $more ): array {
		$command = array( 'op' => $op, 'request_id' => $id ) + $more;
		return Books::open()->write( $this->account, $command );
	}

	private function use( string $id, string $amount ): array {
		return $this->send( 'use', $id, array( 'mode' => 'strict', 'amount' => $amount ) );
	}

	private function deliver(): int {
		return ( new Outbox( $this->db ) )->deliver();
	}

	/** A30: hooks run when everything is booked. */
	public function test_nothing_is_told_within_the_write_and_everything_behind_it(): void {
		$this->use( 'u1', '99' );
		$this->use( 'u2', '1' );
		self::assertSame( array(), $this->told );
		self::assertGreaterThan( 0, $this->deliver() );
		$names = array_column( $this->told, 0 );
		self::assertSame( 'nivella_credits_low_balance', $names[0] );
		self::assertContains( 'nivella_credits_depleted', $names );
		[ , [ $account, $level, $balance ] ] = $this->told[0];
		self::assertSame( $this->account, $account );
		self::assertContains( $level, array( 'low', 'critical' ) );
		self::assertSame( '1', $balance['available'] );
		self::assertSame( 0, $this->deliver() );
	}

	public function test_a_grant_is_told_and_an_allowance_is_not(): void {
		$seen = array();
		$hear = static function ( int $account, array $grant ) use ( &$seen ): void {
			$seen[] = array( $account, $grant['kind'], $grant['amount'], $grant['order_item'] ?? null );
		};
		add_action( 'nivella_credits_granted', $hear, 10, 2 );
		$sold = array( 'kind' => 'purchase', 'amount' => '100', 'order_item' => 'order-7-item-8' );
		$this->send( 'grant', 'h', $sold + array( 'bonus' => '5' ) );
		$this->send( 'grant', 'i', array( 'kind' => 'refund', 'amount' => '1.5' ) );
		self::assertSame( 3, $this->deliver() );
		remove_action( 'nivella_credits_granted', $hear, 10 );
		$expected = array(
			array( $this->account, 'bonus', '5', 'order-7-item-8' ),
			array( $this->account, 'purchase', '100', 'order-7-item-8' ),
			array( $this->account, 'refund', '1.5', null ),
		);
		self::assertSame( $expected, $seen );
	}

	public function test_what_was_refused_is_never_told(): void {
		$this->use( 'u1', '101' );
		self::assertSame( 0, $this->deliver() );
	}

	/** A30: another plugin throws. */
	public function test_a_listener_that_throws_is_told_again_later_and_keeps_nobody_waiting(): void {
		$broken = static fn() => throw new \RuntimeException( 'broken' );
		add_action( 'nivella_credits_low_balance', $broken, 5 );
		$this->use( 'u1', '99' );
		$this->use( 'u2', '1' );
		self::assertGreaterThan( 0, $this->deliver() );
		self::assertContains( 'nivella_credits_depleted', array_column( $this->told, 0 ) );
		self::assertContains( 'nivella_credits_failure', array_column( $this->told, 0 ) );
		$logged = implode( "\n", array_column( $this->logged, 'message' ) );
		self::assertStringContainsString( 'broken', $logged );
		self::assertStringContainsString( basename( __FILE__ ), $logged, 'whose fault it is' );
		remove_action( 'nivella_credits_low_balance', $broken, 5 );
		self::assertSame( 0, $this->deliver(), 'not at once' );
		$this->db->run( 'UPDATE {outbox} SET claimed_at = claimed_at - 300001' );
		self::assertGreaterThan( 0, $this->deliver() );
		self::assertContains( 'nivella_credits_low_balance', array_column( $this->told, 0 ) );
	}

	public function test_what_another_process_has_claimed_is_left_to_it(): void {
		$this->use( 'u1', '99' );
		$this->db->run( 'UPDATE {outbox} SET claim = ?, claimed_at = ?', 'x', time() * 1000 );
		self::assertSame( 0, $this->deliver() );
	}

	/** A30: another plugin ends the process. */
	public function test_who_ends_the_process_uses_up_no_tries_of_the_events_behind(): void {
		$this->deliver();
		$this->use( 'u1', '99' );
		$this->use( 'u2', '1' );
		for ( $round = 1; $round <= 12; $round++ ) {
			$ended = Processes::race( __DIR__ . '/tasks/deliver-and-end.php', array( 'low_balance' ) );
			self::assertSame( array( 'ended' ), $ended );
			$this->db->run( 'UPDATE {outbox} SET claimed_at = claimed_at - 300001' );
		}
		$left = $this->db->rows( 'SELECT kind, tries FROM {outbox}' );
		$says = 'that one is given up, and the other was told';
		self::assertSame( array( array( 'kind' => 'critical', 'tries' => '10' ) ), $left, $says );
	}

	public function test_two_at_once_tell_each_event_once(): void {
		$this->deliver();
		$count = Figures::of( 200, 12 );
		for ( $n = 1; $n <= $count; $n++ ) {
			$this->send( 'grant', "more$n", array( 'kind' => 'bonus', 'amount' => '1' ) );
		}
		$told = Processes::race( __DIR__ . '/tasks/deliver-together.php', array( 1, 2, 3 ) );
		$told = array_merge( ...$told );
		self::assertCount( $count, array_unique( $told ) );
		self::assertSame( count( $told ), count( array_unique( $told ) ) );
	}

	public function test_a_slow_process_tells_nothing_that_another_has_told_meanwhile(): void {
		$this->deliver();
		$this->use( 'u1', '99' );
		$this->use( 'u2', '1' );
		$twice = 0;
		$slow  = function () use ( &$twice ): void {
			// Its claim is over while it listens; somebody else is through before it goes on.
			if ( 1 === ++$twice ) {
				$this->db->run( 'UPDATE {outbox} SET claimed_at = claimed_at - 300001' );
				$this->deliver();
			}
		};
		add_action( 'nivella_credits_low_balance', $slow, 5 );
		$this->deliver();
		$names = array_count_values( array_column( $this->told, 0 ) );
		self::assertSame( 1, $names['nivella_credits_depleted'] );
	}

	public function test_a_job_delivers_what_nobody_opens_a_page_for(): void {
		$this->deliver();
		require_once ABSPATH . 'wp-admin/includes/class-wp-screen.php';
		require_once ABSPATH . 'wp-admin/includes/screen.php';
		set_current_screen( 'dashboard' );
		Delivery::schedule();
		unset( $GLOBALS['current_screen'] );
		self::assertTrue( as_has_scheduled_action( Outbox::JOB, array(), 'nivella-credits' ) );
		self::assertFalse( wp_next_scheduled( Outbox::JOB ) );
		for ( $n = 1; $n <= 45; $n++ ) {
			$this->send( 'grant', "more$n", array( 'kind' => 'bonus', 'amount' => '1' ) );
		}
		do_action( Outbox::JOB );
		self::assertSame( array(), $this->db->rows( 'SELECT id FROM {outbox}' ) );
	}
}
