<?php
/**
 * Who asks.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

defined( 'ABSPATH' ) || exit;

/**
 * Somebody who was let in, and for whom they may act. Immutable.
 */
final class Caller {
	/**
	 * A caller.
	 *
	 * @param bool     $server  Whether a server asks, who may know what a model counted.
	 * @param string[] $scopes  What they may do: of Key::SCOPES, and `alerts`: choose levels.
	 * @param ?int     $account The only account that they may act for.
	 * @param ?int     $user    The only user that they may act for; both null: any of the store.
	 * @param ?string  $site    The only site that they may act for; null: any.
	 */
	private function __construct(
		public readonly bool $server,
		public readonly array $scopes,
		public readonly ?int $account,
		public readonly ?int $user,
		public readonly ?string $site,
	) {}

	/**
	 * A server with a key.
	 *
	 * @param Key $key The key.
	 */
	public static function with_key( Key $key ): self {
		return new self( true, $key->scopes, $key->account, null, $key->site );
	}

	/** A server with an application password of somebody who may run the store's metering. */
	public static function of_store(): self {
		return new self( true, array( ...Key::SCOPES, 'alerts' ), null, null, null );
	}

	/** Anyone, who may do nothing that needs a scope. */
	public static function visitor(): self {
		return new self( false, array(), null, null, null );
	}

	/**
	 * A signed-in customer.
	 *
	 * @param int  $user  The user.
	 * @param bool $meter Whether customers may meter their own use from a page.
	 */
	public static function customer( int $user, bool $meter ): self {
		$scopes = array( 'quote', 'read', 'alerts', ...( $meter ? array( 'use' ) : array() ) );
		return new self( false, $scopes, null, $user, null );
	}
}
