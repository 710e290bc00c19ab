<?php
/**
 * Whatever happens to an order, in whatever order: what is booked is what the rule says.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Tests\Support\Figures;
use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\Listener;
use WC_Order;

/** `NIVELLA_SEED` begins with a sequence that failed. */
final class WooRandomTest extends WooTestCase {
	private const STEPS = 8;

	/** A19: any of these in any order. */
	public function test_after_every_step_what_is_booked_is_the_target(): void {
		$count = Figures::of( 1000, 100 );
		$first = (int) ( getenv( 'NIVELLA_SEED' ) ?: random_int( 1, 1 << 30 ) );
		$kinds = array(
			array( self::package( '2000', '10', '100' ), 3 ),
			array( self::package( '333.333333', '7.77' ), 1 ),
			array( Orders::package( '5' ), 2 ),
		);
		for ( $seed = $first; $seed < $first + $count; $seed++ ) {
			mt_srand( $seed );
			$lines = array_slice( $kinds, 0, mt_rand( 1, 3 ) );
			$order = self::paid( $lines, $this->user() );
			$told  = array();
			for ( $step = 0; $step < self::STEPS; $step++ ) {
				$told[] = self::happen( $order->get_id() );
				Listener::finish();
				$this->check( $order->get_id(), "seed $seed: " . implode( ', ', $told ) );
			}
		}
	}

	/** Something happens to the order; what. */
	private static function happen( int $id ): string {
		$order   = wc_get_order( $id );
		$refunds = array_values( $order->get_refunds() );
		$left    = (int) round( 100 * (float) $order->get_remaining_refund_amount() );
		$chance  = mt_rand( 0, 9 );
		if ( $chance < 4 && $left > 0 && ! $order->has_status( 'trash' ) ) {
			return self::give_back( $order, $left );
		}
		if ( $chance < 6 && array() !== $refunds ) {
			$refund = $refunds[ mt_rand( 0, count( $refunds ) - 1 ) ];
			$amount = $refund->get_amount();
			$refund->delete( true );
			return "deleted the refund of $amount";
		}
		if ( $order->has_status( 'trash' ) ) {
			Orders::untrash( $order );
			return 'out of the bin';
		}
		if ( 9 === $chance ) {
			$order->delete( false );
			return 'into the bin';
		}
		$all    = array( 'processing', 'completed', 'cancelled', 'failed', 'on-hold', 'completed' );
		$status = $all[ mt_rand( 0, 5 ) ];
		$order->update_status( $status );
		return $status;
	}

	/** Money goes back: of a line by pieces or without, or of the order. */
	private static function give_back( WC_Order $order, int $left ): string {
		$ids   = array_keys( $order->get_items() );
		$id    = $ids[ mt_rand( 0, count( $ids ) - 1 ) ];
		$item  = $order->get_item( $id );
		$spent = (int) round( 100 * $order->get_total_refunded_for_item( $id ) );
		$rest  = min( $left, (int) round( 100 * (float) $item->get_total() ) - $spent );
		$cents = 0 === mt_rand( 0, 3 ) ? $rest : mt_rand( 0, max( 0, $rest ) );
		$money = sprintf( '%d.%02d', intdiv( $cents, 100 ), $cents % 100 );
		if ( 0 === mt_rand( 0, 2 ) ) {
			$cents = mt_rand( 1, $left );
			$money = sprintf( '%d.%02d', intdiv( $cents, 100 ), $cents % 100 );
			self::refund( $order, $money );
			return "refunded $money";
		}
		$most   = $item->get_quantity() + $order->get_qty_refunded_for_item( $id );
		$pieces = min( mt_rand( 0, 1 ), $most );
		self::refund( $order, $money, array( $id => array( $pieces, $money ) ) );
		return "refunded $pieces of line $id for $money";
	}

	/** Compares with the rule, worked out anew and without a ledger. */
	private function check( int $id, string $told ): void {
		$order = self::fresh( wc_get_order( $id ) );
		foreach ( $this->sold( $id ) as $sold ) {
			list( $part, $whole ) = self::share( $order, $sold->ids()[1] );
			foreach ( array( 'granted' => 'target', 'bonus' => 'bonus_target' ) as $of => $is ) {
				// Small enough here that nothing leaves 64 bits.
				$product = $sold->item->$of * $part;
				self::assertIsInt( $product );
				$expected = Amount::text( intdiv( $product, $whole ) );
				self::assertSame( $expected, Amount::text( $sold->item->$is ), "$told: $is" );
			}
		}
	}

	/**
	 * The share of a line in cents or pieces, from the order as the store has it.
	 *
	 * @return array{int, int}
	 */
	private static function share( WC_Order $order, int $id ): array {
		$cents = static fn( $money ): int => (int) round( 100 * abs( (float) $money ) );
		$given = array();
		$loose = 0;
		$sum   = 0;
		foreach ( $order->get_refunds() as $refund ) {
			$rest = $cents( $refund->get_amount() );
			$sum += $rest;
			foreach ( $refund->get_items() as $item ) {
				$of            = (int) $item->get_meta( '_refunded_item_id' );
				$money         = $cents( $item->get_total() );
				$rest         -= $money;
				$given[ $of ]  = ( $given[ $of ] ?? 0 ) + $money;
			}
			$loose += $rest;
		}
		$paid = $order->has_status( array( 'processing', 'completed' ) );
		if ( ! $paid || $sum >= $cents( $order->get_total() ) ) {
			return array( 1, 1 );
		}
		$left = 0;
		$pure = true;
		foreach ( $order->get_items() as $line => $item ) {
			$left += $cents( $item->get_total() ) - ( $given[ $line ] ?? 0 );
			$pure  = $pure && '5' !== $item->get_product()->get_price();
		}
		$line  = $order->get_item( $id );
		$cost  = $cents( $line->get_total() );
		$money = $given[ $id ] ?? 0;
		$back  = abs( $order->get_qty_refunded_for_item( $id ) );
		if ( $money >= $cost ) {
			return array( 1, 1 );
		}
		$loose = $pure ? $loose : 0;
		$all   = $line->get_quantity();
		return 0 === $money && $back > 0
			? array( min( $back * $left + $loose * $all, $all * $left ), $all * $left )
			: array( $money * $left + $loose * ( $cost - $money ), $cost * $left );
	}
}
