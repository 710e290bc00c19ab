<?php
/**
 * One step of an order item's reversal.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * Movement n of an order item: the step from what was booked to the target. Immutable.
 */
final class Movement {
	/**
	 * Amounts are micro-credits.
	 *
	 * @param string $item         The order item.
	 * @param int    $number       Counts from 1 within the item.
	 * @param int    $target       The item's purchased credits that are reversed after it, in all.
	 * @param int    $bonus_target The item's bonus credits that are reversed after it, in all.
	 * @param int    $forgiven     The change of what was forgiven because nothing was left to take.
	 * @param int    $spared       The change of what was expired, so neither taken nor owed.
	 */
	public function __construct(
		public readonly string $item,
		public readonly int $number,
		public readonly int $target,
		public readonly int $bonus_target,
		public readonly int $forgiven,
		public readonly int $spared,
	) {}
}
