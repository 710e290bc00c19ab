<?php
/**
 * What one grant gave or got back.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * Credits that moved from one part of a grant to another, in one entry. Immutable.
 *
 * Parts are `available`, `held`, `consumed`, `reversed`, `expired`.
 */
final class Draw {
	/**
	 * One move.
	 *
	 * @param int    $grant  The grant's id.
	 * @param string $from   From this part.
	 * @param string $to     To this part.
	 * @param int    $amount Micro-credits, above 0.
	 */
	public function __construct(
		public readonly int $grant,
		public readonly string $from,
		public readonly string $to,
		public readonly int $amount,
	) {}
}
