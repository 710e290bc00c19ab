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
	 * The open holds, by id.
	 *
	 * @return array<int, Hold>
	 */
	public function open(): array {
		if ( ! $this->knows_open ) {
			$this->knows_open = true;
			foreach ( $this->store->open_holds() as $hold ) {
				$this->holds[ $hold->id ] ??= $hold;
			}
		}
		$is_open = static fn( Hold $hold ): bool => Hold::OPEN === $hold->state;
		return array_filter( $this->holds, $is_open );
	}

	/**
	 * Puts a hold in the place of what is known of it, or adds it.
	 *
	 * @param Hold $hold The hold.
	 */
	public function put( Hold $hold ): void {
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
