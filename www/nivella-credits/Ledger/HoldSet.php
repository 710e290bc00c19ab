<?php
/**
 * The holds that a command needs.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * Holds, as far as they are known, each read from the store once. A clone is independent.
 */
final class HoldSet {
	/**
	 * Holds by id.
	 *
	 * @var array<int, Hold>
	 */
	private array $holds = array();

	/**
	 * Whether all open holds are known.
	 *
	 * @var bool
	 */
	private bool $knows_open = false;

	/**
	 * What sorted() gave, without those that are open no more; null where another was opened since.
	 *
	 * @var ?int[]
	 */
	private ?array $queue = null;

	/**
	 * Ids of the holds that were changed.
	 *
	 * @var array<int, true>
	 */
	private array $changed = array();

	/**
	 * From the store.
	 *
	 * @param Store $store Where they are read from.
	 * @param int   $last  The id of the last one that is stored.
	 */
	public function __construct(
		private readonly Store $store,
		private readonly int $last,
	) {}

	/**
	 * A hold in whatever state; null for an unknown id.
	 *
	 * @param int $id Its id.
	 */
	public function find( int $id ): ?Hold {
		if ( ! isset( $this->holds[ $id ] ) && $id >= 1 && $id <= $this->last ) {
			$hold = $this->store->hold( $id );
			if ( null !== $hold ) {
				$this->holds[ $id ] = $hold;
			}
		}
		return $this->holds[ $id ] ?? null;
	}

	/**
	 * The open hold that lapses first, of two at once the older; null where none is open. Many may
	 * have lapsed by the next command, so they are sorted once for all of them.
	 */
	public function soonest(): ?Hold {
		$this->queue ??= $this->sorted();
		while ( array() !== $this->queue ) {
			$hold = $this->holds[ end( $this->queue ) ];
			if ( Hold::OPEN === $hold->state ) {
				return $hold;
			}
			array_pop( $this->queue );
		}
		return null;
	}

	/**
	 * Whether at least so many are open. Where there never were as many, nothing is read.
	 *
	 * @param int $many How many.
	 */
	public function has_open( int $many ): bool {
		return $this->last >= $many && count( $this->sorted() ) >= $many;
	}

	/**
	 * Ids of the open holds, the last to lapse first.
	 *
	 * @return int[]
	 */
	private function sorted(): array {
		if ( ! $this->knows_open ) {
			$this->knows_open = true;
			foreach ( $this->store->open_holds() as $hold ) {
				$this->holds[ $hold->id ] ??= $hold;
			}
		}
		$is_open = static fn( Hold $hold ): bool => Hold::OPEN === $hold->state;
		$open    = array_filter( $this->holds, $is_open );
		usort(
			$open,
			static fn( Hold $a, Hold $b ): int =>
				array( $b->lapses_at, $b->id ) <=> array( $a->lapses_at, $a->id )
		);
		return array_column( $open, 'id' );
	}

	/**
	 * Puts a hold in the place of what is known of it, or adds it.
	 *
	 * @param Hold $hold The hold.
	 */
	public function put( Hold $hold ): void {
		if ( Hold::OPEN === $hold->state ) {
			$this->queue = null;
		}
		$this->holds[ $hold->id ]   = $hold;
		$this->changed[ $hold->id ] = true;
	}

	/**
	 * The holds that were changed, by id.
	 *
	 * @return array<int, Hold>
	 */
	public function changed(): array {
		return array_intersect_key( $this->holds, $this->changed );
	}
}
