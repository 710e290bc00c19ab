<?php
/**
 * The way back to where a buyer came from.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\After;

use Nivella\Credits\Rest\Cors;

defined( 'ABSPATH' ) || exit;

/**
 * A page that hands a buyer over to the store says where the buyer came from. It is kept for the
 * visit, then with the order, and told on the order's page. It leads to the store's own origin or
 * to one that the owner lists for the REST, and is looked at again each time: never anywhere else.
 */
final class ReturnAddress {
	/** Of the address that hands over. */
	public const PARAMETER = 'nivella_credits_return';
	/** Meta data of an order. */
	public const META = '_nivella_credits_return';

	private const SESSION = 'nivella_credits_return';
	private const MOST    = 2000;
	/** Origin, then what follows it. No user, no backslash, no space: browsers read these in ways. */
	private const SHAPE = '#^(https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?)'
		. '(?:[/?\#][^\s\\\\<>"\x00-\x1f\x7f]*)?$#iD';

	/** A page of the store is asked for; it may be the hand-over. */
	public static function remember(): void {
		// phpcs:ignore WordPress.Security -- allowed() has the last word.
		$given = wp_unslash( $_GET[ self::PARAMETER ] ?? '' );
		if ( '' === $given || ! is_string( $given ) || ! function_exists( 'WC' ) ) {
			return;
		}
		$session = WC()->session;
		$address = self::allowed( $given );
		if ( null === $address || ! $session instanceof \WC_Session_Handler ) {
			return;
		}
		if ( ! $session->has_session() ) {
			$session->set_customer_session_cookie( true );
		}
		$session->set( self::SESSION, $address );
	}

	/** What was remembered for this visit; null without. */
	public static function remembered(): ?string {
		$session = function_exists( 'WC' ) ? WC()->session : null;
		$address = $session instanceof \WC_Session ? $session->get( self::SESSION ) : null;
		return is_string( $address ) ? self::allowed( $address ) : null;
	}

	/** The visit's purchase is placed: the next one begins anew. */
	public static function forget(): void {
		$session = function_exists( 'WC' ) ? WC()->session : null;
		if ( $session instanceof \WC_Session && null !== $session->get( self::SESSION ) ) {
			$session->set( self::SESSION, null );
		}
	}

	/**
	 * The way back from an order; null without one.
	 *
	 * @param \WC_Order $order The order.
	 */
	public static function of( \WC_Order $order ): ?string {
		$address = $order->get_meta( self::META );
		return is_string( $address ) ? self::allowed( $address ) : null;
	}

	/**
	 * Where a buyer came from may tell of them: it goes when the store makes an order anonymous.
	 *
	 * @param mixed $meta Kinds of personal data, by keys of an order's meta data.
	 */
	public static function personal( mixed $meta ): mixed {
		return is_array( $meta ) ? $meta + array( self::META => 'text' ) : $meta;
	}

	/**
	 * An address if a buyer may be led there.
	 *
	 * @param string $address Whatever was given.
	 */
	public static function allowed( string $address ): ?string {
		if ( strlen( $address ) > self::MOST || 1 !== preg_match( self::SHAPE, $address, $found ) ) {
			return null;
		}
		$own = array( self::origin( home_url() ), self::origin( site_url() ) );
		return in_array( self::origin( $found[1] ), array( ...$own, ...self::origins() ), true )
			? $address
			: null;
	}

	/**
	 * Other origins that the owner lists.
	 *
	 * @return string[]
	 */
	public static function origins(): array {
		/**
		 * Filters the origins, beside the store's own, that a buyer may be led back to.
		 *
		 * @param string[] $origins Such as `https://site.example`; by default those that the owner
		 *                          lists for the REST.
		 */
		$listed = apply_filters( 'nivella_credits_return_origins', get_option( Cors::OPTION, array() ) );
		$texts  = array_filter( (array) $listed, 'is_string' );
		$listed = array_map( array( self::class, 'origin' ), $texts );
		return array_values( array_filter( array_unique( $listed ) ) );
	}

	/** The origin of an address, as a browser writes it; '' of what is none. */
	private static function origin( string $address ): string {
		if ( 1 !== preg_match( self::SHAPE, $address, $found ) ) {
			return '';
		}
		$origin = strtolower( $found[1] );
		return (string) preg_replace( '#^(?:(http://.+):80|(https://.+):443)$#D', '$1$2', $origin );
	}
}
