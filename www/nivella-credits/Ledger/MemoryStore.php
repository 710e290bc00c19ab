<?php
/**
 * One account in memory.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * A store for tests and trials: one account, without a database.
 *
 * It is its own transaction: what is written is kept at once, and claimed requests are kept only
 * with what they booked.
 */
final class MemoryStore implements Store {
	/**
	 * The entries, by sequence number.
	 *
	 * @var array<int, Entry>
	 */
	public array $entries = array();

	/**
	 * The grants by id.
	 *
	 * @var array<int, Grant>
	 */
	public array $grants = array();

	/**
	 * The holds by id.
	 *
	 * @var array<int, Hold>
	 */
	public array $holds = array();

	/**
	 * The order items by id.
	 *
	 * @var array<string, Item>
	 */
	public array $items = array();

	/**
	 * The booked requests by id.
	 *
	 * @var array<string, Known>
	 */
	public array $requests = array();

	/**
	 * The sums of the days, by their keys.
	 *
	 * @var array<string, Rollup>
	 */
	public array $rollups = array();

	/**
	 * The outbox.
	 *
	 * @var Event[]
	 */
	public array $events = array();

	/**
	 * A new account.
	 *
	 * @param Account $account Its row.
	 */
	public function __construct( public Account $account ) {}

	/**
	 * Which of these requests were booked before; there is nobody to wait for.
	 *
	 * @param array<string, string> $hashes The digest of the body by request id.
	 */
	public function claim( array $hashes ): array {
		return self::of( $this->requests, array_keys( $hashes ) );
	}

	/**
	 * The row; it needs no lock.
	 *
	 * @param bool $lock Not looked at.
	 */
	public function account( bool $lock ): Account {
		return $this->account;
	}

	/**
	 * Every grant with something left.
	 */
	public function live_grants(): array {
		return array_filter( $this->grants, static fn( Grant $grant ): bool => $grant->is_live() );
	}

	/**
	 * Grants by id.
	 *
	 * @param int[] $ids Their ids.
	 */
	public function grants( array $ids ): array {
		return self::of( $this->grants, $ids );
	}

	/**
	 * The grants of an order item.
	 *
	 * @param string $order_item Its id.
	 */
	public function grants_of_item( string $order_item ): array {
		$own = static fn( Grant $grant ): bool => $grant->order_item === $order_item;
		return array_filter( $this->grants, $own );
	}

	/**
	 * Order items by id.
	 *
	 * @param string[] $ids Their ids.
	 */
	public function items( array $ids ): array {
		return self::of( $this->items, $ids );
	}

	/**
	 * Every open hold.
	 */
	public function open_holds(): array {
		$open = static fn( Hold $hold ): bool => Hold::OPEN === $hold->state;
		return array_filter( $this->holds, $open );
	}

	/**
	 * A hold.
	 *
	 * @param int $id Its id.
	 */
	public function hold( int $id ): ?Hold {
		return $this->holds[ $id ] ?? null;
	}

	/**
	 * Entries that follow each other.
	 *
	 * @param int $first The first one's sequence number.
	 * @param int $count At most so many.
	 */
	public function entries( int $first, int $count ): array {
		return array_slice( $this->entries, $first - 1, $count );
	}

	/**
	 * Grants in the order of their ids.
	 *
	 * @param int $after Only those with a higher id.
	 * @param int $most  At most so many.
	 */
	public function grants_after( int $after, int $most ): array {
		return array_slice( $this->grants, $after, $most );
	}

	/**
	 * Keeps everything that a command has changed.
	 *
	 * @param Changes $changes What to keep.
	 */
	public function write( Changes $changes ): void {
		$this->account   = $changes->account;
		$this->requests += $changes->requests;
		array_push( $this->entries, ...$changes->entries );
		array_push( $this->events, ...$changes->events );
		foreach ( array( ...$changes->new_grants, ...$changes->changed_grants ) as $grant ) {
			$this->grants[ $grant->id ] = $grant;
		}
		foreach ( array( ...$changes->new_holds, ...$changes->changed_holds ) as $hold ) {
			$this->holds[ $hold->id ] = $hold;
		}
		foreach ( $changes->items as $item ) {
			$this->items[ $item->id ] = $item;
		}
		foreach ( $changes->rollups as $rollup ) {
			$key                   = implode( "\n", $rollup->keys() );
			$known                 = $this->rollups[ $key ] ?? null;
			$this->rollups[ $key ] = null === $known ? $rollup : $known->plus( $rollup->sums() );
		}
	}

	/**
	 * Those rows that there are, by their keys.
	 *
	 * @template T
	 * @param array<int|string, T> $rows The rows.
	 * @param array<int|string>    $keys Their keys.
	 * @return array<int|string, T>
	 */
	private static function of( array $rows, array $keys ): array {
		$found = array();
		foreach ( $keys as $key ) {
			if ( isset( $rows[ $key ] ) ) {
				$found[ $key ] = $rows[ $key ];
			}
		}
		return $found;
	}
}
