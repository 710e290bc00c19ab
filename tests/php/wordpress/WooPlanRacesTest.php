<?php
/**
 * Several processes at one order of a plan, and processes that are killed.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Db;
use Nivella\Credits\Tests\Support\Checked;
use Nivella\Credits\Tests\Support\Figures;
use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\Plans;
use Nivella\Credits\Tests\Support\Process;
use Nivella\Credits\Tests\Support\Processes;
use Nivella\Credits\Tests\Support\WooTestCase;
use WC_Order;

/** @group mariadb */
final class WooPlanRacesTest extends WooTestCase {
	private const TASKS = __DIR__ . '/tasks/';

	protected function setUp(): void {
		parent::setUp();
		Plans::have( 'small', 'large' );
	}

	/** A pending order of one month of a plan. */
	private static function pending( int $user, string $plan = 'small' ): WC_Order {
		static $products = array();
		$products[ $plan . $user ] ??= Plans::product( $plan );
		return Orders::of( array( array( $products[ $plan . $user ], 1 ) ), $user );
	}

	/** A20: the same for plans. */
	public function test_however_many_say_that_it_is_paid_each_order_is_a_month(): void {
		$user = $this->user();
		$ids  = array();
		for ( $n = Figures::of( 40, 6 ); $n > 0; $n-- ) {
			$ids[] = self::pending( $user )->get_id();
		}
		Processes::race( self::TASKS . 'pay-together.php', array_fill( 0, 4, $ids ) );
		wp_cache_flush();
		self::assertSame( array( 'small', null, count( $ids ) ), Plans::of_user( $user ) );
		$this->assert_sound( $user );
	}

	public function test_killed_ahead_of_any_statement_the_next_notice_books_it_once(): void {
		$pay = static fn( int $id, int $at ): Process =>
			Process::start( self::TASKS . 'pay-until-killed.php', array( $id, $at ) );
		// A change and a renewal: two commands, or none.
		$begin = function (): int {
			$user = $this->user();
			Plans::write( $user, 'subscribe', array( 'plan' => 'small', 'months' => 1 ) );
			return $user;
		};
		$whole = $pay( self::pending( $begin(), 'large' )->get_id(), 0 );
		$whole->wait_until_ready();
		$whole->go();
		$count  = $whole->result();
		$killed = 0;
		$step   = max( 1, intdiv( $count, Figures::of( $count, 25 ) ) );
		for ( $at = 1; $at <= $count; $at += $step ) {
			$user    = $begin();
			$order   = self::pending( $user, 'large' );
			$process = $pay( $order->get_id(), $at );
			$process->wait_until_ready();
			$process->go();
			$killed += (int) ( null === $process->line() );
			$process->kill();
			wp_cache_flush();
			$order = self::fresh( $order );
			$order->payment_complete();
			$order->update_status( 'processing' );
			$said = "killed ahead of statement $at of $count";
			self::assertSame( array( 'large', null, 2 ), Plans::of_user( $user ), $said );
			$this->assert_sound( $user );
		}
		self::assertGreaterThan( 10, $killed );
	}

	/** Every invariant of a customer's account. */
	private function assert_sound( int $user ): void {
		$account = $this->books->account_of_user( $user );
		self::assertNull( Checked::fault( new Db( $GLOBALS['wpdb'] ), $account ) );
	}
}
