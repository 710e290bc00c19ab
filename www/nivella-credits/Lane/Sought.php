<?php
/**
 * Requests for the fast lane.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Lane;

use Nivella\Credits\Rest\Access;
use Nivella\Credits\Rest\Ask;
use Nivella\Credits\Rest\Catalogue;
use Nivella\Credits\Rest\Metering;

defined( 'ABSPATH' ) || exit;

/** Recognises them, without a look at anything that is not in memory. */
final class Sought {
	/** A browser's page, or a caller with wishes that WordPress's REST server has to fulfil. */
	private const OTHERS = array( 'HTTP_ORIGIN', 'HTTP_X_WP_NONCE', 'HTTP_X_HTTP_METHOD_OVERRIDE' );
	/** All that the address of a metering route may ask for. */
	private const QUERY = array( 'user', 'rest_route' );

	/**
	 * What is asked for, and the key that was sent.
	 *
	 * @param array<string, mixed> $server What the web server says.
	 * @param array<mixed>         $query  What the address asks for, as it came: WordPress adds its
	 *                                     slashes after the plugins are loaded.
	 * @return ?array{Ask, string} null for what is for the full route.
	 */
	public static function in( array $server, array $query ): ?array {
		$header = $server['HTTP_AUTHORIZATION'] ?? $server['REDIRECT_HTTP_AUTHORIZATION'] ?? null;
		$token  = is_string( $header ) ? Access::token_in( $header ) : null;
		if ( null === $token || array() !== array_diff( array_keys( $query ), self::QUERY )
			|| array() !== array_intersect_key( $server, array_flip( self::OTHERS ) ) ) {
			return null;
		}
		$method = (string) ( $server['REQUEST_METHOD'] ?? '' );
		$path   = self::path( $server, $query );
		$found  = null === $path ? null : Catalogue::find( $method, $path );
		// An address that names a key is refused by the full route.
		$clean = false === stripos( http_build_query( $query ), 'nck_' );
		if ( null === $found || ! $clean || ! isset( Metering::SCOPES[ $found[0] ] ) ) {
			return null;
		}
		list( $route, $of ) = $found;

		$text = 'GET' === $method ? '' : (string) file_get_contents( 'php://input' );
		$tag  = (string) ( $server['HTTP_IF_NONE_MATCH'] ?? '' );
		return array( new Ask( $route, rawurldecode( $of ), $query, $text, $tag ), $token );
	}

	/**
	 * The path below the namespace; null for another one.
	 *
	 * @param array<string, mixed> $server What the web server says.
	 * @param array<mixed>         $query  What the address asks for.
	 */
	private static function path( array $server, array $query ): ?string {
		$route = $query['rest_route'] ?? null;
		if ( null === $route ) {
			$route = self::route_of_path( (string) ( $server['REQUEST_URI'] ?? '' ) );
		}
		$below = '/' . Catalogue::NAMESPACE . '/';
		return is_string( $route ) && str_starts_with( $route, $below )
			? substr( $route, strlen( $below ) )
			: null;
	}

	/** The REST route that WordPress would make of an address with pretty permalinks. */
	private static function route_of_path( string $address ): ?string {
		$path = strtok( $address, '?' );
		$home = rtrim( (string) wp_parse_url( (string) get_option( 'home' ), PHP_URL_PATH ), '/' );
		$root = $home . '/' . rest_get_url_prefix() . '/';
		if ( '' === (string) get_option( 'permalink_structure' ) || false === $path
			|| ! str_starts_with( $path, $root ) ) {
			return null;
		}
		return substr( $path, strlen( $root ) - 1 );
	}
}
