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
	 * @param string                  $id           The store's id of it; unique in the whole store.
	 * @param int                     $granted      Its purchased credits; 0 before they are granted.
	 * @param int                     $bonus        Its bonus credits; 0 without.
	 * @param int                     $movements    How many movements there were.
	 * @param int                     $target       The reversed part of `granted`.
	 * @param int                     $bonus_target The reversed part of `bonus`.
	 * @param int                     $own          Taken from its own purchased credits.
	 * @param int                     $own_bonus    Taken from its own bonus credits.
	 * @param int                     $owed         Debt that was made for its used or held credits.
	 * @param array<array{int, int}>  $lent         Grant and amount: what others lent, the last one
	 *                                              last. It can be long; a store keeps it as a text.
	 * @param int                     $forgiven     Used or held, and forgiven.
	 * @param int                     $spared       Expired before it could be taken.
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
}
