<?php
/**
 * The elements on a page.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Page;

defined( 'ABSPATH' ) || exit;

/**
 * Shortcodes and the block. Each prints its tag with a text that is true without any script, and
 * puts the module on the page: only where one of them is used.
 *
 *     [nivella_credit_pill site="" show="" usage-url=""]
 *     [nivella_buy_credits category=""]
 *     [nivella_usage_dashboard plans-url=""]
 *
 * and of each `locale`, `theme`. Attributes are those of the elements.
 */
final class Elements {
	private const EVERY = array( 'locale', 'theme' );
	private const OWN   = array(
		'nivella_credit_pill'     => array( 'site', 'show', 'usage-url', 'category', 'return-url' ),
		'nivella_buy_credits'     => array( 'site', 'category', 'return-url' ),
		'nivella_usage_dashboard' => array( 'category', 'plans-url', 'refund-policy' ),
	);
	/** Attributes that are addresses. */
	private const URLS  = array( 'usage-url', 'plans-url', 'return-url' );

	/** Runs on `init`, after the module is known. */
	public static function register(): void {
		foreach ( array_keys( self::OWN ) as $tag ) {
			add_shortcode(
				$tag,
				static fn( $given ): string => self::element( $tag, (array) $given )
			);
		}
		register_block_type(
			plugin_dir_path( NIVELLA_CREDITS_FILE ) . 'blocks/pill',
			array( 'render_callback' => array( self::class, 'block' ) )
		);
	}

	/**
	 * The block of the pill.
	 *
	 * @param array<string, mixed> $attributes As block.json has them.
	 */
	public static function block( array $attributes ): string {
		$given = array_intersect_key( $attributes, array_flip( array( 'site', 'show' ) ) );
		if ( isset( $attributes['usageUrl'] ) ) {
			$given['usage-url'] = $attributes['usageUrl'];
		}
		$pill = self::element( 'nivella_credit_pill', $given );
		return sprintf( '<div %s>%s</div>', get_block_wrapper_attributes(), $pill );
	}

	/**
	 * A tag with its fallback.
	 *
	 * @param string               $shortcode Which element.
	 * @param array<string, mixed> $given     Its attributes.
	 */
	public static function element( string $shortcode, array $given ): string {
		Module::enqueue();
		$known = array_flip( array( ...self::EVERY, ...self::OWN[ $shortcode ] ) );
		$text  = '';
		foreach ( array_intersect_key( $given, $known ) as $name => $value ) {
			if ( is_scalar( $value ) && '' !== (string) $value ) {
				$safe  = in_array( $name, self::URLS, true )
					? esc_url( (string) $value )
					: esc_attr( (string) $value );
				$text .= " $name=\"$safe\"";
			}
		}
		$tag  = strtr( $shortcode, '_', '-' );
		$site = isset( $given['site'] ) && '' !== (string) $given['site'];
		return "<$tag$text>" . self::inside( $shortcode, $site ) . "</$tag>";
	}

	/** What stands inside the tag. */
	private static function inside( string $shortcode, bool $visitor ): string {
		// What a visitor of a site may know is not what the reader of this page has.
		$credits = esc_html( $visitor ? Fallback::word() : Fallback::credits() );
		if ( 'nivella_credit_pill' === $shortcode ) {
			return $credits;
		}
		if ( 'nivella_usage_dashboard' === $shortcode ) {
			$usage = esc_html__( 'Usage', 'nivella-credits' );
			return "<h2>$usage</h2> <p>$credits</p>";
		}
		$buy  = esc_html__( 'Buy credits', 'nivella-credits' );
		$shop = Fallback::shop();
		return null === $shop ? $buy : sprintf( '<a href="%s">%s</a>', esc_url( $shop ), $buy );
	}
}
