<?php
/**
 * How many decimals a price per credit has.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Product;

use Nivella\Credits\Woo\Packages;

defined( 'ABSPATH' ) || exit;

/**
 * One number for all packages of the category Tokens, so that they compare at a glance wherever
 * they stand side by side. It is looked up again when a product was changed.
 */
final class Decimals {
	/** Option: the number, and what it depends on. */
	private const KEPT = 'nivella_credits_decimals';
	/** As many as the dialog lists. */
	private const MOST = 100;

	/**
	 * For these, beside the category's.
	 *
	 * @param PerCredit ...$each Prices that stand together.
	 */
	public static function of_list( PerCredit ...$each ): int {
		$fewest = wc_get_price_decimals();
		$needed = array_map( static fn( PerCredit $one ) => $one->decimals( $fewest ), $each );
		return max( self::of_category( $fewest ), ...$needed );
	}

	/** A product was changed. The store's own version of products only counts whole seconds. */
	public static function forget(): void {
		if ( false !== get_option( self::KEPT ) ) {
			delete_option( self::KEPT );
		}
	}

	/** For the packages of the category. */
	private static function of_category( int $fewest ): int {
		$state = implode( ' ', array( \WC_Cache_Helper::get_transient_version( 'product' ), $fewest ) );
		$kept  = get_option( self::KEPT );
		if ( is_array( $kept ) && ( $kept['state'] ?? '' ) === $state ) {
			return (int) $kept['decimals'];
		}
		$decimals = self::look( $fewest );
		update_option( self::KEPT, array( 'state' => $state, 'decimals' => $decimals ), true );
		return $decimals;
	}

	/** Looks through the category. */
	private static function look( int $fewest ): int {
		$asked    = array(
			'category' => array( Tokens::SLUG ),
			'status'   => 'publish',
			'limit'    => self::MOST,
		);
		$decimals = $fewest;
		foreach ( wc_get_products( $asked ) as $product ) {
			if ( ! Packages::is_package( $product ) || '' === $product->get_price() ) {
				continue;
			}
			$price    = wc_get_price_to_display( $product );
			$each     = Worth::per_credit( Packages::of_product( $product ), $price );
			$decimals = max( $decimals, $each?->decimals( $fewest ) ?? $fewest );
		}
		return $decimals;
	}
}
