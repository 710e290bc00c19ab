<?php
/**
 * Amounts of credits: exact, signed, in micro-credits.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * An amount is a signed 64-bit count of micro-credits (10^-6), so that amounts only add and
 * compare. One movement is at most MAX_MOVEMENT; every sum says when it does not fit.
 *
 * PHP turns a sum that does not fit into a float without a word, so nothing here is added without
 * a look at the type of the sum.
 */
final class Amount {
	/** Micro-credits in one credit. */
	public const SCALE = 1000000;
	/** The largest amount of one movement: 10^12 credits. */
	public const MAX_MOVEMENT = 1000000000000000000;

	private const DECIMALS = 6;

	/**
	 * Reads what a caller sends: plain digits with at most 6 decimals; no sign, exponent or space;
	 * at most 10^12.
	 *
	 * @param string $text The text.
	 * @throws Refusal `amount_invalid` for any other text, `amount_out_of_range` above 10^12.
	 */
	public static function parse( string $text ): int {
		$amount = self::parse_digits( $text );
		if ( $amount > self::MAX_MOVEMENT ) {
			throw self::out_of_range();
		}
		return $amount;
	}

	/**
	 * Reads what a ledger answers: as parse(), and a leading minus where a value can be below zero;
	 * up to the largest sum.
	 *
	 * @param string $text The text.
	 * @throws Refusal `amount_invalid`, or `amount_out_of_range` beyond 64 bits.
	 */
	public static function parse_signed( string $text ): int {
		return str_starts_with( $text, '-' )
			? -self::parse_digits( substr( $text, 1 ) )
			: self::parse_digits( $text );
	}

	/**
	 * The exact decimal, in its shortest form: `2341`, `1.2`, `-0.000001`.
	 *
	 * @param int $micro The amount.
	 */
	public static function text( int $micro ): string {
		$whole = (string) intdiv( $micro, self::SCALE );
		$rest  = $micro % self::SCALE;
		if ( 0 === $rest ) {
			return $whole;
		}
		$decimals = str_pad( (string) abs( $rest ), self::DECIMALS, '0', STR_PAD_LEFT );
		$sign     = $rest < 0 && '0' === $whole ? '-' : '';
		return $sign . $whole . '.' . rtrim( $decimals, '0' );
	}

	/**
	 * Whole credits, rounded down: how a total is displayed.
	 *
	 * @param int $micro The amount.
	 */
	public static function floor( int $micro ): int {
		$rest = $micro % self::SCALE;
		return intdiv( $micro, self::SCALE ) - ( $rest < 0 ? 1 : 0 );
	}

	/**
	 * The sum.
	 *
	 * @param int $a Micro-credits.
	 * @param int $b Micro-credits.
	 * @throws Refusal `amount_overflow` beyond 64 bits.
	 */
	public static function add( int $a, int $b ): int {
		$sum = $a + $b;
		return is_int( $sum ) ? $sum : throw self::overflow();
	}

	/**
	 * The difference.
	 *
	 * @param int $a Micro-credits.
	 * @param int $b Micro-credits.
	 * @throws Refusal `amount_overflow` beyond 64 bits.
	 */
	public static function sub( int $a, int $b ): int {
		$difference = $a - $b;
		return is_int( $difference ) ? $difference : throw self::overflow();
	}

	/**
	 * The sum, or the end of 64 bits that it would pass: for what is only compared.
	 *
	 * @param int $a Micro-credits, 0 or more.
	 * @param int $b Micro-credits, 0 or more.
	 */
	public static function saturating_add( int $a, int $b ): int {
		$sum = $a + $b;
		return is_int( $sum ) ? $sum : PHP_INT_MAX;
	}

	/**
	 * Refuses what a caller may not name: an amount is above 0 and at most 10^12.
	 *
	 * @param int    $micro The amount.
	 * @param string $field Its field.
	 * @throws Refusal `amount_out_of_range`.
	 */
	public static function check( int $micro, string $field ): void {
		if ( $micro <= 0 || $micro > self::MAX_MOVEMENT ) {
			$message = 'an amount is above 0 and at most 10^12 credits';
			throw new Refusal( 'amount_out_of_range', $message, $field );
		}
	}

	/**
	 * Digits, and at most one point with one to six digits behind it.
	 *
	 * @param string $text The text.
	 * @throws Refusal `amount_invalid`, or `amount_out_of_range` beyond 64 bits.
	 */
	private static function parse_digits( string $text ): int {
		if ( 1 !== preg_match( '/^(\d{1,12})(?:\.(\d{1,6}))?$/D', $text, $found ) ) {
			return self::parse_unusual( $text );
		}
		return (int) $found[1] * self::SCALE + (int) str_pad( $found[2] ?? '', self::DECIMALS, '0' );
	}

	/**
	 * Whatever is longer than usual, or wrong: digit by digit, so that the first fault counts.
	 *
	 * @param string $text The text.
	 * @throws Refusal `amount_invalid`, or `amount_out_of_range` beyond 64 bits.
	 */
	private static function parse_unusual( string $text ): int {
		$micro    = 0;
		$decimals = null;
		for ( $at = 0, $end = strlen( $text ); $at < $end; $at++ ) {
			if ( '.' === $text[ $at ] && null === $decimals && $at > 0 ) {
				$decimals = 0;
				continue;
			}
			if ( ! ctype_digit( $text[ $at ] ) || self::DECIMALS === $decimals ) {
				throw self::invalid();
			}
			$decimals = null === $decimals ? null : $decimals + 1;
			$micro    = self::times_ten( $micro, (int) $text[ $at ] );
		}
		if ( '' === $text || 0 === $decimals ) {
			throw self::invalid();
		}
		for ( $seen = $decimals ?? 0; $seen < self::DECIMALS; $seen++ ) {
			$micro = self::times_ten( $micro, 0 );
		}
		return $micro;
	}

	/**
	 * A number with one more digit.
	 *
	 * @param int $number The number, 0 or more.
	 * @param int $digit  0 to 9.
	 * @throws Refusal `amount_out_of_range` beyond 64 bits.
	 */
	private static function times_ten( int $number, int $digit ): int {
		// The product is a float where it does not fit, and then so is the sum.
		$next = $number * 10 + $digit;
		return is_int( $next ) ? $next : throw self::out_of_range();
	}

	/**
	 * What every wrong text is.
	 */
	private static function invalid(): Refusal {
		$message = 'an amount is plain digits with at most 6 decimals, without sign or space';
		return new Refusal( 'amount_invalid', $message );
	}

	/**
	 * What every amount above the limit is.
	 */
	private static function out_of_range(): Refusal {
		return new Refusal( 'amount_out_of_range', 'an amount is at most 10^12 credits' );
	}

	/**
	 * What every sum beyond 64 bits is.
	 */
	private static function overflow(): Refusal {
		return new Refusal( 'amount_overflow', 'the sum does not fit 64 bits' );
	}
}
