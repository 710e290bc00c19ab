<?php
/**
 * Pages without credits.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

use Nivella\Credits\Woo\Product\NextSteps;
use Nivella\Credits\Woo\Product\StarterSet;

/** Those of a store that sells goods beside credits; its lists show the goods alone. */
final class PlainPages {
	/**
	 * Makes what is shown on them.
	 *
	 * @return array<string, string> Paths by name. Where the store is a stand-in there is no shop.
	 */
	public static function make(): array {
		$post  = array( 'post_title' => 'News', 'post_type' => 'post', 'post_status' => 'publish' );
		$post  = (string) get_permalink( wp_insert_post( $post + array( 'post_content' => 'News.' ) ) );
		$pages = array( 'home' => '/', 'post' => self::path( $post ) );
		if ( ! function_exists( 'wc_get_cart_url' ) ) {
			StarterSet::decline();
			return $pages;
		}
		foreach ( StarterSet::make( true ) as $id ) {
			$package = wc_get_product( $id );
			$package->set_catalog_visibility( 'hidden' );
			$package->save();
		}
		NextSteps::hide();
		$goods = array_map( self::goods( ... ), range( 1, 12 ) );
		return $pages + array(
			'shop'       => self::path( wc_get_page_permalink( 'shop' ) ),
			'product'    => self::path( (string) get_permalink( $goods[0] ) ),
			'cart'       => self::path( wc_get_cart_url() ),
			'checkout'   => self::path( wc_get_checkout_url() ),
			'my account' => self::path( wc_get_page_permalink( 'myaccount' ) ),
		);
	}

	/**
	 * Puts a product into somebody's cart, so that cart and checkout have something to show.
	 *
	 * @param array<string, string> $pages As they were made.
	 */
	public static function fill_cart( Meter $of, array $pages ): void {
		if ( isset( $pages['product'] ) ) {
			$id = url_to_postid( $pages['product'] );
			$of->visit( $pages['product'] . "?add-to-cart=$id", true );
		}
	}

	/** A product that gives no credits. */
	private static function goods( int $n ): int {
		$product = new \WC_Product_Simple();
		$product->set_props( array( 'name' => "Lamp $n", 'regular_price' => "$n", 'virtual' => true ) );
		return $product->save();
	}

	/** What an address has behind the site's top. */
	private static function path( string $url ): string {
		return substr( $url, strlen( home_url() ) );
	}
}
