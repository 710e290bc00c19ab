<?php
/**
 * What a cycle of a plan costs in the shop.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Plans;

use Nivella\Credits\Woo\Money;

defined( 'ABSPATH' ) || exit;

/**
 * The price of the product that sells a plan, as the shop shows it, in the shape of the Store API's
 * prices. A product for several months counts with its price divided by them, rounded up to what
 * the currency shows; of several the lowest. It only compares plans: nothing is charged by it.
 */
final class Prices {
	/**
	 * The prices of a plan.
	 *
	 * @param mixed  $prices What was saved with the plan; it counts where no product sells it.
	 * @param string $plan   The plan's key.
	 */
	public static function of_plan( mixed $prices, string $plan ): mixed {
		if ( ! function_exists( 'wc_get_product' ) ) {
			return $prices;
		}
		$lowest = null;
		foreach ( Shop::selling( $plan ) as $id ) {
			$product = wc_get_product( $id );
			$offer   = Offer::of_product( $product );
			if ( null === $offer || '' === $product->get_price() ) {
				continue;
			}
			$unit  = Money::unit();
			$micro = Money::of( wc_get_price_to_display( $product ) );
			$whole = intdiv( $micro + $unit - 1, $unit );
			$cycle = intdiv( $whole + $offer->months - 1, $offer->months );
			// A first price of 0 is one, too.
			$lowest = min( $lowest ?? $cycle, $cycle );
		}
		return null === $lowest ? $prices : array( 'price' => (string) $lowest ) + self::shape();
	}

	/**
	 * How the store writes prices.
	 *
	 * @param mixed  $plain    As they are written without it.
	 * @param string $currency Three letters; '' for its own.
	 */
	public static function shape_of( mixed $plain, string $currency ): mixed {
		return function_exists( 'get_woocommerce_currency' ) ? self::shape( $currency ) : $plain;
	}

	/**
	 * The shape.
	 *
	 * @param string $currency Three letters; '' for the store's own.
	 * @return array<string, string|int>
	 */
	private static function shape( string $currency = '' ): array {
		$symbol = get_woocommerce_currency_symbol( $currency );
		$symbol = html_entity_decode( '' === $symbol ? $currency : $symbol, ENT_QUOTES, 'UTF-8' );
		$format = html_entity_decode( get_woocommerce_price_format(), ENT_QUOTES, 'UTF-8' );

		list( $before, $behind ) = explode( '%2$s', $format, 2 ) + array( 1 => '' );
		return array(
			'minor_unit'         => min( 6, wc_get_price_decimals() ),
			'currency'           => '' === $currency ? get_woocommerce_currency() : $currency,
			'prefix'             => str_replace( '%1$s', $symbol, $before ),
			'suffix'             => str_replace( '%1$s', $symbol, $behind ),
			'decimal_separator'  => wc_get_price_decimal_separator(),
			'thousand_separator' => wc_get_price_thousand_separator(),
		);
	}
}
