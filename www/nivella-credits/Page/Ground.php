<?php
/**
 * The ground that a theme's pages have.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Page;

defined( 'ABSPATH' ) || exit;

/**
 * A block theme that is dark rarely says so to the browser, and what an element writes beside its
 * cards would be dark on dark: its colors say it.
 */
final class Ground {
	/** What is darker than this, of 255, wants white text on it. */
	private const DARK = 110;

	/** The attribute of an element on these pages; empty where nothing is known. */
	public static function attribute(): string {
		return self::is_dark() ? ' theme="dark"' : '';
	}

	/** Whether the theme's pages are dark. */
	private static function is_dark(): bool {
		if ( ! wp_is_block_theme() ) {
			return false;
		}
		$resolved = array( 'transforms' => array( 'resolve-variables' ) );
		$color    = wp_get_global_styles( array( 'color', 'background' ), $resolved );
		return is_string( $color ) && self::is_dark_color( $color );
	}

	/**
	 * Whether a color is dark; one that is not written in hexadecimal digits is not known to be.
	 *
	 * @param string $color As #1b1b1b or #111.
	 */
	public static function is_dark_color( string $color ): bool {
		if ( 1 !== preg_match( '/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/Di', $color ) ) {
			return false;
		}
		$digits = substr( $color, 1 );
		$parts  = str_split( $digits, intdiv( strlen( $digits ), 3 ) );
		$light  = 0;
		// How bright the eye finds red, green and blue, in thousandths.
		foreach ( array( 299, 587, 114 ) as $place => $weight ) {
			$light += $weight * hexdec( str_pad( $parts[ $place ], 2, $parts[ $place ] ) );
		}
		return $light < self::DARK * 1000;
	}
}
