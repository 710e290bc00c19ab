<?php
/**
 * What the commands have in common.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Cli;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Books;

defined( 'ABSPATH' ) || exit;

/** Customers by what a person types, and refusals as the command line has them. */
final class Say {
	/**
	 * The user that is meant.
	 *
	 * @param string $customer An id, a login or an e-mail address.
	 * @throws Refusal `not_found`.
	 */
	public static function user( string $customer ): int {
		$found = ctype_digit( $customer ) ? get_user_by( 'id', (int) $customer ) : false;
		$found = false === $found ? get_user_by( 'email', $customer ) : $found;
		$found = false === $found ? get_user_by( 'login', $customer ) : $found;
		return false === $found
			? throw new Refusal( 'not_found', "no customer \"$customer\"", 'customer' )
			: $found->ID;
	}

	/**
	 * Does something for a customer; a refusal ends the command with its code.
	 *
	 * @param string               $customer An id, a login or an e-mail address.
	 * @param callable(Books, int) $work     Gets the books and the account.
	 */
	public static function for_customer( string $customer, callable $work ): void {
		try {
			$books = Books::open();
			$work( $books, $books->account_of_user( self::user( $customer ) ) );
		} catch ( Refusal $refusal ) {
			self::refused( $refusal );
		}
	}

	/**
	 * Ends the command.
	 *
	 * @param Refusal $refusal Why.
	 */
	public static function refused( Refusal $refusal ): void {
		$field = null === $refusal->field ? '' : " ($refusal->field)";
		\WP_CLI::error( "$refusal->error$field: {$refusal->getMessage()}" );
	}
}
