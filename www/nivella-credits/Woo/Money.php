<?php
/**
 * The store's amounts of money, exactly.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/** Money as whole millionths of the currency's unit: it is only compared and divided in shares. */
final class Money {
	/**
	 * An amount that the store has, without its sign; beyond 6 decimals it is rounded.
	 *
	 * @param mixed $value As its getters give it.
	 * @throws Refusal `amount_invalid` or `amount_out_of_range`.
	 */
	public static function of( mixed $value ): int {
		$text = (string) wc_format_decimal( $value );
		if ( 1 !== preg_match( '/^-?(\d*)(?:\.(\d*))?$/D', $text, $found ) ) {
			throw new Refusal( 'amount_invalid', "no amount of money: $text" );
		}
		$whole    = '' === $found[1] ? '0' : $found[1];
		$decimals = str_pad( $found[2] ?? '', 7, '0' );
		$micro    = Amount::parse( $whole . '.' . substr( $decimals, 0, 6 ) );
		return $micro + ( $decimals[6] >= '5' ? 1 : 0 );
	}

	/** The smallest amount that the store shows, in millionths. */
	public static function unit(): int {
		$unit = 1;
		for ( $n = min( 6, max( 0, wc_get_price_decimals() ) ); $n < 6; $n++ ) {
			$unit *= 10;
		}
		return $unit;
	}
}
