<?php
/**
 * Writing entries: the one way in which an account changes.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * The book of one write: it appends entries to the state, each checked and taken in as a whole.
 */
final class Book {
	/** What an entry of each kind may move from one part of a grant to another. */
	private const MOVES = array(
		'grant'         => array( 'available:consumed' ),
		'use'           => array( 'available:consumed' ),
		'hold'          => array( 'available:held' ),
		'settle'        => array( 'available:consumed', 'held:available', 'held:consumed' ),
		'release'       => array( 'held:available', 'held:consumed' ),
		'lapse'         => array( 'held:available', 'held:consumed' ),
		'expiry'        => array( 'available:expired', 'held:expired' ),
		'reversal'      => array( 'available:consumed', 'available:reversed' ),
		'reinstatement' => array(
			'available:reversed',
			'consumed:available',
			'reversed:available',
			'reversed:consumed',
		),
		'adjustment'    => array( 'available:consumed', 'available:reversed' ),
		'plan'          => array(),
	);

	/**
	 * A book.
	 *
	 * @param State $state What is written to.
	 * @param Stamp $stamp Who writes, and when.
	 */
	public function __construct(
		public readonly State $state,
		public readonly Stamp $stamp,
	) {}

	/**
	 * Appends an entry.
	 *
	 * @param Draft $entry What it says.
	 * @throws Refusal `amount_overflow` where a sum leaves 64 bits; `reversal_invalid` for an order
	 *                 item that was granted before; `snapshot_invalid` for what breaks a rule of the
	 *                 ledger, which is a fault of the ledger.
	 */
	public function post( Draft $entry ): void {
		$this->add_note( $entry );
		$this->add_up( $entry );
		$item = $this->item_after( $entry );
		$this->shift( $entry );
		null === $item || $this->state->items->put( $item );
		$hold = $this->resolve( $entry );
		$this->append( $entry, $hold );
	}

	/**
	 * Books a grant by an entry of its own. Debt is repaid from it first, and what can't be used any
	 * more expires at once.
	 *
	 * @param Draft $entry The entry.
	 * @param Grant $grant The grant, all of it available; it becomes the next one.
	 */
	public function book_grant( Draft $entry, Grant $grant ): void {
		$entry->grant = $grant;
		$this->repay( $entry, $grant->id, 'available', $grant->amount );
		$this->post( $entry );
		if ( $grant->is_expired( $entry->occurred_at ) ) {
			$this->expire( $grant->id, $entry->occurred_at );
		}
	}

	/**
	 * Books what a grant still has available as expired.
	 *
	 * @param int $grant Its id.
	 * @param int $as_of When.
	 */
	public function expire( int $grant, int $as_of ): void {
		$amount = $this->state->grants->find( $grant )?->available ?? 0;
		if ( $amount > 0 ) {
			$entry = new Draft( 'expiry', $as_of );
			$entry->draw( $grant, 'available', 'expired', $amount );
			$this->post( $entry );
		}
	}

	/**
	 * Pays debt from credits in some part of a grant.
	 *
	 * @param Draft  $entry  The entry.
	 * @param int    $grant  The grant's id.
	 * @param string $from   The part.
	 * @param int    $amount How many credits there are.
	 * @return int What is left of them there.
	 */
	public function repay( Draft $entry, int $grant, string $from, int $amount ): int {
		$paid = $this->pay( $entry, $amount );
		$entry->draw( $grant, $from, 'consumed', $paid );
		return $amount - $paid;
	}

	/**
	 * Repays debt out of so much.
	 *
	 * @param Draft $entry  The entry.
	 * @param int   $amount How many credits there are.
	 * @return int How much it took.
	 */
	public function pay( Draft $entry, int $amount ): int {
		$paid         = max( 0, min( $amount, Amount::add( $this->state->debt, $entry->debt ) ) );
		$entry->debt -= $paid;
		return $paid;
	}

	/**
	 * Draws an amount in burn order. What is not covered is refused, or debt, by the mode.
	 *
	 * @param Draft  $entry  The entry.
	 * @param int    $amount How much.
	 * @param string $mode   `strict` or `record`.
	 * @param string $to     To this part.
	 * @return ?int How many credits more would have been enough, where it is refused.
	 */
	public function cover( Draft $entry, int $amount, string $mode, string $to ): ?int {
		$state     = $this->state;
		$spendable = $state->spendable();
		if ( 'strict' === $mode && $spendable < $amount ) {
			return Amount::add( $amount - $spendable, $state->debt );
		}
		$rest = $this->draw( $entry, $amount, $to );
		if ( 'consumed' === $to ) {
			$entry->debt = Amount::add( $entry->debt, $rest );
		}
		return null;
	}

