<?php
/**
 * What must hold of any account at any time.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Ledger;

use Nivella\Credits\Ledger\Canonical;
use Nivella\Credits\Ledger\Digest;
use Nivella\Credits\Ledger\Draft;
use Nivella\Credits\Ledger\Entry;
use Nivella\Credits\Ledger\Hold;
use Nivella\Credits\Ledger\MemoryStore;

/**
 * The invariants of one account, recomputed from its entries alone. Each entry is folded once, so a
 * check after every step of a long history stays cheap.
 */
final class Invariants {
	private const PARTS = array( 'available', 'held', 'consumed', 'reversed', 'expired' );
	private const ENDS  = array(
		'settle'  => Hold::RESOLVED,
		'release' => Hold::RESOLVED,
		'lapse'   => Hold::LAPSED,
	);

	private int $seq        = 0;
	private int $posted     = 0;
	private int $debt       = 0;
	private ?int $last_at   = null;
	private string $digest;
	/** @var array<int, array<string, int>> the parts of each grant */
	private array $parts = array();
	/** @var array<int, string[]> how each hold ended */
	private array $ends = array();
	/** @var array<int, array<int, int>> what each hold took of grants */
	private array $held = array();
	/** @var array<string, int[]> uses, credits, waived by keys */
	private array $rollups = array();
	/** @var array<string, array{?string, int, int}> hash, first entry, count */
	private array $requests = array();

	public function __construct() {
		$this->digest = Digest::genesis();
	}

	/** What does not hold; null where everything does. */
	public function fault( MemoryStore $store ): ?string {
		foreach ( array_slice( $store->entries, $this->seq ) as $entry ) {
			$fault = $this->fold( $entry );
			if ( null !== $fault ) {
				return "entry $entry->seq: $fault";
			}
		}
		return $this->sums( $store ) ?? $this->grants( $store ) ?? $this->holds( $store )
			?? $this->items( $store ) ?? $this->rollups( $store ) ?? $this->requests( $store );
	}

	/** I10 and I17: entries follow each other, are chained, and add up. */
	private function fold( Entry $entry ): ?string {
		$draft        = Draft::of( $entry );
		$line         = Canonical::line( $this->digest, $entry->seq, $draft, $entry->booked_at );
		$this->digest = Digest::of( $line );
		$before       = $this->available_and_held();
		if ( ++$this->seq !== $entry->seq || $this->digest !== $entry->digest ) {
			return 'a wrong sequence or digest';
		}
		if ( null !== $this->last_at && $this->last_at > $entry->booked_at ) {
			return 'booked before the last one';
		}
		$this->last_at = $entry->booked_at;
		$this->debt   += $entry->debt;
		$this->posted += $entry->amount;
		if ( null !== $entry->grant ) {
			$this->parts[ $entry->grant->id ] =
				array( 'available' => $entry->grant->amount ) + array_fill_keys( self::PARTS, 0 );
		}
		foreach ( $entry->draws as $draw ) {
			$this->parts[ $draw->grant ][ $draw->from ] -= $draw->amount;
			$this->parts[ $draw->grant ][ $draw->to ]   += $draw->amount;
			if ( $draw->amount <= 0 || $this->parts[ $draw->grant ][ $draw->from ] < 0 ) {
				return 'draws more than there is';
			}
		}
		if ( $this->available_and_held() - $before - $entry->debt !== $entry->amount ) {
			return 'the amount is not what the draws say';
		}
		$this->fold_hold( $entry );
		return $this->fold_request( $entry ) ?? $this->fold_use( $entry );
	}

	private function available_and_held(): int {
		return array_sum( array_column( $this->parts, 'available' ) )
			+ array_sum( array_column( $this->parts, 'held' ) );
	}

	private function fold_hold( Entry $entry ): void {
		if ( 'hold' === $entry->kind ) {
			foreach ( $entry->draws as $draw ) {
				$this->held[ $entry->hold ][ $draw->grant ] = $draw->amount;
			}
		} elseif ( isset( self::ENDS[ $entry->kind ] ) ) {
			$this->ends[ $entry->hold ][] = self::ENDS[ $entry->kind ];
		}
	}

	/** I4: the entries of a request follow each other. */
	private function fold_request( Entry $entry ): ?string {
		$id = $entry->request_id;
		if ( null === $id ) {
			return null;
		}
		$known = $this->requests[ $id ] ?? array( $entry->request_hash, $entry->seq, 0 );
		++$known[2];
		$this->requests[ $id ] = $known;
		$follows               = $known[1] + $known[2] - 1 === $entry->seq;
		return $follows && $known[0] === $entry->request_hash ? null : 'another request is between';
	}

	private function fold_use( Entry $entry ): ?string {
		$about = $entry->about;
		if ( null === $about ) {
			return 0 === $entry->cost ? null : 'a cost without work';
		}
		$consumed = $entry->debt;
		foreach ( $entry->draws as $draw ) {
			$consumed += 'consumed' === $draw->to ? $draw->amount : 0;
		}
		$keys = array( $about->site, $about->agent, $about->feature, $about->model, $about->type );
		$key  = implode( "\n", array( $entry->day, ...$keys ) );
		$sums = $this->rollups[ $key ] ?? array( 0, 0, 0 );

		$this->rollups[ $key ] =
			array( $sums[0] + 1, $sums[1] + $entry->cost, $sums[2] + $entry->waived );
		return $consumed === $entry->cost ? null : 'the cost is not what was consumed';
	}

