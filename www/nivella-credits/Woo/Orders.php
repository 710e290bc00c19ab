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
	 * @throws \RuntimeException Where the database does not say.
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
			self::expect_an_answer();
			return null;
		}
		return 'shop_order' === $order->get_type() ? $order : null;
	}

	/**
	 * The refunds of an order. The store writes a refund piece by piece, so this process may have read
	 * half of one that another process was about to make; what it remembers of it is forgotten.
	 *
	 * @param int $id The order's id, which fresh() has read before.
	 * @return \WC_Order_Refund[]
	 * @throws \RuntimeException Where the database does not say.
	 */
	public static function refunds( int $id ): array {
		$of  = array( 'type' => 'shop_order_refund', 'parent' => $id, 'limit' => -1 );
		$ids = (array) wc_get_orders( $of + array( 'return' => 'ids' ) );
		if ( array() === $ids ) {
			self::expect_an_answer();
		} else {
			wp_cache_flush_runtime();
		}
		$found = array();
		foreach ( $ids as $refund ) {
			try {
				$found[] = new \WC_Order_Refund( (int) $refund );
			} catch ( \Exception ) {
				// Deleted meanwhile: whoever did that looks at the order after this.
				self::expect_an_answer();
				continue;
			}
		}
		return $found;
	}

	/**
	 * For the store, a database that fails is one that has nothing: an order would be gone, and all
	 * its credits with it, and a refund would never have been.
	 */
	private static function expect_an_answer(): void {
		global $wpdb;
		if ( '' !== $wpdb->last_error ) {
			throw new \RuntimeException( 'the database did not answer' );
		}
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
