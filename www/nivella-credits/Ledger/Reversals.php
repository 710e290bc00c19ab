<?php
/**
 * Reversal and reinstatement of order items.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * What follows the money of an order item: taken back when it is refunded, and given back when it
 * is not refunded any more or where time shows that less is due.
 *
 * Everything goes back to where it came from, the last first: what was forgiven was never taken,
 * debt is no longer owed, other grants get back what they lent, the item's own get back theirs. So
 * each credit has its old terms again, and is lost where they are over by then. While there is
 * other debt, that is repaid first.
 */
final class Reversals {
	/**
	 * Reversals of a session.
	 *
	 * @param Session $session The session.
	 */
	public function __construct( private readonly Session $session ) {}

	/**
	 * Brings an order item to its target. Where it is there already, a row of 0 keeps the request: a
	 * late duplicate must not act on what was booked since.
	 *
	 * @param array<string, mixed> $args      The fields of a reversal.
	 * @param bool                 $only_back Whether nothing may be taken.
	 * @throws Refusal `not_found` for an unknown item; `reversal_invalid` for a reinstatement that
	 *                 would take.
	 */
	public function reverse( array $args, bool $only_back ): void {
		$now  = $this->session->stamp->now;
		$item = $this->session->state->items->find( $args['order_item'] );
		if ( null === $item ) {
			$message = 'nothing was granted for this order item';
			throw new Refusal( 'not_found', $message, 'order_item' );
		}
		$share  = static fn( int $all ): int => Wide::share( $all, $args['refunded'], $args['of'] );
		$target = array( $share( $item->granted ), $share( $item->bonus ) );
		$change = array_sum( $target ) - $item->reversed();
		if ( $change > 0 && $only_back ) {
			$message = 'a reinstatement gives back; more is reversed than before';
			throw new Refusal( 'reversal_invalid', $message, 'refunded' );
		}
		$kind = $change < 0 || $only_back ? 'reinstatement' : 'reversal';
		if ( array( $item->target, $item->bonus_target ) === $target ) {
			$entry            = new Draft( $kind, $now );
			$entry->reference = $item->id;
			$this->session->book->post( $entry );
			return;
		}
		$step    = Step::to( $item, $this->session->state->grants->of_item( $item->id ), ...$target );
		$settled = $item->settled();
		$due     = $only_back ? min( $step->due, $settled ) : $step->due;
		$touched = $step->grants();
		if ( $due > $settled ) {
			$this->take_back( $step );
		} elseif ( $due < $settled ) {
			array_push( $touched, ...$this->give_again( $step, $due ) );
		} else {
			$entry           = new Draft( $kind, $now );
			$entry->movement = $step->movement( 0, $step->spared( $due ) );
			$this->session->book->post( $entry );
		}
		$this->even_out( $touched, $now );
	}

	/**
	 * Compares the items of these grants with their targets again, after credits came back to the
	 * grants or expired. What was lent or owed for held credits is given back when they expire,
	 * because nothing is due for those, and when they come back, because then they are taken
	 * themselves: so it never matters whether a hold was open when the money was refunded.
	 *
	 * @param int[] $grants Ids of the grants.
	 * @param int   $as_of  When.
	 */
	public function even_out( array $grants, int $as_of ): void {
		$state = $this->session->state;
		while ( array() !== $grants ) {
			$state->grants->know( $grants );
			$items = array();
			foreach ( $grants as $id ) {
				$items[] = $state->grants->find( $id )?->order_item;
			}
			$items = array_filter( $items, static fn( ?string $id ): bool => null !== $id );
			if ( array() === $items ) {
				return;
			}
			$state->items->know( $items );
			// One item's lender may be another item: the order is that of their ids.
			sort( $items, SORT_STRING );
			$item   = $state->items->find( $items[0] );
			$others = static fn( int $id ): bool => $state->grants->find( $id )?->order_item !== $item->id;
			$grants = array_values( array_filter( $grants, $others ) );
			if ( $item->settled() > 0 ) {
				array_push( $grants, ...$this->even_out_item( $item, $as_of ) );
			}
		}
	}

