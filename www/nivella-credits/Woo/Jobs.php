<?php
/**
 * The jobs that come again and again.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Plugin\Activation;
use Nivella\Credits\Storage\Outbox;

defined( 'ABSPATH' ) || exit;

/** Has them planned. Each look costs queries, so there is one in an hour, and none by visitors. */
final class Jobs {
	/** Option: when the last look was, in seconds since 1970. */
	private const LOOKED_AT = 'nivella_credits_jobs_looked_at';

	/** Runs on `wp_loaded`, behind Action Scheduler. */
	public static function plan(): void {
		$since = time() - (int) get_option( self::LOOKED_AT, 0 );
		if ( ! Activation::is_behind() || abs( $since ) < HOUR_IN_SECONDS ) {
			return;
		}
		update_option( self::LOOKED_AT, time(), true );
		DailyCheck::schedule();
		Delivery::schedule();
	}

	/**
	 * The plugin is switched off: what comes again would find nobody. What is to be done once waits;
	 * what is lost of it meanwhile, the check of every day finds.
	 */
	public static function stop(): void {
		wp_clear_scheduled_hook( Outbox::JOB );
		// Where nobody looked yet nothing was planned, and there may be no table of jobs.
		$planned = (int) get_option( self::LOOKED_AT, 0 ) > 0;
		if ( $planned && 0 !== did_action( 'action_scheduler_init' ) ) {
			as_unschedule_all_actions( DailyCheck::JOB, array(), Sync::GROUP );
			as_unschedule_all_actions( Outbox::JOB, array(), Sync::GROUP );
		}
	}

	/** The next request that may look does. */
	public static function look_again(): void {
		update_option( self::LOOKED_AT, 0, true );
	}
}
