<?php
/**
 * The grants that a command needs.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * Grants, as far as they are known, each read from the store once. A clone is independent.
 */
final class GrantSet {
	/**
	 * Grants by id.
	 *
	 * @var array<int, Grant>
	 */
	private array $grants = array();

	/**
	 * Ids of live grants in burn order; null before they were asked for.
	 *
	 * @var ?int[]
	 */
	private ?array $live = null;

	/**
	 * Ids of an order item's grants, by item.
	 *
	 * @var array<string, int[]>
	 */
	private array $sold = array();

	/**
	 * Ids of the grants that were changed.
	 *
	 * @var array<int, true>
	 */
	private array $changed = array();

	/**
	 * From the store.
	 *
	 * @param Store $store Where they are read from.
	 */
	public function __construct( private readonly Store $store ) {}

	/**
	 * A grant, live or not; null for an unknown id.
	 *
	 * @param int $id Its id.
	 */
	public function find( int $id ): ?Grant {
		if ( ! isset( $this->grants[ $id ] ) ) {
			$this->know( array( $id ) );
		}
		return $this->grants[ $id ] ?? null;
	}

	/**
	 * Reads grants that are not known yet, in one go.
	 *
	 * @param int[] $ids Their ids.
	 */
	public function know( array $ids ): void {
		$this->live_ids();
		$is_unknown = fn( int $id ): bool => ! isset( $this->grants[ $id ] );
		$unknown    = array_values( array_unique( array_filter( $ids, $is_unknown ) ) );
		if ( array() !== $unknown ) {
			$this->keep( $this->store->grants( $unknown ) );
		}
	}

	/**
	 * The live grants in burn order.
	 *
	 * @return Grant[]
	 */
	public function live(): array {
		return array_map( fn( int $id ): Grant => $this->grants[ $id ], $this->live_ids() );
	}

	/**
	 * Ids of the live grants, in burn order.
	 *
	 * @return int[]
	 */
	public function live_ids(): array {
		if ( null === $this->live ) {
			$grants     = Burn::sort( $this->store->live_grants() );
			$this->live = array_map( static fn( Grant $grant ): int => $grant->id, $grants );
			$this->keep( $grants );
		}
		return $this->live;
	}

	/**
	 * The grants of an order item, live or not.
	 *
	 * @param string $item Its id.
	 * @return Grant[]
	 */
	public function of_item( string $item ): array {
		if ( ! isset( $this->sold[ $item ] ) ) {
			$this->keep( $this->store->grants_of_item( $item ) );
			$is_own              = static fn( Grant $grant ): bool => $grant->order_item === $item;
			$this->sold[ $item ] = array_keys( array_filter( $this->grants, $is_own ) );
		}
		return array_map( fn( int $id ): Grant => $this->grants[ $id ], $this->sold[ $item ] );
	}

	/**
	 * Puts a grant in the place of what is known of it, or adds it.
	 *
	 * @param Grant $grant  The grant.
	 * @param bool  $is_new Whether it is not known yet, nor stored.
	 */
	public function put( Grant $grant, bool $is_new ): void {
		$this->live_ids();
		$item = $grant->order_item;
		if ( $is_new && null !== $item && isset( $this->sold[ $item ] ) ) {
			$this->sold[ $item ][] = $grant->id;
		}
		$this->grants[ $grant->id ]  = $grant;
		$this->changed[ $grant->id ] = true;
		$this->place( $grant );
	}

	/**
	 * The grants that were changed, by id.
	 *
	 * @return array<int, Grant>
	 */
	public function changed(): array {
		return array_intersect_key( $this->grants, $this->changed );
	}

	/**
	 * Keeps what was read, unless it is known and may be newer.
	 *
	 * @param Grant[] $grants The grants.
	 */
	private function keep( array $grants ): void {
		foreach ( $grants as $grant ) {
			$this->grants[ $grant->id ] ??= $grant;
		}
	}

	/**
	 * Puts a grant into its place among the live ones, or takes it out.
	 *
	 * @param Grant $grant The grant.
	 */
	private function place( Grant $grant ): void {
		// What is drawn from stands at the front, so this looks at few.
		$at = array_search( $grant->id, $this->live, true );
		if ( ! $grant->is_live() && false !== $at ) {
			array_splice( $this->live, $at, 1 );
		} elseif ( $grant->is_live() && false === $at ) {
			$at = 0;
			while ( isset( $this->live[ $at ] )
				&& Burn::compare( $this->grants[ $this->live[ $at ] ], $grant ) < 0 ) {
				++$at;
			}
			array_splice( $this->live, $at, 0, array( $grant->id ) );
		}
	}
}
