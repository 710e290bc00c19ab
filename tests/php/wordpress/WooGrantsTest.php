<?php
/**
 * Paid means paid: what an order gives, when, and to whom.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Plugin\Activation;
use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\Packages;
use WC_Order;
use WC_Product_Variable;
use WC_Product_Variation;

final class WooGrantsTest extends WooTestCase {
	/**
	 * @dataProvider ways_to_be_paid
	 *
	 * @param callable(WC_Order): void $pay
	 */
	public function test_an_order_that_becomes_paid_is_granted_once(
		string $from,
		callable $pay,
		bool $granted
	): void {
		$user  = $this->user();
		$order = Orders::of( array( array( self::package( '2000' ), 3 ) ), $user );
		$order->set_status( $from );
		$order->save();
		$order = wc_get_order( $order->get_id() );
		$pay( $order );
		$expected = $granted ? array( array( '6000', '0', '0', '0' ) ) : array();
		self::assertSame( $expected, $this->booked( $order->get_id() ) );
		self::assertSame( $granted ? '6000' : '0', $this->available( $user ) );
	}

	/** @return array<string, array{string, callable, bool}> */
	public static function ways_to_be_paid(): array {
		$to   = static fn( string ...$all ) => static function ( WC_Order $order ) use ( $all ): void {
			foreach ( $all as $status ) {
				wc_get_order( $order->get_id() )->update_status( $status );
			}
		};
		$with = static fn( string $method, callable $then ) => static function ( WC_Order $order ) use (
			$method,
			$then
		): void {
			$order->set_payment_method( $method );
			$order->save();
			$then( $order );
		};
		$pays = static fn( WC_Order $order ) => $order->payment_complete();
		return array(
			'by a gateway'                 => array( 'pending', $pays, true ),
			'by a gateway, after a failure' => array( 'failed', $pays, true ),
			'by a gateway, twice'          => array(
				'pending',
				static function ( WC_Order $order ): void {
					$order->payment_complete();
					wc_get_order( $order->get_id() )->payment_complete();
				},
				true,
			),
			'by the owner, from on hold'   => array( 'on-hold', $to( 'processing' ), true ),
			'by the owner, as completed'   => array( 'pending', $to( 'completed' ), true ),
			'back and forth'               => array(
				'pending',
				$to( 'processing', 'completed', 'processing', 'completed' ),
				true,
			),
			'waiting for a bank transfer'  => array( 'pending', $to( 'on-hold' ), false ),
			'cancelled without payment'    => array( 'pending', $to( 'cancelled' ), false ),
			'failed'                       => array( 'pending', $to( 'failed' ), false ),
			'cash, on its way'             => array( 'pending', $with( 'cod', $to( 'processing' ) ), false ),
			'cash, said to be paid'        => array( 'pending', $with( 'cod', $pays ), true ),
			'cash, delivered'              => array(
				'pending',
				$with( 'cod', $to( 'processing', 'completed' ) ),
				true,
			),
			'bank transfer that arrived'   => array(
				'pending',
				$with( 'bacs', $to( 'on-hold', 'processing' ) ),
				true,
			),
			'cheque that arrived'          => array(
				'pending',
				$with( 'cheque', $to( 'on-hold', 'completed' ) ),
				true,
			),
		);
	}

	/** A9: a part of the money. */
	public function test_a_part_payment_grants_nothing_until_the_rest_is_paid(): void {
		$partial = static fn( array $all ): array => $all + array( 'wc-partially-paid' => 'Partly paid' );
		$counts  = static fn( array $all ): array => array( ...$all, 'partially-paid' );
		add_filter( 'wc_order_statuses', $partial );
		add_filter( 'woocommerce_order_is_paid_statuses', $counts );
		try {
			$user  = $this->user();
			$order = Orders::of( array( array( self::package( '2000' ), 1 ) ), $user );
			$order->set_date_paid( time() );
			$order->update_status( 'partially-paid' );
			self::assertSame( array(), $this->booked( $order->get_id() ) );
			wc_get_order( $order->get_id() )->update_status( 'processing' );
			self::assertSame( '2000', $this->available( $user ) );
		} finally {
			remove_filter( 'wc_order_statuses', $partial );
			remove_filter( 'woocommerce_order_is_paid_statuses', $counts );
		}
	}

	/**
	 * @dataProvider typed_credits
	 *
	 * @param array<string, string> $meta
	 */
	public function test_what_an_owner_types_is_read_strictly( array $meta, string $granted ): void {
		$user  = $this->user();
		$order = self::paid( array( array( Orders::package( '10', $meta ), 2 ) ), $user );
		self::assertSame( $granted, $this->available( $user ) );
		self::assertTrue( $order->is_paid() );
	}

	/** @return array<string, array{array<string, string>, string}> */
	public static function typed_credits(): array {
		$of = static fn( string $credits, string $bonus = '' ): array => array(
			Packages::CREDITS => $credits,
			Packages::BONUS   => $bonus,
		);
		return array(
			'whole'          => array( $of( '2000' ), '4000' ),
			'decimals'       => array( $of( '0.000001' ), '0.000002' ),
			'with a bonus'   => array( $of( '2000', '50.5' ), '4101' ),
			'nothing'        => array( array(), '0' ),
			'zero'           => array( $of( '0' ), '0' ),
			'only a bonus'   => array( $of( '', '50' ), '0' ),
			'with a comma'   => array( $of( '2,000' ), '0' ),
			'with a sign'    => array( $of( '-5' ), '0' ),
			'with a plus'    => array( $of( '+5' ), '0' ),
			'exponent'       => array( $of( '1e6' ), '0' ),
			'7 decimals'     => array( $of( '1.0000001' ), '0' ),
			'too much'       => array( $of( '1000000000001' ), '0' ),
			'too much for 2' => array( $of( '600000000000' ), '0' ),
			'words'          => array( $of( 'NaN' ), '0' ),
			'a wrong bonus'  => array( $of( '2000', 'x' ), '0' ),
		);
	}

	public function test_a_variation_gives_its_own_credits_or_those_of_its_product(): void {
		$parent = new WC_Product_Variable();
		$parent->set_name( 'Flexible' );
		$parent->update_meta_data( Packages::CREDITS, '1000' );
		$parent->update_meta_data( Packages::BONUS, '10' );
		$parent->save();
		$lines = array();
		foreach ( array( '', '3000' ) as $credits ) {
			$variation = new WC_Product_Variation();
			$variation->set_parent_id( $parent->get_id() );
			$variation->set_regular_price( '5' );
			if ( '' !== $credits ) {
				$variation->update_meta_data( Packages::CREDITS, $credits );
			}
			$variation->save();
			$lines[] = array( wc_get_product( $variation->get_id() ), 2 );
		}
		$order = self::paid( $lines, $this->user() );
		self::assertSame(
			array( array( '2000', '20', '0', '0' ), array( '6000', '0', '0', '0' ) ),
			$this->booked( $order->get_id() )
		);
	}

	public function test_what_was_promised_stays_whatever_becomes_of_the_product(): void {
		$user    = $this->user();
		$package = self::package( '2000', '10', '100' );
		$other   = Orders::package( '3' );
		$order   = Orders::of( array( array( $package, 1 ), array( $other, 1 ) ), $user );
		$package->update_meta_data( Packages::CREDITS, '9' );
		$package->save();
		$other->update_meta_data( Packages::CREDITS, '777' );
		$other->save();
		wc_get_order( $order->get_id() )->payment_complete();
		self::assertSame( array( array( '2000', '100', '0', '0' ) ), $this->booked( $order->get_id() ) );
		$package->delete( true );
		wc_get_order( $order->get_id() )->update_status( 'completed' );
		self::assertSame( '2100', $this->available( $user ) );
	}

	/** A9: a discount of everything. */
	public function test_a_discount_does_not_lower_the_credits(): void {
		$user  = $this->user();
		$order = wc_create_order( array( 'customer_id' => $user ) );
		$order->add_product( self::package( '2000' ), 2, array( 'subtotal' => '20', 'total' => '0' ) );
		$order->calculate_totals();
		$order->payment_complete();
		self::assertSame( '4000', $this->available( $user ) );
	}

	public function test_a_validity_ends_the_credits_that_many_days_after_the_payment(): void {
		$order  = self::paid( array( array( self::package( '5', '1', '', '30' ), 1 ) ), $this->user() );
		$sold   = $this->sold( $order->get_id() )[0];
		$answer = $this->books->write( $sold->account, array( 'op' => 'touch' ) );
		$end    = $order->get_date_paid()->getTimestamp() + 30 * DAY_IN_SECONDS;
		$pool   = array_column( $answer['balance']['pools'], 'expires_at' );
		self::assertSame( array( gmdate( 'Y-m-d\TH:i:s.000\Z', $end ) ), $pool );
	}

	/** A21: an order that gets a customer, and then another one. */
	public function test_a_customer_who_is_assigned_later_gets_the_credits_and_keeps_them(): void {
		list( $first, $second ) = array( $this->user(), $this->user() );
		$order = self::paid( array( array( self::package( '2000' ), 1 ) ), 0 );
		self::assertSame( array(), $this->booked( $order->get_id() ) );
		$order->set_customer_id( $first );
		$order->save();
		self::assertSame( '2000', $this->available( $first ) );
		$order = self::fresh( $order );
		$order->set_customer_id( $second );
		$order->save();
		self::assertSame( '2000', $this->available( $first ) );
		self::assertSame( '0', $this->available( $second ) );
	}

	/** A21: guests, and users who are no more. */
	public function test_nothing_is_granted_to_nobody(): void {
		require_once ABSPATH . 'wp-admin/includes/user.php';
		$gone = $this->user();
		wp_delete_user( $gone );
		foreach ( array( 0, $gone ) as $customer ) {
			$order = self::paid( array( array( self::package( '2000' ), 1 ) ), $customer );
			self::assertSame( array(), $this->booked( $order->get_id() ) );
		}
	}

	public function test_an_order_made_as_completed_is_granted_when_it_has_its_lines(): void {
		$user  = $this->user();
		$order = wc_create_order( array( 'status' => 'completed', 'customer_id' => $user ) );
		self::assertSame( '0', $this->available( $user ) );
		$order->add_product( self::package( '2000' ), 1 );
		$order->calculate_totals();
		self::assertSame( '2000', $this->available( $user ) );
	}

	public function test_what_was_paid_before_the_plugin_was_first_active_is_left_alone(): void {
		foreach ( array( -3600, 3600 ) as $moved ) {
			$first = gmdate( DATE_ATOM, time() + $moved );
			update_option( Activation::FIRST_ACTIVE_AT, $first );
			$order = self::paid( array( array( self::package( '2000' ), 1 ) ), $this->user() );
			$order->update_status( 'completed' );
			$sums = array_column( $this->booked( $order->get_id() ), 0 );
			self::assertSame( $moved < 0 ? array( '2000' ) : array(), $sums );
		}
	}

	public function test_the_note_says_what_was_granted(): void {
		$order = self::paid( array( array( self::package( '2000', '10', '100' ), 3 ) ), $this->user() );
		$notes = implode( "\n", self::notes( $order->get_id() ) );
		self::assertStringContainsString( 'Package: 6000 credits granted, and 300 as a bonus.', $notes );
		$order->update_status( 'completed' );
		$again = implode( "\n", self::notes( $order->get_id() ) );
		self::assertSame( 1, substr_count( $again, 'credits granted' ) );
	}

	public function test_a_ledger_that_fails_stops_no_checkout_and_is_tried_again(): void {
		$user  = $this->user();
		$order = Orders::of( array( array( self::package( '2000' ), 1 ) ), $user );
		\Nivella\Credits\Woo\Listener::use_books( new \Nivella\Credits\Tests\Support\BrokenBooks() );
		self::assertTrue( $order->payment_complete() );
		self::assertTrue( self::fresh( $order )->is_paid() );
		$next = as_next_scheduled_action( \Nivella\Credits\Woo\Sync::JOB, array( $order->get_id(), 1 ) );
		self::assertIsInt( $next );
		\Nivella\Credits\Woo\Listener::use_books( $this->books );
		do_action( \Nivella\Credits\Woo\Sync::JOB, $order->get_id(), 1 );
		self::assertSame( '2000', $this->available( $user ) );
	}
}
