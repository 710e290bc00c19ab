<?php
/**
 * Subscriptions: cycles, allowances, rollover, upgrade and downgrade.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * What plans bring.
 */
final class Subscriptions {
	private const MAX_MONTHS = 1200;

	/**
	 * Subscriptions of a session.
	 *
	 * @param Session $session The session.
	 */
	public function __construct( private readonly Session $session ) {}

	/**
	 * Starts a subscription.
	 *
	 * @param array<string, mixed> $args The plan, its term, its start.
	 * @throws Refusal `plan_unknown`, `field_invalid`, `period_invalid` and the like.
	 */
	public function subscribe( array $args ): void {
		$state   = $this->session->state;
		$now     = $this->session->stamp->now;
		$plan    = $this->session->settings->plan( $args['plan'] )->key;
		$running = $state->subscription;
		if ( $running?->covers( $now ) ) {
			$message = 'a subscription is running: change its plan, renew it or cancel it';
			throw new Refusal( 'field_invalid', $message, 'plan' );
		}
		$start = $args['started_at'] ?? $now;
		if ( $start > $now ) {
			throw new Refusal( 'field_invalid', 'a subscription starts now or earlier', 'started_at' );
		}
		// A new one may begin now; one that began before would grant booked cycles again.
		$booked = $running?->cycle_ends_at;
		if ( $start < $now && null !== $booked && $start < $booked ) {
			$message = 'a subscription starts after the cycles that are booked, or now';
			throw new Refusal( 'field_invalid', $message, 'started_at' );
		}
		$until = $this->paid_until( $args, $start, 0 );
		if ( null !== $until && $until < $start ) {
			$message = 'a subscription is paid up to its start or later';
			throw new Refusal( 'period_invalid', $message, 'paid_until' );
		}
		$this->post_plan( $plan, $now );
		++$state->subscriptions;
		$this->put( new Subscription( $state->subscriptions, $plan, $start, $until ) );
		$this->session->passing->pass();
	}

	/**
	 * Pays for more of the subscription.
	 *
	 * @param array<string, mixed> $args The term.
	 * @throws Refusal `not_found`, `field_invalid` or `period_invalid`.
	 */
	public function renew( array $args ): void {
		$state = $this->session->state;
		$own   = $state->subscription ?? throw self::none_runs();
		$paid  = $own->paid_until;
		if ( null === $paid ) {
			$message = 'an open-ended subscription needs no renewal';
			throw new Refusal( 'field_invalid', $message, 'term' );
		}
		// The end of the booked cycle is a boundary of the zone that it began in.
		$booked = null !== $own->cycle_ends_at && $paid <= $own->cycle_ends_at;
		$first  = $booked ? $own->cycles : self::boundary( $own->started_at, $state->zone, $paid );
		$until  = $this->paid_until( $args, $own->started_at, $first );
		if ( null !== $until && ( $until <= $paid || $until <= $this->session->stamp->now ) ) {
			throw new Refusal( 'period_invalid', 'a renewal pays for time to come', 'term' );
		}
		$this->post_plan( $own->plan, $this->session->stamp->now );
		$this->put( $own->with( array( 'paid_until' => $until ) ) );
		$this->session->passing->pass();
	}

	/**
	 * Moves to another plan: up at once, down or sideways from the next cycle.
	 *
	 * @param string $key The plan's key.
	 * @throws Refusal `plan_unknown`, `not_found`.
	 */
	public function change_plan( string $key ): void {
		$now     = $this->session->stamp->now;
		$new     = $this->session->settings->plan( $key );
		$current = $this->session->plan() ?? throw self::none_runs();
		$own     = $this->session->state->subscription;
		$this->post_plan( $new->key, $now );
		if ( $new->level <= $current->level ) {
			$next = $new->key === $current->key ? null : $new->key;
			$this->put( $own->with( array( 'next_plan' => $next ) ) );
			return;
		}
		$more  = $new->allowance - $own->allowance;
		$books = $new->level > $own->level && $more > 0;
		$this->put(
			$own->with(
				array(
					'next_plan' => null,
					'plan'      => $new->key,
					'level'     => max( $own->level, $new->level ),
					'allowance' => $books ? $new->allowance : $own->allowance,
				)
			)
		);
		if ( $books ) {
			$cycle = max( 0, $own->cycles - 1 );
			$this->book_allowance( 'upgrade', $cycle, $more, array( $now, $own->cycle_ends_at ), $new );
		}
	}

	/**
	 * Ends the subscription with its running cycle.
	 *
	 * @throws Refusal `not_found`.
	 */
	public function cancel(): void {
		$now = $this->session->stamp->now;
		$own = $this->session->state->subscription;
		if ( ! $own?->covers( $now ) ) {
			throw self::none_runs();
		}
		$this->post_plan( $own->plan, $now );
		$ended = array(
			'paid_until' => $now,
			'next_plan'  => null,
		);
		$this->put( $own->with( $ended ) );
	}

