<?php
/**
 * What the owner reads of plans beside an order.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Plans;

use Nivella\Credits\Ledger\Subscription;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Storage\PlanSale;
use Nivella\Credits\Woo\Notes;

defined( 'ABSPATH' ) || exit;

/** Order notes, only for the store's staff. */
final class Told {
	/**
	 * A line was booked.
	 *
	 * @param int      $order_id The order's id.
	 * @param string   $line     The line's name.
	 * @param Offer    $offer    What it sells.
	 * @param PlanSale $sale     What is booked.
	 */
	public static function paid( int $order_id, string $line, Offer $offer, PlanSale $sale ): void {
		$text = match ( $sale->outcome ) {
			/* translators: 1: name of a plan, 2: a date. */
			Decision::BEGAN   => __( 'The plan %1$s began, and is paid until %2$s.', 'nivella-credits' ),
			/* translators: 1: name of a plan, 2: a date. */
			Decision::RENEWED => __( 'The plan %1$s goes on, and is paid until %2$s.', 'nivella-credits' ),
			/* translators: 1: name of a plan, 2: a date, 3: name of the plan before. */
			Decision::CHANGED => __(
				'The plan changes from %3$s to %1$s, and is paid until %2$s.',
				'nivella-credits'
			),
			default           => self::asks( $sale ),
		};
		$before = null === $sale->plan_before ? '' : self::name( $sale->plan_before );
		$until  = self::day( $sale->paid_until ?? $sale->paid_from );
		Notes::add( $order_id, "$line: " . sprintf( $text, $offer->name(), $until, $before ) );
	}

	/**
	 * What the owner is asked of a line for which nothing was booked.
	 *
	 * @param PlanSale $sale The line.
	 */
	private static function asks( PlanSale $sale ): string {
		return null === $sale->paid_from
			/* translators: 1: name of a plan, 3: name of the plan before. */
			? __(
				'Nothing was booked for the plan %1$s: the customer has the plan %3$s without an end, assigned by hand. Which of them is meant to count? Please end that one and assign this one by hand, or refund this line.',
				'nivella-credits'
			)
			/* translators: 1: name of a plan, 2: a date, 3: name of the plan before. */
			: __(
				'Nothing was booked for the plan %1$s: the plan %3$s is paid beyond its running cycle, until %2$s, and months of one plan do not become months of another. Please change the plan on the account by hand, or refund this line.',
				'nivella-credits'
			);
	}

	/**
	 * A line was ended, or given again.
	 *
	 * @param int           $order_id The order's id.
	 * @param string        $done     One of Decision's words.
	 * @param PlanSale      $sale     The line.
	 * @param ?Subscription $own      What ran before that.
	 */
	public static function moved(
		int $order_id,
		string $done,
		PlanSale $sale,
		?Subscription $own
	): void {
		$text = match ( $done ) {
			/* translators: 1: name of a plan, 2: a date. */
			Decision::ENDS      => __(
				'The plan %1$s was ended: no cycle begins any more. What its running cycle has brought stays until %2$s.',
				'nivella-credits'
			),
			/* translators: 1: name of a plan, 2: a date, 3: name of the plan before. */
			Decision::SHORTENED => __(
				'What this order had paid for the plan %1$s was taken back. What had been paid before goes on with the plan %3$s until %2$s.',
				'nivella-credits'
			),
			/* translators: 1: name of a plan. */
			Decision::OVER      => __(
				'For the plan %1$s there was nothing to be done: what was paid for is over, or has another plan in its place.',
				'nivella-credits'
			),
			/* translators: 1: name of a plan. */
			Decision::OPEN      => __(
				'The plan %1$s was not ended: it runs without an end, set by hand. Should it end?',
				'nivella-credits'
			),
			/* translators: 1: name of a plan. */
			Decision::LATER     => __(
				'The plan %1$s was not ended: more was paid for it later. Should it end earlier? Please set that on the account by hand.',
				'nivella-credits'
			),
			/* translators: 1: name of a plan, 2: a date. */
			Decision::RESTORED  => __( 'The plan %1$s is paid until %2$s again.', 'nivella-credits' ),
			/* translators: 1: name of a plan. */
			Decision::LOST      => __(
				'The plan %1$s was not given again, since another one took its place meanwhile. Please assign it by hand.',
				'nivella-credits'
			),
			/* translators: 1: name of a plan. */
			default             => __( 'For the plan %1$s nothing had been booked.', 'nivella-credits' ),
		};
		$day = match ( $done ) {
			Decision::ENDS      => $own?->cycle_ends_at,
			Decision::SHORTENED => $sale->paid_from,
			default             => $sale->paid_until,
		};
		$before = self::name( $sale->plan_before ?? $sale->plan );
		$text   = sprintf( $text, self::name( $sale->plan ), self::day( $day ), $before );
		Notes::add( $order_id, $text );
	}

	/**
	 * A part of the money of a line went back.
	 *
	 * @param int    $order_id The order's id.
	 * @param string $line     The line's name.
	 */
	public static function partly( int $order_id, string $line ): void {
		$text = __(
			'A part was refunded, and the plan runs as before. Should it end earlier? Please set that on the account by hand, or refund the whole line.',
			'nivella-credits'
		);
		Notes::add( $order_id, "$line: $text" );
	}

	/**
	 * A line cannot be booked.
	 *
	 * @param int    $order_id The order's id.
	 * @param string $line     The line's name.
	 * @param string $plan     The plan's key.
	 */
	public static function waits( int $order_id, string $line, string $plan ): void {
		$text = isset( Configuration::plans()[ $plan ] )
			/* translators: %s: the key of a plan. */
			? __(
				'The plan “%s” cannot be booked for so long. Please assign it by hand, or refund this line.',
				'nivella-credits'
			)
			/* translators: %s: the key of a plan. */
			: __(
				'The plan “%s” was deleted, so nothing could be booked yet. Make a plan with this key again, and it is booked within a day; or assign another one by hand, or refund this line.',
				'nivella-credits'
			);
		Notes::add( $order_id, "$line: " . sprintf( $text, $plan ) );
	}

	/** The name of a plan; its key where it is gone. */
	public static function name( string $key ): string {
		return (string) ( Configuration::plans()[ $key ]['name'] ?? $key );
	}

	/** An instant as the site writes days. */
	public static function day( ?int $at ): string {
		return null === $at
			? ''
			: (string) wp_date( (string) get_option( 'date_format' ), intdiv( $at, 1000 ) );
	}
}
