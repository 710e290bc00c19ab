<?php
/**
 * One immutable row of the ledger.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * An entry, as it is booked. Only ever inserted; a correction is one more entry.
 *
 * Amounts are micro-credits, times are milliseconds since 1970 in UTC, digests are 64 lower-case
 * hexadecimal digits. `amount` is the change of the posted sum: the new grant, less what left
 * `available` and `held`, less the change of debt.
 */
final class Entry {
	/**
	 * One row.
	 *
	 * @param int       $seq          Its place in the account, from 1, without gaps.
	 * @param string    $kind         grant, use, hold, settle, release, lapse, expiry, reversal,
	 *                                reinstatement, adjustment or plan.
	 * @param int       $amount       The change of the posted sum.
	 * @param int       $debt         The change of debt.
	 * @param int       $waived       The rated cost that an unlimited plan waived.
	 * @param int       $cost         What the work cost; only a use and a settlement have it.
	 * @param Draw[]    $draws        What each grant gave or got back, in order.
	 * @param ?Grant    $grant        The grant that it books, as it is after it.
	 * @param ?int      $hold         The hold that it opens, resolves or expires something of.
	 * @param ?int      $lapses_at    When the hold that it opens lapses.
	 * @param ?Usage    $usage        What was measured.
	 * @param ?int      $rate_version The version of the rate card that priced it.
	 * @param ?Movement $movement     The movement of an order item that it books.
	 * @param ?string   $reference    The caller's reference: an order, a conversation, a plan's key.
	 * @param ?string   $site         The public id of the site.
	 * @param ?string   $reason       Why, in words for a person.
	 * @param ?string   $request_id   The request that caused it; null for what time alone did.
	 * @param ?string   $request_hash The digest of that request's body.
	 * @param int       $occurred_at  When it happened.
	 * @param int       $booked_at    When it was written; never before the entry ahead of it.
	 * @param int       $day          The civil day of `occurred_at` in the account's zone, as days
	 *                                since 1970. It never moves.
	 * @param ?About    $about        How a use or a settlement is listed; null for other kinds. A
	 *                                store need not give it back.
	 * @param string    $digest       Chained over this entry and all before it.
	 */
	public function __construct(
		public readonly int $seq,
		public readonly string $kind,
		public readonly int $amount,
		public readonly int $debt,
		public readonly int $waived,
		public readonly int $cost,
		public readonly array $draws,
		public readonly ?Grant $grant,
		public readonly ?int $hold,
		public readonly ?int $lapses_at,
		public readonly ?Usage $usage,
		public readonly ?int $rate_version,
		public readonly ?Movement $movement,
		public readonly ?string $reference,
		public readonly ?string $site,
		public readonly ?string $reason,
		public readonly ?string $request_id,
		public readonly ?string $request_hash,
		public readonly int $occurred_at,
		public readonly int $booked_at,
		public readonly int $day,
		public readonly ?About $about,
		public readonly string $digest,
	) {}
}
