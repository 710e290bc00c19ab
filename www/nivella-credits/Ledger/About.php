<?php
/**
 * What a use was about, as it is shown and summed.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * By what usage is listed, filtered and summed. Immutable.
 *
 * A settlement that names nothing itself is about what its hold was about: work that failed
 * measured nothing, and still belongs to the agent that tried.
 */
final class About {
	/**
	 * Every text may be empty.
	 *
	 * @param string $agent   Who worked.
	 * @param string $feature The rated feature.
	 * @param string $model   The model's business key.
	 * @param string $type    `message`, `call`, `image` or `use`.
	 * @param string $site    The public id of the site.
	 * @param string $details The caller's reference.
	 */
	public function __construct(
		public readonly string $agent,
		public readonly string $feature,
		public readonly string $model,
		public readonly string $type,
		public readonly string $site,
		public readonly string $details,
	) {}
}
