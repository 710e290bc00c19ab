<?php
/**
 * The server's time.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

use Nivella\Credits\Ledger\Instant;

defined( 'ABSPATH' ) || exit;

/** For answers that come from no transaction; those that do carry the database's time. */
final class Clock {
	/** Milliseconds since 1970. */
	public static function now(): int {
		return (int) ( microtime( true ) * 1000 );
	}

	/** RFC 3339 in UTC. */
	public static function text(): string {
		return Instant::text( self::now() );
	}
}
