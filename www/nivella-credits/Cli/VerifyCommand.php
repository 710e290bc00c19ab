<?php
/**
 * `wp nivella-credits verify`.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Cli;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Accounts;
use Nivella\Credits\Storage\Audit;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Db;

defined( 'ABSPATH' ) || exit;

/** `wp nivella-credits verify`. */
final class VerifyCommand {
	private const AT_ONCE = 100;

	/** Runs on `cli_init`. */
	public static function register(): void {
		\WP_CLI::add_command( 'nivella-credits verify', self::class );
	}

	/**
	 * Recomputes balances and the proof of every entry. Nothing is changed.
	 *
	 * ## OPTIONS
	 *
	 * [<customer>]
	 * : Id, login or e-mail address; without one, every account.
	 *
	 * @param string[] $args The customer.
	 */
	public function __invoke( array $args ): void {
		try {
			$faults = isset( $args[0] )
				? self::one( Books::open()->account_of_user( Say::user( $args[0] ) ) )
				: self::all();
		} catch ( Refusal $refusal ) {
			Say::refused( $refusal );
			return;
		}
		if ( 0 === $faults ) {
			\WP_CLI::success( 'Everything adds up.' );
		} else {
			\WP_CLI::error( "$faults accounts do not add up." );
		}
	}

	/** Every account; how many do not add up. */
	private static function all(): int {
		$accounts = new Accounts( new Db( $GLOBALS['wpdb'] ) );
		$faults   = 0;
		$after    = 0;
		do {
			$some = $accounts->after( $after, self::AT_ONCE );
			foreach ( $some as $after ) {
				$faults += self::one( $after );
			}
		} while ( array() !== $some );
		return $faults;
	}

	/** One account: 1 where it does not add up. */
	private static function one( int $account ): int {
		$sums   = Audit::open()->check( $account - 1, 1 )['faults'][ $account ] ?? null;
		$broken = Books::open()->broken_at( $account );
		if ( null !== $sums ) {
			\WP_CLI::log( "account $account: $sums" );
		}
		if ( null !== $broken ) {
			\WP_CLI::log( "account $account: entry $broken is not as it was written" );
		}
		return null === $sums && null === $broken ? 0 : 1;
	}
}
