<?php
/**
 * Amounts as a reader of a page sees them.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Page;

use Nivella\Credits\Ledger\Amount;

defined( 'ABSPATH' ) || exit;

/** Every digit of an exact amount, grouped as the site's language does. */
final class Figure {
	/**
	 * An amount in the site's language.
	 *
	 * @param int $micro Micro-credits; below zero with a minus ahead.
	 */
	public static function text( int $micro ): string {
		return self::decimal( Amount::text( $micro ) );
	}

	/**
	 * A decimal number in the site's language.
	 *
	 * @param string $number As the ledger answers it: `-1234.5`; a rate has up to 9 decimals.
	 */
	public static function decimal( string $number ): string {
		global $wp_locale;
		$sign             = str_starts_with( $number, '-' ) ? '-' : '';
		[ $whole, $part ] = explode( '.', ltrim( $number, '-' ) . '.' );

		$point = $wp_locale instanceof \WP_Locale ? $wp_locale->number_format['decimal_point'] : '.';
		$text  = number_format_i18n( (int) $whole );
		return $sign . $text . ( '' === $part ? '' : $point . $part );
	}

	/**
	 * The number by which a text with this amount chooses its plural form. A fraction has the form of
	 * large round numbers: that is right in the languages whose forms know no fractions, and never
	 * their singular or dual.
	 *
	 * @param string $number As decimal() takes it.
	 */
	public static function count( string $number ): int {
		return str_contains( $number, '.' ) ? 100 : abs( (int) $number );
	}
}
