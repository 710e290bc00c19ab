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
		public readonly int $uses = 0,
		public readonly int $failed = 0,
		public readonly int $credits = 0,
		public readonly int $waived = 0,
		public readonly int $messages = 0,
		public readonly int $call_ms = 0,
		public readonly int $images = 0,
	) {}

	/**
	 * Its keys, the day first.
	 *
	 * @return array<int, int|string>
	 */
	public function keys(): array {
		return array(
			$this->day,
			$this->site,
			$this->agent,
			$this->feature,
			$this->model,
			$this->type,
		);
	}

	/**
	 * What it adds, in the order of plus().
	 *
	 * @return int[]
	 */
	public function sums(): array {
		return array(
			$this->uses,
			$this->failed,
			$this->credits,
			$this->waived,
			$this->messages,
			$this->call_ms,
			$this->images,
		);
	}

	/**
	 * The same with more.
	 *
	 * @param int[] $sums Uses, failed, credits, waived, messages, call_ms, images.
	 */
	public function plus( array $sums ): self {
		return new self(
			$this->day,
			$this->site,
			$this->agent,
			$this->feature,
			$this->model,
			$this->type,
			$this->uses + $sums[0],
			$this->failed + $sums[1],
			Amount::saturating_add( $this->credits, $sums[2] ),
			Amount::saturating_add( $this->waived, $sums[3] ),
			$this->messages + $sums[4],
			$this->call_ms + $sums[5],
			$this->images + $sums[6],
		);
	}
}
