<?php
/**
 * What failed is tried again.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

defined( 'ABSPATH' ) || exit;

/**
 * By a job, later and later, so that what is away for long is not asked for ever. A job ends its
 * arguments with how often it was tried before.
 */
final class Retry {
	/** Seconds until the first time, and how many times: up to 11 days after the one before. */
	private const BOOKING = array( MINUTE_IN_SECONDS, 8 );
	/** A mail server that is away is away for minutes; after a day nobody waits for the mail. */
	private const MAIL = array( 5 * MINUTE_IN_SECONDS, 5 );

	private const GROWS = 4;

	/**
	 * Something could not be booked.
	 *
	 * @param string  $job   The job.
	 * @param mixed[] $args  Its arguments ahead of the tries.
	 * @param int     $tries How often it was tried before.
	 */
	public static function booking( string $job, array $args, int $tries ): void {
		self::plan( self::BOOKING, $job, $args, $tries );
	}

	/**
	 * Something could not be mailed.
	 *
	 * @param string  $job   The job.
	 * @param mixed[] $args  Its arguments ahead of the tries.
	 * @param int     $tries How often it was tried before.
	 */
	public static function mail( string $job, array $args, int $tries ): void {
		self::plan( self::MAIL, $job, $args, $tries );
	}

	/**
	 * Plans the next time, if there is to be one.
	 *
	 * @param array{int, int} $how   BOOKING or MAIL.
	 * @param string          $job   The job.
	 * @param mixed[]         $args  Its arguments ahead of the tries.
	 * @param int             $tries How often it was tried before.
	 */
	private static function plan( array $how, string $job, array $args, int $tries ): void {
		list( $first_s, $most ) = $how;
		// A store that is being updated may be without the one who does its jobs.
		if ( $tries < $most && function_exists( 'as_schedule_single_action' ) ) {
			$at = time() + $first_s * ( self::GROWS ** $tries );
			as_schedule_single_action( $at, $job, array( ...$args, $tries + 1 ), Sync::GROUP );
		}
	}
}
