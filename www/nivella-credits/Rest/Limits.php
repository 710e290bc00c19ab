<?php
/**
 * How often somebody may come.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/**
 * Requests in a minute, the same for the fast lane and the full routes. Who comes too often is told
 * to come again, before anything is done: nothing was booked, nothing is known of what was asked,
 * and the same request id has its one effect later.
 *
 * A server or customer is counted by who they are. Requests that are refused because nobody is
 * known behind them are counted by address; they never keep a true key out.
 */
final class Limits {
	/** Option: other limits than the usual ones, by kind; 0: none. */
	public const OPTION = 'nivella_credits_rate_limits';
	/** Option: the header in which your own proxy writes the address of who asks; '': no proxy. */
	public const PROXY = 'nivella_credits_address_header';
	/** A server's are so many because its customers must never wait for it. */
	public const USUAL    = array(
		'refused'  => 60,
		'visitor'  => 1200,
		'customer' => 2400,
		'server'   => 60000,
	);
	private const SECONDS = 60;

	/**
	 * The limits of a site.
	 *
	 * @param Counter $counter Who came how often.
	 */
	public function __construct( private readonly Counter $counter ) {}

	/**
	 * Counts a request.
	 *
	 * @param string $kind Of USUAL.
	 * @param string $who  The key, user or address.
	 * @throws Refusal `store_rate_limited` where they came too often; `retry_after_s` in its details.
	 */
	public function count( string $kind, string $who ): void {
		$most = self::chosen( $kind );
		if ( 0 === $most ) {
			return;
		}
		list( $count, $left ) = $this->counter->add( "$kind $who", self::SECONDS, time() );
		if ( $count > $most ) {
			$details = array( 'retry_after_s' => (string) $left );
			throw new Refusal( 'store_rate_limited', 'too many requests', null, $details );
		}
	}

	/**
	 * The address of who asks. A network of IPv6 has more addresses than can be counted, so that all
	 * of it counts as one.
	 */
	public static function address(): string {
		$proxy = (string) get_option( self::PROXY, '' );
		$name  = 'HTTP_' . strtoupper( str_replace( '-', '_', $proxy ) );
		// phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- read as an address, or not at all.
		$said = ( '' === $proxy ? null : $_SERVER[ $name ] ?? null ) ?? $_SERVER['REMOTE_ADDR'] ?? '';
		// A proxy adds what it saw to the end of what it was told.
		$parts = explode( ',', (string) $said );
		$bytes = filter_var( trim( end( $parts ) ), FILTER_VALIDATE_IP );
		$bytes = false === $bytes ? '' : (string) inet_pton( $bytes );
		return bin2hex( 16 === strlen( $bytes ) ? substr( $bytes, 0, 8 ) : $bytes );
	}

	/**
	 * The most requests of a kind: what the owner chose, or the usual.
	 *
	 * @param string $kind Of USUAL.
	 */
	public static function chosen( string $kind ): int {
		$chosen = get_option( self::OPTION, array() );
		$most   = is_array( $chosen ) ? $chosen[ $kind ] ?? null : null;
		return is_numeric( $most ) && $most >= 0 ? (int) $most : self::USUAL[ $kind ];
	}
}
