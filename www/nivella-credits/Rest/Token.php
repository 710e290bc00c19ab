<?php
/**
 * The text of a server key.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

defined( 'ABSPATH' ) || exit;

/**
 * `id.random.mac`: a name, 256 random bits, and the proof that this site made both. A forged one is
 * seen without looking anything up; a true one is stored as its SHA-256 alone.
 */
final class Token {
	private const SHAPE = '/^(nck_[0-9a-f]{16})\.([0-9a-f]{64})\.([0-9a-f]{64})$/D';

	/**
	 * A new one.
	 *
	 * @param string $secret Of the site; never ''.
	 */
	public static function mint( string $secret ): string {
		$text = 'nck_' . bin2hex( random_bytes( 8 ) ) . '.' . bin2hex( random_bytes( 32 ) );
		return $text . '.' . hash_hmac( 'sha256', $text, $secret );
	}

	/**
	 * The key's name.
	 *
	 * @param string $token  What a caller sent.
	 * @param string $secret Of the site.
	 * @return ?string null for what this site has not made, and for a site without a secret.
	 */
	public static function name_of( string $token, string $secret ): ?string {
		if ( '' === $secret || 1 !== preg_match( self::SHAPE, $token, $found ) ) {
			return null;
		}
		$mac = hash_hmac( 'sha256', "$found[1].$found[2]", $secret );
		return hash_equals( $mac, $found[3] ) ? $found[1] : null;
	}

	/**
	 * What is stored of it.
	 *
	 * @param string $token The whole text.
	 */
	public static function digest( string $token ): string {
		return hash( 'sha256', $token );
	}
}
