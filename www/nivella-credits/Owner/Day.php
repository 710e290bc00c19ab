<?php
/**
 * A day that an owner names.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Owner;

use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/** Days are those of the site's zone; the last one of something is a part of it. */
final class Day {
	/**
	 * The instant that a day ends at, as the ledger takes it.
	 *
	 * @param string $text  As 2026-01-31.
	 * @param string $field What is wrong where it is none.
	 * @throws Refusal `time_invalid`, naming the field.
	 */
	public static function end( string $text, string $field ): string {
		$day = \DateTimeImmutable::createFromFormat( '!Y-m-d', $text, wp_timezone() );
		if ( false === $day || $day->format( 'Y-m-d' ) !== $text ) {
			throw new Refusal( 'time_invalid', 'no such day', $field );
		}
		return Instant::text( $day->modify( 'tomorrow' )->getTimestamp() * 1000 );
	}
}
