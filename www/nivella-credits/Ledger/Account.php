<?php
/**
 * The account's own row.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * What an account is beside its grants, holds and entries: one row, written with every write.
 * Immutable; a write puts the next one in its place.
 *
 * Amounts are micro-credits, times are milliseconds since 1970.
 */
final class Account {
	/**
	 * One account.
	 *
	 * @param int             $seq               The sequence number of the last entry.
	 * @param int             $version           How many writes there were.
	 * @param string          $digest            The digest of the last entry; ahead of the first
	 *                                           one Digest::genesis().
	 * @param ?int            $last_at           When the last entry was booked.
	 * @param int             $available         Sum over all grants.
	 * @param int             $held              Sum over all grants.
	 * @param int             $debt              What is owed.
	 * @param int             $last_grant        The id of the last grant; ids count from 1.
	 * @param int             $last_grant_amount Its amount: a base for the level.
	 * @param int             $last_hold         The id of the last hold; ids count from 1.
	 * @param int             $subscriptions     How many subscriptions there were.
	 * @param ?Subscription   $subscription      The last of them.
	 * @param array<int, int> $days              What was used on each of the last days: by days
	 *                                           since 1970, ascending, at most about 36. Kept as a
	 *                                           text.
	 * @param ?int            $due_at            No event of time is due before this instant; null:
	 *                                           none ever is. It may be too early, never too late.
	 * @param Zone            $zone              The zone of days and cycles.
	 * @param ?Zone           $day_zone          The zone in which days counted before the last
	 *                                           change of it.
	 * @param ?int            $day_zone_until    Until when.
	 * @param Thresholds      $thresholds        Where the levels begin.
	 * @param ?string         $alert             The level that was last told; null before any.
	 */
	public function __construct(
		public readonly int $seq,
		public readonly int $version,
		public readonly string $digest,
		public readonly ?int $last_at,
		public readonly int $available,
		public readonly int $held,
		public readonly int $debt,
		public readonly int $last_grant,
		public readonly int $last_grant_amount,
		public readonly int $last_hold,
		public readonly int $subscriptions,
		public readonly ?Subscription $subscription,
		public readonly array $days,
		public readonly ?int $due_at,
		public readonly Zone $zone,
		public readonly ?Zone $day_zone,
		public readonly ?int $day_zone_until,
		public readonly Thresholds $thresholds,
		public readonly ?string $alert,
	) {}

	/**
	 * A new account: nothing has happened yet.
	 *
	 * @param Zone       $zone       Its zone.
	 * @param Thresholds $thresholds Where its levels begin.
	 */
	public static function fresh( Zone $zone, Thresholds $thresholds ): self {
		$digest = Digest::genesis();
		$none   = array( 0, 0, $digest, null, 0, 0, 0, 0, 0, 0, 0, null, array(), null );
		return new self( ...$none, ...array( $zone, null, null, $thresholds, null ) );
	}
}
