<?php
/**
 * What work costs, to be compared with other work of the same run.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

/** Only ratios of it are true on every machine. */
final class Cost {
	/** Nanoseconds of the best of some rounds. */
	public static function of( callable $work, int $rounds = 5 ): int {
		$best = PHP_INT_MAX;
		for ( $round = 0; $round < $rounds; $round++ ) {
			$start = hrtime( true );
			$work( $round );
			$best = min( $best, hrtime( true ) - $start );
		}
		return $best;
	}
}
