<?php
/**
 * Products and orders for tests.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

use WC_Order;
use WC_Product;
use WC_Product_Simple;

/** Made by the store's own classes. */
final class Orders {
	/**
	 * A virtual product in the category Tokens.
	 *
	 * @param string               $price In the store's currency.
	 * @param array<string, mixed> $meta  By key.
	 */
	public static function package( string $price, array $meta = array() ): WC_Product {
		$term = term_exists( 'tokens', 'product_cat' )
			?: wp_insert_term( 'Tokens', 'product_cat', array( 'slug' => 'tokens' ) );
		$product = new WC_Product_Simple();
		$product->set_name( 'Package' );
		$product->set_regular_price( $price );
		$product->set_virtual( true );
		$product->set_category_ids( array( (int) $term['term_id'] ) );
		foreach ( $meta as $key => $value ) {
			$product->update_meta_data( $key, $value );
		}
		$product->save();
		return $product;
	}

	/**
	 * A pending order.
	 *
	 * @param array<int, array{WC_Product, int}> $lines       Products and quantities.
	 * @param int                                $customer_id 0 for a guest.
	 */
	public static function of( array $lines, int $customer_id = 0 ): WC_Order {
		$order = wc_create_order( array( 'customer_id' => $customer_id ) );
		foreach ( $lines as $line ) {
			$order->add_product( ...$line );
		}
		$order->calculate_totals();
		return $order;
	}

	/**
	 * Takes an order out of the bin, as the admin does.
	 *
	 * @param WC_Order $order The order.
	 */
	public static function untrash( WC_Order $order ): void {
		if ( method_exists( $order, 'untrash' ) ) {
			// Where orders are posts, the store's own way out of the bin is WordPress's.
			$order->untrash() || wp_untrash_post( $order->get_id() );
		} else {
			wp_untrash_post( $order->get_id() );
		}
	}
}
