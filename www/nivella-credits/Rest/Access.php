<?php
/**
 * The permission layer.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/**
 * Lets callers in, and says what they may do. The fast lane and the full routes ask here alone.
 */
final class Access {
	/** Whose application password acts for the store. */
	public const CAPABILITY = 'nivella_credits_serve';
	/** Option: 'yes' where customers may meter from a page's own script. */
	public const CUSTOMERS_METER = 'nivella_credits_customers_meter';
	/** Query parameters that keys are put into by mistake. */
	private const NAMES =
		'/^_?(token|key|api_?key|access_?token|auth|authorization|bearer|secret)$/i';

	/**
	 * A permission layer.
	 *
	 * @param Keys   $keys   The site's keys.
	 * @param Limits $limits How often somebody may come.
	 */
	public function __construct(
		private readonly Keys $keys,
		private readonly Limits $limits,
	) {}

	/** The permission layer of the current site. */
	public static function of_site(): self {
		return new self( new Keys(), new Limits( Counter::of_site() ) );
	}

	/**
	 * Our kind of key in an Authorization header; null where there is none.
	 *
	 * @param ?string $header The header.
	 */
	public static function token_in( ?string $header ): ?string {
		return 1 === preg_match( '/^Bearer +(nck_\S*)$/iD', $header ?? '', $found )
			? $found[1]
			: null;
	}

	/**
	 * Refuses what belongs into a header: addresses are kept in logs and histories.
	 *
	 * @param array<mixed> $query What the address asks for.
	 * @throws Refusal `field_invalid`.
	 */
	public static function refuse_keys_in( array $query ): void {
		foreach ( $query as $name => $value ) {
			$named = 1 === preg_match( self::NAMES, (string) $name );
			if ( $named || ( is_string( $value ) && 1 === preg_match( '/nck_[0-9a-f]/i', $value ) ) ) {
				$message = 'a key belongs into the Authorization header, never into an address';
				throw new Refusal( 'field_invalid', $message );
			}
			if ( is_array( $value ) ) {
				self::refuse_keys_in( $value );
			}
		}
	}

	/**
	 * The server that has this key. A forged one costs no look-up.
	 *
	 * @param string $token What it sent.
	 * @throws Refusal `not_signed_in`, the same for whatever is wrong with it; `store_rate_limited`.
	 */
	public function with_token( string $token ): Caller {
		$name = Token::name_of( $token, Secret::of_site() );
		$key  = null === $name ? null : $this->keys->find( $name );
		if ( null === $key || ! $key->is( $token ) ) {
			throw $this->unknown( 'no such key' );
		}
		$this->limits->count( 'server', $key->name );
		return Caller::with_key( $key );
	}

	/**
	 * Who sent this request to a full route.
	 *
	 * @param \WP_REST_Request $request The request. WordPress has checked its nonce already: without
	 *                                  a right one it comes from nobody.
	 * @throws Refusal `not_signed_in`, `forbidden`, `store_rate_limited`.
	 */
	public function caller_of( \WP_REST_Request $request ): Caller {
		$token = self::token_in( $request->get_header( 'Authorization' ) );
		if ( null !== $token ) {
			return $this->with_token( $token );
		}
		$user = get_current_user_id();
		if ( 0 === $user ) {
			throw $this->unknown( 'sign in, or send a key' );
		}
		if ( null !== rest_get_authenticated_app_password() ) {
			if ( ! current_user_can( self::CAPABILITY ) ) {
				throw self::forbidden();
			}
			$this->limits->count( 'server', "user $user" );
			return Caller::of_store();
		}
		$this->limits->count( 'customer', (string) $user );
		if ( ! current_user_can( 'read' ) ) {
			throw self::forbidden();
		}
		return Caller::customer( $user, 'yes' === get_option( self::CUSTOMERS_METER, 'no' ) );
	}

	/**
	 * Lets anyone in who reads what a visitor may know.
	 *
	 * @throws Refusal `store_rate_limited`.
	 */
	public function visitor(): Caller {
		$this->limits->count( 'visitor', Limits::address() );
		return Caller::visitor();
	}

	/**
	 * Refuses what the caller may not do.
	 *
	 * @param Caller $caller Who asks.
	 * @param string $scope  What for.
	 * @throws Refusal `forbidden`.
	 */
	public static function check( Caller $caller, string $scope ): void {
		if ( ! in_array( $scope, $caller->scopes, true ) ) {
			throw self::forbidden();
		}
	}

	/**
	 * The site that work is booked for. This is the one place where a key's site counts.
	 *
	 * @param Caller $caller Who asks.
	 * @param mixed  $site   The site that they named; null for none.
	 * @throws Refusal `forbidden` for another site than the key's.
	 */
	public static function site( Caller $caller, mixed $site ): mixed {
		if ( null !== $caller->site && null !== $site && $caller->site !== $site ) {
			throw self::forbidden();
		}
		return $caller->site ?? $site;
	}

	/**
	 * The refusal of somebody who is nobody here.
	 *
	 * @param string $message What they could do.
	 * @throws Refusal `store_rate_limited` where that is too often for their address.
	 */
	private function unknown( string $message ): Refusal {
		$this->limits->count( 'refused', Limits::address() );
		return new Refusal( 'not_signed_in', $message );
	}

	/** Always the same, whatever it is that may not be seen. */
	public static function forbidden(): Refusal {
		return new Refusal( 'forbidden', 'not yours to see or do' );
	}
}
