<?php
/**
 * A plan that was paid for.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

defined( 'ABSPATH' ) || exit;

/** What a payment has done to the subscription of an account. Immutable. */
final class PlanSale {
	/** State: it counts. */
	public const COUNTS = '';
	/** State: what it paid for was ended. */
	public const ENDED = 'ended';
	/** State: its money went back, and there was nothing to end. */
	public const KEPT = 'kept';

	/**
	 * Times are milliseconds since 1970.
	 *
	 * @param string  $id           Its key, unique in the whole store.
	 * @param int     $account      Whose subscription.
	 * @param string  $plan         The key of the plan that was paid for.
	 * @param ?string $plan_before  The plan that ran before, where one did.
	 * @param string  $outcome      What was done: the word of who decided it.
	 * @param int     $subscription The number of the subscription; 0 where nothing was booked.
	 * @param ?int    $paid_from    Until when it had been paid before; null where it had not.
	 * @param ?int    $paid_until   Until when it was paid then.
	 * @param string  $state        COUNTS, ENDED or KEPT.
	 * @param int     $moves        How often the state has changed.
	 */
	public function __construct(
		public readonly string $id,
		public readonly int $account,
		public readonly string $plan,
		public readonly ?string $plan_before,
		public readonly string $outcome,
		public readonly int $subscription,
		public readonly ?int $paid_from,
		public readonly ?int $paid_until,
		public readonly string $state = self::COUNTS,
		public readonly int $moves = 0,
	) {}

	/**
	 * From a row.
	 *
	 * @param array<string, ?string> $row The row.
	 */
	public static function read( array $row ): self {
		$time = static fn( ?string $text ): ?int => null === $text ? null : (int) $text;
		return new self(
			(string) $row['id'],
			(int) $row['account'],
			(string) $row['plan'],
			$row['plan_before'],
			(string) $row['outcome'],
			(int) $row['subscription'],
			$time( $row['paid_from'] ),
			$time( $row['paid_until'] ),
			(string) $row['state'],
			(int) $row['moves'],
		);
	}
}
