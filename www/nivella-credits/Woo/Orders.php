<?php
/**
 * Orders as the database has them now.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

defined( 'ABSPATH' ) || exit;

/**
 * Reads orders past every cache: another process may have changed them since this one began, and
 * what is decided on a stale order would undo what the other one booked.
 */
final class Orders {
	/**
	 * An order; null where there is none of that id.
	 *
	 * @param int $id The order's id.
	 */
	public static function fresh( int $id ): ?\WC_Order {
		if ( $id <= 0 ) {
			return null;
		}
		clean_post_cache( $id );
		wp_cache_set_posts_last_changed();
		wp_cache_delete( "order-items-$id", 'orders' );
		// Not wc_get_order(): it may answer from a cache of its own.
		try {
			$order = new \WC_Order( $id );
		} catch ( \Exception ) {
			return null;
		}
		return 'shop_order' === $order->get_type() ? $order : null;
	}

	/**
	 * The refunds of an order.
	 *
	 * @param int $id The order's id, which fresh() has read before.
	 * @return \WC_Order_Refund[]
	 */
	public static function refunds( int $id ): array {
		$found = wc_get_orders( array( 'type' => 'shop_order_refund', 'parent' => $id, 'limit' => -1 ) );
		$is    = static fn( mixed $refund ): bool => $refund instanceof \WC_Order_Refund;
		return array_values( array_filter( (array) $found, $is ) );
	}

	/**
	 * The lines that are packages, in the order of their ids.
	 *
	 * @param \WC_Order $order The order.
	 * @return array<int, Package> What one piece gives, by the line's id.
	 */
	public static function packages( \WC_Order $order ): array {
		$found = array();
		foreach ( $order->get_items() as $id => $item ) {
			if ( $item instanceof \WC_Order_Item_Product && (int) $item->get_quantity() > 0 ) {
				$package = Packages::of_item( $item );
				if ( $package->gives() ) {
					$found[ (int) $id ] = $package;
				}
			}
		}
		ksort( $found );
		return $found;
	}
}
