<?php
/**
 * Uses: pricing, the unlimited plan, and what the last days used.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * What is used.
 */
final class Uses {
	/** The days over which use is a base for the level: today and the 29 before. */
	public const BASE_DAYS = 30;

	private const MAX_AGE_MS   = 35 * Instant::DAY_MS;
	private const MAX_AHEAD_MS = 300000;

	/**
	 * Uses of a session.
	 *
	 * @param Session $session The session.
	 */
	public function __construct( private readonly Session $session ) {}

	/**
	 * Uses credits at once.
	 *
	 * @param array<string, mixed> $args The fields of a use.
	 * @return ?int How many credits more would have been enough, where it is refused.
	 */
	public function use_credits( array $args ): ?int {
		$entry = new Draft( 'use', $this->occurrence( $args['occurred_at'] ) );
		$cost  = $this->price( $entry, $args );
		if ( $this->session->is_unlimited() ) {
			$entry->waived = $cost;
			$this->session->book->post( $entry );
			return null;
		}
		$short_by = $this->session->book->cover( $entry, $cost, $args['mode'], 'consumed' );
		if ( null === $short_by ) {
			$this->post_cost( $entry, $cost );
		}
		return $short_by;
	}

	/**
	 * What a usage would cost.
	 *
	 * @param Usage $usage What is expected.
	 * @param int   $at    When; it chooses the rate card.
	 * @throws Refusal `feature_not_in_plan`, `rate_not_found` and the like.
	 */
	public function quote( Usage $usage, int $at ): Quote {
		$this->check_feature( $usage );
		return $this->session->settings->card_at( $at )->quote( $usage );
	}

	/**
	 * Writes the price of a charge into an entry, with what it was made from.
	 *
	 * Work that is done is recorded whatever the plan says; work that is asked for is not done outside
	 * the plan.
	 *
	 * @param Draft                $entry The entry.
	 * @param array<string, mixed> $args  Mode, and amount or usage.
	 * @return int The price.
	 */
	public function price( Draft $entry, array $args ): int {
		$usage = $args['usage'];
		if ( null === $usage ) {
			$free = 0 === $args['amount'] && null !== $this->session->stamp->reason
				&& 'hold' !== $entry->kind;
			$free || Amount::check( $args['amount'], 'amount' );
			return $args['amount'];
		}
		if ( 'strict' === $args['mode'] ) {
			$this->check_feature( $usage );
		}
		$quote               = $this->session->settings->card_at( $entry->occurred_at )->quote( $usage );
		$entry->rate_version = $quote->rate_version;
		$entry->usage        = $usage;
		return $quote->cost;
	}

	/**
	 * Appends an entry that costs so much, and counts it on its civil day.
	 *
	 * @param Draft $entry The entry.
	 * @param int   $cost  What the work cost.
	 */
	public function post_cost( Draft $entry, int $cost ): void {
		$state       = $this->session->state;
		$day         = $state->day_of( $entry->occurred_at );
		$oldest      = $state->day_of( $this->session->stamp->now ) - self::BASE_DAYS;
		$entry->cost = $cost;
		$this->session->book->post( $entry );
		if ( isset( $state->days[ $day ] ) ) {
			// Only a base for the level: it must not refuse what there are credits for.
			$state->days[ $day ] = Amount::saturating_add( $state->days[ $day ], $cost );
		} elseif ( $day > $oldest && $cost > 0 ) {
			$state->days[ $day ] = $cost;
			ksort( $state->days );
			$is_kept     = static fn( int $day ): bool => $day > $oldest;
			$state->days = array_filter( $state->days, $is_kept, ARRAY_FILTER_USE_KEY );
		}
	}

	/**
	 * When work was done: now, or at a time within the window.
	 *
	 * @param ?int $occurred_at The time that the caller named.
	 * @throws Refusal `occurred_at_out_of_range`.
	 */
	public function occurrence( ?int $occurred_at ): int {
		$now = $this->session->stamp->now;
		$at  = $occurred_at ?? $now;
		if ( $now - $at < -self::MAX_AHEAD_MS || $now - $at > self::MAX_AGE_MS ) {
			$message = 'a usage time is at most 35 days old and 5 minutes ahead';
			throw new Refusal( 'occurred_at_out_of_range', $message, 'occurred_at' );
		}
		return $at;
	}

	/**
	 * Refuses a feature that the plan does not include.
	 *
	 * @param Usage $usage What is asked for.
	 * @throws Refusal `feature_not_in_plan`.
	 */
	private function check_feature( Usage $usage ): void {
		if ( false === $this->session->plan()?->allows( $usage->feature ) ) {
			$message = 'the plan does not include this feature';
			throw new Refusal( 'feature_not_in_plan', $message, 'feature' );
		}
	}
}
