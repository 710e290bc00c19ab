<?php
/**
 * Holds: reserve, settle, release, lapse.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * What is reserved.
 *
 * A hold keeps its credits past the expiry of their grant; what is then given back is expired.
 */
final class Holds {
	/** The longest time for which credits can be held: 7 days. */
	public const MAX_MS = 7 * Instant::DAY_MS;
	/**
	 * The most that an account has open at once: what lapses, and every look ahead, goes through all
	 * of them.
	 */
	public const MAX_OPEN = 1000;

	/**
	 * Holds of a session.
	 *
	 * @param Session $session The session.
	 */
	public function __construct( private readonly Session $session ) {}

	/**
	 * Reserves credits.
	 *
	 * @param array<string, mixed> $args The fields of a hold.
	 * @return ?int How many credits more would have been enough, where it is refused.
	 */
	public function hold( array $args ): ?int {
		$now = $this->session->stamp->now;
		if ( $args['duration_ms'] < 1 || $args['duration_ms'] > self::MAX_MS ) {
			throw new Refusal( 'field_invalid', 'credits are held for 1 ms to 7 days', 'duration_ms' );
		}
		if ( $this->session->state->holds->has_open( self::MAX_OPEN ) ) {
			throw new Refusal( 'too_many_holds', '1,000 holds of the account are open' );
		}
		$lapses_at = Instant::checked( $now + $args['duration_ms'] );
		$entry     = new Draft( 'hold', $now );
		$amount    = $this->session->uses->price( $entry, $args );
		if ( ! $this->session->is_unlimited() ) {
			$short_by = $this->session->book->cover( $entry, $amount, $args['mode'], 'held' );
			if ( null !== $short_by ) {
				return $short_by;
			}
		}
		$entry->hold      = $this->session->state->last_hold + 1;
		$entry->lapses_at = $lapses_at;
		$this->session->book->post( $entry );
		$this->session->state->due( $lapses_at );
		return null;
	}

	/**
	 * Charges a hold for what the work cost, and gives the rest back.
	 *
	 * @param array<string, mixed> $args The fields of a settlement.
	 * @return ?int How many credits more would have been enough, where it is refused.
	 */
	public function settle( array $args ): ?int {
		$hold = $this->unresolved( $args['hold'] );
		$open = Hold::OPEN === $hold->state;
		if ( ! $open && 'strict' === $args['mode'] ) {
			throw self::lapsed();
		}
		$now         = $this->session->stamp->now;
		$entry       = new Draft( 'settle', $this->session->uses->occurrence( $args['occurred_at'] ) );
		$entry->hold = $hold->id;
		$cost        = $this->session->uses->price( $entry, $args );
		if ( $this->session->is_unlimited() ) {
			[ $entry->waived, $cost ] = array( $cost, 0 );
		}
		$rest    = $cost;
		$expired = array();
		$draws   = $open ? $hold->draws : array();
		foreach ( $draws as $draw ) {
			$charged = min( $draw->amount, $rest );
			$rest   -= $charged;
			$entry->draw( $draw->grant, 'held', 'consumed', $charged );
			$back = $draw->amount - $charged;
			$this->give_back( $entry, $draw->grant, $back, $now, $expired );
		}
		if ( $rest > 0 ) {
			$short_by = $this->session->book->cover( $entry, $rest, $args['mode'], 'consumed' );
			if ( null !== $short_by ) {
				return $short_by;
			}
		}
		$this->session->uses->post_cost( $entry, $cost );
		$this->expire_held( $hold->id, $expired, $now );
		$this->session->reversals->even_out( self::grants_of( $draws ), $now );
		return null;
	}

	/**
	 * Gives a hold back.
	 *
	 * @param int $id Its id.
	 */
	public function release( int $id ): void {
		$hold = $this->unresolved( $id );
		if ( Hold::OPEN !== $hold->state ) {
			throw self::lapsed();
		}
		$this->give_all_back( 'release', $hold, $this->session->stamp->now );
	}

	/**
	 * Gives a hold back whose time ran out at this instant.
	 *
	 * @param Hold $hold  The hold.
	 * @param int  $as_of The instant.
	 */
	public function lapse( Hold $hold, int $as_of ): void {
		$this->give_all_back( 'lapse', $hold, $as_of );
	}

	/**
	 * Gives back all that a hold reserves.
	 *
	 * @param string $kind  `release` or `lapse`.
	 * @param Hold   $hold  The hold.
	 * @param int    $as_of When.
	 */
	private function give_all_back( string $kind, Hold $hold, int $as_of ): void {
		$entry       = new Draft( $kind, $as_of );
		$entry->hold = $hold->id;
		$expired     = array();
		foreach ( $hold->draws as $draw ) {
			$this->give_back( $entry, $draw->grant, $draw->amount, $as_of, $expired );
		}
		$this->session->book->post( $entry );
		$this->expire_held( $hold->id, $expired, $as_of );
		$this->session->reversals->even_out( self::grants_of( $hold->draws ), $as_of );
	}

	/**
	 * Gives held credits back to their grant: debt first, the rest is available. Of a grant that is
	 * expired nothing is available any more, so it repays nothing.
	 *
	 * @param Draft                  $entry   The entry.
	 * @param int                    $grant   The grant's id.
	 * @param int                    $amount  How much.
	 * @param int                    $as_of   When.
	 * @param array<array{int, int}> $expired Grant and amount of what expires instead.
	 */
	private function give_back(
		Draft $entry,
		int $grant,
		int $amount,
		int $as_of,
		array &$expired,
	): void {
		if ( $this->session->state->grants->find( $grant )->is_expired( $as_of ) ) {
			$expired[] = array( $grant, $amount );
			return;
		}
		$left = $this->session->book->repay( $entry, $grant, 'held', $amount );
		$entry->draw( $grant, 'held', 'available', $left );
	}

	/**
	 * Books what came back too late.
	 *
	 * @param int                    $hold    The hold's id.
	 * @param array<array{int, int}> $expired Grant and amount.
	 * @param int                    $as_of   When.
	 */
	private function expire_held( int $hold, array $expired, int $as_of ): void {
		$entry       = new Draft( 'expiry', $as_of );
		$entry->hold = $hold;
		foreach ( $expired as [ $grant, $amount ] ) {
			$entry->draw( $grant, 'held', 'expired', $amount );
		}
		if ( array() !== $entry->draws ) {
			$this->session->book->post( $entry );
		}
	}

	/**
	 * The hold while it is open, or when it lapsed and its work was not recorded since.
	 *
	 * @param int $id Its id.
	 * @throws Refusal `hold_resolved` or `not_found`.
	 */
	private function unresolved( int $id ): Hold {
		$hold = $this->session->state->holds->find( $id )
			?? throw new Refusal( 'not_found', 'no such hold', 'hold' );
		if ( Hold::RESOLVED === $hold->state ) {
			$message = 'the hold was settled or released before';
			throw new Refusal( 'hold_resolved', $message, 'hold' );
		}
		return $hold;
	}

	/**
	 * The grants of some draws.
	 *
	 * @param Draw[] $draws The draws.
	 * @return int[]
	 */
	private static function grants_of( array $draws ): array {
		return array_map( static fn( Draw $draw ): int => $draw->grant, $draws );
	}

	/**
	 * What a hold is whose time ran out.
	 */
	private static function lapsed(): Refusal {
		return new Refusal( 'hold_lapsed', 'the hold\'s time ran out', 'hold' );
	}
}
