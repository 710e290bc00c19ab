<?php
/**
 * What a month has brought and taken.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Civil;
use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/** The sums of an account's entries in one month of its own zone. Immutable. */
final class Month {
	/** Told together: a settlement is a use, and what a release could not give back expired. */
	private const TOGETHER = array(
		'settle'  => 'use',
		'release' => 'expiry',
		'lapse'   => 'expiry',
	);

	private const SUMS = 'SELECT kind, SUM(amount) AS amount, COUNT(*) AS entries FROM {entries}
		WHERE account = ? AND day >= ? AND day < ? GROUP BY kind';

	private const LATER = 'SELECT COALESCE( SUM(amount), 0 ) AS amount FROM {entries}
		WHERE account = ? AND day >= ?';

	private const NOW = 'SELECT available + held - debt AS posted FROM {accounts} WHERE id = ?';

	/**
	 * A month. Amounts are micro-credits; below zero is what was taken, and a balance in debt.
	 *
	 * @param int                $opening What was posted ahead of it.
	 * @param array<string, int> $sums    By `grant`, `use`, `expiry`, `reversal`, `reinstatement`,
	 *                                    `adjustment`; what is not there was nothing.
	 * @param int                $closing What was posted at its end.
	 */
	private function __construct(
		public readonly int $opening,
		public readonly array $sums,
		public readonly int $closing,
	) {}

	/**
	 * The month of an account.
	 *
	 * @param int    $account The account.
	 * @param string $month   As `2026-10`.
	 * @return ?self Null where nothing was booked in it.
	 * @throws Refusal `time_invalid` for what is no month.
	 */
	public static function of( int $account, string $month ): ?self {
		global $wpdb;
		if ( 1 !== preg_match( '/^(\d{4})-(0[1-9]|1[0-2])$/D', $month, $found ) ) {
			throw new Refusal( 'time_invalid', 'a month is written as 2026-10', 'month' );
		}
		$first = Civil::days( (int) $found[1], (int) $found[2], 1 );
		$next  = $first + Civil::days_in_month( (int) $found[1], (int) $found[2] );
		$db    = new Db( $wpdb );
		return $db->snapshot( static fn(): ?self => self::read( $db, $account, $first, $next ) );
	}

	/** What is there of it. */
	private static function read( Db $db, int $account, int $first, int $next ): ?self {
		$sums = array();
		$rows = $db->rows( self::SUMS, $account, $first, $next );
		foreach ( $rows as $row ) {
			$kind          = self::TOGETHER[ $row['kind'] ] ?? (string) $row['kind'];
			$sums[ $kind ] = ( $sums[ $kind ] ?? 0 ) + (int) $row['amount'];
		}
		$posted  = (int) ( $db->row( self::NOW, $account )['posted'] ?? 0 );
		$closing = $posted - (int) ( $db->row( self::LATER, $account, $next )['amount'] ?? 0 );
		return array() === $rows ? null : new self( $closing - array_sum( $sums ), $sums, $closing );
	}
}
