<?php
/**
 * A request that was booked before.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * What is remembered of a booked request, for ever. Immutable.
 */
final class Known {
	/**
	 * One request.
	 *
	 * @param string $hash  The digest of its body: 64 lower-case hexadecimal digits.
	 * @param int    $first The sequence number of its first entry.
	 * @param int    $count How many entries it booked; they follow each other.
	 */
	public function __construct(
		public readonly string $hash,
		public readonly int $first,
		public readonly int $count,
	) {}
}