	/**
	 * Draws from what is available, in burn order.
	 *
	 * @param Draft  $entry  The entry.
	 * @param int    $amount How much.
	 * @param string $to     To this part.
	 * @param int[]  $except Grants that are not drawn from.
	 * @return int What none of them covers.
	 */
	public function draw( Draft $entry, int $amount, string $to, array $except = array() ): int {
		foreach ( $amount > 0 ? $this->state->grants->live_ids() : array() as $id ) {
			if ( ! in_array( $id, $except, true ) ) {
				$gives = min( $this->state->grants->find( $id )->available, $amount );
				$entry->draw( $id, 'available', $to, $gives );
				$amount -= $gives;
			}
			if ( 0 === $amount ) {
				break;
			}
		}
		return $amount;
	}

	/**
	 * Adds the request's texts.
	 *
	 * @param Draft $entry The entry.
	 */
	private function add_note( Draft $entry ): void {
		$stamp = $this->stamp;
		// What a request starts names its plan itself.
		if ( null === $stamp->kind || null === $entry->reference ) {
			$entry->reference = $stamp->reference ?? $entry->reference;
		}
		// Why it was done says nothing of what time or a reversal does with it then.
		$stamp->kind ??= $entry->kind;
		if ( $stamp->kind === $entry->kind ) {
			$entry->reason = $stamp->reason ?? $entry->reason;
		}
	}

	/**
	 * Brings the account's sums up to the entry, and computes the change of the posted one.
	 *
	 * @param Draft $entry The entry.
	 */
	private function add_up( Draft $entry ): void {
		$state = $this->state;
		$sums  = array(
			'available' => $state->available,
			'held'      => $state->held,
		);
		if ( null !== $entry->grant ) {
			$sums['available'] = Amount::add( $sums['available'], $entry->grant->amount );
		}
		foreach ( $entry->draws as $draw ) {
			if ( isset( $sums[ $draw->from ] ) ) {
				$sums[ $draw->from ] = Amount::sub( $sums[ $draw->from ], $draw->amount );
			}
			if ( isset( $sums[ $draw->to ] ) ) {
				$sums[ $draw->to ] = Amount::add( $sums[ $draw->to ], $draw->amount );
			}
		}
		$debt          = Amount::add( $state->debt, $entry->debt );
		$before        = Amount::add( $state->available, $state->held );
		$after         = Amount::add( $sums['available'], $sums['held'] );
		$entry->amount = Amount::sub( Amount::sub( $after, $before ), $entry->debt );
		$this->check( $entry, $sums, $debt );
		[ $state->available, $state->held, $state->debt ] = array( ...array_values( $sums ), $debt );
	}

	/**
	 * Stops an entry that breaks a rule of the ledger before it is written.
	 *
	 * @param Draft              $entry The entry.
	 * @param array<string, int> $sums  What is available and held after it.
	 * @param int                $debt  What is owed after it.
	 * @throws Refusal `snapshot_invalid`.
	 */
	private function check( Draft $entry, array $sums, int $debt ): void {
		$moves = self::MOVES[ $entry->kind ];
		$legal = $sums['available'] >= 0 && $sums['held'] >= 0 && $debt >= 0
			&& ( 0 === $debt || 0 === $sums['available'] )
			&& ( null === $this->state->last_at || $this->state->last_at <= $this->stamp->now );
		foreach ( $entry->draws as $draw ) {
			$legal = $legal && in_array( $draw->from . ':' . $draw->to, $moves, true );
		}
		if ( ! $legal ) {
			throw new Refusal( 'snapshot_invalid', 'an entry does not fit the account' );
		}
	}

