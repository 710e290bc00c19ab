<?php
/**
 * Credits that are reserved before work.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * A hold. It resolves at most once: settled, released, or lapsed when its time is over.
 *
 * A lapsed one can still be settled in record mode, once; so it is `lapsed` first and `resolved`
 * after that. Only the state ever changes.
 */
final class Hold {
	public const OPEN     = 'open';
	public const LAPSED   = 'lapsed';
	public const RESOLVED = 'resolved';

	/**
	 * One hold.
	 *
	 * @param int     $id        Counts from 1 within its account.
	 * @param string  $state     One of the constants.
	 * @param Draw[]  $draws     What each grant gave, in burn order: `available` to `held`.
	 * @param int     $lapses_at Milliseconds since 1970; that instant is outside.
	 * @param ?Usage  $usage     What is expected, for what the settlement is about.
	 * @param ?string $site      The site of the request, for the same.
	 * @param ?string $reference The reference of the request, for the same.
	 */
	public function __construct(
		public readonly int $id,
		public readonly string $state,
		public readonly array $draws,
		public readonly int $lapses_at,
		public readonly ?Usage $usage = null,
		public readonly ?string $site = null,
		public readonly ?string $reference = null,
	) {}

	/**
	 * The same hold in another state.
	 *
	 * @param string $state One of the constants.
	 */
	public function in_state( string $state ): self {
		return new self(
			$this->id,
			$state,
			$this->draws,
			$this->lapses_at,
			$this->usage,
			$this->site,
			$this->reference,
		);
	}
}
