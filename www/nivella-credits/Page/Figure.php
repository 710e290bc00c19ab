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
	 * @param int $micro Micro-credits, not negative.
	 */
	public static function text( int $micro ): string {
		global $wp_locale;
		[ $whole, $part ] = explode( '.', Amount::text( $micro ) . '.' );

		$point = $wp_locale instanceof \WP_Locale ? $wp_locale->number_format['decimal_point'] : '.';
		return number_format_i18n( (int) $whole ) . ( '' === $part ? '' : $point . $part );
	}
}
