<?php
/**
 * What was measured of one piece of AI work.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * Measured quantities, or expected ones. Immutable.
 *
 * What a model read and wrote is nobody's business but the store's: a store keeps the two token
 * counts apart from what customers can read.
 */
final class Usage {
	/**
	 * One measurement.
	 *
	 * @param string  $feature       The feature that was used.
	 * @param string  $agent         Who used it; may be empty. It has no part in the cost.
	 * @param ?string $model         The model that did it, where known.
	 * @param int     $messages      Messages.
	 * @param int     $call_ms       Milliseconds of call.
	 * @param int     $input_tokens  Model tokens read.
	 * @param int     $output_tokens Model tokens written.
	 * @param int     $images        Images.
	 */
	public function __construct(
		public readonly string $feature,
		public readonly string $agent = '',
		public readonly ?string $model = null,
		public readonly int $messages = 0,
		public readonly int $call_ms = 0,
		public readonly int $input_tokens = 0,
		public readonly int $output_tokens = 0,
		public readonly int $images = 0,
	) {}
}
