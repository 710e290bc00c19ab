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

	/** Tells the Store API. */
	public static function register(): void {
		self::extend( 'product', array( self::class, 'of_product' ), array( self::class, 'schema' ) );
	}

	/**
	 * Adds fields to one kind of answer, where the store has such an API.
	 *
	 * @param string   $endpoint `product`, `cart-item` or `cart`.
	 * @param callable $data     What they are; must not throw.
	 * @param callable $schema   The fields.
	 */
	public static function extend( string $endpoint, callable $data, callable $schema ): void {
		if ( ! function_exists( 'woocommerce_store_api_register_endpoint_data' ) ) {
			return;
		}
		woocommerce_store_api_register_endpoint_data(
			array(
				'endpoint'        => $endpoint,
				'namespace'       => self::NAME,
				'data_callback'   => $data,
				'schema_callback' => $schema,
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
		return self::of_package( Packages::of_product( $product ) );
	}

	/**
	 * What one piece of a package gives.
	 *
	 * @param Package $package The package.
	 * @return array<string, string|int|null>
	 */
	public static function of_package( Package $package ): array {
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
		$text = array( 'string' );
		$days = array( 'integer', 'null' );
		return array(
			'credits'       => self::field( 'Credits of one piece, a decimal text.', $text ),
			'bonus'         => self::field( 'Credits on top of them.', $text ),
			'validity_days' => self::field( 'How many days they last; null: for ever.', $days ),
		);
	}

	/**
	 * One field that is only read.
	 *
	 * @param string   $says  What it is.
	 * @param string[] $types What it can be.
	 * @return array<string, mixed>
	 */
	public static function field( string $says, array $types ): array {
		return array(
			'description' => $says,
			'type'        => $types,
			'context'     => array( 'view', 'edit' ),
			'readonly'    => true,
		);
	}
}
