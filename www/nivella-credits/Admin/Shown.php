<?php
/**
 * How figures and times are shown to the owner.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Page\Figure;

defined( 'ABSPATH' ) || exit;

/** Exact amounts in the site's own way of writing numbers, times in the site's zone. */
final class Shown {
	/** What is not known, or is not there. */
	public const NONE = '—';

	/**
	 * An amount, exact.
	 *
	 * @param string $amount A decimal, as the ledger answers it.
	 */
	public static function credits( string $amount ): string {
		return Figure::decimal( $amount );
	}

	/**
	 * An amount that may be below 0. Its sign stays ahead of it in texts that run from right to left.
	 *
	 * @param string $amount A decimal.
	 * @param bool   $plus   Whether one above 0 has a sign, too.
	 * @return string Markup.
	 */
	public static function signed( string $amount, bool $plus = false ): string {
		$sign = $plus && '0' !== $amount && ! str_starts_with( $amount, '-' ) ? '+' : '';
		return Markup::tag(
			'bdi',
			array( 'dir' => 'ltr' ),
			esc_html( $sign . self::credits( $amount ) ),
		);
	}

	/**
	 * An amount, exact.
	 *
	 * @param int $micro Micro-credits.
	 */
	public static function micro( int $micro ): string {
		return self::credits( Amount::text( $micro ) );
	}

	/**
	 * A price, as the store writes it.
	 *
	 * @param ?array<string, string|int> $prices As a product's in the Store API; null: there is none.
	 */
	public static function price( ?array $prices ): string {
		if ( null === $prices ) {
			return self::NONE;
		}
		$places = (int) $prices['minor_unit'];
		$digits = str_pad( (string) $prices['price'], $places + 1, '0', STR_PAD_LEFT );
		$whole  = substr( $digits, 0, strlen( $digits ) - $places );
		$part   = 0 === $places ? '' : $prices['decimal_separator'] . substr( $digits, -$places );
		$groups = str_split( strrev( $whole ), 3 );
		$whole  = implode(
			$prices['thousand_separator'],
			array_reverse( array_map( 'strrev', $groups ) ),
		);
		return $prices['prefix'] . $whole . $part . $prices['suffix'];
	}

	/**
	 * A moment, to the minute.
	 *
	 * @param ?int $ms Milliseconds since 1970; null: there is none.
	 * @return string Markup.
	 */
	public static function time( ?int $ms ): string {
		if ( null === $ms ) {
			return self::NONE;
		}
		$seconds = intdiv( $ms, 1000 );
		$day     = (string) wp_date( (string) get_option( 'date_format' ), $seconds );
		$time    = (string) wp_date( (string) get_option( 'time_format' ), $seconds );
		// Where a line ends, "pm" stays with its hour.
		$text = $day . ' ' . str_replace( ' ', "\u{a0}", $time );
		return Markup::tag( 'time', array( 'datetime' => Instant::text( $ms ) ), esc_html( $text ) );
	}

	/**
	 * A moment as it comes from the ledger.
	 *
	 * @param ?string $text RFC 3339; null: there is none.
	 * @return string Markup.
	 */
	public static function instant( ?string $text ): string {
		return self::time( null === $text ? null : Instant::parse( $text ) );
	}

	/**
	 * Who has an account.
	 *
	 * @param ?int $user The user's id; null where the account is nobody's.
	 */
	public static function customer( ?int $user ): string {
		if ( null === $user ) {
			return __( 'Nobody', 'nivella-credits' );
		}
		$data = get_userdata( $user );
		if ( false === $data ) {
			/* translators: %d: the id of a user who was deleted. */
			return sprintf( __( 'Deleted user %d', 'nivella-credits' ), $user );
		}
		return '' === $data->display_name ? $data->user_login : $data->display_name;
	}
}
