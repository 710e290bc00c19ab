<?php
/**
 * Whole numbers beyond 64 bits.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * A whole number of any size, 0 or more: what a rate times a quantity may need. Immutable.
 */
final class Wide {
	private const BASE   = 1000000000;
	private const DIGITS = 9;

	/**
	 * From its limbs.
	 *
	 * @param int[] $limbs Each below BASE, the lowest first; at least one.
	 */
	private function __construct( private readonly array $limbs ) {}

	/**
	 * From a number that fits 64 bits.
	 *
	 * @param int $number 0 or more.
	 */
	public static function of( int $number ): self {
		$limbs = array();
		do {
			$limbs[] = $number % self::BASE;
			$number  = intdiv( $number, self::BASE );
		} while ( $number > 0 );
		return new self( $limbs );
	}

	/**
	 * The part of an amount, rounded down: exactly `amount * part / whole`.
	 *
	 * @param int $amount 0 or more.
	 * @param int $part   0 to the whole.
	 * @param int $whole  Above 0, at most 10^18.
	 */
	public static function share( int $amount, int $part, int $whole ): int {
		$product = $amount * $part;
		if ( is_int( $product ) ) {
			return intdiv( $product, $whole );
		}
		// Long division, bit by bit: the rest stays below the whole, so nothing leaves 64 bits.
		$quotient = 0;
		$rest     = 0;
		for ( $bit = 62; $bit >= 0; $bit-- ) {
			$quotient *= 2;
			$rest     *= 2;
			$rest     += ( ( $amount >> $bit ) & 1 ) * $part;
			$quotient += intdiv( $rest, $whole );
			$rest     %= $whole;
		}
		return $quotient;
	}

	/**
	 * The sum.
	 *
	 * @param self $other Another number.
	 */
	public function plus( self $other ): self {
		$limbs = array();
		$carry = 0;
		$count = max( count( $this->limbs ), count( $other->limbs ) );
		for ( $n = 0; $n < $count; $n++ ) {
			$sum     = ( $this->limbs[ $n ] ?? 0 ) + ( $other->limbs[ $n ] ?? 0 ) + $carry;
			$limbs[] = $sum % self::BASE;
			$carry   = intdiv( $sum, self::BASE );
		}
		return self::trimmed( array( ...$limbs, $carry ) );
	}

	/**
	 * The product.
	 *
	 * @param int $number 0 or more.
	 */
	public function times( int $number ): self {
		$factor = self::of( $number )->limbs;
		$limbs  = array_fill( 0, count( $this->limbs ) + count( $factor ), 0 );
		foreach ( $this->limbs as $n => $own ) {
			$carry = 0;
			foreach ( $factor as $m => $limb ) {
				$sum              = $limbs[ $n + $m ] + $own * $limb + $carry;
				$limbs[ $n + $m ] = $sum % self::BASE;
				$carry            = intdiv( $sum, self::BASE );
			}
			$limbs[ $n + count( $factor ) ] = $carry;
		}
		return self::trimmed( $limbs );
	}

	/**
	 * The quotient, rounded up.
	 *
	 * @param int $divisor 1 to 10^9.
	 */
	public function divided_up( int $divisor ): self {
		$limbs = array();
		$rest  = 0;
		for ( $n = count( $this->limbs ) - 1; $n >= 0; $n-- ) {
			$part        = $rest * self::BASE + $this->limbs[ $n ];
			$limbs[ $n ] = intdiv( $part, $divisor );
			$rest        = $part % $divisor;
		}
		$quotient = self::trimmed( array_reverse( $limbs ) );
		return $rest > 0 ? $quotient->plus( self::of( 1 ) ) : $quotient;
	}

	/**
	 * Its decimal digits.
	 */
	public function digits(): string {
		$text = '';
		foreach ( array_reverse( $this->limbs ) as $limb ) {
			$text .= str_pad( (string) $limb, self::DIGITS, '0', STR_PAD_LEFT );
		}
		$text = ltrim( $text, '0' );
		return '' === $text ? '0' : $text;
	}

	/**
	 * Whether it is above another one.
	 *
	 * @param string $digits The other one's decimal digits, without leading zeros.
	 */
	public function exceeds( string $digits ): bool {
		$own    = $this->digits();
		$longer = strlen( $own ) <=> strlen( $digits );
		return $longer > 0 || ( 0 === $longer && strcmp( $own, $digits ) > 0 );
	}

	/**
	 * Without limbs of 0 above the highest one.
	 *
	 * @param int[] $limbs The limbs.
	 */
	private static function trimmed( array $limbs ): self {
		while ( count( $limbs ) > 1 && 0 === end( $limbs ) ) {
			array_pop( $limbs );
		}
		return new self( array_values( $limbs ) );
	}
}
