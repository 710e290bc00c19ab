<?php
/**
 * Events: written with the ledger, told later, each at least once and by one process at a time.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\Outbox;
use Nivella\Credits\Tests\Support\WordPressTestCase;

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

	protected function tearDown(): void {
		foreach ( array( 'low_balance', 'depleted', 'recovered', 'failure' ) as $name ) {
			remove_all_actions( "nivella_credits_$name" );
		}
		parent::tearDown();
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

	public function test_a_listener_that_throws_is_told_again_later_and_keeps_nobody_waiting(): void {
		$broken = static fn() => throw new \RuntimeException( 'broken' );
		add_action( 'nivella_credits_low_balance', $broken, 5 );
		$this->use( 'u1', '99' );
		$this->use( 'u2', '1' );
		self::assertGreaterThan( 0, $this->deliver() );
		self::assertContains( 'nivella_credits_depleted', array_column( $this->told, 0 ) );
		self::assertContains( 'nivella_credits_failure', array_column( $this->told, 0 ) );
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
}