	/**
	 * Books the cycle that begins at this instant: what rolls over, then the allowance.
	 *
	 * @param int $at The instant.
	 */
	public function begin_cycle( int $at ): void {
		$state    = $this->session->state;
		$settings = $this->session->settings;
		$own      = $state->subscription;
		$rolled   = min( $own->unused, $settings->plan( $own->plan )->rollover_cap );
		$plan     = $settings->plan( $own->next_plan ?? $own->plan );
		$end_at   = Cycle::start( $own->started_at, $state->zone, $own->cycles + 1 );
		if ( $at > $end_at ) {
			throw new Refusal( 'period_invalid', 'a period ends at or after its start' );
		}
		$this->put(
			$own->with(
				array(
					'plan'            => $plan->key,
					'next_plan'       => null,
					'level'           => $plan->level,
					'allowance'       => $plan->allowance,
					'cycles'          => $own->cycles + 1,
					'cycle_starts_at' => $at,
					'cycle_ends_at'   => $end_at,
					'unused'          => 0,
				)
			)
		);
		$period = array( $at, $end_at );
		if ( $rolled > 0 ) {
			$this->book_allowance( 'rollover', $own->cycles, $rolled, $period, $plan );
		}
		if ( $plan->allowance > 0 ) {
			$this->book_allowance( 'allowance', $own->cycles, $plan->allowance, $period, $plan );
		}
		if ( 0 === $rolled && 0 === $plan->allowance ) {
			$this->post_plan( $plan->key, $at );
		}
	}

	/**
	 * Notes what a cycle's credits had left when they expired, for what rolls over.
	 *
	 * @param Grant $grant The grant, as it was before.
	 * @param int   $at    When it expired.
	 */
	public function count_unused( Grant $grant, int $at ): void {
		$own = $this->session->state->subscription;
		if ( null !== $own && $grant->subscription === $own->number && $own->cycle_ends_at === $at ) {
			$unused = Amount::add( $own->unused, $grant->available );
			$this->put( $own->with( array( 'unused' => $unused ) ) );
		}
	}

	/**
	 * The same number of paid cycles in another zone. A change of zone counts from the next cycle.
	 *
	 * @param Zone $to The new zone.
	 */
	public function move_paid_until( Zone $to ): void {
		$from = $this->session->state->zone;
		$own  = $this->session->state->subscription;
		$paid = $own?->paid_until;
		if ( null === $paid ) {
			return;
		}
		$number = self::boundary( $own->started_at, $from, $paid );
		if ( $number > $own->cycles && Cycle::start( $own->started_at, $from, $number ) === $paid ) {
			$moved = Cycle::start( $own->started_at, $to, $number );
			$this->put( $own->with( array( 'paid_until' => $moved ) ) );
		}
	}

	/**
	 * Books one of a cycle's grants.
	 *
	 * @param string          $share  `allowance`, `rollover` or `upgrade`.
	 * @param int             $cycle  The cycle's number.
	 * @param int             $amount How much.
	 * @param array{int, int} $period From when to when it counts.
	 * @param Plan            $plan   The plan that it comes from.
	 */
	private function book_allowance(
		string $share,
		int $cycle,
		int $amount,
		array $period,
		Plan $plan,
	): void {
		$state = $this->session->state;
		// Nobody is there to refuse it to: an account that is full gets what fits, or it could never
		// be touched again.
		$room             = PHP_INT_MAX - Amount::add( $state->available, $state->held );
		$fits             = min( $room, $amount );
		$entry            = new Draft( $fits > 0 ? 'grant' : 'plan', $period[0] );
		$entry->reference = $plan->key;
		$entry->reason    = $fits < $amount ? 'amount_overflow' : null;
		if ( 0 === $fits ) {
			$this->session->book->post( $entry );
			return;
		}
		$level = 'upgrade' === $share ? $plan->level : null;
		$grant = new Grant(
			$state->last_grant + 1,
			'allowance',
			Burn::DEFAULT_PRIORITY,
			$period[0],
			$period[1],
			$fits,
			null,
			$state->subscription->number,
			$cycle,
			$share,
			$level,
			$fits,
		);
		$this->session->book->book_grant( $entry, $grant );
	}

	/**
	 * Books a change of the subscription, or a cycle that brings nothing.
	 *
	 * @param string $plan The plan's key.
	 * @param int    $at   When.
	 */
	private function post_plan( string $plan, int $at ): void {
		$entry            = new Draft( 'plan', $at );
		$entry->reference = $plan;
		$this->session->book->post( $entry );
	}

	/**
	 * Puts the subscription in the place of the one before.
	 *
	 * @param Subscription $subscription The subscription.
	 */
	private function put( Subscription $subscription ): void {
		$this->session->state->subscription = $subscription;
		$this->session->state->due( $subscription->next_cycle_at() );
	}

	/**
	 * The end of a term that begins where the cycle with this number does.
	 *
	 * @param array<string, mixed> $args   The term.
	 * @param int                  $anchor The subscription's start.
	 * @param int                  $first  The cycle's number.
	 * @return ?int Null where it is open-ended.
	 * @throws Refusal `field_invalid` for a number of months that can't be one.
	 */
	private function paid_until( array $args, int $anchor, int $first ): ?int {
		$months = $args['months'];
		if ( null === $months ) {
			return $args['until'];
		}
		if ( $months < 1 || $months > self::MAX_MONTHS ) {
			throw new Refusal( 'field_invalid', 'a term is 1 to 1,200 months', 'months' );
		}
		return Cycle::start( $anchor, $this->session->state->zone, $first + $months );
	}

	/**
	 * The number of the first cycle that begins at this instant or later.
	 *
	 * @param int  $anchor The subscription's start.
	 * @param Zone $zone   The zone.
	 * @param int  $at     The instant.
	 */
	private static function boundary( int $anchor, Zone $zone, int $at ): int {
		$index = Cycle::at( $anchor, $zone, $at );
		if ( null === $index ) {
			return 0;
		}
		return $index + ( Cycle::start( $anchor, $zone, $index ) < $at ? 1 : 0 );
	}

	/**
	 * What it is without a subscription.
	 */
	private static function none_runs(): Refusal {
		return new Refusal( 'not_found', 'no subscription is running' );
	}
}
