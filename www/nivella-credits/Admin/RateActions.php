<?php
/**
 * What the editor of rates does.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Capabilities;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Refusal;
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
				$do = $sent->text( 'do' );
				if ( 'preview' === $do || 'more' === $do ) {
					$text = __( 'Nothing is saved yet.', 'nivella-credits' );
					return Notice::again( $text, 'save_rates', $sent );
				}
				try {
					$saved = Configuration::open()->save_rate_card( self::card( $sent ) );
				} catch ( Refusal $refusal ) {
					$field = 'effective_at' === $refusal->field ? 'effective' : $refusal->field;
					return Notice::refused( self::fault( $refusal ), 'save_rates', $sent, $field );
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
	 * What the owner is told of a card that is refused.
	 *
	 * @param Refusal $refusal The refusal.
	 */
	public static function fault( Refusal $refusal ): string {
		return match ( $refusal->field ) {
			'effective_at' => __(
				'Rates count from now on at the earliest, and after every version before.',
				'nivella-credits'
			),
			'version'      => __( 'Each version counts from a later time.', 'nivella-credits' ),
			'quantum'      => __( 'Costs are rounded up to more than 0.', 'nivella-credits' ),
			'increment_s'  => __( 'A step of a call is 1 to 3,600 seconds.', 'nivella-credits' ),
			'rates'        => __(
				'List each feature, model and unit once, each with its key; steps of calls are 1 to 3,600 s.',
				'nivella-credits'
			),
			default        => Faults::text( $refusal ),
		};
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