	/**
	 * Takes what is available of the item itself, then other credits for its used and held parts; the
	 * rest is debt or forgiven.
	 *
	 * @param Step $step The step.
	 */
	private function take_back( Step $step ): void {
		$now   = $this->session->stamp->now;
		$entry = new Draft( 'reversal', $now );
		$rest  = $this->take_own( $entry, $step, $step->due - $step->item->settled() );
		// They pay for what was used, as if it had been debt and they repaid it.
		$rest        = $this->session->book->draw( $entry, $rest, 'consumed', $step->grants() );
		$entry->debt = $rest;
		if ( $this->session->settings->forgive_shortfall ) {
			// What holds may give back would be kept beside the money, so it is owed until then.
			$returning = -$this->session->state->debt;
			foreach ( $step->sold as $grant ) {
				$returning += $grant->is_expired( $now ) ? 0 : $grant->held;
			}
			$entry->debt = max( 0, min( $rest, $returning ) );
		}
		$entry->movement = $step->movement( $rest - $entry->debt, $step->spared( $step->due ) );
		$this->session->book->post( $entry );
	}

	/**
	 * Gives back down to what is due.
	 *
	 * @param Step $step The step.
	 * @param int  $due  What is due.
	 * @return int[] Which grants got back what they had lent.
	 */
	private function give_again( Step $step, int $due ): array {
		$entry    = new Draft( 'reinstatement', $this->session->stamp->now );
		$item     = $step->item;
		$back     = $item->settled() - $due;
		$forgiven = min( $back, $item->forgiven );
		$left     = $item->less_forgiven( $forgiven );
		$back    -= $forgiven;
		$lent     = min( $back, $left->covered() - $left->forgiven );

		[ $left, $fresh, $lenders ] = $this->return_lent( $entry, $left, $lent );
		$this->give_own( $entry, $left, $step, $back - $lent );
		$entry->movement = $step->movement( -$forgiven, $step->spared( $due ) );
		$this->post_back( $step, $entry, $fresh );
		return $lenders;
	}

	/**
	 * Brings one item back to its target as it is.
	 *
	 * @param Item $item  The item.
	 * @param int  $as_of When.
	 * @return int[] Which grants got back what they had lent.
	 */
	private function even_out_item( Item $item, int $as_of ): array {
		$state = $this->session->state;
		$sold  = $state->grants->of_item( $item->id );
		$step  = Step::to( $item, $sold, $item->target, $item->bonus_target );
		// Nobody is there to refuse it to when the account is full.
		$room      = PHP_INT_MAX - $state->available - $state->held;
		$back      = min( max( 0, $item->settled() - $step->due ), $room );
		$uncovered = min( $back, $item->covered() );

		[ $swapped, $turned ] = self::swaps( $step, $item->covered() - $uncovered );
		if ( 0 === $back && 0 === $swapped && 0 === $turned ) {
			return array();
		}
		$entry = new Draft( 'reinstatement', $as_of );
		$this->take_own( $entry, $step, $swapped + $turned );
		// What was owed was owed for what a hold might give back, so it goes first here.
		$uncovered += $swapped;
		$forgiven   = min( $uncovered - min( $uncovered, $item->owed ), $item->forgiven );
		$left       = $item->less_forgiven( $forgiven );

		[ $left, $fresh, $lenders ] = $this->return_lent( $entry, $left, $uncovered - $forgiven );
		$this->give_own( $entry, $left, $step, $back + $swapped - $uncovered + $turned );
		$entry->movement = $step->movement( -$forgiven, $back );
		$this->post_back( $step, $entry, $fresh );
		return $lenders;
	}

	/**
	 * Draws from the item's own grants: from each its own share first, then from any of them.
	 *
	 * @param Draft $entry The entry.
	 * @param Step  $step  The step.
	 * @param int   $need  How much.
	 * @return int What they do not cover.
	 */
	private function take_own( Draft $entry, Step $step, int $need ): int {
		$takes = array();
		foreach ( $step->sold as $n => $grant ) {
			$wanted      = max( 0, $step->target_of( $grant->kind ) - $step->item->own_of( $grant->kind ) );
			$takes[ $n ] = min( $wanted, $grant->available, $need );
			$need       -= $takes[ $n ];
		}
		foreach ( $step->sold as $n => $grant ) {
			$more  = min( $grant->available - $takes[ $n ], $need );
			$need -= $more;
			$entry->draw( $grant->id, 'available', 'reversed', $takes[ $n ] + $more );
		}
		return $need;
	}

