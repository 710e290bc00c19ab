<?php
/**
 * Whether a plugin has a say in what is rated.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Lane;

defined( 'ABSPATH' ) || exit;

/**
 * The filter `nivella_credits_usage` belongs to plugins that load after this one, so the fast lane
 * cannot see it. Full requests can: what they find is kept, and forgotten whenever plugins change.
 */
final class Rating {
	public const FILTER = 'nivella_credits_usage';
	/** Option: 'filtered' or 'free'; without it nobody has looked yet. */
	public const OPTION = 'nivella_credits_rating';

	/** Runs on `wp_loaded` and late on `rest_api_init`: every plugin has had its turn. */
	public static function look(): void {
		$known = get_option( self::OPTION, '' );
		$found = false === has_filter( self::FILTER ) ? 'free' : 'filtered';
		// A filter that only some requests have is one for all that follow.
		if ( $known !== $found && 'filtered' !== $known ) {
			update_option( self::OPTION, $found, true );
		}
	}

	/** Runs when plugins are switched on or off, replaced, or the theme changes. */
	public static function forget(): void {
		delete_option( self::OPTION );
	}

	/** Whether the last look found no filter, and none was added since. */
	public static function is_known_as_unfiltered(): bool {
		return 'free' === get_option( self::OPTION, '' ) && false === has_filter( self::FILTER );
	}
}
