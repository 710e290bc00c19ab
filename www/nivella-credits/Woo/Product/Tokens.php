<?php
/**
 * The category Tokens.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Product;

use Nivella\Credits\Woo\Packages;

defined( 'ABSPATH' ) || exit;

/**
 * What the Buy Credits dialog lists: the products in the category whose slug is `tokens`. Its name
 * is the owner's choice. A package is whatever has credits; the category only lists it, so nothing
 * that was sold depends on it.
 */
final class Tokens {
	public const SLUG = 'tokens';
	/** Option: the id of the category, to know it by when its slug was changed. */
	private const KNOWN = 'nivella_credits_tokens';

	private const TAXONOMY = 'product_cat';

	/** At activation: made when missing, kept as it is when there. */
	public static function prepare(): void {
		if ( taxonomy_exists( self::TAXONOMY ) && null === self::id() && null === self::renamed() ) {
			self::make();
		}
		self::remember();
	}

	/** Its id; null where there is none. */
	public static function id(): ?int {
		$term = get_term_by( 'slug', self::SLUG, self::TAXONOMY );
		return $term instanceof \WP_Term ? $term->term_id : null;
	}

	/** The category that had the slug once, and has another one now. */
	public static function renamed(): ?\WP_Term {
		$known = (int) get_option( self::KNOWN, 0 );
		$term  = $known > 0 ? get_term( $known, self::TAXONOMY ) : null;
		return $term instanceof \WP_Term && self::SLUG !== $term->slug ? $term : null;
	}

	/**
	 * Mends it: the slug is given back to the category that had it, or the category is made again,
	 * with every package that there is.
	 *
	 * @return ?int Its id; null where WordPress refuses.
	 */
	public static function mend(): ?int {
		$known = self::renamed();
		if ( null === self::id() && null !== $known ) {
			wp_update_term( $known->term_id, self::TAXONOMY, array( 'slug' => self::SLUG ) );
		} elseif ( null === self::id() && null !== self::make() ) {
			foreach ( self::packages() as $product ) {
				wp_set_object_terms( $product, self::SLUG, self::TAXONOMY, true );
				clean_post_cache( $product );
			}
			\WC_Cache_Helper::get_transient_version( 'product', true );
		}
		self::remember();
		return self::id();
	}

	/** Keeps the id of the category that there is. */
	private static function remember(): void {
		$id = self::id();
		if ( null !== $id && $id !== (int) get_option( self::KNOWN, 0 ) ) {
			update_option( self::KNOWN, $id, false );
		}
	}

	/** Makes it. Two at once make one: the second is told that it is there. */
	private static function make(): ?int {
		$name = _x( 'Tokens', 'name of the category of packages', 'nivella-credits' );
		$made = wp_insert_term( $name, self::TAXONOMY, array( 'slug' => self::SLUG ) );
		return is_wp_error( $made ) ? self::id() : (int) $made['term_id'];
	}

	/**
	 * Products that give credits, or of which a variation does.
	 *
	 * @return int[]
	 */
	private static function packages(): array {
		$found = get_posts(
			array(
				'post_type'   => array( 'product', 'product_variation' ),
				'post_status' => array( 'publish', 'draft', 'pending', 'private', 'future' ),
				'numberposts' => -1,
				// Read once, when the owner asks for it.
				'meta_query'  => array( // phpcs:ignore WordPress.DB.SlowDBQuery -- seldom.
					array( 'key' => Packages::CREDITS, 'value' => '', 'compare' => '!=' ),
				),
			)
		);
		$of = static fn( \WP_Post $post ): int =>
			'product_variation' === $post->post_type ? $post->post_parent : $post->ID;
		return array_values( array_unique( array_filter( array_map( $of, $found ) ) ) );
	}
}
