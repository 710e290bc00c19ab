<?php
/**
 * What the editor of rates does.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\RateCard;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Plugin\Capabilities;
use Nivella\Credits\Rest\Clock;
use Nivella\Credits\Storage\Configuration;

defined( 'ABSPATH' ) || exit;

/** Saves a version of the rates, or shows the form once more. */
final class RateActions {
	/** The fields of one rate. */
	public const COLUMNS = array( 'feature', 'model', 'unit', 'increment_s', 'credits' );

	/** Saves, previews, or makes room. */
	public static function save(): void {
		Action::run_long(
			'save_rates',
			Capabilities::MANAGE,
			static function ( Sent $sent ): Notice {
				$do    = $sent->text( 'do' );
				$again = __( 'Nothing is saved yet.', 'nivella-credits' );
				if ( 'more' === $do ) {
					return Notice::again( $again, 'save_rates', $sent );
				}
				$card = self::card( $sent );
				try {
					if ( 'preview' === $do ) {
						RateCard::from_wire( self::draft( $card ) )->validate();
						return Notice::again( $again, 'save_rates', $sent );
					}
					$saved = Configuration::open()->save_rate_card( $card );
				} catch ( Refusal $refusal ) {
					[ $text, $field ] = RateFault::of( $refusal, $card['rates'] );
					return Notice::refused( $text, 'save_rates', $sent, $field );
				}
				/* translators: 1: the number of a version of the rates. 2: a date and time. */
				$text = __( 'Version %1$d was saved. It counts from %2$s.', 'nivella-credits' );
				$from = wp_strip_all_tags( Shown::instant( $saved['effective_at'] ) );
				$text = sprintf( $text, $saved['version'], $from );
				return Notice::done( $text, Menu::url( RatesScreen::PAGE ) );
			}
		);
	}

	/**
	 * The card of a form.
	 *
	 * @param Sent $sent The form.
	 * @return array<string, mixed> Without `version` it is a new one, without `effective_at` of now.
	 * @throws Refusal `time_invalid`.
	 */
	public static function card( Sent $sent ): array {
		$rates = array();
		foreach ( self::rows( $sent ) as $row ) {
			$each    = $row['increment_s'];
			$rate    = array_diff_key( $row, array_flip( array( 'model', 'increment_s' ) ) );
			$rate   += '' === $row['model'] ? array() : array( 'model' => $row['model'] );
			$rate   += 'call_minute' === $row['unit'] && '' !== $each
				? array( 'increment_s' => ctype_digit( $each ) ? (int) $each : -1 )
				: array();
			$rates[] = $rate;
		}
		$card = array( 'quantum' => $sent->text( 'quantum' ), 'rates' => $rates );
		$time = self::time( $sent->text( 'effective' ) );
		$own  = $sent->text( 'version' );
		return $card
			+ ( null === $time ? array() : array( 'effective_at' => $time ) )
			+ ( '' === $own ? array() : array( 'version' => $sent->whole( 'version', 1, 4294967295 ) ) );
	}

	/**
	 * The rows of a form that are not empty.
	 *
	 * @param Sent $sent The form.
	 * @return array<int, array<string, string>>
	 */
	public static function rows( Sent $sent ): array {
		// The unit is always chosen: a row of it alone is an empty one.
		$typed = static fn( array $row ): bool =>
			'' !== $row['feature'] . $row['model'] . $row['increment_s'] . $row['credits'];
		return array_values( array_filter( $sent->rows( 'rates', self::COLUMNS ), $typed ) );
	}

	/**
	 * A card that is not saved, as one that could be rated by.
	 *
	 * @param array<string, mixed> $card As card() gives it.
	 * @return array<string, mixed>
	 */
	public static function draft( array $card ): array {
		return $card + array( 'version' => 1, 'effective_at' => Clock::text() );
	}

	/**
	 * A time in the site's zone.
	 *
	 * @param string $text As a browser sends it; '' for none.
	 * @throws Refusal `time_invalid`.
	 */
	private static function time( string $text ): ?string {
		if ( '' === $text ) {
			return null;
		}
		$at = \DateTimeImmutable::createFromFormat( '!Y-m-d\TH:i', $text, wp_timezone() );
		if ( false === $at || $at->format( 'Y-m-d\TH:i' ) !== $text ) {
			throw new Refusal( 'time_invalid', 'no such time', 'effective' );
		}
		return Instant::text( $at->getTimestamp() * 1000 );
	}
}
