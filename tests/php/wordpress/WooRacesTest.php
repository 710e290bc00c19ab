<?php
/**
 * Several processes at one order, and processes that are killed.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Db;
use Nivella\Credits\Tests\Support\Checked;
use Nivella\Credits\Tests\Support\Figures;
use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\Process;
use Nivella\Credits\Tests\Support\Processes;
use Nivella\Credits\Tests\Support\WooTestCase;
use WC_Order;

/** @group mariadb */
final class WooRacesTest extends WooTestCase {
	private const TASKS = __DIR__ . '/tasks/';

	/** A pending order of 2 x 2000 credits (bonus 2 x 100) and 500 credits. */
	private static function pending( int $user ): WC_Order {
		static $lines = array();
		$lines[ $user ] ??= array(
			array( self::package( '2000', '10', '100' ), 2 ),
			array( self::package( '500' ), 1 ),
		);
		return Orders::of( $lines[ $user ], $user );
	}

	/** What an order should have booked, and nothing beside it. */
	private function assert_granted_once( int $order_id, string $about ): void {
		$expected = array( array( '4000', '200', '0', '0' ), array( '500', '0', '0', '0' ) );
		self::assertSame( $expected, $this->booked( $order_id ), $about );
		$notes = substr_count( implode( "\n", self::notes( $order_id ) ), 'credits granted' );
		self::assertLessThanOrEqual( 2, $notes, $about );
	}

	/**
	 * A20: the same payment told by several processes.
	 *
	 * @dataProvider crowds
	 */
	public function test_however_many_say_that_it_is_paid_it_is_granted_once( int $crowd ): void {
		$user = $this->user();
		$ids  = array();
		for ( $n = Figures::of( 200, 5 ); $n > 0; $n-- ) {
			$ids[] = self::pending( $user )->get_id();
		}
		$paid = Processes::race( self::TASKS . 'pay-together.php', array_fill( 0, $crowd, $ids ) );
		wp_cache_flush();
		self::assertSame( array_fill( 0, $crowd, count( $ids ) ), $paid );
		foreach ( $ids as $id ) {
			$this->assert_granted_once( $id, "order $id" );
		}
		self::assertSame( (string) ( 4700 * count( $ids ) ), $this->available( $user ) );
		$this->assert_sound( $user );
	}

	/** @return array<string, array{int}> */
	public static function crowds(): array {
		return array( 'two' => array( 2 ), 'eight' => array( 8 ) );
	}

	/** A20: killed in between. */
	public function test_killed_ahead_of_any_statement_the_next_notice_grants_once(): void {
		$user  = $this->user();
		$pay   = static fn( int $id, int $at ): Process =>
			Process::start( self::TASKS . 'pay-until-killed.php', array( $id, $at ) );
		$order = self::pending( $user );
		$whole = $pay( $order->get_id(), 0 );
		$whole->wait_until_ready();
		$whole->go();
		$count = $whole->result();
		self::assertGreaterThan( 60, $count );
		$step   = max( 1, intdiv( $count, Figures::of( $count, 25 ) ) );
		$killed = 0;
		$paid   = 1;
		for ( $at = 1; $at <= $count; $at += $step ) {
			$order   = self::pending( $user );
			$process = $pay( $order->get_id(), $at );
			$process->wait_until_ready();
			$process->go();
			// Later orders take fewer statements, since more is remembered.
			$alive = null !== $process->line();
			$process->kill();
			$killed += (int) ! $alive;
			++$paid;
			$order = self::fresh( $order );
			$order->payment_complete();
			$this->assert_granted_once( $order->get_id(), "killed ahead of statement $at of $count" );
		}
		self::assertGreaterThan( 15, $killed );
		self::assertSame( (string) ( 4700 * $paid ), $this->available( $user ) );
		$this->assert_sound( $user );
	}

	/** A18: refunds at once. */
	public function test_refunds_at_once_end_at_their_target(): void {
		for ( $n = Figures::of( 20, 3 ); $n > 0; $n-- ) {
			$user  = $this->user();
			$order = self::paid( array( array( self::package( '1000', '10', '50' ), 1 ) ), $user );
			$line  = (int) array_key_first( $order->get_items() );
			$input = array_map( static fn( int $n ) => array( $order->get_id(), $line, $n ), range( 1, 6 ) );
			$logged = Processes::race( self::TASKS . 'refund-together.php', $input );
			self::assertSame( array(), array_merge( ...$logged ) );
			wp_cache_flush();
			$sum    = 0;
			$amount = static fn( $refund ) => (int) $refund->get_amount();
			$sum    = array_sum( array_map( $amount, self::fresh( $order )->get_refunds() ) );
			$target = array( '1000', '50', (string) ( 100 * $sum ), (string) ( 5 * $sum ) );
			self::assertSame( array( $target ), $this->booked( $order->get_id() ) );
			$this->assert_sound( $user );
		}
	}

	/** A18: a refund and a use at once. */
	public function test_a_refund_beside_a_use_leaves_the_books_sound(): void {
		for ( $n = Figures::of( 100, 3 ); $n > 0; $n-- ) {
			$user    = $this->user();
			$order   = self::paid( array( array( self::package( '100', '10' ), 1 ) ), $user );
			$line    = (int) array_key_first( $order->get_items() );
			$use     = array( 'op' => 'use', 'request_id' => "u$n", 'mode' => 'strict', 'amount' => '95' );
			$account = $this->books->account_of_user( $user );
			$writer  = array( 'without' => '', 'writes' => array( array( $account, $use ) ) );
			$back    = array( $order->get_id(), $line, 1 );
			$first   = Process::start( self::TASKS . 'refund-together.php', $back );
			$second  = Process::start( self::TASKS . 'write-at-once.php', $writer );
			foreach ( array( $first, $second ) as $process ) {
				$process->wait_until_ready();
			}
			$first->go();
			$second->go();
			self::assertSame( array(), $first->result() );
			$used = $second->result()[0]['booked'];
			wp_cache_flush();
			self::assertSame( array( '10' ), array_column( $this->booked( $order->get_id() ), 2 ) );
			$balance  = $this->books->write( $account, array( 'op' => 'touch' ) )['balance'];
			$expected = $used ? array( '0', '5' ) : array( '90', '0' );
			self::assertSame( $expected, array( $balance['available'], $balance['debt'] ) );
			$this->assert_sound( $user );
		}
	}

	/** Every invariant of a customer's account. */
	private function assert_sound( int $user ): void {
		global $wpdb;
		$account = $this->books->account_of_user( $user );
		self::assertNull( Checked::fault( new Db( $wpdb ), $account ) );
	}
}
