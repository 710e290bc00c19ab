<?php
/**
 * The functions of functions.php.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Books;

defined( 'ABSPATH' ) || exit;

/** Other plugins are servers for the whole store: what they call is what the REST does. */
final class Calls {
	/**
	 * What a POST does.
	 *
	 * @param string               $route As in Metering.
	 * @param int                  $user  Whose credits.
	 * @param array<string, mixed> $body  What the route takes.
	 * @param string               $hold  The hold that is settled or released.
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function post(
		string $route,
		int $user,
		array $body,
		string $hold = ''
	): array|\WP_Error {
		$work = static function ( Books $books, int $account ) use ( $route, $hold, $body ): array {
			return ( new Metering( $books ) )
				->call( $route, $hold, $body, Caller::of_store(), $account );
		};
		return self::with_account( $user, $work );
	}

	/**
	 * The balance.
	 *
	 * @param int $user Whose credits.
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function balance( int $user ): array|\WP_Error {
		$work = static fn( Books $books, int $account ): array =>
			$books->balance_and_runway( $account );
		return self::with_account( $user, $work );
	}

	/**
	 * Starts, renews, changes or cancels a plan.
	 *
	 * @param string               $op     `subscribe`, `renew`, `change_plan` or `cancel`.
	 * @param int                  $user   Whose plan.
	 * @param array<string, mixed> $fields What the command takes.
	 * @return array<string, mixed>|\WP_Error
	 */
	public static function plan( string $op, int $user, array $fields ): array|\WP_Error {
		$work = static function ( Books $books, int $account ) use ( $op, $fields ): array {
			Metering::refuse_own_id( $fields['request_id'] ?? null );
			$answer            = $books->write( $account, array( 'op' => $op ) + $fields );
			$answer['balance'] = Metering::of_account( $answer['balance'], $account );
			return $answer + array( 'as_of' => $answer['balance']['as_of'] );
		};
		return self::with_account( $user, $work );
	}

	/**
	 * The public id of a user's site.
	 *
	 * @param int $user Whose.
	 */
	public static function site( int $user ): string|\WP_Error {
		$work  = static function ( Books $books, int $account ): array {
			$site = Visitor::site_of( $account );
			if ( '' === $site ) {
				$message = 'wp-config.php has no secret keys of its own: AUTH_KEY and AUTH_SALT';
				throw new Refusal( 'store_not_configured', $message );
			}
			return array( $site );
		};
		$found = self::with_account( $user, $work );
		return is_array( $found ) ? $found[0] : $found;
	}

	/**
	 * Does something with a user's account.
	 *
	 * @param int                         $user Whose.
	 * @param callable(Books, int): array $work What.
	 * @return array<mixed>|\WP_Error
	 */
	private static function with_account( int $user, callable $work ): array|\WP_Error {
		static $books = null;
		try {
			Accounts::expect_user( $user );
			$books ??= Books::open();
			return $work( $books, $books->account_of_user( $user ) );
		} catch ( Refusal $refusal ) {
			return Routes::error( $refusal );
		}
	}
}
