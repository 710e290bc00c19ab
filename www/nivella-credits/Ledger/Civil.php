<?php
/**
 * Civil dates of the Gregorian calendar, without a time zone.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * Dates and days since 1970.
 *
 * The conversion from dates is Howard Hinnant's `days_from_civil`
 * (https://howardhinnant.github.io/date_algorithms.html): PHP's own functions take the years 0 to
 * 100 for other ones.
 */
final class Civil {
	/**
	 * Days since 1970-01-01.
	 *
	 * @param int $year  1 to 9999.
	 * @param int $month 1 to 12.
	 * @param int $day   1 to the month's last.
	 */
	public static function days( int $year, int $month, int $day ): int {
		$year       -= $month <= 2 ? 1 : 0;
		$era         = self::floor_div( $year, 400 );
		$year_of_era = $year - $era * 400;
		$day_of_year = intdiv( 153 * ( $month + ( $month > 2 ? -3 : 9 ) ) + 2, 5 ) + $day - 1;
		$day_of_era  = $year_of_era * 365 + intdiv( $year_of_era, 4 ) - intdiv( $year_of_era, 100 );
		return $era * 146097 + $day_of_era + $day_of_year - 719468;
	}

	/**
	 * The date that lies this many days after 1970-01-01.
	 *
	 * @param int $days Days.
	 * @return array{int, int, int} Year, month, day.
	 */
	public static function date( int $days ): array {
		return array_map( 'intval', explode( '-', gmdate( 'Y-n-j', $days * 86400 ) ) );
	}

	/**
	 * A day as it stands on the wire: `2026-11-21`.
	 *
	 * @param int $days Days since 1970.
	 */
	public static function text( int $days ): string {
		return gmdate( 'Y-m-d', $days * 86400 );
	}

	/**
	 * How many days this month has.
	 *
	 * @param int $year  The year.
	 * @param int $month 1 to 12.
	 */
	public static function days_in_month( int $year, int $month ): int {
		$leap = 0 === $year % 4 && ( 0 !== $year % 100 || 0 === $year % 400 );
		return match ( $month ) {
			4, 6, 9, 11 => 30,
			2           => $leap ? 29 : 28,
			default     => 31,
		};
	}

	/**
	 * Whether there is such a date within the years 1 to 9999.
	 *
	 * @param int $year  The year.
	 * @param int $month The month.
	 * @param int $day   The day.
	 */
	public static function exists( int $year, int $month, int $day ): bool {
		return $year >= 1 && $year <= 9999 && $month >= 1 && $month <= 12
			&& $day >= 1 && $day <= self::days_in_month( $year, $month );
	}

	/**
	 * The quotient, rounded down; intdiv() rounds towards zero.
	 *
	 * @param int $number  Any number.
	 * @param int $divisor Above 0.
	 */
	public static function floor_div( int $number, int $divisor ): int {
		$rest = $number % $divisor;
		return intdiv( $number - ( $rest < 0 ? $rest + $divisor : $rest ), $divisor );
	}
}
