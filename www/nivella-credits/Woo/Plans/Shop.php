<?php
/**
 * Products whose plan is gone.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Plans;

use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Woo\Log;

defined( 'ABSPATH' ) || exit;

/**
 * Nobody can buy a plan that was deleted, or one for which nothing would be booked; buyers read
 * why, and owners where to mend it.
 */
final class Shop {
	private const SCREENS = array( 'edit-product', 'product' );
	/** More are counted, not named. */
	private const MOST = 20;

	/**
	 * Whether a product can be bought.
	 *
	 * @param mixed $can     What others say.
	 * @param mixed $product The product.
	 */
	public static function can_be_bought( mixed $can, mixed $product ): mixed {
		return true === $can && null !== self::reason( $product ) ? false : $can;
	}

	/** Where the button would be: why there is none. */
	public static function say_why(): void {
		$reason = self::reason( $GLOBALS['product'] ?? null );
		if ( null !== $reason ) {
			printf( '<p class="stock out-of-stock">%s</p>', esc_html( $reason ) );
		}
	}

	/**
	 * Why a product cannot be put into the cart.
	 *
	 * @param mixed $text    What others say.
	 * @param mixed $product The product.
	 */
	public static function why( mixed $text, mixed $product ): mixed {
		return self::reason( $product ) ?? $text;
	}

	/** Tells the owner which products cannot be bought. */
	public static function show(): void {
		$screen = get_current_screen()?->id ?? '';
		$here   = in_array( $screen, self::SCREENS, true ) || str_contains( $screen, 'nivella-credits' );
		if ( ! $here || ! current_user_can( 'edit_products' ) ) {
			return;
		}
		$links = array();
		foreach ( self::selling() as $id ) {
			$product = wc_get_product( $id );
			if ( self::is_gone( $product ) ) {
				$link    = (string) get_edit_post_link( $id );
				$links[] = sprintf( '<a href="%s">%s</a>', esc_url( $link ), esc_html( $product->get_name() ) );
			}
		}
		if ( array() !== $links ) {
			$text = __(
				'These products sell a plan that was deleted, so they cannot be bought. Choose another plan:',
				'nivella-credits'
			);
			$some = array_slice( $links, 0, self::MOST );
			$list = esc_html( $text ) . ' ' . implode( wp_get_list_item_separator(), $some );
			printf( '<div class="notice notice-warning"><p>%s</p></div>', wp_kses_post( $list ) );
		}
	}

	/**
	 * Products that sell a plan are among what it is needed for; see Admin\PlanActions.
	 *
	 * @param mixed  $uses What else it is needed for.
	 * @param string $plan The plan's key.
	 */
	public static function uses( mixed $uses, string $plan ): mixed {
		$ids = self::selling( $plan );
		if ( ! is_array( $uses ) || array() === $ids ) {
			return $uses;
		}
		$names = array_map( 'get_the_title', array_slice( $ids, 0, self::MOST ) );
		/* translators: %s: names of products. */
		$text   = __( 'Products sell it: %s. Choose another plan there first.', 'nivella-credits' );
		$uses[] = sprintf( $text, implode( wp_get_list_item_separator(), $names ) );
		return $uses;
	}

	/**
	 * Products and variations that sell a plan, in the bin or not published ones aside.
	 *
	 * @param ?string $plan The plan's key; null: any.
	 * @return int[]
	 */
	public static function selling( ?string $plan = null ): array {
		$meta = null === $plan
			? array( 'key' => Offer::PLAN, 'compare' => 'EXISTS' )
			: array( 'key' => Offer::PLAN, 'value' => $plan );
		$ids  = get_posts(
			array(
				'post_type'   => array( 'product', 'product_variation' ),
				'post_status' => 'publish',
				'fields'      => 'ids',
				'numberposts' => 200,
				'orderby'     => 'ID',
				'order'       => 'ASC',
				// phpcs:ignore WordPress.DB.SlowDBQuery -- for owners, and once for what pages keep.
				'meta_query'  => array( $meta ),
			)
		);
		return array_map( 'intval', $ids );
	}

	/** Whether a product sells a plan that is not there. */
	private static function is_gone( mixed $product ): bool {
		try {
			$offer = Offer::of_product( $product );
			return null !== $offer && null === $offer->plan();
		} catch ( \Throwable $fault ) {
			// A database that does not answer closes no shop.
			Log::error( 'a plan can not be looked up', $fault, (int) $product->get_id() );
			return false;
		}
	}

	/**
	 * Why the reader cannot buy a product; null where nothing keeps them from it. It is asked of every
	 * product of a list, several times, and most sell no plan.
	 */
	private static function reason( mixed $product ): ?string {
		try {
			$offer = Offer::of_product( $product );
			if ( null === $offer ) {
				return null;
			}
			if ( null === $offer->plan() ) {
				return __( 'This plan is no longer offered, so it cannot be bought.', 'nivella-credits' );
			}
			$other = Clash::of( $offer, $product );
			if ( null === $other ) {
				return null;
			}
			$name = Configuration::plans()[ $other ]['name'] ?? $other;
		} catch ( \Throwable $fault ) {
			// A database that does not answer closes no shop.
			Log::error( 'the plan of a buyer can not be looked up', $fault, (int) $product->get_id() );
			return null;
		}
		/* translators: %s: name of a plan. */
		$text = __(
			'You have the plan %s for longer. Please ask the store to change it.',
			'nivella-credits'
		);
		return sprintf( $text, $name );
	}
}
