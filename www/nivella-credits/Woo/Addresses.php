<?php
/**
 * Where the store has its pages.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Woo\Account\Endpoint;

defined( 'ABSPATH' ) || exit;

/** Addresses of the store's own pages. */
final class Addresses {
	/** The checkout; where WooCommerce usually has it, while it does not run. */
	public static function checkout(): string {
		return function_exists( 'wc_get_checkout_url' )
			? wc_get_checkout_url()
			: home_url( '/checkout/' );
	}

	/**
	 * The page of a product category; null where there is none.
	 *
	 * @param string $slug Its slug.
	 */
	public static function category( string $slug ): ?string {
		if ( ! taxonomy_exists( 'product_cat' ) ) {
			return null;
		}
		$link = get_term_link( $slug, 'product_cat' );
		return is_string( $link ) ? $link : null;
	}

	/** The customers' own page of their credits; the first page while WooCommerce does not run. */
	public static function credits(): string {
		return function_exists( 'wc_get_account_endpoint_url' )
			? wc_get_account_endpoint_url( 'credits' )
			: home_url( '/' );
	}

	/** Where somebody signs in, and then has their credits where the store has such a page. */
	public static function sign_in(): string {
		$page = function_exists( 'wc_get_page_permalink' ) ? Endpoint::url() : null;
		return $page ?? wp_login_url();
	}
}
