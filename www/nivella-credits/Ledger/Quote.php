<?php
/**
 * What a use costs, and why.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * A priced use. Immutable.
 */
final class Quote {
	/**
	 * One quote.
	 *
	 * @param int                              $rate_version The version of the rate card.
	 * @param int                              $cost         Micro-credits: the sum of the products,
	 *                                                       rounded up to the card's quantum.
	 * @param array<int, array<string, mixed>> $lines        What it is made of, as on the wire:
	 *                                                       unit, quantity, rate, product.
	 */
	public function __construct(
		public readonly int $rate_version,
		public readonly int $cost,
		public readonly array $lines,
	) {}

	/**
	 * As it is answered.
	 *
	 * @return array<string, mixed>
	 */
	public function to_wire(): array {
		return array(
			'cost'         => Amount::text( $this->cost ),
			'rate_version' => $this->rate_version,
			'lines'        => $this->lines,
		);
	}
}
