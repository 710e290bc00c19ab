<?php
/**
 * Plans that follow subscriptions of WooCommerce Subscriptions, by a stand-in of its public hooks.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Db;
use Nivella\Credits\Tests\Support\Checked;
use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\Plans;
use Nivella\Credits\Tests\Support\WooTestCase;
use WC_Subscription;

final class WooRecurringPlansTest extends WooTestCase {
	public static function setUpBeforeClass(): void {
		parent::setUpBeforeClass();
		require_once __DIR__ . '/../support/subscriptions.php';
	}

	protected function setUp(): void {
		parent::setUp();
		Plans::have( 'small', 'large' );
	}

	/** A subscription that is not active yet. */
	private static function subscription( int $user, string $plan = 'small' ): WC_Subscription {
		$order = Orders::of( array( array( self::recurring( $plan ), 1 ) ), $user );
		return new WC_Subscription( $order->get_id() );
	}

	private static function recurring( string $plan ): \WC_Product {
		$product = Plans::product( $plan );
		$product->update_meta_data( '_is_subscription', 'yes' );
		$product->save();
		return $product;
	}

	/** Until when a user's plan is paid, in seconds since 1970. */
	private static function paid_until( int $user ): int {
		return intdiv( (int) Plans::row( $user )['paid_until'], 1000 );
	}

	public function test_it_is_paid_until_the_next_payment_and_each_renewal_counts_once(): void {
		$user = $this->user();
		$own  = self::subscription( $user );
		$next = time() + 20 * DAY_IN_SECONDS;
		$own->set_times( array( 'next_payment' => $next ) );
		$own->move_to( 'active' );
		$own->move_to( 'active' );
		self::assertSame( 'small', Plans::of_user( $user )[0] );
		self::assertSame( $next, self::paid_until( $user ) );
		foreach ( array( 50, 50, 80 ) as $days ) {
			$own->move_to( 'on-hold' );
			self::assertSame( '100', $this->available( $user ), 'what is paid goes on' );
			$own->renew_until( time() + $days * DAY_IN_SECONDS );
			$own->move_to( 'active' );
		}
		self::assertEqualsWithDelta( time() + 80 * DAY_IN_SECONDS, self::paid_until( $user ), 60 );
		self::assertSame( '100', $this->available( $user ), 'one allowance in one cycle' );
		$this->assert_sound( $user );
	}

	public function test_without_a_next_payment_its_end_counts(): void {
		$user = $this->user();
		$own  = self::subscription( $user );
		$own->set_times( array( 'end' => time() + 90 * DAY_IN_SECONDS ) );
		$own->move_to( 'active' );
		self::assertEqualsWithDelta( time() + 90 * DAY_IN_SECONDS, self::paid_until( $user ), 60 );
		$none = self::subscription( $this->user() );
		$none->move_to( 'active' );
		$notes = implode( "\n", self::notes( $none->get_id() ) );
		self::assertStringContainsString( 'no next payment and no end', $notes );
	}

	public function test_a_switch_changes_the_plan_and_not_what_is_paid(): void {
		$user = $this->user();
		$own  = self::subscription( $user );
		$next = time() + 20 * DAY_IN_SECONDS;
		$own->set_times( array( 'next_payment' => $next ) );
		$own->move_to( 'active' );
		$old = key( $own->get_items() );
		$own->add_product( self::recurring( 'large' ), 1 );
		$own->remove_item( $old );
		$own->save();
		$own  = new WC_Subscription( $own->get_id() );
		$item = current( $own->get_items() );
		do_action( 'woocommerce_subscriptions_switched_item', $own, $item, $item );
		do_action( 'woocommerce_subscriptions_switched_item', $own, $item, $item );
		self::assertSame( 'large', Plans::of_user( $user )[0] );
		self::assertSame( $next, self::paid_until( $user ) );
		self::assertSame( '500', $this->available( $user ) );
		$this->assert_sound( $user );
	}

	public function test_a_year_that_it_has_paid_itself_is_switched(): void {
		$user = $this->user();
		$own  = self::subscription( $user );
		$next = time() + 360 * DAY_IN_SECONDS;
		$own->set_times( array( 'next_payment' => $next ) );
		$own->move_to( 'active' );
		$own->add_product( self::recurring( 'large' ), 1 );
		$own->remove_item( key( $own->get_items() ) );
		$own->save();
		$own  = new WC_Subscription( $own->get_id() );
		$item = current( $own->get_items() );
		do_action( 'woocommerce_subscriptions_switched_item', $own, $item, $item );
		self::assertSame( 'large', Plans::of_user( $user )[0] );
		self::assertSame( $next, self::paid_until( $user ) );
		$this->assert_sound( $user );
	}

	public function test_it_makes_no_months_of_its_plan_of_what_others_have_paid(): void {
		$user = $this->user();
		self::paid( array( array( Plans::product( 'small' ), 12 ) ), $user );
		$own = self::subscription( $user );
		$old = key( $own->get_items() );
		$own->add_product( self::recurring( 'large' ), 1 );
		$own->remove_item( $old );
		$own->save();
		$own = new WC_Subscription( $own->get_id() );
		$own->set_times( array( 'next_payment' => time() + 20 * DAY_IN_SECONDS ) );
		$own->move_to( 'active' );
		self::assertSame( array( 'small', null, 12 ), Plans::of_user( $user ) );
		self::assertSame( '100', $this->available( $user ) );
		$notes = implode( "\n", self::notes( $own->get_id() ) );
		self::assertSame( 1, substr_count( $notes, 'Nothing was booked for the plan Large' ), $notes );
	}

	/** @return array<string, array{string}> */
	public static function ends(): array {
		return array( 'cancelled' => array( 'cancelled' ), 'expired' => array( 'expired' ) );
	}

	/** @dataProvider ends */
	public function test_cancelled_or_expired_it_ends_with_the_running_cycle( string $how ): void {
		$user = $this->user();
		$own  = self::subscription( $user );
		$own->set_times( array( 'next_payment' => time() + 20 * DAY_IN_SECONDS ) );
		$own->move_to( 'active' );
		$own->renew_until( time() + 50 * DAY_IN_SECONDS );
		$own->move_to( $how );
		$own->move_to( $how );
		self::assertNull( Plans::of_user( $user ) );
		self::assertSame( '100', $this->available( $user ) );
		$notes = implode( "\n", self::notes( $own->get_id() ) );
		self::assertSame( 1, substr_count( $notes, 'was ended: no cycle begins' ), $notes );
		$this->assert_sound( $user );
	}

	public function test_it_ends_nothing_that_somebody_else_has_paid(): void {
		$user = $this->user();
		$own  = self::subscription( $user );
		$own->set_times( array( 'next_payment' => time() + 20 * DAY_IN_SECONDS ) );
		$own->move_to( 'active' );
		self::paid( array( array( Plans::product( 'small', '6' ), 1 ) ), $user );
		$until = self::paid_until( $user );
		$own->move_to( 'cancelled' );
		self::assertSame( $until, self::paid_until( $user ) );
	}

	public function test_its_orders_do_not_count_a_second_time(): void {
		$user  = $this->user();
		$lines = array( array( self::recurring( 'large' ), 1 ), array( self::package( '7' ), 1 ) );
		self::paid( $lines, $user );
		self::assertNull( Plans::of_user( $user ) );
		self::assertSame( '7', $this->available( $user ) );
	}

	public function test_a_plan_that_is_gone_is_told_and_stops_no_payment(): void {
		$user = $this->user();
		$own  = self::subscription( $user, 'large' );
		$own->set_times( array( 'next_payment' => time() + 20 * DAY_IN_SECONDS ) );
		Plans::have( 'small' );
		$own->move_to( 'active' );
		self::assertNull( Plans::of_user( $user ) );
		$notes = implode( "\n", self::notes( $own->get_id() ) );
		self::assertStringContainsString( 'was deleted', $notes );
	}

	private function assert_sound( int $user ): void {
		$account = $this->books->account_of_user( $user );
		self::assertNull( Checked::fault( new Db( $GLOBALS['wpdb'] ), $account ) );
	}
}
