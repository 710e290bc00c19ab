<?php
/**
 * The check of every day.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Health\Record;
use Nivella\Credits\Storage\Audit;

defined( 'ABSPATH' ) || exit;

/** Repairs by itself what the hooks have missed, in jobs of one page each. */
final class DailyCheck {
	/** Job of every day. */
	public const JOB = 'nivella_credits_daily_check';
	/** Job: one page of paid orders. Argument: its number. */
	public const PAID = 'nivella_credits_check_paid';
	/** Job: one page of the ledger's lines. Argument: the last key ahead of it. */
	public const SOLD = 'nivella_credits_check_sold';

	/** Job: the sums of some accounts. Argument: the last account ahead of them. */
	public const SUMS = 'nivella_credits_check_sums';

	/** What was paid longer ago was checked often enough. */
	private const DAYS     = 35;
	private const ACCOUNTS = 50;

	/** Plans it, where Action Scheduler is there. */
	public static function schedule(): void {
		if ( 0 !== did_action( 'action_scheduler_init' )
			&& ! as_has_scheduled_action( self::JOB, array(), Sync::GROUP ) ) {
			$first = time() + HOUR_IN_SECONDS;
			as_schedule_recurring_action( $first, DAY_IN_SECONDS, self::JOB, array(), Sync::GROUP, true );
		}
	}

	/** Begins. */
	public static function run(): void {
		Record::begin();
		as_enqueue_async_action( self::PAID, array( 1 ), Sync::GROUP );
		as_enqueue_async_action( self::SOLD, array( '' ), Sync::GROUP );
		as_enqueue_async_action( self::SUMS, array( 0 ), Sync::GROUP );
	}

	/**
	 * The sums of some accounts. What does not hold is told, and left as it is.
	 *
	 * @param int $after The last account ahead of them.
	 */
	public static function sums( int $after ): void {
		$done = Audit::open()->check( $after, self::ACCOUNTS );
		$told = array();
		foreach ( $done['faults'] as $account => $what ) {
			$told[] = "$account ($what)";
			$text   = "account $account does not add up: $what";
			wc_get_logger()->critical( $text, array( 'source' => 'nivella-credits' ) );
		}
		Record::add( 'faults', $told );
		if ( null !== $done['next'] ) {
			as_enqueue_async_action( self::SUMS, array( $done['next'] ), Sync::GROUP );
		} else {
			Record::done( 'sums' );
		}
	}

	/**
	 * One page of paid orders.
	 *
	 * @param int $page From 1.
	 */
	public static function paid( int $page ): void {
		$since = max( Payment::first_active_at(), time() - self::DAYS * DAY_IN_SECONDS );
		$done  = Listener::repair()->grant( $since, $page );
		if ( $done['booked'] > 0 ) {
			Log::info( "the daily check granted {$done['booked']} lines of paid orders" );
			Record::add( 'granted', array( (string) $done['booked'] ) );
		}
		if ( $done['more'] ) {
			as_enqueue_async_action( self::PAID, array( $page + 1 ), Sync::GROUP );
		} else {
			Record::done( 'paid' );
		}
	}

	/**
	 * One page of the ledger's lines.
	 *
	 * @param string $after The last key ahead of it.
	 */
	public static function sold( string $after ): void {
		$done = Listener::repair()->astray( $after, true, false );
		Record::add( 'set_right', $done['keys'] );
		Record::add( 'gone', $done['gone'] );
		if ( array() !== $done['keys'] ) {
			Log::info( 'the daily check set right: ' . implode( ', ', $done['keys'] ) );
		}
		if ( array() !== $done['gone'] ) {
			Log::info(
				'orders are gone, and their credits are still there; if they were deleted, '
				. '`wp nivella-credits repair --apply` takes back: ' . implode( ', ', $done['gone'] )
			);
		}
		if ( null !== $done['next'] ) {
			as_enqueue_async_action( self::SOLD, array( $done['next'] ), Sync::GROUP );
		} else {
			Record::done( 'sold' );
		}
	}
}
