<?php
/**
 * A line of an order in the ledger.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Ledger\Item;

defined( 'ABSPATH' ) || exit;

/** What is booked of a line, and on which account. Immutable. */
final class Sold {
	/**
	 * One line.
	 *
	 * @param int  $account The account's id.
	 * @param Item $item    What is booked.
	 */
	public function __construct( public readonly int $account, public readonly Item $item ) {}

	/**
	 * How the ledger knows a line of an order.
	 *
	 * @param int $order The order's id.
	 * @param int $item  The line's id.
	 */
	public static function key( int $order, int $item ): string {
		return self::prefix( $order ) . $item;
	}

	/**
	 * What the keys of all lines of an order begin with.
	 *
	 * @param int $order The order's id.
	 */
	public static function prefix( int $order ): string {
		return "order-$order-item-";
	}

	/**
	 * The ids of order and line; null for what was sold elsewhere.
	 *
	 * @return array{int, int}|null
	 */
	public function ids(): ?array {
		return self::ids_of( $this->item->id );
	}

	/**
	 * The ids that a key of key() has in it; null for what is none.
	 *
	 * @param string $key The ledger's key of a line.
	 * @return array{int, int}|null Of the order, of the line.
	 */
	public static function ids_of( string $key ): ?array {
		$fits = 1 === preg_match( '/^order-(\d{1,18})-item-(\d{1,18})$/D', $key, $found );
		return $fits ? array( (int) $found[1], (int) $found[2] ) : null;
	}
}
