<?php
/**
 * The price of one credit.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Product;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/**
 * A price divided by its credits, exactly, as `prices_per_credit` in src/core/package.rs does it.
 *
 * Those of a list have one number of decimals, so that they compare at a glance: enough for two
 * significant digits of the cheapest, no fewer than the store's prices have, at most 6. They are
 * rounded up, so that no credit is dearer than it says. Bonus credits count.
 */
final class PerCredit {
	private const MOST_DECIMALS = 6;

	/**
	 * One package's price for each credit.
	 *
	 * @param int $price   Millionths of the currency's unit, above 0.
	 * @param int $credits Micro-credits, above 0.
	 */
	private function __construct(
		private readonly int $price,
		private readonly int $credits,
	) {}

	/**
	 * Of a package; null without a price or without credits.
	 *
	 * @param int $price   Millionths of the currency's unit.
	 * @param int $credits Micro-credits.
	 * @param int $bonus   Micro-credits on top.
	 */
	public static function of( int $price, int $credits, int $bonus ): ?self {
		if ( $price <= 0 || $credits <= 0 ) {
			return null;
		}
		try {
			return new self( $price, Amount::add( $credits, $bonus ) );
		} catch ( Refusal ) {
			return null;
		}
	}

	/**
	 * How many decimals it needs.
	 *
	 * @param int $fewest As many as the store's prices have.
	 */
	public function decimals( int $fewest ): int {
		for ( $decimals = $fewest; $decimals < self::MOST_DECIMALS; $decimals++ ) {
			list( $digits ) = $this->divided( $decimals );
			if ( strlen( $digits ) > 1 ) {
				return $decimals;
			}
		}
		return max( $fewest, self::MOST_DECIMALS );
	}

	/**
	 * The decimal, rounded up.
	 *
	 * @param int $decimals How many.
	 */
	public function text( int $decimals ): string {
		list( $digits, $more ) = $this->divided( $decimals );

		$digits = str_pad( $more ? self::next( $digits ) : $digits, $decimals + 1, '0', STR_PAD_LEFT );
		return 0 === $decimals
			? $digits
			: substr( $digits, 0, -$decimals ) . '.' . substr( $digits, -$decimals );
	}

	/**
	 * The quotient in units of the last decimal, and whether something is left.
	 *
	 * @param int $decimals How many.
	 * @return array{string, bool} Its digits, without zeros before them.
	 */
	private function divided( int $decimals ): array {
		$digits = (string) intdiv( $this->price, $this->credits );
		$rest   = $this->price % $this->credits;
		for ( $place = 0; $place < $decimals; $place++ ) {
			// Ten times the rest may leave 64 bits, so it is added up, and what is full taken off.
			$digit = 0;
			$ten   = 0;
			for ( $n = 0; $n < 10; $n++ ) {
				$full  = $ten >= $this->credits - $rest;
				$ten   = $full ? $ten - ( $this->credits - $rest ) : $ten + $rest;
				$digit = $full ? $digit + 1 : $digit;
			}
			$rest    = $ten;
			$digits .= $digit;
		}
		$digits = ltrim( $digits, '0' );
		return array( '' === $digits ? '0' : $digits, $rest > 0 );
	}

	/** The next whole number. */
	private static function next( string $digits ): string {
		$kept = rtrim( $digits, '9' );
		$ends = str_repeat( '0', strlen( $digits ) - strlen( $kept ) );
		$last = (int) substr( $kept, -1 ) + 1;
		return '' === $kept ? "1$ends" : substr( $kept, 0, -1 ) . $last . $ends;
	}
}
