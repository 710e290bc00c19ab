<?php
/**
 * The elements on a page.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Page;

use Nivella\Credits\Woo\Addresses;

defined( 'ABSPATH' ) || exit;

/**
 * Shortcodes and blocks, registered here alone. Each prints its tag with a text that is true
 * without any script, and puts the module on the page: only where one of them is used.
 *
 *     [nivella_credit_pill site="" show="" usage-url=""]
 *     [nivella_buy_credits category=""]
 *     [nivella_usage_dashboard plans-url="" sign-in-url=""]
 *
 * and of each `locale`, `theme`. Attributes are those of the elements.
 */
final class Elements {
	private const EVERY = array( 'locale', 'theme' );
	private const OWN   = array(
		'nivella_credit_pill'     => array( 'site', 'show', 'usage-url', 'category', 'return-url' ),
		'nivella_buy_credits'     => array( 'site', 'category', 'return-url' ),
		'nivella_usage_dashboard' => array( 'category', 'plans-url', 'refund-policy', 'sign-in-url' ),
	);
	/** Shortcodes by the folders of their blocks. */
	private const BLOCKS = array(
		'pill'  => 'nivella_credit_pill',
		'buy'   => 'nivella_buy_credits',
		'usage' => 'nivella_usage_dashboard',
	);
	private const EDITOR = 'nivella-credits-blocks';
	/** By shortcode: a style sheet's name, and what an element is like on the page around it. */
	private const AROUND = array(
		// The printed text of a pill is as high as the pill will be, so that nothing on the page
		// moves when it is there: the height and place that its own sheet has.
		'nivella_credit_pill' => array(
			'nivella-credits-room',
			'nivella-credit-pill:not([hidden]){display:inline-flex;align-items:center;'
				. 'block-size:calc(32*var(--nivella-unit,1px));vertical-align:middle}',
		),
		// A theme that gives buttons a ground, and no box, would break one over two lines.
		'nivella_buy_credits' => array(
			'nivella-credits-link',
			'nivella-buy-credits>a{display:inline-block}',
		),
	);
	/** Attributes that are addresses. */
	private const URLS = array( 'usage-url', 'plans-url', 'return-url', 'sign-in-url' );

	/** Runs on `init`, after the module is known. */
	public static function register(): void {
		foreach ( array_keys( self::OWN ) as $tag ) {
			add_shortcode(
				$tag,
				static fn( $given ): string => self::element( $tag, (array) $given )
			);
		}
		self::register_blocks();
	}

	/**
	 * The blocks: the same elements, chosen in the editor.
	 */
	private static function register_blocks(): void {
		$folder = plugin_dir_path( NIVELLA_CREDITS_FILE ) . 'blocks';
		$needs  = require "$folder/editor.asset.php";
		wp_register_script(
			self::EDITOR,
			plugins_url( 'blocks/editor.js', NIVELLA_CREDITS_FILE ),
			$needs['dependencies'],
			$needs['version'],
			array( 'in_footer' => true )
		);
		$texts = plugin_dir_path( NIVELLA_CREDITS_FILE ) . 'languages';
		wp_set_script_translations( self::EDITOR, 'nivella-credits', $texts );
		foreach ( self::BLOCKS as $name => $tag ) {
			$render = static fn( array $chosen ): string => self::block( $tag, $chosen );
			register_block_type( $folder . '/' . $name, array( 'render_callback' => $render ) );
		}
	}

	/**
	 * A block on a page.
	 *
	 * @param string               $tag    Its shortcode.
	 * @param array<string, mixed> $chosen Its attributes, as block.json names them.
	 */
	private static function block( string $tag, array $chosen ): string {
		$given = array();
		foreach ( $chosen as $name => $value ) {
			$given[ strtolower( (string) preg_replace( '~[A-Z]~', '-$0', $name ) ) ] = $value;
		}
		$element = self::element( $tag, $given );
		return sprintf( '<div %s>%s</div>', get_block_wrapper_attributes(), $element );
	}

	/**
	 * A tag with its fallback.
	 *
	 * @param string               $shortcode Which element.
	 * @param array<string, mixed> $given     Its attributes.
	 * @param ?string              $inside    HTML to stand in its place without scripts, where the
	 *                                        page has read it already.
	 */
	public static function element(
		string $shortcode,
		array $given,
		?string $inside = null
	): string {
		Module::enqueue();
		if ( isset( self::AROUND[ $shortcode ] ) ) {
			Style::add( ...self::AROUND[ $shortcode ] );
		}
		if ( in_array( 'sign-in-url', self::OWN[ $shortcode ], true ) ) {
			$given += array( 'sign-in-url' => Addresses::sign_in() );
		}
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
		$text .= isset( $given['theme'] ) && '' !== $given['theme'] ? '' : Ground::attribute();
		$texts = Messages::address();
		if ( null !== $texts ) {
			$text .= ' messages="' . esc_url( $texts ) . '"';
		}
		$tag      = strtr( $shortcode, '_', '-' );
		$site     = isset( $given['site'] ) && '' !== (string) $given['site'];
		$inside ??= self::inside( $shortcode, $site );
		return "<$tag$text>$inside</$tag>";
	}

	/** What stands inside the tag. */
	private static function inside( string $shortcode, bool $visitor ): string {
		// What a visitor of a site may know is not what the reader of this page has.
		if ( 'nivella_credit_pill' === $shortcode ) {
			return esc_html( $visitor ? Fallback::word() : Fallback::credits() );
		}
		if ( 'nivella_usage_dashboard' === $shortcode ) {
			$usage = esc_html__( 'Usage', 'nivella-credits' );
			return "<h2>$usage</h2> " . Fallback::usage();
		}
		$buy  = esc_html__( 'Buy credits', 'nivella-credits' );
		$shop = Fallback::shop();
		$link = '<a class="button wp-element-button" href="%s">%s</a>';
		return null === $shop ? $buy : sprintf( $link, esc_url( $shop ), $buy );
	}
}
