<?php
/**
 * The totals of a statement.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/** A statement adds up every kind of entries, in amounts that end at 9.2 * 10^12 credits. */
final class StatementTotals {
	private const SUMS = 'SELECT SUM( ABS( amount ) ) AS amount, SUM( cost ) AS cost,
		SUM( waived ) AS waived FROM {entries} WHERE account = ? GROUP BY kind';

	/**
	 * Refuses an account whose history is longer than that.
	 *
	 * @param Db  $db      The database.
	 * @param int $account The account.
	 * @throws Refusal `amount_overflow`.
	 */
	public static function check( Db $db, int $account ): void {
		foreach ( $db->rows( self::SUMS, $account ) as $sums ) {
			foreach ( $sums as $sum ) {
				// Sums are decimals that may be longer than any integer.
				$most   = (string) PHP_INT_MAX;
				$digits = strlen( (string) $sum ) <=> strlen( $most );
				if ( $digits > 0 || ( 0 === $digits && strcmp( (string) $sum, $most ) > 0 ) ) {
					$message = 'the history is larger than the totals of a statement can be';
					throw new Refusal( 'amount_overflow', $message );
				}
			}
		}
	}
}
