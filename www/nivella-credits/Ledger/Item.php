<?php
/**
 * What is booked of an order item.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * An order item: what was granted for it, and what of that is reversed. Immutable.
 *
 * Of the reversed part some is `own`, taken from what the item's own grants had available; some is
 * covered by other credits that were lent, by debt, or was forgiven; the rest is spared, because
 * it had expired. Amounts are micro-credits.
 */
final class Item {
	/**
	 * One item.
	 *
	 * @param string                 $id           The store's id of it; unique in the whole store.
	 * @param int                    $granted      Its purchased credits; 0 before they are granted.
	 * @param int                    $bonus        Its bonus credits; 0 without.
	 * @param int                    $movements    How many movements there were.
	 * @param int                    $target       The reversed part of `granted`.
	 * @param int                    $bonus_target The reversed part of `bonus`.
	 * @param int                    $own          Taken from its own purchased credits.
	 * @param int                    $own_bonus    Taken from its own bonus credits.
	 * @param int                    $owed         Debt that was made for its used or held credits.
	 * @param array<array{int, int}> $lent         Grant and amount: what others lent, the last one
	 *                                             last. It can be long; a store keeps it as a text.
	 * @param int                    $forgiven     Used or held, and forgiven.
	 * @param int                    $spared       Expired before it could be taken.
	 */
	public function __construct(
		public readonly string $id,
		public readonly int $granted = 0,
		public readonly int $bonus = 0,
		public readonly int $movements = 0,
		public readonly int $target = 0,
		public readonly int $bonus_target = 0,
		public readonly int $own = 0,
		public readonly int $own_bonus = 0,
		public readonly int $owed = 0,
		public readonly array $lent = array(),
		public readonly int $forgiven = 0,
		public readonly int $spared = 0,
	) {}

	/**
	 * Purchased and bonus credits that are reversed.
	 */
	public function reversed(): int {
		return $this->target + $this->bonus_target;
	}

	/**
	 * Used or held credits of it for which others lent, debt was made, or that were forgiven.
	 */
	public function covered(): int {
		return $this->owed + $this->forgiven + array_sum( array_column( $this->lent, 1 ) );
	}

	/**
	 * What was taken, is owed or forgiven: the target without what has expired.
	 */
	public function settled(): int {
		return $this->own + $this->own_bonus + $this->covered();
	}

	/**
	 * Of its own credits of this kind, what was taken.
	 *
	 * @param string $kind `purchase` or `bonus`.
	 */
	public function own_of( string $kind ): int {
		return 'bonus' === $kind ? $this->own_bonus : $this->own;
	}

	/**
	 * The target of this kind.
	 *
	 * @param string $kind `purchase` or `bonus`.
	 */
	public function target_of( string $kind ): int {
		return 'bonus' === $kind ? $this->bonus_target : $this->target;
	}

	/**
	 * The item with what was granted for it: once for each kind, and no more than one movement can
	 * take back and one grant give again.
	 *
	 * @param string $kind   `purchase` or `bonus`.
	 * @param int    $amount Micro-credits.
	 * @throws Refusal `reversal_invalid` where it was granted before; `amount_out_of_range` above
	 *                 10^12 credits.
	 */
	public function granted( string $kind, int $amount ): self {
		$field = 'bonus' === $kind ? 'bonus' : 'granted';
		if ( 0 !== $this->$field ) {
			$message = 'this order item was granted before';
			throw new Refusal( 'reversal_invalid', $message, 'order_item' );
		}
		$next = $this->with( array( $field => $amount ) );
		if ( $next->granted + $next->bonus > Amount::MAX_MOVEMENT ) {
			$message = 'an order item is at most 10^12 credits, its bonus included';
			throw new Refusal( 'amount_out_of_range', $message, 'amount' );
		}
		return $next;
	}

	/**
	 * The item with less forgiven.
	 *
	 * @param int $amount How much less.
	 */
	public function less_forgiven( int $amount ): self {
		return $this->with( array( 'forgiven' => $this->forgiven - $amount ) );
	}

	/**
	 * Gives back so much of debt first, then of what others lent, the last first.
	 *
	 * @param int $amount How much.
	 * @return array{self, int, array<array{int, int}>} The item after it, how much was debt, and which
	 *                                                  grants get what.
	 */
	public function given_back( int $amount ): array {
		$owed    = min( $amount, $this->owed );
		$rest    = $amount - $owed;
		$lent    = $this->lent;
		$lenders = array();
		while ( $rest > 0 ) {
			[ $grant, $most ] = array_pop( $lent ) ?? throw self::invalid();
			$back             = min( $most, $rest );
			if ( $back < $most ) {
				$lent[] = array( $grant, $most - $back );
			}
			$rest     -= $back;
			$lenders[] = array( $grant, $back );
		}
		$changed = array(
			'owed' => $this->owed - $owed,
			'lent' => $lent,
		);
		return array( $this->with( $changed ), $owed, $lenders );
	}

