<?php
/**
 * What the plugin keeps with products and lines of orders.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

defined( 'ABSPATH' ) || exit;

/**
 * The store reads a product together with everything its post has, and asks the database once more
 * for each product whose meta data somebody wants. Every product of a list is looked at here, and
 * most are no packages: so a product's values are taken from what was read with it.
 */
final class Stored {
	/**
	 * One value, without the spaces around it; null for what is no text.
	 *
	 * @param \WC_Product|\WC_Order_Item_Product $of  A product, a variation or a line.
	 * @param string                             $key Of the meta data.
	 */
	public static function text( \WC_Product|\WC_Order_Item_Product $of, string $key ): ?string {
		$id    = $of instanceof \WC_Product ? $of->get_id() : 0;
		$value = $id > 0 ? get_post_meta( $id, $key, true ) : $of->get_meta( $key );
		return is_scalar( $value ) ? trim( (string) $value ) : null;
	}

	/**
	 * The product that a variation is one of; null for what is none.
	 *
	 * @param \WC_Product $product Whatever product.
	 */
	public static function parent( \WC_Product $product ): ?\WC_Product {
		$parent = $product->is_type( 'variation' ) ? wc_get_product( $product->get_parent_id() ) : null;
		return $parent instanceof \WC_Product ? $parent : null;
	}
}
