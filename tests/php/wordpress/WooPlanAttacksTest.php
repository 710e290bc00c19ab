<?php
/**
 * What somebody may try to have more of a plan than was paid for.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Db;
use Nivella\Credits\Tests\Support\Checked;
use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\Plans;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\Listener;
use Nivella\Credits\Woo\Packages;
use Nivella\Credits\Woo\Plans\Offer;
use WC_Order;

final class WooPlanAttacksTest extends WooTestCase {
	protected function setUp(): void {
		parent::setUp();
		Plans::have( 'small', 'large' );
	}

	/** Buys months of a plan. */
	private static function buys( int $user, string $plan, int $months = 1 ): WC_Order {
		return self::paid( array( array( Plans::product( $plan ), $months ) ), $user );
	}

	/** @return array<string, array{array<array{string, int}>, array{string, ?string, int}}> */
	public static function detours(): array {
		return array(
			'many of the small one, then one large'   => array(
				array( array( 'small', 12 ), array( 'large', 1 ) ),
				array( 'small', null, 12 ),
			),
			'a large one, many small, one large more' => array(
				array( array( 'large', 1 ), array( 'small', 11 ), array( 'large', 1 ) ),
				array( 'large', 'small', 12 ),
			),
			'many of the large one, then one small'   => array(
				array( array( 'large', 12 ), array( 'small', 1 ) ),
				array( 'large', null, 12 ),
			),
		);
	}

	/**
	 * Months of one plan never become months of another, dearer or cheaper: the owner is asked.
	 *
	 * @dataProvider detours
	 */
	public function test_months_that_were_paid_for_stay_months_of_their_plan(
		array $purchases,
		array $then
	): void {
		$user = $this->user();
		foreach ( $purchases as list( $plan, $months ) ) {
			$order = self::buys( $user, $plan, $months );
		}
		self::assertSame( $then, Plans::of_user( $user ) );
		$notes = implode( "\n", self::notes( $order->get_id() ) );
		self::assertStringContainsString( 'Nothing was booked for the plan', $notes );
		self::assertStringContainsString( 'beyond its running cycle', $notes );
		$before = $this->available( $user );
		self::fresh( $order )->update_status( 'cancelled' );
		self::fresh( $order )->update_status( 'completed' );
		Listener::again( $order->get_id() );
		self::assertSame( $then, Plans::of_user( $user ) );
		self::assertSame( $before, $this->available( $user ) );
		$this->assert_sound( $user );
	}

	public function test_a_plan_that_was_refunded_and_bought_again_is_not_there_twice(): void {
		$user = $this->user();
		for ( $round = 1; $round <= 3; $round++ ) {
			$order = self::buys( $user, 'large' );
			self::assertSame( '500', $this->available( $user ), "round $round" );
			$order->update_status( 'refunded' );
			self::assertSame( '500', $this->available( $user ), 'until its cycle ends' );
		}
		self::buys( $user, 'small' );
		self::assertSame( '100', $this->available( $user ) );
		self::assertSame( array( 'small', null, 1 ), Plans::of_user( $user ) );
		$told = ( new Db( $GLOBALS['wpdb'] ) )->rows( 'SELECT kind FROM {outbox}' );
		$told = array_unique( array_column( $told, 'kind' ) );
		self::assertSame( array(), array_diff( $told, array( 'granted' ) ), 'it never ran out' );
		$this->assert_sound( $user );
	}

	public function test_what_was_bought_beside_a_refunded_plan_stays(): void {
		$user  = $this->user();
		$order = self::buys( $user, 'large' );
		self::paid( array( array( self::package( '2000' ), 1 ) ), $user );
		$this->spend( $user, '120' );
		$order->update_status( 'refunded' );
		self::assertSame( '2380', $this->available( $user ) );
		self::buys( $user, 'large' );
		self::assertSame( '2500', $this->available( $user ), 'one allowance and the package' );
		$this->assert_sound( $user );
	}

	public function test_what_was_paid_and_cancelled_by_hand_stays_beside_a_new_plan(): void {
		$user = $this->user();
		self::buys( $user, 'large' );
		Plans::write( $user, 'cancel', array() );
		self::buys( $user, 'large' );
		self::assertSame( '1000', $this->available( $user ), 'two were paid for' );
		$this->assert_sound( $user );
	}

	public function test_an_upgrade_that_is_refunded_and_bought_again_brings_its_more_once(): void {
		$user = $this->user();
		self::buys( $user, 'small' );
		for ( $round = 1; $round <= 3; $round++ ) {
			$order = self::buys( $user, 'large' );
			self::assertSame( '500', $this->available( $user ), "round $round" );
			self::assertSame( array( 'large', null, 2 ), Plans::of_user( $user ) );
			$order->update_status( 'refunded' );
			self::assertSame( '500', $this->available( $user ), "round $round" );
		}
		self::assertSame( array( 'large', 'small', 1 ), Plans::of_user( $user ) );
		$this->assert_sound( $user );
	}

	public function test_a_piece_of_three_that_is_refunded_shortens_nothing_by_itself(): void {
		$user  = $this->user();
		$order = self::buys( $user, 'small', 3 );
		$line  = key( $order->get_items() );
		self::refund( $order, '9', array( $line => array( 1, '9' ) ) );
		self::assertSame( array( 'small', null, 3 ), Plans::of_user( $user ) );
		self::refund( self::fresh( $order ), '18', array( $line => array( 2, '18' ) ) );
		self::assertNull( Plans::of_user( $user ) );
		self::buys( $user, 'small', 3 );
		self::assertSame( '100', $this->available( $user ) );
		self::assertSame( array( 'small', null, 3 ), Plans::of_user( $user ) );
		$this->assert_sound( $user );
	}

	public function test_a_product_of_credits_and_a_plan_gives_and_loses_both_once(): void {
		$user    = $this->user();
		$meta    = array( Packages::CREDITS => '2000', Packages::BONUS => '50', Offer::PLAN => 'small' );
		$product = Orders::package( '10', $meta );
		for ( $round = 1; $round <= 2; $round++ ) {
			$order = self::paid( array( array( $product, 3 ) ), $user );
			Listener::again( $order->get_id() );
			self::assertSame( '6250', $this->available( $user ), "round $round" );
			self::assertSame( array( 'small', null, 3 ), Plans::of_user( $user ) );
			$line = key( $order->get_items() );
			self::refund( $order, '30', array( $line => array( 3, '30' ) ) );
			self::assertSame( '100', $this->available( $user ), 'the cycle has begun' );
			self::assertNull( Plans::of_user( $user ) );
		}
		$this->assert_sound( $user );
	}

	private function assert_sound( int $user ): void {
		$account = $this->books->account_of_user( $user );
		self::assertNull( Checked::fault( new Db( $GLOBALS['wpdb'] ), $account ) );
	}
}
