<?php
/**
 * Which other origins may read.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

defined( 'ABSPATH' ) || exit;

/**
 * WordPress lets every origin read with the reader's cookies. Ours lets those read that the owner
 * has listed, and without cookies: what they may see is what anyone may see.
 */
final class Cors {
	/** Option: a list of origins, `https://site.example`. */
	public const OPTION = 'nivella_credits_origins';
	/** What WordPress has sent by then. */
	private const SENT = array(
		'Access-Control-Allow-Origin',
		'Access-Control-Allow-Credentials',
		'Access-Control-Allow-Methods',
		'Access-Control-Allow-Headers',
		'Access-Control-Expose-Headers',
	);

	/**
	 * Runs on `rest_pre_serve_request`, after WordPress's own.
	 *
	 * @param mixed            $served   Whether somebody else has answered already.
	 * @param mixed            $response The answer.
	 * @param \WP_REST_Request $request  The request.
	 * @return mixed
	 */
	public static function send( mixed $served, mixed $response, \WP_REST_Request $request ): mixed {
		if ( ! Routes::is_ours( $request->get_route() ) || headers_sent() ) {
			return $served;
		}
		array_map( 'header_remove', self::SENT );
		// phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- compared with the allowed ones.
		$origin  = (string) ( $_SERVER['HTTP_ORIGIN'] ?? '' );
		$allowed = self::headers( $origin, get_option( self::OPTION, array() ) );
		foreach ( $allowed as $name => $value ) {
			header( "$name: $value", 'Vary' !== $name );
		}
		// WordPress's own comes after ours for whoever is signed in, and is about every route.
		$own  = $response instanceof \WP_REST_Response ? $response->get_headers() : array();
		$keep = $own['Cache-Control'] ?? 'private, no-store';
		header( "Cache-Control: $keep" );
		header_remove( 'Expires' );
		if ( ! str_contains( $keep, 'private' ) ) {
			// WordPress sends whoever is signed in a newer one: nothing for a cache of everyone's.
			header_remove( 'X-WP-Nonce' );
		}
		return $served;
	}

	/**
	 * The headers for a request from this origin.
	 *
	 * @param string $origin  What the browser says; '' where it is the page's own.
	 * @param mixed  $allowed The owner's list.
	 * @return array<string, string>
	 */
	public static function headers( string $origin, mixed $allowed ): array {
		$headers = array( 'Vary' => 'Origin' );
		if ( '' === $origin || ! is_array( $allowed ) || ! in_array( $origin, $allowed, true )
			|| 1 !== preg_match( '#^https?://[^/\s,*]+$#D', $origin ) ) {
			return $headers;
		}
		return $headers + array(
			'Access-Control-Allow-Origin'   => $origin,
			'Access-Control-Allow-Methods'  => 'GET',
			'Access-Control-Allow-Headers'  => 'Content-Type, If-None-Match',
			'Access-Control-Expose-Headers' => 'ETag, Date, Retry-After',
		);
	}
}
