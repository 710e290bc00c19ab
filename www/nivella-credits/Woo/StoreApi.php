<?php
/**
 * What the Store API says of packages.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Ledger\Amount;

defined( 'ABSPATH' ) || exit;

/**
 * The credits of a product, in `extensions["nivella-credits"]` of the Store API: what the Buy
 * Credits dialog reads. Never a balance: these answers are kept by browsers, and read by pages of
 * other origins on the same site.
 */
final class StoreApi {
	private const NAME = 'nivella-credits';

	/** Tells the Store API, where the store has one. */
	public static function register(): void {
		if ( ! function_exists( 'woocommerce_store_api_register_endpoint_data' ) ) {
			return;
		}
		woocommerce_store_api_register_endpoint_data(
			array(
				'endpoint'        => 'product',
				'namespace'       => self::NAME,
				'data_callback'   => array( self::class, 'of_product' ),
				'schema_callback' => array( self::class, 'schema' ),
				'schema_type'     => ARRAY_A,
			)
		);
	}

	/**
	 * What one piece of a product gives.
	 *
	 * @param mixed $product The product.
	 * @return array<string, string|int|null> Nothing of what is no package, or can't be read.
	 */
	public static function of_product( mixed $product ): array {
		if ( ! $product instanceof \WC_Product || ! Packages::is_package( $product ) ) {
			return array();
		}
		$package = Packages::of_product( $product );
		return array(
			'credits'       => Amount::text( $package->credits ),
			'bonus'         => Amount::text( $package->bonus ),
			'validity_days' => $package->validity_days,
		);
	}

	/**
	 * The fields of it.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	public static function schema(): array {
		$field = static fn( string $says, string ...$types ) => array(
			'description' => $says,
			'type'        => $types,
			'context'     => array( 'view', 'edit' ),
			'readonly'    => true,
		);
		return array(
			'credits'       => $field( 'Credits of one piece, a decimal text.', 'string' ),
			'bonus'         => $field( 'Credits on top of them.', 'string' ),
			'validity_days' => $field( 'How many days they last; null: for ever.', 'integer', 'null' ),
		);
	}
}
