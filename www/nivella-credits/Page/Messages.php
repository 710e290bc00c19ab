<?php
/**
 * The module's texts in a language that it does not bring.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Page;

use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/**
 * Whoever translates the plugin translates the module with it: its texts are part of the plugin's
 * template, made by the build from the module's own catalogue.
 */
final class Messages {
	/** Numbers among which every plural form of every language is. */
	private const NUMBERS = array( 0, 1, 2, 3, 4, 5, 6, 10, 11, 20, 21, 100, 101, 102, 103, 1000000 );

	/** Runs on `init`: WordPress finds what a plugin brings by itself only since 6.8. */
	public static function load(): void {
		$folder = dirname( plugin_basename( NIVELLA_CREDITS_FILE ) ) . '/languages';
		load_plugin_textdomain( 'nivella-credits', false, $folder );
	}

	/**
	 * Where a page in the current language gets its texts.
	 *
	 * @return ?string Null where the module has them, or nobody has translated it.
	 */
	public static function address(): ?string {
		$locale   = determine_locale();
		$language = strtolower( strtok( $locale, '_' ) );
		if ( Module::speaks( $language ) ) {
			return null;
		}
		// A text that is in the pill, wherever it is.
		$own = 'No credits' !== _x( 'No credits', 'pill.none', 'nivella-credits' );
		$url = rest_url( 'nivella-credits/v1/messages' );
		return $own ? add_query_arg( 'locale', $locale, $url ) : null;
	}

	/**
	 * All texts in a language of the site.
	 *
	 * @param string $locale As WordPress names it: `fr_FR`.
	 * @return array<string, string|array<int, string>> By key; where the form depends on a number, by
	 *                                                  numbers that have each form.
	 * @throws Refusal `not_found` for a language that the site does not have.
	 */
	public static function in( string $locale ): array {
		$known = array( ...get_available_languages(), get_locale() );
		$file  = plugin_dir_path( NIVELLA_CREDITS_FILE ) . 'languages/messages.php';
		if ( ! in_array( $locale, $known, true ) || ! is_readable( $file ) ) {
			throw new Refusal( 'not_found', 'no such language', 'locale' );
		}
		$switched = switch_to_locale( $locale );
		$forms    = static function ( array $text ): array {
			$form = static fn( int $number ): string =>
				translate_nooped_plural( $text, $number, 'nivella-credits' );
			return array_combine( self::NUMBERS, array_map( $form, self::NUMBERS ) );
		};
		try {
			return self::read( $file, $forms );
		} finally {
			if ( $switched ) {
				restore_previous_locale();
			}
		}
	}

	/**
	 * What the file says.
	 *
	 * @param string   $file  The file.
	 * @param \Closure $forms What it calls for texts with plural forms.
	 * @return array<string, string|array<int, string>>
	 */
	private static function read( string $file, \Closure $forms ): array {
		return require $file;
	}
}
