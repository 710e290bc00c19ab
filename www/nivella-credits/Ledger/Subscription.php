<?php
/**
 * An account's subscription to a plan.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * A subscription, and how far its cycles are booked. Immutable.
 */
final class Subscription {
	/**
	 * Times are milliseconds since 1970, amounts micro-credits.
	 *
	 * @param int     $number          Counts from 1 within the account.
	 * @param string  $plan            The key of the plan that counts now.
	 * @param int     $started_at      Its start, from which its cycles count.
	 * @param ?int    $paid_until      Paid up to here, excluded; null: open-ended.
	 * @param ?string $next_plan       The plan from the next cycle on, where it differs.
	 * @param int     $cycles          How many cycles are booked; the number of the next.
	 * @param ?int    $cycle_starts_at Start of the last booked cycle.
	 * @param ?int    $cycle_ends_at   End of the last booked cycle.
	 * @param int     $level           The highest plan level that is booked in this cycle.
	 * @param int     $allowance       What plans brought in this cycle, upgrades included.
	 * @param int     $unused          What was left of the cycle's credits when it ended.
	 */
	public function __construct(
		public readonly int $number,
		public readonly string $plan,
		public readonly int $started_at,
		public readonly ?int $paid_until,
		public readonly ?string $next_plan = null,
		public readonly int $cycles = 0,
		public readonly ?int $cycle_starts_at = null,
		public readonly ?int $cycle_ends_at = null,
		public readonly int $level = 0,
		public readonly int $allowance = 0,
		public readonly int $unused = 0,
	) {}

	/**
	 * Whether it runs and is paid at this instant. A cycle is granted exactly when this holds for its
	 * first instant.
	 *
	 * @param int $at The instant.
	 */
	public function covers( int $at ): bool {
		return $this->started_at <= $at && ( null === $this->paid_until || $at < $this->paid_until );
	}

	/**
	 * When the next cycle begins; null when it is not paid for.
	 */
	public function next_cycle_at(): ?int {
		$next = $this->cycle_ends_at ?? $this->started_at;
		return $this->covers( $next ) ? $next : null;
	}

	/**
	 * The same subscription with some fields changed.
	 *
	 * @param array<string, mixed> $changed The new values by name.
	 */
	public function with( array $changed ): self {
		return new self( ...array_merge( get_object_vars( $this ), $changed ) );
	}
}
