<?php
/**
 * Moments as texts and as numbers.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * A moment is a count of milliseconds since 1970 in UTC, within the years 1 to 9999.
 */
final class Instant {
	public const DAY_MS  = 86400000;
	public const HOUR_MS = 3600000;
	private const MIN_MS = -62135596800000;
	private const MAX_MS = 253402300799999;
	private const SHAPE  =
		'/^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/D';

	/**
	 * Reads RFC 3339 with `T`, a fraction of at most 9 digits (milliseconds are kept) and `Z` or an
	 * offset.
	 *
	 * @param string $text The text.
	 * @throws Refusal `time_invalid` for anything else, and for days and times that do not exist.
	 */
	public static function parse( string $text ): int {
		if ( 1 !== preg_match( self::SHAPE, $text, $found ) ) {
			throw self::invalid();
		}
		[ , $year, $month, $day, $hour, $minute, $second, $fraction, $zone ] = $found;
		$offset = 'Z' === $zone ? 0 : self::offset_minutes( $zone );
		if ( ! Civil::exists( (int) $year, (int) $month, (int) $day )
			|| (int) $hour > 23 || (int) $minute > 59 || (int) $second > 59 || null === $offset ) {
			throw self::invalid();
		}
		$seconds = (int) $hour * 3600 + ( (int) $minute - $offset ) * 60 + (int) $second;
		$days    = Civil::days( (int) $year, (int) $month, (int) $day );
		$ms      = (int) substr( str_pad( $fraction, 3, '0' ), 0, 3 );
		return self::checked( $days * self::DAY_MS + $seconds * 1000 + $ms );
	}

	/**
	 * RFC 3339 in UTC with milliseconds, the one form on the wire.
	 *
	 * @param int $ms The moment.
	 */
	public static function text( int $ms ): string {
		$second = Civil::floor_div( $ms, 1000 );
		return gmdate( 'Y-m-d\TH:i:s.', $second )
			. str_pad( (string) ( $ms - $second * 1000 ), 3, '0', STR_PAD_LEFT ) . 'Z';
	}

	/**
	 * The moment itself, where there is one.
	 *
	 * @param int $ms The moment.
	 * @throws Refusal `time_invalid` outside the years 1 to 9999.
	 */
	public static function checked( int $ms ): int {
		if ( $ms < self::MIN_MS || $ms > self::MAX_MS ) {
			throw self::invalid();
		}
		return $ms;
	}

	/**
	 * The minutes of an offset; null for one that is none.
	 *
	 * @param string $text As `+05:30`.
	 */
	private static function offset_minutes( string $text ): ?int {
		[ $hours, $minutes ] = array_map( 'intval', explode( ':', substr( $text, 1 ) ) );
		$sign                = '-' === $text[0] ? -1 : 1;
		return $hours > 23 || $minutes > 59 ? null : $sign * ( $hours * 60 + $minutes );
	}

	/**
	 * What every wrong text is.
	 */
	private static function invalid(): Refusal {
		return new Refusal( 'time_invalid', 'a time is RFC 3339, within the years 1 to 9999' );
	}
}
