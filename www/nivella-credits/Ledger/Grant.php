<?php
/**
 * An allocation of credits, with its five parts.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * A grant: immutable terms, and how its credits are spread over its five parts.
 *
 * Always: available + held + consumed + reversed + expired = amount. A grant is live while it has
 * anything available or held. Amounts are micro-credits, times are milliseconds since 1970.
 *
 * It comes from an order item, from a cycle of a subscription, or from neither.
 */
final class Grant {
	/**
	 * One grant.
	 *
	 * @param int     $id           Counts from 1 within its account.
	 * @param string  $kind         allowance, purchase, bonus, refund or adjustment.
	 * @param int     $priority     0 to 255; lower burns first.
	 * @param int     $effective_at From when it counts.
	 * @param ?int    $expires_at   The first instant at which it can't be used; null: never.
	 * @param int     $amount       Above 0.
	 * @param ?string $order_item   The order item that it was sold as, or is the bonus of.
	 * @param ?int    $subscription The number of the subscription that it is a cycle's grant of.
	 * @param ?int    $cycle        The number of the cycle, from 0.
	 * @param ?string $share        `allowance`, `rollover` or `upgrade`: which of the cycle's grants.
	 * @param ?int    $level        The plan level of an upgrade.
	 * @param int     $available    Part: it can be used.
	 * @param int     $held         Part: a hold reserves it.
	 * @param int     $consumed     Part: it was used, or repaid debt.
	 * @param int     $reversed     Part: it was taken back.
	 * @param int     $expired      Part: its time ran out.
	 */
	public function __construct(
		public readonly int $id,
		public readonly string $kind,
		public readonly int $priority,
		public readonly int $effective_at,
		public readonly ?int $expires_at,
		public readonly int $amount,
		public readonly ?string $order_item = null,
		public readonly ?int $subscription = null,
		public readonly ?int $cycle = null,
		public readonly ?string $share = null,
		public readonly ?int $level = null,
		public readonly int $available = 0,
		public readonly int $held = 0,
		public readonly int $consumed = 0,
		public readonly int $reversed = 0,
		public readonly int $expired = 0,
	) {}

	/**
	 * Whether it still has something available or held.
	 */
	public function is_live(): bool {
		return $this->available > 0 || $this->held > 0;
	}

	/**
	 * Whether its time is over; the expiry instant itself is outside.
	 *
	 * @param int $at Milliseconds since 1970.
	 */
	public function is_expired( int $at ): bool {
		return null !== $this->expires_at && $this->expires_at <= $at;
	}

	/**
	 * The same grant with credits moved from one of its parts to another.
	 *
	 * @param string $from   From this part.
	 * @param string $to     To this part.
	 * @param int    $amount Above 0.
	 * @throws Refusal `amount_out_of_range` for more than the part has: the ledger is at fault then.
	 */
	public function moved( string $from, string $to, int $amount ): self {
		$parts = array(
			'available' => $this->available,
			'held'      => $this->held,
			'consumed'  => $this->consumed,
			'reversed'  => $this->reversed,
			'expired'   => $this->expired,
		);

		$parts[ $from ] -= $amount;
		$parts[ $to ]   += $amount;
		if ( $amount <= 0 || $parts[ $from ] < 0 ) {
			throw new Refusal( 'amount_out_of_range', 'a part has no more than it has' );
		}
		return new self(
			$this->id,
			$this->kind,
			$this->priority,
			$this->effective_at,
			$this->expires_at,
			$this->amount,
			$this->order_item,
			$this->subscription,
			$this->cycle,
			$this->share,
			$this->level,
			$parts['available'],
			$parts['held'],
			$parts['consumed'],
			$parts['reversed'],
			$parts['expired'],
		);
	}
}
