<?php
/**
 * How much a test does.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

/** `make test` does a small share; `make stress` and `make test-store` the full figures. */
final class Figures {
	/** The share that is asked for. */
	public static function of( int $full, int $share ): int {
		return getenv( 'NIVELLA_FULL' ) ? $full : $share;
	}
}