	/**
	 * Gives back debt and what others lent.
	 *
	 * @param Draft $entry  The entry.
	 * @param Item  $item   The item as far as it is given back.
	 * @param int   $amount How much.
	 * @return array{Item, int, int[]} The item after it; for how much of the debt, because it was
	 *                                 repaid since, new credits are due; and who got credits back.
	 */
	private function return_lent( Draft $entry, Item $item, int $amount ): array {
		[ $item, $owed, $lenders ] = $item->given_back( $amount );
		$fresh                     = $owed - $this->session->book->pay( $entry, $owed );
		foreach ( $lenders as [ $grant, $lent ] ) {
			$back = $lent - $this->session->book->pay( $entry, $lent );
			$entry->draw( $grant, 'consumed', 'available', $back );
		}
		$this->session->state->grants->know( array_column( $lenders, 0 ) );
		return array( $item, $fresh, array_column( $lenders, 0 ) );
	}

	/**
	 * Gives the item's own grants back what was taken of them: what is above their own target first,
	 * then from any of them, the last in burn order first.
	 *
	 * @param Draft $entry  The entry.
	 * @param Item  $item   The item as far as it is given back.
	 * @param Step  $step   The step.
	 * @param int   $amount How much.
	 */
	private function give_own( Draft $entry, Item $item, Step $step, int $amount ): void {
		$gives = array();
		$sold  = array_reverse( $step->sold );
		foreach ( $sold as $n => $grant ) {
			$above       = $item->own_of( $grant->kind ) - $step->target_of( $grant->kind );
			$gives[ $n ] = min( max( 0, $above ), $amount );
			$amount     -= $gives[ $n ];
		}
		foreach ( $sold as $n => $grant ) {
			$more    = min( $item->own_of( $grant->kind ) - $gives[ $n ], $amount );
			$amount -= $more;
			$given   = $gives[ $n ] + $more;
			$paid    = $this->session->book->pay( $entry, $given );
			$entry->draw( $grant->id, 'reversed', 'consumed', $paid );
			$entry->draw( $grant->id, 'reversed', 'available', $given - $paid );
		}
	}

	/**
	 * Books what is given back. For debt of the item that other credits repaid since, there is a new
	 * grant on the item's terms, or without an end where they are over: what repaid it could still be
	 * used. What came back to grants whose time is over expires.
	 *
	 * @param Step  $step  The step.
	 * @param Draft $entry The entry.
	 * @param int   $fresh How much is due as new credits.
	 */
	private function post_back( Step $step, Draft $entry, int $fresh ): void {
		$book  = $this->session->book;
		$state = $this->session->state;
		$as_of = $entry->occurred_at;
		$over  = array();
		foreach ( $entry->draws as $draw ) {
			if ( 'available' === $draw->to && $state->grants->find( $draw->grant )->is_expired( $as_of ) ) {
				$over[] = $draw->grant;
			}
		}
		if ( $fresh > 0 ) {
			$like = self::purchase_of( $step->sold );
			$end  = $like->is_expired( $as_of ) ? null : $like->expires_at;
			$from = $like->effective_at;
			$book->book_grant(
				$entry,
				$this->session->granting->fresh( 'refund', $fresh, $like->priority, $from, $end, null ),
			);
		} else {
			$book->post( $entry );
		}
		foreach ( $over as $grant ) {
			$book->expire( $grant, $as_of );
		}
	}

	/**
	 * The item's purchase, or else its bonus.
	 *
	 * @param Grant[] $sold Its grants.
	 */
	private static function purchase_of( array $sold ): Grant {
		foreach ( $sold as $grant ) {
			if ( 'purchase' === $grant->kind ) {
				return $grant;
			}
		}
		return $sold[0];
	}

	/**
	 * What is available of the item though others pay for it: so much is taken itself, instead of what
	 * is covered. And so much of one of its grants that the other one stood in for.
	 *
	 * @param Step $step    The step.
	 * @param int  $covered What is covered.
	 * @return array{int, int}
	 */
	private static function swaps( Step $step, int $covered ): array {
		$available = 0;
		$wanted    = 0;
		$above     = 0;
		foreach ( $step->sold as $grant ) {
			$missing    = $step->target_of( $grant->kind ) - $step->item->own_of( $grant->kind );
			$available += $grant->available;
			$wanted    += min( max( 0, $missing ), $grant->available );
			$above     += max( 0, -$missing );
		}
		$swapped = min( $covered, $available );
		return array( $swapped, max( 0, min( $above, $wanted - $swapped ) ) );
	}
}
