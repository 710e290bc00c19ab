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
		// Not get_userdata(): that is loaded after the plugins, too late for the fast lane.
		if ( false === \WP_User::get_data_by( 'id', $user ) ) {
			if ( '' !== $GLOBALS['wpdb']->last_error ) {
				throw new Refusal( 'store_unreachable', 'the user could not be looked up' );
			}
			throw new Refusal( 'not_found', 'no such user', 'user' );
		}
		return $this->books->account_of_user( (int) $user );
	}
}
