<?php
/**
 * Billing cycles.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * The windows in which a plan's allowance is granted and used.
 *
 * A cycle's day is the civil day on which the subscription started, in the account's zone. In a
 * month that is too short for it the cycle starts on the month's last day, and the month after is
 * back at the anchor's own day: 31 January, 28 February, 31 March. Cycles include their start,
 * exclude their end, and follow each other without gap or overlap.
 */
final class Cycle {
	/**
	 * The start of a cycle: cycle 0 starts at the anchor itself, cycle n at the start of the anchor's
	 * civil day, clamped to the month's length, n months later.
	 *
	 * @param int  $anchor The subscription's start.
	 * @param Zone $zone   The account's zone.
	 * @param int  $index  The cycle's number.
	 * @throws Refusal `time_invalid` after the year 9999.
	 */
	public static function start( int $anchor, Zone $zone, int $index ): int {
		if ( 0 === $index ) {
			return $anchor;
		}
		[ $year, $month, $day ] = Civil::date( $zone->day_of( $anchor ) );
		$months                 = $year * 12 + $month - 1 + $index;
		[ $year, $month ]       = array( intdiv( $months, 12 ), $months % 12 + 1 );
		return $zone->start_of( $year, $month, min( $day, Civil::days_in_month( $year, $month ) ) );
	}

	/**
	 * The number of the cycle that contains an instant; null before the anchor.
	 *
	 * @param int  $anchor The subscription's start.
	 * @param Zone $zone   The account's zone.
	 * @param int  $at     The instant.
	 * @throws Refusal `time_invalid` after the year 9999.
	 */
	public static function at( int $anchor, Zone $zone, int $at ): ?int {
		if ( $at < $anchor ) {
			return null;
		}
		[ $year, $month, $day ]             = Civil::date( $zone->day_of( $anchor ) );
		[ $now_year, $now_month, $now_day ] = Civil::date( $zone->day_of( $at ) );
		$months                             = ( $now_year - $year ) * 12 + $now_month - $month;
		$index                              = max( 0, $months - ( $now_day < $day ? 1 : 0 ) );
		// One more on the last day of a month too short for the anchor's day, and where a clock that
		// was set back over midnight shows yesterday again after the new cycle has begun.
		return self::start( $anchor, $zone, $index + 1 ) <= $at ? $index + 1 : $index;
	}
}
