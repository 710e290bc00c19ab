<?php
/**
 * The fields of a package on a variation.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Product;

use Nivella\Credits\Woo\Packages;

defined( 'ABSPATH' ) || exit;

/** As Fields; a variation without credits of its own gives what its product gives. */
final class VariationFields {
	/**
	 * Prints them among a variation's prices.
	 *
	 * @param mixed $loop      The variation's place.
	 * @param mixed $data      Its meta data, as posts have them.
	 * @param mixed $variation Its post.
	 */
	public static function show( mixed $loop, mixed $data, mixed $variation ): void {
		$product = $variation instanceof \WP_Post ? wc_get_product( $variation->ID ) : null;
		if ( ! $product instanceof \WC_Product ) {
			return;
		}
		$parent = wc_get_product( $product->get_parent_id() );
		foreach ( Entered::KEYS as $place => $key ) {
			$side  = array( 'form-row-first', 'form-row-last', 'form-row-full' )[ $place ];
			$field = Fields::field( $key, $product );
			woocommerce_wp_text_input(
				array(
					'id'            => "variable{$key}_{$loop}",
					'name'          => "variable{$key}[{$loop}]",
					'placeholder'   => self::inherited( $key, $product, $parent ),
					'wrapper_class' => "form-row $side",
				) + $field
			);
		}
	}

	/**
	 * A variation's part of the form was sent.
	 *
	 * @param mixed $variation The variation, about to be saved.
	 * @param mixed $place     Its place.
	 */
	public static function save( mixed $variation, mixed $place ): void {
		if ( ! $variation instanceof \WC_Product ) {
			return;
		}
		$typed = array();
		foreach ( Entered::KEYS as $key ) {
			// phpcs:ignore WordPress.Security -- the store has checked it; Entered reads it.
			$typed[ $key ] = $_POST[ "variable$key" ][ $place ] ?? null;
		}
		Fields::keep( $variation, $typed );
	}

	/** What the product has: it counts only as long as the variation has no credits of its own. */
	private static function inherited( string $key, \WC_Product $own, mixed $parent ): string {
		$counts = '' === (string) $own->get_meta( Packages::CREDITS );
		if ( ! $counts || ! $parent instanceof \WC_Product ) {
			return '';
		}
		$kept = $parent->get_meta( $key );
		return is_scalar( $kept ) ? Entered::shown( (string) $kept ) : '';
	}
}
