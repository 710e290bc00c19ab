<?php
/**
 * What a call refuses.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Ledger;

use Nivella\Credits\Ledger\Refusal;

/** Catches refusals, for tests that look at many. */
final class Refused {
	/** The refusal; null where there is none. */
	public static function by( callable $call ): ?Refusal {
		try {
			$call();
			return null;
		} catch ( Refusal $refusal ) {
			return $refusal;
		}
	}
}
