<?php
/**
 * What time alone does: grants expire, holds lapse, cycles begin.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * Time that has passed.
 *
 * Each event happens at an instant of its own and is booked as of it, in order, however late. At
 * one instant what ends comes before what begins: expiry, lapse, new cycle.
 */
final class Passing {
	private const EXPIRY = 0;
	private const LAPSE  = 1;
	private const CYCLE  = 2;

	/**
	 * Passing time of a session.
	 *
	 * @param Session $session The session.
	 */
	public function __construct( private readonly Session $session ) {}

	/**
	 * Books what has happened up to now, this instant included, if something may have.
	 */
	public function catch_up(): void {
		$due = $this->session->state->due_at;
		if ( null !== $due && $due <= $this->session->stamp->now ) {
			$this->pass();
		}
	}

	/**
	 * Books what has happened up to now.
	 */
	public function pass(): void {
		$state = $this->session->state;
		$now   = $this->session->stamp->now;
		for ( ;; ) {
			$next          = $this->next();
			$state->due_at = null === $next ? null : $next[0];
			if ( null === $next || $next[0] > $now ) {
				return;
			}
			[ $at, $what, $id ] = $next;
			match ( $what ) {
				self::EXPIRY => $this->expire( $state->grants->find( $id ), $at ),
				self::LAPSE  => $this->session->holds->lapse( $state->holds->find( $id ), $at ),
				self::CYCLE  => $this->session->subscriptions->begin_cycle( $at ),
			};
		}
	}

	/**
	 * Books that a grant's time is over.
	 *
	 * @param Grant $grant The grant.
	 * @param int   $at    When.
	 */
	private function expire( Grant $grant, int $at ): void {
		$this->session->book->expire( $grant->id, $at );
		$this->session->subscriptions->count_unused( $grant, $at );
		$this->session->reversals->even_out( array( $grant->id ), $at );
	}

	/**
	 * The next event, booked or not; null where none will come.
	 *
	 * @return ?array{int, int, int} When, what, and the id of what ends.
	 */
	private function next(): ?array {
		$state  = $this->session->state;
		$events = array();
		foreach ( $state->grants->live() as $grant ) {
			if ( $grant->available > 0 && null !== $grant->expires_at ) {
				$events[] = array( $grant->expires_at, self::EXPIRY, $grant->id );
			}
		}
		$hold = $state->holds->soonest();
		if ( null !== $hold ) {
			$events[] = array( $hold->lapses_at, self::LAPSE, $hold->id );
		}
		$cycle = $state->subscription?->next_cycle_at();
		if ( null !== $cycle ) {
			$events[] = array( $cycle, self::CYCLE, 0 );
		}
		return array() === $events ? null : min( $events );
	}
}
