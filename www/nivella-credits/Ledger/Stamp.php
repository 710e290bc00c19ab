<?php
/**
 * Who writes, and when.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * What stands on every entry of one request.
 */
final class Stamp {
	/**
	 * The kind of the request's first entry; null before it.
	 *
	 * @var ?string
	 */
	public ?string $kind = null;

	/**
	 * One stamp.
	 *
	 * @param int     $now       The ledger's time.
	 * @param ?string $request   The request's id; null for what time alone does.
	 * @param ?string $hash      The digest of its body.
	 * @param ?string $reference Its reference.
	 * @param ?string $site      Its site.
	 * @param ?string $reason    Its reason; it stands on entries of the first one's kind.
	 */
	public function __construct(
		public readonly int $now,
		public readonly ?string $request = null,
		public readonly ?string $hash = null,
		public readonly ?string $reference = null,
		public readonly ?string $site = null,
		public readonly ?string $reason = null,
	) {}
}
