<?php
/**
 * Whose account is meant.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Books;

defined( 'ABSPATH' ) || exit;

/**
 * The account comes from who asks, never from what they ask for; only who acts for the whole store
 * names a user.
 */
final class Accounts {
	/**
	 * Looks accounts up.
	 *
	 * @param Books $books The ledgers.
	 */
	public function __construct( private readonly Books $books ) {}

	/**
	 * The account of a request.
	 *
	 * @param Caller $caller Who asks.
	 * @param Ask    $ask    What for.
	 * @throws Refusal `forbidden`, `field_invalid`, `not_found`, `store_unreachable`.
	 */
	public function of( Caller $caller, Ask $ask ): int {
		$user = $ask->query['user'] ?? null;
		if ( null !== $caller->account || null !== $caller->user ) {
			if ( null !== $user ) {
				throw Access::forbidden();
			}
			return $caller->account ?? $this->books->account_of_user( (int) $caller->user );
		}
		if ( ! is_string( $user ) || 1 !== preg_match( '/^[1-9]\d{0,17}$/D', $user ) ) {
			$message = 'a key for the whole store names the user whose credits are meant';
			throw new Refusal( 'field_invalid', $message, 'user' );
		}
		self::expect_user( (int) $user );
		return $this->books->account_of_user( (int) $user );
	}

	/**
	 * Refuses who is no user. A database that does not answer is not one that has no such user.
	 *
	 * @param int $user The user's id.
	 * @throws Refusal `not_found`; `store_unreachable` where it could not be looked up.
	 */
	public static function expect_user( int $user ): void {
		// Not get_userdata(): that is loaded after the plugins, too late for the fast lane.
		if ( $user < 1 || false === \WP_User::get_data_by( 'id', $user ) ) {
			if ( $user > 0 && '' !== $GLOBALS['wpdb']->last_error ) {
				throw new Refusal( 'store_unreachable', 'the user could not be looked up' );
			}
			throw new Refusal( 'not_found', 'no such user', 'user' );
		}
	}
}
