<?php
/**
 * What an owner typed into the fields of a package.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Product;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Woo\Package;
use Nivella\Credits\Woo\Packages;

defined( 'ABSPATH' ) || exit;

/**
 * Reads amounts as the store writes its prices, and writes them so. What cannot be read changes
 * nothing, and is told with what was typed.
 */
final class Entered {
	/** The fields in the order of Package::parse(). */
	public const KEYS = array( Packages::CREDITS, Packages::BONUS, Packages::VALIDITY );

	/**
	 * What is to be kept for one field.
	 *
	 * @param string $key   One of KEYS.
	 * @param string $typed As it was sent.
	 * @return string A plain decimal or whole days; empty for nothing.
	 * @throws Refusal What can't be read: its message is for the owner.
	 */
	public static function value( string $key, string $typed ): string {
		$text = self::trimmed( $typed );
		if ( '' === $text ) {
			return '';
		}
		$plain = self::plain( $text );
		try {
			if ( Packages::VALIDITY === $key ) {
				Package::parse( '1', '', $plain );
				return 0 === (int) $plain ? '' : (string) (int) $plain;
			}
			return Amount::text( Amount::parse( $plain ) );
		} catch ( Refusal $refusal ) {
			throw new Refusal( $refusal->error, self::reason( $key, $refusal, $text ), $key );
		}
	}

	/**
	 * A kept value as the store writes numbers. What can't be read stands as it is, to be mended.
	 *
	 * @param string $kept As it is kept.
	 */
	public static function shown( string $kept ): string {
		return 1 === preg_match( '/^\d+\.\d+$/D', $kept )
			? strtr( $kept, '.', self::point() )
			: $kept;
	}

	/**
	 * What was typed, as a message repeats it: its beginning. A sign stays ahead of its number in
	 * texts that run from right to left.
	 *
	 * @param string $typed As it came.
	 */
	public static function quoted( string $typed ): string {
		$text = mb_strlen( $typed ) > 40 ? mb_substr( $typed, 0, 40 ) . '…' : $typed;
		return is_rtl() ? "\u{2068}$text\u{2069}" : $text;
	}

	/**
	 * The name of a field.
	 *
	 * @param string $key One of KEYS.
	 */
	public static function name( string $key ): string {
		return match ( $key ) {
			Packages::CREDITS => __( 'Credits', 'nivella-credits' ),
			Packages::BONUS   => __( 'Bonus credits', 'nivella-credits' ),
			default           => __( 'Valid for (days)', 'nivella-credits' ),
		};
	}

	/** Without the spaces around it, also those that do not break. */
	private static function trimmed( string $typed ): string {
		return (string) preg_replace( '/^[\s\x{A0}\x{202F}]+|[\s\x{A0}\x{202F}]+$/u', '', $typed );
	}

	/** The number with a point before its decimals and nothing between its digits. */
	private static function plain( string $text ): string {
		$point = preg_quote( self::point(), '/' );
		$group = wc_get_price_thousand_separator();
		$group = self::point() === $group ? '' : preg_quote( $group, '/' );
		// Spaces are no other number in any country.
		$between = '' === $group ? '[ \x{A0}\x{202F}]' : "(?:$group|[ \\x{A0}\\x{202F}])";
		$grouped = "/^([1-9]\d{0,2}(?:$between\d{3})+)(?:$point(\d+))?$/uD";
		if ( 1 === preg_match( $grouped, $text, $found ) ) {
			return preg_replace( '/\D/', '', $found[1] ) . ( isset( $found[2] ) ? ".$found[2]" : '' );
		}
		return 1 === preg_match( "/^(\d+)$point(\d+)$/uD", $text, $found )
			? "$found[1].$found[2]"
			: ( 1 === preg_match( '/^\d+$/D', $text ) ? $text : 'none' );
	}

	/** What stands before decimals. */
	private static function point(): string {
		return wc_get_price_decimal_separator();
	}

	/** Why a text was not taken. */
	private static function reason( string $key, Refusal $refusal, string $text ): string {
		$typed = self::quoted( $text );
		if ( Packages::VALIDITY === $key ) {
			/* translators: 1: name of the field, 2: what was typed. */
			$says = __(
				'%1$s: “%2$s” was not saved. Enter whole days from 1 to 36500, or nothing for ever.',
				'nivella-credits'
			);
		} elseif ( 'amount_out_of_range' === $refusal->error ) {
			/* translators: 1: name of the field, 2: what was typed, 3: the most, as a number. */
			$says = __( '%1$s: “%2$s” was not saved. It is at most %3$s.', 'nivella-credits' );
		} else {
			/* translators: 1: name of the field, 2: what was typed, 4: an amount as an example. */
			$says = __(
				'%1$s: “%2$s” was not saved. Enter an amount like %4$s, with at most 6 decimals.',
				'nivella-credits'
			);
		}
		$most    = number_format_i18n( intdiv( Amount::MAX_MOVEMENT, Amount::SCALE ) );
		$example = '1000' . self::point() . '5';
		return sprintf( $says, self::name( $key ), $typed, $most, $example );
	}
}
