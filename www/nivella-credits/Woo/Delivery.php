<?php
/**
 * Events of the ledger, delivered by a job.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Storage\Outbox;

defined( 'ABSPATH' ) || exit;

/**
 * Has what waits in the outbox delivered every few minutes, also where nobody opens a page: by
 * Action Scheduler, which WooCommerce brings, or without it by WordPress's own cron.
 */
final class Delivery {
	private const EVERY_S  = 5 * MINUTE_IN_SECONDS;
	private const INTERVAL = 'nivella_credits_minutes';

	/** Plans it. */
	public static function schedule(): void {
		$next = wp_next_scheduled( Outbox::JOB );
		if ( 0 === did_action( 'action_scheduler_init' ) ) {
			if ( false === $next ) {
				wp_schedule_event( time() + self::EVERY_S, self::INTERVAL, Outbox::JOB );
			}
			return;
		}
		if ( false !== $next ) {
			wp_clear_scheduled_hook( Outbox::JOB );
		}
		if ( ! as_has_scheduled_action( Outbox::JOB, array(), Sync::GROUP ) ) {
			$first = time() + self::EVERY_S;
			as_schedule_recurring_action(
				$first,
				self::EVERY_S,
				Outbox::JOB,
				array(),
				Sync::GROUP,
				true
			);
		}
	}

	/**
	 * Adds the interval to those of WordPress's cron.
	 *
	 * @param mixed $intervals By name.
	 * @return mixed
	 */
	public static function intervals( mixed $intervals ): mixed {
		if ( is_array( $intervals ) ) {
			$name  = __( 'Every five minutes', 'nivella-credits' );
			$every = array( 'interval' => self::EVERY_S, 'display' => $name );

			$intervals[ self::INTERVAL ] = $every;
		}
		return $intervals;
	}
}
