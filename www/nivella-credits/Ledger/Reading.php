<?php
/**
 * Reading an account: its balance.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * The balance of a session's state, in the shape in which it is answered.
 */
final class Reading {
	/**
	 * What an account has at the session's time. Everything up to then must be booked, or looked
	 * ahead.
	 *
	 * @param Session $session The session.
	 * @return array<string, mixed>
	 * @throws Refusal `amount_overflow` at the far ends of the range.
	 */
	public static function balance( Session $session ): array {
		$state     = $session->state;
		$plan      = $session->plan();
		$unlimited = $plan?->unlimited ?? false;
		$own       = $state->subscription;
		$base      = self::base( $session, $plan );
		$level_of  = static fn( int $credits ): string =>
			$unlimited ? 'unlimited' : $state->thresholds->level( $credits, $base );

		$until = $unlimited ? self::unlimited_until( $session, $own ) : null;
		return array(
			'version'         => $state->version,
			'as_of'           => Instant::text( $session->stamp->now ),
			'available'       => Amount::text( $state->spendable() ),
			'posted'          => Amount::text( $state->posted() ),
			'held'            => Amount::text( $state->held ),
			'debt'            => Amount::text( $state->debt ),
			'unlimited'       => $unlimited,
			'unlimited_until' => self::time( $until ),
			'pools'           => self::pools( $state ),
			'level'           => $level_of( $state->spendable() ),
			'alert'           => $level_of( $state->posted() ),
			'plan'            => null === $plan ? null : self::plan( $plan, $own ),
		);
	}

	/**
	 * Credits of one kind, end and priority together, in burn order.
	 *
	 * @param State $state The state.
	 * @return array<int, array<string, mixed>>
	 */
	private static function pools( State $state ): array {
		$sums = array();
		foreach ( $state->grants->live() as $grant ) {
			$key  = "$grant->priority $grant->kind $grant->expires_at";
			$pool = $sums[ $key ] ?? array( $grant, 0, 0 );

			$pool[1]     += $grant->available;
			$pool[2]     += $grant->held;
			$sums[ $key ] = $pool;
		}
		$pools = array();
		foreach ( $sums as [ $grant, $available, $held ] ) {
			$priority = Burn::DEFAULT_PRIORITY === $grant->priority
				? array()
				: array( 'priority' => $grant->priority );
			$pools[]  = $priority + array(
				'kind'       => $grant->kind,
				'available'  => Amount::text( $available ),
				'held'       => Amount::text( $held ),
				'expires_at' => self::time( $grant->expires_at ),
			);
		}
		return $pools;
	}

	/**
	 * The running plan in short.
	 *
	 * @param Plan         $plan The plan.
	 * @param Subscription $own  The subscription.
	 * @return array<string, mixed>
	 */
	private static function plan( Plan $plan, Subscription $own ): array {
		$line = array(
			'key'           => $plan->key,
			'name'          => $plan->name,
			'allowance'     => Amount::text( $own->allowance ),
			'cycle_ends_at' => self::time( $own->cycle_ends_at ),
			'started_at'    => self::time( $own->started_at ),
		);
		return null === $own->paid_until
			? $line
			: $line + array( 'paid_until' => self::time( $own->paid_until ) );
	}

	/**
	 * What a level compares with: the cycle's allowance, or the last days' use, or the last grant; 0
	 * where there is none of them.
	 *
	 * @param Session $session The session.
	 * @param ?Plan   $plan    The running plan.
	 */
	private static function base( Session $session, ?Plan $plan ): int {
		$state = $session->state;
		if ( null !== $plan && $state->subscription->allowance > 0 ) {
			return $state->subscription->allowance;
		}
		$oldest = $state->day_of( $session->stamp->now ) - Uses::BASE_DAYS;
		$used   = 0;
		foreach ( $state->days as $day => $credits ) {
			$used = $day > $oldest ? Amount::saturating_add( $used, $credits ) : $used;
		}
		return $used > 0 ? $used : $state->last_grant_amount;
	}

	/**
	 * When the running unlimited plan ends: with the last cycle that is paid for, or with this one
	 * when another plan follows; null: never.
	 *
	 * @param Session      $session The session.
	 * @param Subscription $own     The subscription.
	 */
	private static function unlimited_until( Session $session, Subscription $own ): ?int {
		$next = null === $own->next_plan ? null : $session->settings->plan( $own->next_plan );
		$paid = $own->paid_until;
		if ( false === $next?->unlimited || ( null !== $paid && $paid <= $own->cycle_ends_at ) ) {
			return $own->cycle_ends_at;
		}
		if ( null === $paid ) {
			return null;
		}
		$zone = $session->state->zone;
		$last = Cycle::at( $own->started_at, $zone, $paid );
		if ( null === $last || Cycle::start( $own->started_at, $zone, $last ) === $paid ) {
			return $paid;
		}
		return Cycle::start( $own->started_at, $zone, $last + 1 );
	}

	/**
	 * A moment as a text; null for none.
	 *
	 * @param ?int $at The moment.
	 */
	private static function time( ?int $at ): ?string {
		return null === $at ? null : Instant::text( $at );
	}
}