	/**
	 * Moves credits between parts of grants.
	 *
	 * @param Draft $entry The entry.
	 */
	private function shift( Draft $entry ): void {
		$changed = array();
		if ( null !== $entry->grant ) {
			$changed[ $entry->grant->id ] = $entry->grant;
		}
		foreach ( $entry->draws as $draw ) {
			$grant = $changed[ $draw->grant ] ?? $this->state->grants->find( $draw->grant )
				?? throw new Refusal( 'snapshot_invalid', 'no such grant' );

			$changed[ $draw->grant ] = $grant->moved( $draw->from, $draw->to, $draw->amount );
		}
		array_map( $this->state->put_grant( ... ), $changed );
	}

	/**
	 * The order item that an entry is about, as it is after it; null where there is none.
	 *
	 * @param Draft $entry The entry.
	 */
	private function item_after( Draft $entry ): ?Item {
		if ( null !== $entry->movement ) {
			$item = $this->state->items->find( $entry->movement->item );
			$kind = fn( int $id ): ?string => $this->state->grants->find( $id )?->order_item === $item->id
				? $this->state->grants->find( $id )->kind
				: null;
			return $item->moved( $entry->movement, $entry, $kind );
		}
		$id = $entry->grant?->order_item;
		if ( null === $id ) {
			return null;
		}
		$item = $this->state->items->find( $id ) ?? new Item( $id );
		return $item->granted( $entry->grant->kind, $entry->grant->amount );
	}

	/**
	 * Opens or resolves the hold of an entry.
	 *
	 * @param Draft $entry The entry.
	 * @return ?Hold The hold that it is about, as it was opened.
	 */
	private function resolve( Draft $entry ): ?Hold {
		if ( null === $entry->hold ) {
			return null;
		}
		$state = $this->state;
		$hold  = 'hold' === $entry->kind
			? new Hold(
				$entry->hold,
				Hold::OPEN,
				$entry->draws,
				(int) $entry->lapses_at,
				$entry->usage,
				$this->stamp->site,
				$entry->reference,
			)
			: $state->holds->find( $entry->hold );

		match ( $entry->kind ) {
			'hold'              => $state->put_hold( $hold ),
			'settle', 'release' => $state->put_hold( $hold->in_state( Hold::RESOLVED ) ),
			'lapse'             => $state->put_hold( $hold->in_state( Hold::LAPSED ) ),
			default             => null,
		};
		return $hold;
	}

	/**
	 * Writes the entry behind the last one, chained to it.
	 *
	 * @param Draft $entry The entry.
	 * @param ?Hold $hold  The hold that it is about.
	 */
	private function append( Draft $entry, ?Hold $hold ): void {
		$state = $this->state;
		$stamp = $this->stamp;
		$seq   = $state->seq + 1;
		$day   = $state->day_of( $entry->occurred_at );
		$about = $this->about( $entry, $hold );

		$state->digest    = Digest::of( Canonical::line( $state->digest, $seq, $entry, $stamp->now ) );
		$state->seq       = $seq;
		$state->last_at   = $stamp->now;
		$state->entries[] = new Entry(
			$seq,
			$entry->kind,
			$entry->amount,
			$entry->debt,
			$entry->waived,
			$entry->cost,
			$entry->draws,
			null === $entry->grant ? null : $state->grants->find( $entry->grant->id ),
			$entry->hold,
			$entry->lapses_at,
			$entry->usage,
			$entry->rate_version,
			$entry->movement,
			$entry->reference,
			$stamp->site,
			$entry->reason,
			$stamp->request,
			$stamp->hash,
			$entry->occurred_at,
			$stamp->now,
			$day,
			$about,
			$state->digest,
		);
		if ( null !== $about ) {
			$state->add_rollup( $day, $about, $entry );
		}
	}

	/**
	 * What a use or a settlement is about; null for other entries.
	 *
	 * @param Draft $entry The entry.
	 * @param ?Hold $hold  The hold that is settled.
	 */
	private function about( Draft $entry, ?Hold $hold ): ?About {
		if ( 'use' !== $entry->kind && 'settle' !== $entry->kind ) {
			return null;
		}
		$usage = $entry->usage ?? $hold?->usage;
		return new About(
			$usage?->agent ?? '',
			$usage?->feature ?? '',
			$usage?->model ?? '',
			match ( true ) {
				null === $usage      => 'use',
				$usage->messages > 0 => 'message',
				$usage->call_ms > 0  => 'call',
				$usage->images > 0   => 'image',
				default              => 'use',
			},
			$this->stamp->site ?? $hold?->site ?? '',
			$entry->reference ?? $hold?->reference ?? '',
		);
	}
}
