<?php
/**
 * What an account is at one moment of a write.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * The working set of one command: the account's row, and of its grants, holds and items those that
 * the command needs, each read from the store once.
 *
 * Its values are immutable and its lists are copied when they are written to, so a clone is cheap
 * and enough to undo a write, or to look ahead.
 */
final class State {
	// The account's row, as in Account.
	public int $seq;
	public int $version;
	public string $digest;
	public ?int $last_at;
	public int $available;
	public int $held;
	public int $debt;
	public int $last_grant;
	public int $last_grant_amount;
	public int $last_hold;
	public int $subscriptions;
	public ?Subscription $subscription;
	/** @var array<int, int> */
	public array $days;
	public ?int $due_at;
	public Zone $zone;
	public ?Zone $day_zone;
	public ?int $day_zone_until;
	public Thresholds $thresholds;
	public ?string $alert;

	/**
	 * The entries that were written since.
	 *
	 * @var Entry[]
	 */
	public array $entries = array();

	/**
	 * The requests that were booked since, by id.
	 *
	 * @var array<string, Known>
	 */
	public array $requests = array();

	/**
	 * Sums for the days, by their keys.
	 *
	 * @var array<string, Rollup>
	 */
	public array $rollups = array();

	/**
	 * The grants, as far as they are known.
	 *
	 * @var GrantSet
	 */
	public GrantSet $grants;

	/**
	 * The order items, as far as they are known.
	 *
	 * @var ItemSet
	 */
	public ItemSet $items;

	/**
	 * The holds, as far as they are known.
	 *
	 * @var HoldSet
	 */
	public HoldSet $holds;

	/**
	 * From the store.
	 *
	 * @param Store   $store Where the rest is read from.
	 * @param Account $start The account's row.
	 */
	public function __construct( Store $store, public readonly Account $start ) {
		$this->grants            = new GrantSet( $store );
		$this->items             = new ItemSet( $store );
		$this->holds             = new HoldSet( $store, $start->last_hold );
		$this->seq               = $start->seq;
		$this->version           = $start->version;
		$this->digest            = $start->digest;
		$this->last_at           = $start->last_at;
		$this->available         = $start->available;
		$this->held              = $start->held;
		$this->debt              = $start->debt;
		$this->last_grant        = $start->last_grant;
		$this->last_grant_amount = $start->last_grant_amount;
		$this->last_hold         = $start->last_hold;
		$this->subscriptions     = $start->subscriptions;
		$this->subscription      = $start->subscription;
		$this->days              = $start->days;
		$this->due_at            = $start->due_at;
		$this->zone              = $start->zone;
		$this->day_zone          = $start->day_zone;
		$this->day_zone_until    = $start->day_zone_until;
		$this->thresholds        = $start->thresholds;
		$this->alert             = $start->alert;
	}

	/**
	 * A copy shares what is immutable, and not its sets.
	 */
	public function __clone() {
		$this->grants = clone $this->grants;
		$this->items  = clone $this->items;
		$this->holds  = clone $this->holds;
	}

	/**
	 * What can be spent.
	 */
	public function spendable(): int {
		return $this->debt > 0 ? 0 : $this->available;
	}

	/**
	 * What is left on the account less what is owed.
	 *
	 * @throws Refusal `amount_overflow`.
	 */
	public function posted(): int {
		return Amount::sub( Amount::add( $this->available, $this->held ), $this->debt );
	}

	/**
	 * Something may be due at this instant.
	 *
	 * @param ?int $at The instant; null: never.
	 */
	public function due( ?int $at ): void {
		if ( null !== $at && ( null === $this->due_at || $at < $this->due_at ) ) {
			$this->due_at = $at;
		}
	}

	/**
	 * The zone whose civil days count for what happened at this instant.
	 *
	 * @param int $at The instant.
	 */
	public function zone_at( int $at ): Zone {
		return null !== $this->day_zone && $at < $this->day_zone_until ? $this->day_zone : $this->zone;
	}

	/**
	 * The civil day that counts for what happened at this instant.
	 *
	 * @param int $at The instant.
	 */
	public function day_of( int $at ): int {
		return $this->zone_at( $at )->day_of( $at );
	}

	/**
	 * Puts a grant in the place of what is known of it, or adds it as the next one.
	 *
	 * @param Grant $grant The grant.
	 */
	public function put_grant( Grant $grant ): void {
		$is_new = $grant->id > $this->last_grant;
		$this->grants->put( $grant, $is_new );
		if ( $is_new ) {
			$this->last_grant        = $grant->id;
			$this->last_grant_amount = $grant->amount;
		}
		if ( $grant->available > 0 ) {
			$this->due( $grant->expires_at );
		}
	}

	/**
	 * Puts a hold in the place of what is known of it, or adds it as the next one.
	 *
	 * @param Hold $hold The hold.
	 */
	public function put_hold( Hold $hold ): void {
		$this->holds->put( $hold );
		$this->last_hold = max( $this->last_hold, $hold->id );
	}

	/**
	 * Adds a use or a settlement to the sums of its day.
	 *
	 * @param int   $day   The day.
	 * @param About $about What it was about.
	 * @param Draft $entry What it says.
	 */
	public function add_rollup( int $day, About $about, Draft $entry ): void {
		$keys = array( $day, $about->site, $about->agent, $about->feature, $about->model, $about->type );
		$key  = implode( "\n", $keys );
		$sums = array(
			1,
			0 === $entry->cost && 0 === $entry->waived ? 1 : 0,
			$entry->cost,
			$entry->waived,
			$entry->usage?->messages ?? 0,
			$entry->usage?->call_ms ?? 0,
			$entry->usage?->images ?? 0,
		);

		$this->rollups[ $key ] = ( $this->rollups[ $key ] ?? new Rollup( ...$keys ) )->plus( $sums );
	}

	/**
	 * Everything that was changed since the start.
	 *
	 * @param Event[] $events For the outbox.
	 */
	public function changes( array $events ): Changes {
		$start                       = $this->start;
		[ $new_grants, $old_grants ] = self::split( $this->grants->changed(), $start->last_grant );
		[ $new_holds, $old_holds ]   = self::split( $this->holds->changed(), $start->last_hold );
		return new Changes(
			$this->account(),
			$this->requests,
			$this->entries,
			$new_grants,
			$old_grants,
			$new_holds,
			$old_holds,
			$this->items->changed(),
			$this->subscription !== $start->subscription,
			array_values( $this->rollups ),
			$events,
		);
	}

	/**
	 * The account's row as it is now.
	 */
	public function account(): Account {
		return new Account(
			$this->seq,
			$this->version,
			$this->digest,
			$this->last_at,
			$this->available,
			$this->held,
			$this->debt,
			$this->last_grant,
			$this->last_grant_amount,
			$this->last_hold,
			$this->subscriptions,
			$this->subscription,
			$this->days,
			$this->due_at,
			$this->zone,
			$this->day_zone,
			$this->day_zone_until,
			$this->thresholds,
			$this->alert,
		);
	}

	/**
	 * What is new, and what was there before, in the order of ids.
	 *
	 * @template T of Grant|Hold
	 * @param T[] $rows The rows.
	 * @param int $last The last id before.
	 * @return array{T[], T[]}
	 */
	private static function split( array $rows, int $last ): array {
		$parts = array( array(), array() );
		ksort( $rows );
		foreach ( $rows as $id => $row ) {
			$parts[ $id > $last ? 0 : 1 ][] = $row;
		}
		return $parts;
	}
}
