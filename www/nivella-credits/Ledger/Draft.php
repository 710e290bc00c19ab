<?php
/**
 * An entry in the making.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * What an entry will say. Who writes it fills in what it knows; the book adds the rest.
 */
final class Draft {
	/**
	 * The change of the posted sum; the book computes it.
	 *
	 * @var int
	 */
	public int $amount = 0;

	/**
	 * The change of debt.
	 *
	 * @var int
	 */
	public int $debt = 0;

	/**
	 * The rated cost that an unlimited plan waived.
	 *
	 * @var int
	 */
	public int $waived = 0;

	/**
	 * What the work cost.
	 *
	 * @var int
	 */
	public int $cost = 0;

	/**
	 * What each grant gives or gets back.
	 *
	 * @var Draw[]
	 */
	public array $draws = array();

	/**
	 * The grant that it books, with all of it available.
	 *
	 * @var ?Grant
	 */
	public ?Grant $grant = null;

	/**
	 * The hold that it opens, resolves or expires something of.
	 *
	 * @var ?int
	 */
	public ?int $hold = null;

	/**
	 * When the hold that it opens lapses.
	 *
	 * @var ?int
	 */
	public ?int $lapses_at = null;

	/**
	 * What was measured.
	 *
	 * @var ?Usage
	 */
	public ?Usage $usage = null;

	/**
	 * The version of the rate card that priced it.
	 *
	 * @var ?int
	 */
	public ?int $rate_version = null;

	/**
	 * The movement of an order item.
	 *
	 * @var ?Movement
	 */
	public ?Movement $movement = null;

	/**
	 * The caller's reference, or a plan's key.
	 *
	 * @var ?string
	 */
	public ?string $reference = null;

	/**
	 * Why.
	 *
	 * @var ?string
	 */
	public ?string $reason = null;

	/**
	 * An entry with nothing in it yet.
	 *
	 * @param string $kind        What it books.
	 * @param int    $occurred_at When it happened.
	 */
	public function __construct(
		public readonly string $kind,
		public readonly int $occurred_at,
	) {}

	/**
	 * What an entry said before it was booked, as far as its digest tells of it.
	 *
	 * @param Entry $entry The entry.
	 */
	public static function of( Entry $entry ): self {
		$draft               = new self( $entry->kind, $entry->occurred_at );
		$draft->amount       = $entry->amount;
		$draft->debt         = $entry->debt;
		$draft->waived       = $entry->waived;
		$draft->draws        = $entry->draws;
		$draft->grant        = $entry->grant;
		$draft->hold         = $entry->hold;
		$draft->lapses_at    = $entry->lapses_at;
		$draft->rate_version = $entry->rate_version;
		$draft->movement     = $entry->movement;
		return $draft;
	}

	/**
	 * Adds a draw, to the one before where both say the same. One of nothing is none.
	 *
	 * @param int    $grant  The grant's id.
	 * @param string $from   From this part.
	 * @param string $to     To this part.
	 * @param int    $amount Micro-credits.
	 */
	public function draw( int $grant, string $from, string $to, int $amount ): void {
		if ( $amount <= 0 ) {
			return;
		}
		$last = end( $this->draws );
		if ( false !== $last && $last->grant === $grant && $last->from === $from
			&& $last->to === $to ) {
			array_pop( $this->draws );
			$amount += $last->amount;
		}
		$this->draws[] = new Draw( $grant, $from, $to, $amount );
	}
}
