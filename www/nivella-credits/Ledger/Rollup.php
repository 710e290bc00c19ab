<?php
/**
 * What is added to the sums of one day.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * Usage to be added to the sums of one day and one set of keys. Immutable.
 */
final class Rollup {
	/**
	 * What to add. Amounts are micro-credits.
	 *
	 * @param int    $day      Days since 1970, in the account's zone.
	 * @param string $site     Key, as in About; may be empty, like all of them.
	 * @param string $agent    Key.
	 * @param string $feature  Key.
	 * @param string $model    Key.
	 * @param string $type     Key.
	 * @param int    $uses     How many uses and settlements.
	 * @param int    $failed   How many of them cost nothing and waived nothing.
	 * @param int    $credits  What they cost.
	 * @param int    $waived   What an unlimited plan waived of their cost.
	 * @param int    $messages Messages.
	 * @param int    $call_ms  Milliseconds of call.
	 * @param int    $images   Images.
	 */
	public function __construct(
		public readonly int $day,
		public readonly string $site,
		public readonly string $agent,
		public readonly string $feature,
		public readonly string $model,
		public readonly string $type,
		public readonly int $uses,
		public readonly int $failed,
		public readonly int $credits,
		public readonly int $waived,
		public readonly int $messages,
		public readonly int $call_ms,
		public readonly int $images,
	) {}
}
