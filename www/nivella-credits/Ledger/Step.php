<?php
/**
 * Where an order item stands, and where it is to go.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * A step of an order item to a target. Immutable.
 */
final class Step {
	/**
	 * One step. Amounts are micro-credits.
	 *
	 * @param Item    $item         The item as it stands.
	 * @param Grant[] $sold         Its grants, in burn order: its purchase, its bonus, or both.
	 * @param int     $target       Its purchased credits that are to be reversed, in all.
	 * @param int     $bonus_target Its bonus credits that are to be reversed, in all.
	 * @param int     $due          Of the new target what has not expired.
	 */
	public function __construct(
		public readonly Item $item,
		public readonly array $sold,
		public readonly int $target,
		public readonly int $bonus_target,
		public readonly int $due,
	) {}

	/**
	 * The step to a target. Of each kind no more is due than its grant still had to give: for expired
	 * parts nothing is taken or owed, and none of the bonus stands in for them.
	 *
	 * @param Item    $item         The item.
	 * @param Grant[] $sold         Its grants.
	 * @param int     $target       The target of its purchased credits.
	 * @param int     $bonus_target The target of its bonus.
	 */
	public static function to( Item $item, array $sold, int $target, int $bonus_target ): self {
		$due = 0;
		foreach ( $sold as $grant ) {
			$used   = $grant->consumed + $grant->held;
			$liable = $grant->available + $used + $item->own_of( $grant->kind );
			$due   += min( $liable, 'bonus' === $grant->kind ? $bonus_target : $target );
		}
		return new self( $item, Burn::sort( $sold ), $target, $bonus_target, $due );
	}

	/**
	 * The target of this kind.
	 *
	 * @param string $kind `purchase` or `bonus`.
	 */
	public function target_of( string $kind ): int {
		return 'bonus' === $kind ? $this->bonus_target : $this->target;
	}

	/**
	 * The movement that it is booked as.
	 *
	 * @param int $forgiven The change of what is forgiven.
	 * @param int $spared   The change of what is expired.
	 */
	public function movement( int $forgiven, int $spared ): Movement {
		$number = $this->item->movements + 1;
		$both   = array( $this->target, $this->bonus_target );
		return new Movement( $this->item->id, $number, ...$both, ...array( $forgiven, $spared ) );
	}

	/**
	 * The change of what is expired, when so much is due.
	 *
	 * @param int $due How much.
	 */
	public function spared( int $due ): int {
		return $this->target + $this->bonus_target - $due - $this->item->spared;
	}

	/**
	 * Ids of its grants.
	 *
	 * @return int[]
	 */
	public function grants(): array {
		return array_map( static fn( Grant $grant ): int => $grant->id, $this->sold );
	}
}
