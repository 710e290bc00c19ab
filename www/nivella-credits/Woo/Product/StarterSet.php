<?php
/**
 * Packages to begin with.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Product;

use Nivella\Credits\Woo\Packages;

defined( 'ABSPATH' ) || exit;

/** Six packages that an owner may have made, once; what they sell is theirs to change. */
final class StarterSet {
	/** Option: what became of the offer: `made` or `declined`; empty while it stands. */
	public const OPTION = 'nivella_credits_starter_set';

	private const LOCK = 'nivella_credits_starter_set';
	/** Credits and their price, in whatever the store's currency is. */
	private const SET = array(
		2000  => '10',
		5000  => '20',
		10000 => '30',
		20000 => '40',
		30000 => '50',
		40000 => '60',
	);

	/** Whether the offer stands: nobody has answered it, and the store sells no credits yet. */
	public static function is_offered(): bool {
		if ( '' !== (string) get_option( self::OPTION, '' ) ) {
			return false;
		}
		$sold = get_posts(
			array(
				'post_type'   => array( 'product', 'product_variation' ),
				'post_status' => array( 'publish', 'draft', 'pending', 'private', 'future' ),
				'numberposts' => 1,
				'fields'      => 'ids',
				// On the owner's own screens, until the offer is answered.
				'meta_key'    => Packages::CREDITS, // phpcs:ignore WordPress.DB.SlowDBQuery -- once.
			)
		);
		return array() === $sold;
	}

	/** The owner wants none. */
	public static function decline(): void {
		update_option( self::OPTION, 'declined', true );
	}

	/**
	 * Makes them: once, however often it is asked for.
	 *
	 * @param bool $published Whether they are sold at once, or drafts to look at first.
	 * @return int[] The products that were made.
	 */
	public static function make( bool $published ): array {
		require_once ABSPATH . 'wp-admin/includes/class-wp-upgrader.php';
		if ( ! \WP_Upgrader::create_lock( self::LOCK, 120 ) ) {
			return array();
		}
		try {
			// What another request has done meanwhile stands in the database, not in the cache.
			wp_cache_delete( self::OPTION, 'options' );
			wp_cache_delete( 'notoptions', 'options' );
			if ( 'made' === get_option( self::OPTION, '' ) ) {
				return array();
			}
			$category = Tokens::mend();
			$made     = array();
			foreach ( self::SET as $credits => $price ) {
				$made[] = self::package( $credits, $price, $category, $published );
			}
			update_option( self::OPTION, 'made', true );
			NextSteps::open();
			return array_filter( $made );
		} finally {
			\WP_Upgrader::release_lock( self::LOCK );
		}
	}

	/**
	 * What a package is called.
	 *
	 * @param string $credits How many it gives, as they are written.
	 */
	public static function name( string $credits ): string {
		/* translators: %s: how many. */
		return sprintf( __( '%s AI Credits', 'nivella-credits' ), $credits );
	}

	/** One of them; 0 where its SKU is taken already. */
	private static function package( int $credits, string $price, ?int $category, bool $on ): int {
		$sku = "NV-$credits";
		if ( wc_get_product_id_by_sku( $sku ) > 0 ) {
			return 0;
		}
		$product = new \WC_Product_Simple();
		$product->set_props(
			array(
				'name'          => self::name( number_format_i18n( $credits ) ),
				'slug'          => "ai-credits-$credits",
				'sku'           => $sku,
				'regular_price' => $price,
				'virtual'       => true,
				// The store's usual order is this one, then the name: 10,000 ahead of 2,000.
				'menu_order'    => $credits,
				'status'        => $on ? 'publish' : 'draft',
				'category_ids'  => array_filter( array( $category ) ),
			)
		);
		$product->update_meta_data( Packages::CREDITS, (string) $credits );
		return $product->save();
	}
}
