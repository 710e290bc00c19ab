<?php
/**
 * My account → Credits: its address, its place in the menu, its title.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Account;

defined( 'ABSPATH' ) || exit;

/** WooCommerce makes the address from what it is told here, and asks guests to sign in. */
final class Endpoint {
	public const NAME = 'credits';

	/** Option of the store: `yes` has it make its rules anew. */
	private const FLUSH = 'woocommerce_queue_flush_rewrite_rules';
	/** Option: the plugin's version whose address the rewrite rules have. */
	private const KNOWN = 'nivella_credits_rules';

	/**
	 * The addresses below My account.
	 *
	 * @param mixed $vars As the store has them.
	 */
	public static function query_vars( mixed $vars ): mixed {
		return is_array( $vars ) ? $vars + array( self::NAME => self::NAME ) : $vars;
	}

	/**
	 * The menu: above the addresses, or before signing out, where a store has none.
	 *
	 * @param mixed $items Texts by address.
	 */
	public static function menu( mixed $items ): mixed {
		if ( ! is_array( $items ) ) {
			return $items;
		}
		$own   = array( self::NAME => self::title() );
		$place = array_search( 'orders', array_keys( $items ), true );
		$at    = false === $place ? max( 0, count( $items ) - 1 ) : $place + 1;
		return array_slice( $items, 0, $at, true ) + $own + array_slice( $items, $at, null, true );
	}

	/** The title of the page. */
	public static function title(): string {
		return __( 'Credits', 'nivella-credits' );
	}

	/** The address; null where the store has no page for accounts. */
	public static function url(): ?string {
		$page = wc_get_page_permalink( 'myaccount', '' );
		return '' === $page ? null : wc_get_endpoint_url( self::NAME, '', $page );
	}

	/**
	 * The rules have to be made anew once the plugin is there, or another version of it: the store
	 * does it behind its own `init`, when it is told so.
	 */
	public static function flush_once(): void {
		if ( NIVELLA_CREDITS_VERSION !== get_option( self::KNOWN ) ) {
			update_option( self::KNOWN, NIVELLA_CREDITS_VERSION, true );
			update_option( self::FLUSH, 'yes' );
		}
	}
}
