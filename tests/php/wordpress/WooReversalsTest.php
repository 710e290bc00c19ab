<?php
/**
 * Credits follow the money that goes back: DESIGN.md, rule 8 of the ledger.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\Listener;
use WC_Order;

final class WooReversalsTest extends WooTestCase {
	/**
	 * A19: refunds in parts, deleted, of orders that are binned and fetched back.
	 * An order of 3 x 2000 credits (bonus 3 x 100) for 30, of 500 credits for 10, and of whatever
	 * else is named; what each step does to it, and what is reversed of the first two lines then.
	 *
	 * @dataProvider refunds
	 *
	 * @param array<array{callable(WC_Order, int[]): mixed, string, string, string}> $steps
	 */
	public function test_the_target_follows_the_refunds( ?string $other, array $steps ): void {
		$lines = array(
			array( self::package( '2000', '10', '100' ), 3 ),
			array( self::package( '500', '10' ), 1 ),
		);
		if ( null !== $other ) {
			$lines[] = array( Orders::package( $other ), 1 );
		}
		$order = self::paid( $lines, $this->user() );
		$ids   = array_keys( $order->get_items() );
		foreach ( $steps as $number => $step ) {
			list( $do, $first, $bonus, $second ) = $step;
			$do( self::fresh( $order ), $ids );
			Listener::finish();
			$expected = array( array( '6000', '300', $first, $bonus ), array( '500', '0', $second, '0' ) );
			self::assertSame( $expected, $this->booked( $order->get_id() ), "step $number" );
		}
	}

	public function test_no_use_takes_the_id_that_a_refund_will_need(): void {
		$user  = $this->user();
		$order = self::paid( array( array( self::package( '2000', '10' ), 1 ) ), $user );
		$line  = $this->sold( $order->get_id() )[0]->item->id;
		foreach ( range( 1, 3 ) as $n ) {
			$use     = array( 'mode' => 'strict', 'amount' => '0.1' );
			$refused = nivella_credits_use( $user, array( 'request_id' => "$line:movement:$n" ) + $use );
			self::assertInstanceOf( \WP_Error::class, $refused );
			self::assertSame( 'request_id_invalid', $refused->get_error_code() );
		}
		self::refund( self::fresh( $order ), '10' );
		self::assertSame( array( array( '2000', '0', '2000', '0' ) ), $this->booked( $order->get_id() ) );
	}

	/** @return array<string, array{?string, array<array{callable, string, string, string}>}> */
	public static function refunds(): array {
		$line   = static function ( int $n, int $pieces, string $money ): callable {
			return static fn( WC_Order $o, array $ids ) =>
				self::refund( $o, $money, array( $ids[ $n ] => array( $pieces, $money ) ) );
		};
		$loose  = static fn( string $money ) => static fn( WC_Order $o ) => self::refund( $o, $money );
		$delete = static fn( int $n ) => static function ( WC_Order $o ) use ( $n ): void {
			$ids = array_map( static fn( $refund ) => $refund->get_id(), $o->get_refunds() );
			sort( $ids );
			wc_get_order( $ids[ $n ] )->delete( true );
		};
		$says   = static fn( string $hook ) => static function ( WC_Order $o ) use ( $hook ): void {
			do_action( $hook, $o->get_id() );
		};
		$to     = static fn( string $status ) => static fn( WC_Order $o ) => $o->update_status( $status );
		return array(
			'one piece of three' => array(
				null,
				array( array( $line( 0, 1, '10' ), '2000', '100', '0' ) ),
			),
			'a third of the money, three times' => array(
				null,
				array(
					array( $line( 1, 0, '3.33' ), '0', '0', '166.5' ),
					array( $line( 1, 0, '3.33' ), '0', '0', '333' ),
					array( $line( 1, 0, '3.34' ), '0', '0', '500' ),
				),
			),
			'rounded down to a micro-credit' => array(
				null,
				array( array( $line( 0, 0, '0.01' ), '2', '0.1', '0' ) ),
			),
			'money of a line without pieces' => array(
				null,
				array( array( $line( 0, 0, '7' ), '1400', '70', '0' ) ),
			),
			'pieces without money' => array(
				null,
				array( array( $line( 0, 2, '0' ), '4000', '200', '0' ) ),
			),
			'all lines' => array(
				null,
				array(
					array( $line( 0, 3, '30' ), '6000', '300', '0' ),
					array( $line( 1, 1, '10' ), '6000', '300', '500' ),
				),
			),
			'money of the order, only packages' => array(
				null,
				array( array( $loose( '10' ), '1500', '75', '125' ) ),
			),
			'of the order, then the rest of it' => array(
				null,
				array(
					array( $loose( '10' ), '1500', '75', '125' ),
					array( $loose( '30' ), '6000', '300', '500' ),
				),
			),
			'of a line, then of the order' => array(
				null,
				array(
					array( $line( 1, 1, '10' ), '0', '0', '500' ),
					array( $loose( '15' ), '3000', '150', '500' ),
				),
			),
			'money of the order, other goods too' => array(
				'5',
				array( array( $loose( '10' ), '0', '0', '0' ) ),
			),
			'all money of the order, goods too' => array(
				'5',
				array( array( $loose( '10' ), '0', '0', '0' ), array( $loose( '35' ), '6000', '300', '500' ) ),
			),
			'of the goods alone' => array(
				'5',
				array( array( $line( 2, 1, '5' ), '0', '0', '0' ) ),
			),
			'set to refunded' => array(
				'5',
				array( array( $to( 'refunded' ), '6000', '300', '500' ) ),
			),
			'in part, then set to refunded' => array(
				null,
				array(
					array( $line( 0, 1, '10' ), '2000', '100', '0' ),
					array( $to( 'refunded' ), '6000', '300', '500' ),
				),
			),
			'refunds that are deleted' => array(
				null,
				array(
					array( $line( 0, 1, '10' ), '2000', '100', '0' ),
					array( $line( 0, 1, '10' ), '4000', '200', '0' ),
					array( $delete( 0 ), '2000', '100', '0' ),
					array( $line( 1, 0, '5' ), '2000', '100', '250' ),
					array( $delete( 0 ), '0', '0', '250' ),
					array( $delete( 0 ), '0', '0', '0' ),
				),
			),
			'cancelled and paid again, twice' => array(
				null,
				array(
					array( $to( 'cancelled' ), '6000', '300', '500' ),
					array( $to( 'completed' ), '0', '0', '0' ),
					array( $to( 'cancelled' ), '6000', '300', '500' ),
					array( $to( 'processing' ), '0', '0', '0' ),
				),
			),
			'refunded in part, failed, paid' => array(
				null,
				array(
					array( $line( 0, 1, '10' ), '2000', '100', '0' ),
					array( $to( 'failed' ), '6000', '300', '500' ),
					array( $to( 'processing' ), '2000', '100', '0' ),
				),
			),
			'a dispute by status' => array(
				null,
				array(
					array( $to( 'on-hold' ), '6000', '300', '500' ),
					array( $to( 'processing' ), '0', '0', '0' ),
				),
			),
			'a dispute by action' => array(
				null,
				array(
					array( $says( 'nivella_credits_order_disputed' ), '6000', '300', '500' ),
					array( static fn( $o ) => $o->save(), '6000', '300', '500' ),
					array( $says( 'nivella_credits_order_dispute_won' ), '0', '0', '0' ),
				),
			),
			'into the bin and out of it' => array(
				null,
				array(
					array( $line( 0, 1, '10' ), '2000', '100', '0' ),
					array( static fn( $o ) => $o->delete( false ), '6000', '300', '500' ),
					array( array( Orders::class, 'untrash' ), '2000', '100', '0' ),
				),
			),
			'a line that is removed' => array(
				null,
				array(
					array(
						static function ( WC_Order $o, array $ids ): void {
							$o->remove_item( $ids[1] );
							$o->save();
						},
						'0',
						'0',
						'500',
					),
				),
			),
			'deleted for good' => array(
				null,
				array(
					array( $line( 0, 1, '10' ), '2000', '100', '0' ),
					array( static fn( $o ) => $o->delete( true ), '6000', '300', '500' ),
				),
			),
		);
	}

	public function test_a_deleted_order_keeps_no_credits_although_others_save_it_meanwhile(): void {
		$user  = $this->user();
		$order = self::paid( array( array( self::package( '1000' ), 1 ) ), $user );
		$id    = $order->get_id();
		$order->update_status( 'completed' );
		$save  = static fn() => wc_get_order( $id )->save();
		add_action( 'woocommerce_before_delete_order', $save, 20 );
		wc_get_order( $id )->delete( true );
		self::assertSame( array( array( '1000', '0', '1000', '0' ) ), $this->booked( $id ) );
		self::assertSame( 1, $this->sold( $id )[0]->item->movements, 'taken once' );
		Listener::finish();
		self::assertSame( '0', $this->available( $user ) );
	}

	public function test_tax_is_part_of_what_a_line_cost_and_of_what_went_back(): void {
		$order = wc_create_order( array( 'customer_id' => $this->user() ) );
		$item  = $order->get_item( $order->add_product( self::package( '1000' ), 1 ) );
		$item->set_taxes( array( 'total' => array( 1 => '2.5' ), 'subtotal' => array( 1 => '2.5' ) ) );
		$item->save();
		$order->set_total( '12.5' );
		$order->save();
		$order->payment_complete();
		$line = array( 'qty' => 0, 'refund_total' => '4', 'refund_tax' => array( 1 => '1' ) );
		wc_create_refund(
			array(
				'order_id'   => $order->get_id(),
				'amount'     => '5',
				'line_items' => array( $item->get_id() => $line ),
			)
		);
		self::assertSame( array( array( '1000', '0', '400', '0' ) ), $this->booked( $order->get_id() ) );
	}

	public function test_a_line_of_unshown_decimals_is_full_when_all_that_is_shown_went_back(): void {
		$order = wc_create_order( array( 'customer_id' => $this->user() ) );
		$total = array( 'subtotal' => '3.333333', 'total' => '3.333333' );
		$id    = $order->add_product( self::package( '1000' ), 1, $total );
		$order->add_product( self::package( '500', '5' ), 1 );
		$order->calculate_totals();
		$order->payment_complete();
		self::refund( self::fresh( $order ), '3.33', array( $id => array( 1, '3.33' ) ) );
		self::assertSame( '1000', $this->booked( $order->get_id() )[0][2] );
	}

	public function test_a_free_line_goes_back_by_its_pieces(): void {
		$order = wc_create_order( array( 'customer_id' => $this->user() ) );
		$free  = array( 'subtotal' => '40', 'total' => '0' );
		$id    = $order->add_product( self::package( '1000' ), 4, $free );
		$order->add_product( self::package( '500', '5' ), 1 );
		$order->calculate_totals();
		$order->payment_complete();
		self::refund( self::fresh( $order ), '0', array( $id => array( 1, '0' ) ) );
		self::assertSame( array( '4000', '0', '1000', '0' ), $this->booked( $order->get_id() )[0] );
		self::refund( self::fresh( $order ), '5' );
		// All money is back, but not the free pieces.
		self::assertSame( array( '1000', '500' ), array_column( $this->booked( $order->get_id() ), 2 ) );
	}

	public function test_the_owner_is_asked_once_about_money_that_names_no_line(): void {
		$lines = array( array( self::package( '500' ), 1 ), array( Orders::package( '5' ), 1 ) );
		$order = self::paid( $lines, $this->user() );
		self::refund( $order, '4' );
		self::assertSame( 1, substr_count( implode( self::notes( $order->get_id() ) ), 'no line' ) );
		self::fresh( $order )->update_status( 'completed' );
		self::assertSame( 1, substr_count( implode( self::notes( $order->get_id() ) ), 'no line' ) );
	}

	/**
	 * 1000 credits, of which some were used; 200 others from elsewhere; all money goes back.
	 *
	 * @dataProvider uses
	 *
	 * @param string[] $said
	 */
	public function test_used_credits_are_recovered_from_others_then_owed_or_forgiven(
		string $used,
		bool $forgive,
		string $available,
		array $said
	): void {
		self::forgive( $forgive );
		$user  = $this->user();
		$order = self::paid( array( array( self::package( '1000' ), 1 ) ), $user );
		$this->spend( $user, $used );
		self::paid( array( array( self::package( '200', '2' ), 1 ) ), $user );
		self::fresh( $order )->update_status( 'cancelled' );
		self::assertSame( $available, $this->available( $user ) );
		$notes = implode( "\n", self::notes( $order->get_id() ) );
		foreach ( $said as $text ) {
			self::assertStringContainsString( $text, $notes );
		}
		// What comes back when the dispute is won is what was taken.
		self::fresh( $order )->update_status( 'completed' );
		self::assertSame( array( '0' ), array_column( $this->booked( $order->get_id() ), 2 ) );
	}

	/** @return array<string, array{string, bool, string, string[]}> */
	public static function uses(): array {
		return array(
			'nothing used' => array(
				'0.000001',
				false,
				'199.999999',
				array( '1000 credits to be taken back, 1000 recovered' ),
			),
			'others cover it' => array(
				'150',
				false,
				'50',
				array( '1000 credits to be taken back, 1000 recovered', '150 of these from other credits' ),
			),
			'the rest is owed' => array(
				'700',
				false,
				'0',
				array( '500 recovered', '200 of these from other credits', '500 owed' ),
			),
			'the rest is forgiven' => array(
				'700',
				true,
				'0',
				array( '1000 credits to be taken back, 500 recovered', '500 forgiven' ),
			),
		);
	}

	public function test_the_account_that_was_granted_gives_back_whoever_the_customer_is_now(): void {
		list( $first, $second ) = array( $this->user(), $this->user() );
		$order = self::paid( array( array( self::package( '2000' ), 1 ) ), $first );
		$order->set_customer_id( $second );
		$order->save();
		self::fresh( $order )->update_status( 'cancelled' );
		self::assertSame( '0', $this->available( $first ) );
		self::assertSame( array( '2000' ), array_column( $this->booked( $order->get_id() ), 2 ) );
	}

	/**
	 * @dataProvider silences
	 */
	public function test_a_database_that_does_not_answer_moves_nothing( string $statement ): void {
		$user  = $this->user();
		$order = self::paid( array( array( self::package( '100', '10' ), 1 ) ), $user );
		$line  = (int) array_key_first( $order->get_items() );
		self::refund( $order, '1', array( $line => array( 0, '1' ) ) );
		self::assertSame( array( '10' ), array_column( $this->booked( $order->get_id() ), 2 ) );
		$broken = static fn( string $sql ): string =>
			1 === preg_match( $statement, $sql ) ? 'SELECT broken FROM nowhere' : $sql;
		$shown  = $GLOBALS['wpdb']->suppress_errors( true );
		add_filter( 'query', $broken );
		Listener::sync()->check( $order->get_id() );
		remove_filter( 'query', $broken );
		$GLOBALS['wpdb']->suppress_errors( $shown );
		self::assertSame( array( '10' ), array_column( $this->booked( $order->get_id() ), 2 ) );
		$said = implode( "\n", array_column( $this->logged, 'message' ) );
		self::assertStringContainsString( 'the database did not answer', $said );
	}

	/** @return array<string, array{string}> */
	public static function silences(): array {
		return array(
			'of the order'   => array( '/FROM `?\w*_(posts|wc_orders|stand_in_objects)\b/' ),
			'of its refunds' => array( '/shop_order_refund/' ),
		);
	}
}
