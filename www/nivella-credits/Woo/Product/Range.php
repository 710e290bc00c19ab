<?php
/**
 * What the variations of a product are worth.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Product;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Page\Figure;
use Nivella\Credits\Woo\Package;
use Nivella\Credits\Woo\Packages;

defined( 'ABSPATH' ) || exit;

/**
 * From the least to the most. What each variation gives is kept where the store keeps its price,
 * so that a list of products reads no variation for it.
 */
final class Range {
	private const KEY = 'nivella_credits';

	/**
	 * The store looks up the prices of a product's variations, to keep them.
	 *
	 * @param mixed $prices    What it has so far.
	 * @param mixed $variation One of them.
	 */
	public static function keep( mixed $prices, mixed $variation ): mixed {
		if ( is_array( $prices ) && Packages::is_package( $variation ) ) {
			$package = Packages::of_product( $variation );
			$texts   = array( Amount::text( $package->credits ), Amount::text( $package->bonus ) );

			$prices[ self::KEY ][ $variation->get_id() ] = implode( ' ', $texts );
		}
		return $prices;
	}

	/**
	 * Prices that were kept without it do not count.
	 *
	 * @param mixed $hash What the kept prices depend on.
	 */
	public static function hash( mixed $hash ): mixed {
		return is_array( $hash ) ? array( ...$hash, self::KEY ) : $hash;
	}

	/**
	 * What a variable product gives, as HTML; empty where none of its variations gives anything.
	 *
	 * @param \WC_Product $product The product.
	 */
	public static function of( \WC_Product $product ): string {
		if ( ! $product instanceof \WC_Product_Variable ) {
			return '';
		}
		$packages = self::packages( $product );
		if ( array() === $packages ) {
			return '';
		}
		$amounts = array_map( static fn( Package $package ) => $package->credits, $packages );
		$parts   = array( esc_html( self::credits( min( $amounts ), max( $amounts ) ) ) );
		$each    = self::each( $product );
		if ( array() !== $each ) {
			$parts[] = Worth::each( self::prices( $each ) );
		}
		return Worth::row( $parts );
	}

	/**
	 * The prices per credit of the variations; of those that have one.
	 *
	 * @param mixed $product The product.
	 * @return PerCredit[]
	 */
	public static function each( mixed $product ): array {
		if ( ! $product instanceof \WC_Product_Variable ) {
			return array();
		}
		$prices = $product->get_variation_prices( true )['price'];
		$each   = array();
		foreach ( self::packages( $product ) as $id => $package ) {
			$each[] = Worth::per_credit( $package, $prices[ $id ] ?? '' );
		}
		return array_values( array_filter( $each ) );
	}

	/**
	 * The variations that give something.
	 *
	 * @param \WC_Product_Variable $product The product.
	 * @return array<int, Package>
	 */
	private static function packages( \WC_Product_Variable $product ): array {
		$kept     = $product->get_variation_prices( true )[ self::KEY ] ?? array();
		$packages = array_map( self::package( ... ), $kept );
		return array_filter( $packages, static fn( ?Package $one ) => (bool) $one?->gives() );
	}

	/** What was kept of a variation. */
	private static function package( mixed $kept ): ?Package {
		try {
			list( $credits, $bonus ) = explode( ' ', (string) $kept . ' ' );
			return Package::parse( $credits, $bonus, '' );
		} catch ( Refusal ) {
			return null;
		}
	}

	/** From the least to the most credits. */
	private static function credits( int $least, int $most ): string {
		if ( $least === $most ) {
			$count = Figure::count( Amount::text( $most ) );
			/* translators: %s: how many. */
			$text = _n( '%s credit', '%s credits', $count, 'nivella-credits' );
			return sprintf( $text, Figure::text( $most ) );
		}
		/* translators: 1: the least, 2: the most. */
		$text = __( '%1$s to %2$s credits', 'nivella-credits' );
		return sprintf( $text, Figure::text( $least ), Figure::text( $most ) );
	}

	/**
	 * From the lowest to the highest price per credit, as HTML.
	 *
	 * @param PerCredit[] $each Of each variation.
	 */
	private static function prices( array $each ): string {
		$decimals = Decimals::of_list( ...$each );
		$texts    = array_map( static fn( PerCredit $one ) => $one->text( $decimals ), $each );
		// As decimals with as many places behind the point, the longer one is the larger one.
		usort( $texts, static fn( $a, $b ) => array( strlen( $a ), $a ) <=> array( strlen( $b ), $b ) );
		$low  = Worth::price( $texts[0], $decimals );
		$high = Worth::price( $texts[ count( $texts ) - 1 ], $decimals );
		return $low === $high ? $low : "$low – $high";
	}
}
