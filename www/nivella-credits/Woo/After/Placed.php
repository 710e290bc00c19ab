<?php
/**
 * What is kept with an order when it is placed.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\After;

use Nivella\Credits\Storage\Purchases;
use Nivella\Credits\Woo\Grants;
use Nivella\Credits\Woo\Log;
use Nivella\Credits\Woo\Orders;

defined( 'ABSPATH' ) || exit;

/**
 * An order with packages is placed and not yet paid: where its buyer came from, and how many
 * entries the buyer's account has by then, so that its page can tell what was used since.
 */
final class Placed {
	/** Meta data of an order: the number of entries. */
	public const ENTRIES = '_nivella_credits_entries';

	/**
	 * The block checkout has placed an order.
	 *
	 * @param mixed $order The order.
	 */
	public static function keep( mixed $order ): void {
		if ( ! $order instanceof \WC_Order ) {
			return;
		}
		try {
			if ( array() === Orders::packages( $order ) ) {
				return;
			}
			$customer = Grants::customer( $order );
			if ( $customer > 0 ) {
				$entries = Purchases::open()->entries_of( $customer );
				$order->update_meta_data( self::ENTRIES, (string) $entries );
			}
			$address = ReturnAddress::remembered();
			if ( null !== $address ) {
				$order->update_meta_data( ReturnAddress::META, $address );
			}
			$order->save_meta_data();
		} catch ( \Throwable $fault ) {
			// Nothing may stop a checkout; the order's page then says less.
			Log::error( 'nothing was kept with an order', $fault, $order->get_id() );
		}
	}

	/**
	 * The classic checkout has placed an order.
	 *
	 * @param mixed $order_id The order's id.
	 * @param mixed $posted   What the buyer sent.
	 * @param mixed $order    The order.
	 */
	public static function keep_classic( mixed $order_id, mixed $posted, mixed $order ): void {
		self::keep( $order );
	}

	/**
	 * How many entries the buyer's account had; null where nobody has kept it.
	 *
	 * @param \WC_Order $order The order.
	 */
	public static function entries( \WC_Order $order ): ?int {
		$kept = (string) $order->get_meta( self::ENTRIES );
		return 1 === preg_match( '/^\d{1,18}$/D', $kept ) ? (int) $kept : null;
	}
}
