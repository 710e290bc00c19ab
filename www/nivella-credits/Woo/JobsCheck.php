<?php
/**
 * Whether the store does its jobs.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Health\Checks;
use Nivella\Credits\Health\Finding;

defined( 'ABSPATH' ) || exit;

/** Action Scheduler runs the daily check, and orders that could not be booked at once. */
final class JobsCheck {
	private const LATE_S = HOUR_IN_SECONDS;

	/**
	 * Runs on `nivella_credits_health_checks`.
	 *
	 * @param mixed $checks Those of others, by name.
	 * @return array<string, array<string, mixed>>
	 */
	public static function add( mixed $checks ): array {
		$check = Checks::check( __( 'Jobs', 'nivella-credits' ), self::look( ... ) );
		return ( is_array( $checks ) ? $checks : array() ) + array( 'jobs' => $check );
	}

	/** Whether the daily check is planned, and is not late. */
	public static function look(): Finding {
		if ( ! function_exists( 'as_next_scheduled_action' ) ) {
			$text = __( 'Action Scheduler is not there: nothing is repaired by itself.', 'nivella-credits' );
			return Finding::critical( $text );
		}
		$next = as_next_scheduled_action( DailyCheck::JOB, array(), Sync::GROUP );
		if ( false === $next ) {
			Jobs::look_again();
			$text = __(
				'The daily check is not planned. It is when an admin page is opened.',
				'nivella-credits',
			);
			return Finding::recommended( $text );
		}
		// True: it runs just now, or is to run at once.
		if ( is_int( $next ) && $next < time() - self::LATE_S ) {
			$text = __( 'Jobs are late. Does the site\'s cron run?', 'nivella-credits' );
			return Finding::recommended( $text );
		}
		return Finding::good( __( 'Action Scheduler does the plugin\'s jobs.', 'nivella-credits' ) );
	}
}
