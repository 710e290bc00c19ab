<?php
/**
 * Sums and products as they are done on paper.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Ledger;

/** Whole numbers of any size as decimal digits, without leading zeros. */
final class Digits {
	public static function plus( string $a, string $b ): string {
		$width = max( strlen( $a ), strlen( $b ) ) + 1;
		$a     = str_pad( $a, $width, '0', STR_PAD_LEFT );
		$b     = str_pad( $b, $width, '0', STR_PAD_LEFT );
		$sum   = '';
		$carry = 0;
		for ( $n = $width - 1; $n >= 0; $n-- ) {
			$digit = (int) $a[ $n ] + (int) $b[ $n ] + $carry;
			$sum   = $digit % 10 . $sum;
			$carry = intdiv( $digit, 10 );
		}
		return ltrim( $sum, '0' ) ?: '0';
	}

	public static function times( string $a, string $b ): string {
		$sum = '0';
		foreach ( str_split( $b ) as $digit ) {
			$sum = '0' === $sum ? '0' : $sum . '0';
			for ( $n = 0; $n < (int) $digit; $n++ ) {
				$sum = self::plus( $sum, $a );
			}
		}
		return $sum;
	}
}