	/**
	 * The item after one movement.
	 *
	 * @param Movement               $movement The movement.
	 * @param Draft                  $entry    The entry that books it.
	 * @param callable(int): ?string $kind_of  Of one of the item's own grants: its kind.
	 * @throws Refusal `snapshot_invalid` where it does not add up: the ledger is at fault then.
	 */
	public function moved( Movement $movement, Draft $entry, callable $kind_of ): self {
		$takes = 'reversal' === $entry->kind;
		$own   = array(
			'purchase' => $this->own,
			'bonus'    => $this->own_bonus,
		);
		$lent  = $this->lent;
		$back  = $entry->amount;
		foreach ( $entry->draws as $draw ) {
			if ( 'reversed' === $draw->to || 'reversed' === $draw->from ) {
				$change        = 'reversed' === $draw->to ? $draw->amount : -$draw->amount;
				$kind          = $kind_of( $draw->grant ) ?? throw self::invalid();
				$own[ $kind ] += $change;
				$back         += $change;
			} elseif ( 'consumed' === $draw->to && $takes ) {
				$lent = self::borrowed( $lent, $draw->grant, $draw->amount );
			}
		}
		$next = $this->with(
			array(
				'movements'    => $this->movements + 1,
				'target'       => $movement->target,
				'bonus_target' => $movement->bonus_target,
				'own'          => $own['purchase'],
				'own_bonus'    => $own['bonus'],
				'owed'         => $takes ? $this->owed + $entry->debt : $this->owed,
				'lent'         => $lent,
				'forgiven'     => $this->forgiven + $movement->forgiven,
				'spared'       => $this->spared + $movement->spared,
			)
		);
		$next = $takes ? $next : $next->without_lent( $back, $entry );
		if ( $next->movements !== $movement->number || ! $next->is_sane() ) {
			throw self::invalid();
		}
		return $next;
	}

	/**
	 * Gives back, and refuses an entry that gives a grant more than it had lent.
	 *
	 * @param int   $back  How much of what is covered.
	 * @param Draft $entry The entry.
	 */
	private function without_lent( int $back, Draft $entry ): self {
		[ $next, $owed, $lenders ] = $this->given_back( max( 0, $back ) );
		$most                      = array();
		foreach ( $lenders as [ $grant, $lent ] ) {
			$most[ $grant ] = ( $most[ $grant ] ?? 0 ) + $lent;
		}
		foreach ( $entry->draws as $draw ) {
			if ( 'consumed' === $draw->from && 'available' === $draw->to ) {
				$most[ $draw->grant ] = ( $most[ $draw->grant ] ?? 0 ) - $draw->amount;
			}
		}
		if ( min( array( 0, ...$most ) ) < 0 ) {
			throw self::invalid();
		}
		return $back >= 0 && ( null === $entry->grant || $owed > 0 ) ? $next : throw self::invalid();
	}

	/**
	 * Whether the parts of the target add up to it.
	 */
	private function is_sane(): bool {
		$parts = array( $this->own, $this->own_bonus, $this->owed, $this->forgiven, $this->spared );
		return $this->reversed() === $this->settled() + $this->spared
			&& $this->target >= 0 && $this->target <= $this->granted
			&& $this->bonus_target >= 0 && $this->bonus_target <= $this->bonus
			&& min( $parts ) >= 0;
	}

	/**
	 * What others lent, with one more loan.
	 *
	 * @param array<array{int, int}> $lent   What others lent.
	 * @param int                    $grant  Who lends.
	 * @param int                    $amount How much.
	 * @return array<array{int, int}>
	 */
	private static function borrowed( array $lent, int $grant, int $amount ): array {
		$last = array_key_last( $lent );
		if ( null !== $last && $lent[ $last ][0] === $grant ) {
			$lent[ $last ][1] += $amount;
		} else {
			$lent[] = array( $grant, $amount );
		}
		return $lent;
	}

	/**
	 * The same item with some fields changed.
	 *
	 * @param array<string, mixed> $changed The new values by name.
	 */
	private function with( array $changed ): self {
		return new self( ...array_merge( get_object_vars( $this ), $changed ) );
	}

	/**
	 * What does not add up.
	 */
	private static function invalid(): Refusal {
		return new Refusal( 'snapshot_invalid', 'the movements of an item do not add up' );
	}
}
