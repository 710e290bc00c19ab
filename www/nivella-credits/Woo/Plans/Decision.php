<?php
/**
 * What a payment for a plan does.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Plans;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Subscription;
use Nivella\Credits\Storage\PlanSale;

defined( 'ABSPATH' ) || exit;

/**
 * Decides from what runs. Pure: it is asked under the account's lock, and may be asked again.
 *
 * - Nothing runs: the plan begins now, for the months that were paid for. What was cancelled does
 *   not run, though its last cycle lasts; what is bought then brings a cycle of its own. What the
 *   last cycle has left goes where its money went back: one payment is never two allowances.
 * - The plan runs: the months come behind those that are paid for.
 * - Another one runs, and is paid for up to the end of its cycle: it is changed (up at once, down
 *   with the next cycle), and the months come behind that cycle.
 * - Another one runs and is paid for longer: months of one plan never become months of another,
 *   which may cost a multiple, so nothing is booked and the owner is asked. A subscription of
 *   WooCommerce Subscriptions changes what it has paid itself: what that costs is settled there.
 * - A plan without an end was assigned by hand: nobody but the owner knows what was meant by that,
 *   so the owner is asked as well.
 *
 * A refund takes back the time that its line paid for and no other: where more had been paid
 * before, the plan of before goes on until then; where more was paid after it, the owner is asked.
 * What a running cycle has brought stays until its end, as with every cancellation.
 */
final class Decision {
	/** Outcomes of pay(). */
	public const BEGAN   = 'began';
	public const RENEWED = 'renewed';
	public const CHANGED = 'changed';
	public const ASKS    = 'asks';

	/** What becomes of a refunded line. */
	public const ENDS      = 'ends';
	public const SHORTENED = 'shortened';
	public const OVER      = 'over';
	public const OPEN      = 'open';
	public const LATER     = 'later';

	/** What becomes of a line whose order is paid again. */
	public const RESTORED = 'restored';
	public const LOST     = 'lost';

	/** A term ends a day earlier or later where an account has moved to another zone. */
	private const ZONES_MS = 2 * Instant::DAY_MS;

	/**
	 * A payment.
	 *
	 * @param string               $plan The plan's key.
	 * @param array<string, mixed> $term `months`, or `paid_until`.
	 * @param ?Subscription        $own  What the account has.
	 * @param int                  $now  Now, in milliseconds since 1970.
	 * @param int                  $left What a cycle has left whose money went back, micro-credits.
	 * @param ?int                 $paid Until when who pays has paid for what runs.
	 * @return array{string, array<int, array<string, mixed>>} The outcome, and the commands.
	 */
	public static function pay(
		string $plan,
		array $term,
		?Subscription $own,
		int $now,
		int $left = 0,
		?int $paid = null
	): array {
		if ( true !== $own?->covers( $now ) ) {
			$begin = array( 'op' => 'subscribe', 'plan' => $plan ) + $term;
			// Taken behind it, or the account would run out in between.
			$all = 0 === $left ? array( $begin ) : array( $begin, self::take( $left ) );
			return array( self::BEGAN, $all );
		}
		$same = $plan === ( $own->next_plan ?? $own->plan );
		$most = max( (int) $own->cycle_ends_at, (int) $paid ) + self::ZONES_MS;
		if ( null === $own->paid_until || ( ! $same && $own->paid_until > $most ) ) {
			return array( self::ASKS, array() );
		}
		$commands = $same ? array() : array( self::change( $plan ) );
		$until    = isset( $term['paid_until'] ) ? Instant::parse( $term['paid_until'] ) : null;
		if ( null === $until || $until > $own->paid_until ) {
			$commands[] = array( 'op' => 'renew' ) + $term;
		}
		return array( $same ? self::RENEWED : self::CHANGED, $commands );
	}

	/**
	 * All money of a payment went back.
	 *
	 * @param PlanSale      $sale  What it had done.
	 * @param bool          $known Whether there still is the plan of before.
	 * @param ?Subscription $own   What the account has.
	 * @param int           $now   Now.
	 * @return array{string, array<int, array<string, mixed>>}
	 */
	public static function end( PlanSale $sale, bool $known, ?Subscription $own, int $now ): array {
		if ( self::ASKS === $sale->outcome ) {
			return array( self::ASKS, array() );
		}
		$runs = true === $own?->covers( $now ) && $own->number === $sale->subscription;
		if ( ! $runs || $sale->paid_until <= $now ) {
			return array( self::OVER, array() );
		}
		if ( null === $own->paid_until ) {
			return array( self::OPEN, array() );
		}
		if ( $own->paid_until > $sale->paid_until + self::ZONES_MS ) {
			return array( self::LATER, array() );
		}
		$commands = array( array( 'op' => 'cancel' ) );
		if ( null === $sale->paid_from || $sale->paid_from <= $now ) {
			return array( self::ENDS, $commands );
		}
		$commands[] = self::until( $sale->paid_from );
		// Cancelled, it has no other plan to come.
		if ( $known && $sale->plan_before !== $own->plan ) {
			$commands[] = self::change( (string) $sale->plan_before );
		}
		return array( self::SHORTENED, $commands );
	}

	/**
	 * An order that was ended is paid again.
	 *
	 * @param PlanSale      $sale  What it had done before.
	 * @param bool          $known Whether there still is its plan.
	 * @param ?Subscription $own   What the account has.
	 * @param int           $now   Now.
	 * @return array{string, array<int, array<string, mixed>>}
	 */
	public static function again( PlanSale $sale, bool $known, ?Subscription $own, int $now ): array {
		if ( $sale->paid_until <= $now ) {
			return array( self::OVER, array() );
		}
		$left = max( $now, $sale->paid_from ?? $now );
		$fits = $known && $own?->number === $sale->subscription && null !== $own->paid_until
			&& $own->paid_until <= $left + self::ZONES_MS && $own->paid_until < $sale->paid_until;
		if ( ! $fits ) {
			return array( self::LOST, array() );
		}
		$commands = array( self::until( $sale->paid_until ) );
		if ( $sale->plan !== ( $own->next_plan ?? $own->plan ) ) {
			$commands[] = self::change( $sale->plan );
		}
		return array( self::RESTORED, $commands );
	}

	/** Takes what a refunded cycle has left. */
	private static function take( int $left ): array {
		return array(
			'op'        => 'adjust',
			'direction' => 'take',
			'amount'    => Amount::text( $left ),
			'reason'    => __( 'What a refunded plan had left', 'nivella-credits' ),
		);
	}

	/** Moves to a plan. */
	private static function change( string $plan ): array {
		return array( 'op' => 'change_plan', 'plan' => $plan );
	}

	/** Pays up to an instant. */
	private static function until( int $at ): array {
		return array( 'op' => 'renew', 'paid_until' => Instant::text( $at ) );
	}
}
