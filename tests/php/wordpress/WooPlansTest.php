<?php
/**
 * Plans that products sell: booked once when paid, ended when refunded.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Db;
use Nivella\Credits\Tests\Support\Checked;
use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\Plans;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\Listener;
use WC_Order;

final class WooPlansTest extends WooTestCase {
	protected function setUp(): void {
		parent::setUp();
		Plans::have( 'small', 'large' );
	}

	/** @return array<string, array{?array, string, string, int, array, string, string}> */
	public static function purchases(): array {
		$months = static fn( string $plan, int $months ): array =>
			array( 'plan' => $plan, 'months' => $months );
		$open   = array( 'plan' => 'small', 'open_ended' => true );
		return array(
			'nothing runs'           =>
				array( null, 'small', '', 1, array( 'small', null, 1 ), '100', 'began' ),
			'three of two months'    =>
				array( null, 'small', '2', 3, array( 'small', null, 6 ), '100', 'began' ),
			'the same runs'          =>
				array( $months( 'small', 1 ), 'small', '', 2, array( 'small', null, 3 ), '100', 'goes on' ),
			'a lower one runs'       =>
				array( $months( 'small', 1 ), 'large', '', 1, array( 'large', null, 2 ), '500', 'changes' ),
			'a higher one runs'      =>
				array( $months( 'large', 1 ), 'small', '', 1, array( 'large', 'small', 2 ), '500', 'changes' ),
			'one without an end'     =>
				array( $open, 'large', '', 1, array( 'small', null, null ), '100', 'Nothing was booked' ),
		);
	}

	/** @dataProvider purchases */
	public function test_a_paid_plan_does_what_fits_to_what_runs_and_once(
		?array $runs,
		string $plan,
		string $months,
		int $quantity,
		array $then,
		string $available,
		string $said
	): void {
		$user = $this->user();
		if ( null !== $runs ) {
			Plans::write( $user, 'subscribe', $runs );
		}
		$order = self::paid( array( array( Plans::product( $plan, $months ), $quantity ) ), $user );
		for ( $again = 0; $again < 2; $again++ ) {
			self::assertSame( $then, Plans::of_user( $user ) );
			self::assertSame( $available, $this->available( $user ) );
			$notes = implode( "\n", self::notes( $order->get_id() ) );
			self::assertSame( 1, substr_count( $notes, "Package: " ), $notes );
			self::assertStringContainsString( $said, $notes );
			self::fresh( $order )->update_status( 'processing' );
			self::fresh( $order )->payment_complete();
			Listener::again( $order->get_id() );
		}
		$this->assert_sound( $user );
	}

	public function test_an_order_of_a_package_and_a_plan_gives_both(): void {
		$user  = $this->user();
		$lines = array( array( self::package( '2000' ), 1 ), array( Plans::product( 'small' ), 1 ) );
		$order = self::paid( $lines, $user );
		self::assertSame( '2100', $this->available( $user ) );
		self::assertSame( 'completed', $order->get_status(), 'nothing is left to be done' );
	}

	public function test_what_was_bought_stays_whatever_becomes_of_the_product(): void {
		$user    = $this->user();
		$product = Plans::product( 'small', '3' );
		$order   = Orders::of( array( array( $product, 1 ) ), $user );
		$product->update_meta_data( '_nivella_credits_plan', 'large' );
		$product->update_meta_data( '_nivella_credits_plan_months', '12' );
		$product->save();
		wc_get_order( $order->get_id() )->payment_complete();
		self::assertSame( array( 'small', null, 3 ), Plans::of_user( $user ) );
		$plain = Orders::package( '5' );
		$order = Orders::of( array( array( $plain, 1 ) ), $user );
		$plain->update_meta_data( '_nivella_credits_plan', 'large' );
		$plain->save();
		wc_get_order( $order->get_id() )->payment_complete();
		self::assertSame( array( 'small', null, 3 ), Plans::of_user( $user ) );
	}

	public function test_a_line_counts_for_one_account_whoever_the_customer_becomes(): void {
		list( $first, $second ) = array( $this->user(), $this->user() );
		$order = self::paid( array( array( Plans::product( 'small' ), 1 ) ), $first );
		$order->set_customer_id( $second );
		$order->save();
		self::assertSame( array( 'small', null, 1 ), Plans::of_user( $first ) );
		self::assertNull( Plans::of_user( $second ) );
	}

	public function test_a_guests_plan_waits_for_the_link_and_is_claimed_once(): void {
		$order = Orders::of( array( array( Plans::product( 'small' ), 1 ) ) );
		$order->set_billing_email( 'guest@example.com' );
		$order->save();
		$order->payment_complete();
		self::run_jobs();
		$text = (string) end( $this->mails )['message'];
		self::assertSame( 1, preg_match( '/nivella_credits_claim=(\d+-[0-9a-f]{64})/', $text, $found ) );
		list( $first, $second ) = array( $this->user(), $this->user() );
		$guests = Listener::sync()->guests;
		self::assertSame( 'claimed', $guests->claim( $found[1], $first ) );
		self::assertSame( 'invalid', $guests->claim( $found[1], $second ) );
		self::assertSame( array( 'small', null, 1 ), Plans::of_user( $first ) );
		self::assertNull( Plans::of_user( $second ) );
	}

	/** @return array<string, array{callable, bool}> */
	public static function ways_back(): array {
		$status = static fn( string $to ) => static fn( WC_Order $order ) => $order->update_status( $to );
		$refund = static fn( string $money, int $pieces ) => static fn( WC_Order $order ) =>
			self::refund( $order, $money, array( key( $order->get_items() ) => array( $pieces, $money ) ) );
		return array(
			'cancelled'         => array( $status( 'cancelled' ), true ),
			'refunded'          => array( $status( 'refunded' ), true ),
			'a full refund'     => array( $refund( '18', 2 ), true ),
			'deleted'           => array( static fn( WC_Order $order ) => $order->delete( true ), true ),
			'a partial refund'  => array( $refund( '9', 1 ), false ),
			'money alone'       => array(
				static fn( WC_Order $order ) => self::refund( $order, '5' ),
				false,
			),
		);
	}

	/** @dataProvider ways_back */
	public function test_a_plan_ends_with_its_cycle_when_all_of_its_money_goes_back(
		callable $back,
		bool $ends
	): void {
		$user  = $this->user();
		$order = self::paid( array( array( Plans::product( 'small' ), 2 ) ), $user );
		$id    = $order->get_id();
		$back( $order );
		self::assertSame( $ends ? null : array( 'small', null, 2 ), Plans::of_user( $user ) );
		Listener::again( $id );
		self::assertSame( $ends ? null : array( 'small', null, 2 ), Plans::of_user( $user ) );
		self::assertSame( '100', $this->available( $user ), 'the cycle has begun' );
		$notes = implode( "\n", self::notes( $id ) );
		if ( ! $ends ) {
			self::assertSame( 1, substr_count( $notes, 'A part was refunded' ), $notes );
		} elseif ( '' !== $notes ) {
			self::assertSame( 1, substr_count( $notes, 'Small was ended: no cycle begins' ), $notes );
		}
		$this->assert_sound( $user );
	}

	public function test_a_refund_takes_only_the_time_that_its_order_paid_for(): void {
		$user   = $this->user();
		$first  = self::paid( array( array( Plans::product( 'small' ), 1 ) ), $user );
		$second = self::paid( array( array( Plans::product( 'large', '2' ), 1 ) ), $user );
		self::assertSame( array( 'large', null, 3 ), Plans::of_user( $user ) );
		$first->update_status( 'cancelled' );
		self::assertSame( array( 'large', null, 3 ), Plans::of_user( $user ), 'more was paid later' );
		self::assertStringContainsString( 'was not ended: more was paid', self::all( $first ) );
		self::fresh( $first )->update_status( 'processing' );
		self::assertSame( array( 'large', null, 3 ), Plans::of_user( $user ) );
		$second->update_status( 'cancelled' );
		self::assertSame( array( 'large', 'small', 1 ), Plans::of_user( $user ) );
		self::assertStringContainsString( 'goes on with the plan Small until', self::all( $second ) );
		self::fresh( $second )->update_status( 'processing' );
		self::assertSame( array( 'large', null, 3 ), Plans::of_user( $user ) );
		self::fresh( $second )->update_status( 'cancelled' );
		self::fresh( $first )->update_status( 'cancelled' );
		self::assertNull( Plans::of_user( $user ) );
		$this->assert_sound( $user );
	}

	public function test_an_order_that_is_paid_again_gives_its_time_again(): void {
		$user  = $this->user();
		$order = self::paid( array( array( Plans::product( 'small', '3' ), 1 ) ), $user );
		$until = Plans::row( $user )['paid_until'];
		foreach ( array( 1, 2 ) as $round ) {
			self::fresh( $order )->update_status( 'cancelled' );
			self::assertNull( Plans::of_user( $user ), "round $round" );
			self::fresh( $order )->update_status( 'completed' );
			self::assertSame( $until, Plans::row( $user )['paid_until'], "round $round" );
			self::assertSame( '100', $this->available( $user ), 'one allowance for one cycle' );
		}
		$this->assert_sound( $user );
	}

	public function test_a_plan_that_is_gone_waits_and_is_booked_when_it_is_there_again(): void {
		$user  = $this->user();
		$order = Orders::of( array( array( Plans::product( 'large' ), 1 ) ), $user );
		Plans::have( 'small' );
		$order->payment_complete();
		Listener::again( $order->get_id() );
		self::assertTrue( self::fresh( $order )->is_paid() );
		$notes = self::all( $order );
		self::assertSame( 1, substr_count( $notes, 'The plan “large” was deleted' ), $notes );
		self::assertStringContainsString( 'could not be booked', implode( "\n", $this->texts() ) );
		$missing = Listener::repair()->missing( 0, 1 )['orders'][ $order->get_id() ];
		self::assertSame( 1, $missing['plans'] );
		Plans::have( 'small', 'large' );
		self::assertSame( 1, Listener::repair()->grant( 0, 1 )['booked'] );
		self::assertSame( array( 'large', null, 1 ), Plans::of_user( $user ) );
		self::assertSame( array(), Listener::repair()->missing( 0, 1 )['orders'] );
	}

	public function test_a_refund_that_nobody_told_of_is_found_by_the_repair(): void {
		$user  = $this->user();
		$order = self::paid( array( array( Plans::product( 'small' ), 1 ) ), $user );
		$key   = "order-{$order->get_id()}-item-" . key( $order->get_items() );
		remove_all_actions( 'woocommerce_order_status_changed' );
		remove_all_actions( 'woocommerce_after_order_object_save' );
		remove_all_actions( 'woocommerce_payment_complete' );
		self::fresh( $order )->update_status( 'cancelled' );
		self::assertSame( array( 'small', null, 1 ), Plans::of_user( $user ) );
		$looked = Listener::repair()->astray( 'plans:', false, false );
		self::assertSame( array( array( $key ), null ), array( $looked['keys'], $looked['next'] ) );
		self::assertSame( 'plans:', Listener::repair()->astray( '', true, false )['next'] );
		self::assertSame( array( 'small', null, 1 ), Plans::of_user( $user ) );
		Listener::repair()->astray( 'plans:', true, false );
		self::assertNull( Plans::of_user( $user ) );
		self::assertSame( array(), Listener::repair()->astray( 'plans:', true, false )['keys'] );
	}

	public function test_a_term_that_cannot_be_is_told_and_stops_no_checkout(): void {
		$user  = $this->user();
		$order = self::paid( array( array( Plans::product( 'small', '1200' ), 2 ) ), $user );
		self::assertNull( Plans::of_user( $user ) );
		self::assertStringContainsString( 'cannot be booked for so long', self::all( $order ) );
	}

	/** All notes of an order. */
	private static function all( WC_Order $order ): string {
		return implode( "\n", self::notes( $order->get_id() ) );
	}

	/** @return string[] What the store's logger was told. */
	private function texts(): array {
		return array_map( static fn( $one ): string => (string) wp_json_encode( $one ), $this->logged );
	}

	private function assert_sound( int $user ): void {
		$account = $this->books->account_of_user( $user );
		self::assertNull( Checked::fault( new Db( $GLOBALS['wpdb'] ), $account ) );
	}
}
