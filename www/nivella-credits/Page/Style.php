<?php
/**
 * Rules of style that need no file.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Page;

defined( 'ABSPATH' ) || exit;

/** A few words for the page around what the plugin prints; WordPress prints them once. */
final class Style {
	/**
	 * Puts rules on this page.
	 *
	 * @param string $name  What WordPress knows them by.
	 * @param string $rules As CSS.
	 */
	public static function add( string $name, string $rules ): void {
		if ( ! wp_style_is( $name, 'registered' ) ) {
			// phpcs:ignore WordPress.WP.EnqueuedResourceParameters -- it has no file.
			wp_register_style( $name, false, array(), NIVELLA_CREDITS_VERSION );
			wp_add_inline_style( $name, $rules );
		}
		wp_enqueue_style( $name );
	}
}
