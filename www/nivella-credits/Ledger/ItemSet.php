<?php
/**
 * The order items that a command needs.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * Order items, as far as they are known, each read from the store once. A clone is independent.
 */
final class ItemSet {
	/**
	 * Items by id; null for one without a grant.
	 *
	 * @var array<string, ?Item>
	 */
	private array $items = array();

	/**
	 * Ids of the items that were changed.
	 *
	 * @var array<string, true>
	 */
	private array $changed = array();

	/**
	 * From the store.
	 *
	 * @param Store $store Where they are read from.
	 */
	public function __construct( private readonly Store $store ) {}

	/**
	 * An order item; null where nothing was granted for it.
	 *
	 * @param string $id Its id.
	 */
	public function find( string $id ): ?Item {
		$this->know( array( $id ) );
		return $this->items[ $id ];
	}

	/**
	 * Reads order items that are not known yet, in one go.
	 *
	 * @param string[] $ids Their ids.
	 */
	public function know( array $ids ): void {
		$is_unknown = fn( string $id ): bool => ! array_key_exists( $id, $this->items );
		$unknown    = array_values( array_unique( array_filter( $ids, $is_unknown ) ) );
		if ( array() === $unknown ) {
			return;
		}
		$this->items += array_fill_keys( $unknown, null );
		foreach ( $this->store->items( $unknown ) as $item ) {
			$this->items[ $item->id ] = $item;
		}
	}

	/**
	 * Puts an order item in the place of what is known of it.
	 *
	 * @param Item $item The item.
	 */
	public function put( Item $item ): void {
		$this->items[ $item->id ]   = $item;
		$this->changed[ $item->id ] = true;
	}

	/**
	 * The items that were changed.
	 *
	 * @return Item[]
	 */
	public function changed(): array {
		return array_values( array_intersect_key( $this->items, $this->changed ) );
	}
}
