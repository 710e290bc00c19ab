<?php
/**
 * Grants and adjustments by request.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * What is granted, and what is taken by hand.
 */
final class Granting {
	/**
	 * Grants of a session.
	 *
	 * @param Session $session The session.
	 */
	public function __construct( private readonly Session $session ) {}

	/**
	 * Grants credits: at most one purchase and one bonus for an order item.
	 *
	 * @param array<string, mixed> $args The fields of a grant.
	 */
	public function grant( array $args ): void {
		[ 'kind' => $kind, 'amount' => $amount, 'bonus' => $bonus, 'order_item' => $item ] = $args;
		$this->check_kind( $kind, $item );
		$from = $args['effective_at'] ?? $this->session->stamp->now;
		$this->check_terms( $amount, $from, $args['expires_at'] );
		if ( 0 !== $bonus ) {
			Amount::check( $bonus, 'bonus' );
			if ( 'purchase' !== $kind ) {
				throw new Refusal( 'field_invalid', 'a bonus is booked with a purchase', 'bonus' );
			}
		}
		// The bonus first, because it burns first: it is the bonus that repays debt.
		$both = 0 === $bonus ? array() : array( 'bonus' => $bonus );
		foreach ( $both + array( $kind => $amount ) as $own_kind => $own_amount ) {
			$entry = new Draft( 'grant', $this->session->stamp->now );
			$this->session->book->book_grant(
				$entry,
				$this->fresh( $own_kind, $own_amount, $args['priority'], $from, $args['expires_at'], $item ),
			);
		}
		// A bonus may come after the refund of what it was given for.
		$last = $this->session->state->last_grant;
		$this->session->reversals->even_out( array( $last ), $this->session->stamp->now );
	}

	/**
	 * Adds credits by hand.
	 *
	 * @param int  $amount     How much.
	 * @param ?int $expires_at When they end; null: never.
	 * @return null It is always booked.
	 */
	public function add( int $amount, ?int $expires_at ): ?int {
		$now = $this->session->stamp->now;
		$this->check_reason();
		$this->check_terms( $amount, $now, $expires_at );
		$priority = Burn::DEFAULT_PRIORITY;
		$grant    = $this->fresh( 'adjustment', $amount, $priority, $now, $expires_at, null );
		$this->session->book->book_grant( new Draft( 'adjustment', $now ), $grant );
		return null;
	}

	/**
	 * Takes credits by hand, in burn order and never into debt.
	 *
	 * @param int $amount How much.
	 * @return ?int How many credits more would have been enough, where it is refused.
	 */
	public function take( int $amount ): ?int {
		$now = $this->session->stamp->now;
		$this->check_reason();
		Amount::check( $amount, 'amount' );
		$entry    = new Draft( 'adjustment', $now );
		$short_by = $this->session->book->cover( $entry, $amount, 'strict', 'reversed' );
		if ( null === $short_by ) {
			$grants = array_map( static fn( Draw $draw ): int => $draw->grant, $entry->draws );
			$this->session->book->post( $entry );
			$this->session->reversals->even_out( $grants, $now );
		}
		return $short_by;
	}

	/**
	 * The next grant, all of it available.
	 *
	 * @param string  $kind       Why it is granted.
	 * @param int     $amount     How much.
	 * @param int     $priority   Lower burns first.
	 * @param int     $from       From when it counts.
	 * @param ?int    $expires_at When it ends.
	 * @param ?string $item       The order item.
	 */
	public function fresh(
		string $kind,
		int $amount,
		int $priority,
		int $from,
		?int $expires_at,
		?string $item,
	): Grant {
		return new Grant(
			id: $this->session->state->last_grant + 1,
			kind: $kind,
			priority: $priority,
			effective_at: $from,
			expires_at: $expires_at,
			amount: $amount,
			order_item: $item,
			available: $amount,
		);
	}

	/**
	 * Refuses kinds that have operations of their own, and an order item of what is not sold.
	 *
	 * @param string  $kind The kind.
	 * @param ?string $item The order item.
	 * @throws Refusal `field_invalid`.
	 */
	private function check_kind( string $kind, ?string $item ): void {
		$sold = 'purchase' === $kind || 'bonus' === $kind;
		if ( ! $sold && 'refund' !== $kind ) {
			$message = 'allowances and adjustments have operations of their own';
			throw new Refusal( 'field_invalid', $message, 'kind' );
		}
		if ( null !== $item ) {
			if ( ! $sold ) {
				$message = 'only a purchase and its bonus belong to an order item';
				throw new Refusal( 'field_invalid', $message, 'order_item' );
			}
			Texts::check_key( $item, 'order_item' );
		}
	}

	/**
	 * Refuses amounts and times that a grant can't have.
	 *
	 * @param int  $amount     How much.
	 * @param int  $from       From when it counts.
	 * @param ?int $expires_at When it ends.
	 * @throws Refusal `amount_out_of_range`, `field_invalid` or `period_invalid`.
	 */
	private function check_terms( int $amount, int $from, ?int $expires_at ): void {
		Amount::check( $amount, 'amount' );
		if ( $from > $this->session->stamp->now ) {
			$message = 'a grant counts from now or earlier';
			throw new Refusal( 'field_invalid', $message, 'effective_at' );
		}
		if ( null !== $expires_at && $expires_at <= $from ) {
			throw new Refusal( 'period_invalid', 'a grant ends after it began', 'expires_at' );
		}
	}

	/**
	 * Refuses an adjustment without a reason.
	 *
	 * @throws Refusal `field_invalid`.
	 */
	private function check_reason(): void {
		if ( null === $this->session->stamp->reason ) {
			throw new Refusal( 'field_invalid', 'an adjustment needs a reason', 'reason' );
		}
	}
}
