<?php
/**
 * What a package is worth, beside its price.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Product;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Page\Figure;
use Nivella\Credits\Page\Style;
use Nivella\Credits\Woo\Money;
use Nivella\Credits\Woo\Package;
use Nivella\Credits\Woo\Packages;
use Nivella\Credits\Woo\Stored;

defined( 'ABSPATH' ) || exit;

/**
 * Goes wherever the store prints a product's price: product pages and lists, of templates and of
 * blocks, and for the variation that a buyer chooses. It is text within the price, so it looks as
 * the theme's prices do, and needs no script.
 */
final class Worth {
	private const STYLE = 'nivella-credits-worth';

	/**
	 * A price, with what it buys.
	 *
	 * @param mixed $html    The price.
	 * @param mixed $product The product or variation.
	 */
	public static function beside( mixed $html, mixed $product ): mixed {
		if ( ! $product instanceof \WC_Product || ! is_string( $html ) || self::is_owners_list() ) {
			return $html;
		}
		$worth = $product->is_type( 'variable' ) ? Range::of( $product ) : self::of( $product );
		return '' === $worth ? $html : $html . '<br />' . self::small( $worth );
	}

	/**
	 * The data of a variation, for the choice on a product's page. Where all variations cost the
	 * same the store shows no price for a chosen one; it may give other credits, though.
	 *
	 * @param mixed $data      Its data.
	 * @param mixed $parent    The product.
	 * @param mixed $variation The variation.
	 */
	public static function of_choice( mixed $data, mixed $parent, mixed $variation ): mixed {
		if ( ! is_array( $data ) || ! $variation instanceof \WC_Product ) {
			return $data;
		}
		$worth = self::of( $variation );
		if ( '' !== $worth && '' === (string) ( $data['price_html'] ?? '' ) ) {
			$data['price_html'] = '<span class="price">' . self::small( $worth ) . '</span>';
		}
		return $data;
	}

	/** Smaller than the price, and still read where a theme's prices are small themselves. */
	private static function small( string $worth ): string {
		Style::add( self::STYLE, '.nivella-credits-worth{font-size:max(.8em,13px)}' );
		return "<small class=\"nivella-credits-worth\" dir=\"auto\">$worth</small>";
	}

	/** What one product gives, as HTML; empty for what is no package. */
	private static function of( \WC_Product $product ): string {
		if ( ! Packages::is_package( $product ) ) {
			return '';
		}
		$package = Packages::of_product( $product );
		$price   = '' === $product->get_price() ? '' : wc_get_price_to_display( $product );
		$each    = self::per_credit( $package, $price );
		$parts   = array( esc_html( self::credits( $package ) ) );
		if ( null !== $each ) {
			$beside   = Range::each( Stored::parent( $product ) );
			$decimals = Decimals::of_list( $each, ...$beside );
			$parts[]  = self::each( self::price( $each->text( $decimals ), $decimals ) );
		}
		if ( null !== $package->validity_days ) {
			$parts[] = esc_html( self::validity( $package->validity_days ) );
		}
		return self::row( $parts );
	}

	/**
	 * One thing beside the other; no line begins with a dot.
	 *
	 * @param string[] $parts As HTML.
	 */
	public static function row( array $parts ): string {
		return implode( "\u{00a0}· ", $parts );
	}

	/**
	 * The price of one credit; null where there is none.
	 *
	 * @param Package $package What one piece gives.
	 * @param mixed   $price   As the store shows it; empty for none.
	 */
	public static function per_credit( Package $package, mixed $price ): ?PerCredit {
		try {
			$money = '' === $price ? 0 : Money::of( $price );
		} catch ( Refusal ) {
			return null;
		}
		return PerCredit::of( $money, $package->credits, $package->bonus );
	}

	/**
	 * Price per credit, as HTML.
	 *
	 * @param string $price One, or a range, as HTML.
	 */
	public static function each( string $price ): string {
		/* translators: %s: a price. */
		return sprintf( esc_html__( '%s per credit', 'nivella-credits' ), $price );
	}

	/**
	 * A price as the store writes it, as HTML.
	 *
	 * @param string $text     A plain decimal.
	 * @param int    $decimals How many it has.
	 */
	public static function price( string $text, int $decimals ): string {
		return wc_price( $text, array( 'decimals' => $decimals ) );
	}

	/** Credits, and the bonus on top. */
	private static function credits( Package $package ): string {
		$count = Figure::count( Amount::text( $package->credits ) );
		if ( 0 === $package->bonus ) {
			/* translators: %s: how many. */
			$text = _n( '%s credit', '%s credits', $count, 'nivella-credits' );
			return sprintf( $text, Figure::text( $package->credits ) );
		}
		/* translators: 1: how many, 2: how many on top. */
		$text = _n( '%1$s credit + %2$s bonus', '%1$s credits + %2$s bonus', $count, 'nivella-credits' );
		return sprintf( $text, Figure::text( $package->credits ), Figure::text( $package->bonus ) );
	}

	/** How long they last. */
	private static function validity( int $days ): string {
		/* translators: %s: how many days. */
		$text = _n(
			'valid for %s day after purchase',
			'valid for %s days after purchase',
			$days,
			'nivella-credits'
		);
		return sprintf( $text, number_format_i18n( $days ) );
	}

	/** The owner's list of products has a column for prices, and only for them. */
	private static function is_owners_list(): bool {
		return is_admin() && ! wp_doing_ajax();
	}
}