	/** I1 and I3: the account's sums, and nothing available beside debt. */
	private function sums( MemoryStore $store ): ?string {
		$own  = $store->account;
		$due  = array(
			$this->seq,
			$this->digest,
			$this->last_at,
			array_sum( array_column( $this->parts, 'available' ) ),
			array_sum( array_column( $this->parts, 'held' ) ),
			$this->debt,
			count( $this->parts ),
			count( $store->holds ),
		);
		$sums = array( $own->available, $own->held, $own->debt, $own->last_grant, $own->last_hold );
		if ( array( $own->seq, $own->digest, $own->last_at, ...$sums ) !== $due ) {
			return 'the account is not the sum of its entries';
		}
		$beside = $own->debt < 0 || ( $own->debt > 0 && $own->available > 0 );
		$posted = $own->available + $own->held - $own->debt;
		return $beside || $posted !== $this->posted ? 'available beside debt, or posted' : null;
	}

	/** I2: the parts of each grant are the fold of all draws, and add up to it. */
	private function grants( MemoryStore $store ): ?string {
		foreach ( $store->grants as $id => $grant ) {
			foreach ( $this->parts[ $id ] as $part => $amount ) {
				if ( $grant->$part !== $amount ) {
					return "grant $id has $part {$grant->$part}, not $amount";
				}
			}
			if ( array_sum( $this->parts[ $id ] ) !== $grant->amount ) {
				return "grant $id does not add up";
			}
		}
		return count( $store->grants ) === count( $this->parts ) ? null : 'a grant too many';
	}

	/** I9: open holds reserve what is held; each resolves at most once, and lapses before that. */
	private function holds( MemoryStore $store ): ?string {
		$held = array();
		foreach ( $store->holds as $id => $hold ) {
			$ends = $this->ends[ $id ] ?? array( Hold::OPEN );
			$most = Hold::LAPSED === $ends[0] ? 2 : 1;
			if ( end( $ends ) !== $hold->state || count( $ends ) > $most ) {
				return "hold $id ended as " . implode( ', ', $ends );
			}
			$open = Hold::OPEN === $hold->state ? $this->held[ $id ] ?? array() : array();
			foreach ( $open as $of => $amount ) {
				$held[ $of ] = ( $held[ $of ] ?? 0 ) + $amount;
			}
		}
		foreach ( $store->grants as $id => $grant ) {
			if ( $grant->held !== ( $held[ $id ] ?? 0 ) ) {
				return "grant $id has held $grant->held";
			}
		}
		return null;
	}

	/** I7 and I8: one grant for each item and kind; what is booked of an item is its target. */
	private function items( MemoryStore $store ): ?string {
		$sold = array();
		foreach ( $store->grants as $grant ) {
			$item = $grant->order_item;
			if ( null !== $item && isset( $sold[ $item ][ $grant->kind ] ) ) {
				return "$item was granted twice";
			}
			if ( null !== $item ) {
				$sold[ $item ][ $grant->kind ] = $grant;
			}
		}
		foreach ( $store->items as $item ) {
			$purchase = $sold[ $item->id ]['purchase'] ?? null;
			$bonus    = $sold[ $item->id ]['bonus'] ?? null;
			$granted  = array( $purchase?->amount ?? 0, $bonus?->amount ?? 0 );
			$fits     = array( $item->granted, $item->bonus ) === $granted
				&& $item->reversed() === $item->settled() + $item->spared
				&& $item->target <= $item->granted && $item->bonus_target <= $item->bonus
				// What is taken by hand is reversed, too, and not for the item.
				&& $item->own <= ( $purchase?->reversed ?? 0 )
				&& $item->own_bonus <= ( $bonus?->reversed ?? 0 );
			if ( ! $fits ) {
				return "item $item->id";
			}
		}
		return count( $sold ) === count( $store->items ) ? null : 'an item without a row';
	}

	/** The sums of the days are those of the entries. */
	private function rollups( MemoryStore $store ): ?string {
		foreach ( $store->rollups as $key => $row ) {
			$sums = array( $row->uses, $row->credits, $row->waived );
			if ( $sums !== ( $this->rollups[ $key ] ?? null ) ) {
				return "the sums of $key";
			}
		}
		return count( $this->rollups ) === count( $store->rollups ) ? null : 'sums are missing';
	}

	/** I4: each booked request is known, with its entries, and no other one is. */
	private function requests( MemoryStore $store ): ?string {
		foreach ( $store->requests as $id => $known ) {
			$own = array( $known->hash, $known->first, $known->count );
			if ( $own !== ( $this->requests[ $id ] ?? null ) ) {
				return "request $id";
			}
		}
		return count( $this->requests ) === count( $store->requests ) ? null : 'a request is missing';
	}
}
