<?php
/**
 * Holds that a customer's own page made.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/**
 * What a server reserved before its work a page must not give back. So a page is told its own holds
 * by names that this site made for it, and no other name is taken from it.
 */
final class PageHold {
	/** Request ids of pages are kept with this ahead. */
	public const PREFIX = 'page:';

	/**
	 * The name of a hold for the page that made it.
	 *
	 * @param string $id      The hold.
	 * @param int    $account The account.
	 */
	public static function name( string $id, int $account ): string {
		return "$id-" . substr( hash_hmac( 'sha256', "hold $id of $account", self::secret() ), 0, 32 );
	}

	/**
	 * The hold with a page's name.
	 *
	 * @param string $name    What the page sent.
	 * @param int    $account The account.
	 * @throws Refusal `not_found` for any other name, the same as where there is no such hold.
	 */
	public static function read( string $name, int $account ): string {
		$id = (string) strstr( $name, '-', true );
		if ( '' === $id || ! hash_equals( self::name( $id, $account ), $name ) ) {
			throw new Refusal( 'not_found', 'no such hold', 'hold' );
		}
		return $id;
	}

	/** Without a secret of its own a site has no pages that meter. */
	private static function secret(): string {
		$secret = Secret::of_site();
		if ( '' === $secret ) {
			$message = 'wp-config.php has no secret keys of its own: AUTH_KEY and AUTH_SALT';
			throw new Refusal( 'store_not_configured', $message );
		}
		return $secret;
	}
}
