<?php
/**
 * What work would cost.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\RateCard;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Ledger\Usage;
use Nivella\Credits\Owner\Faults;
use Nivella\Credits\Storage\Configuration;

defined( 'ABSPATH' ) || exit;

/** Examples of use, rated by a rate card as real use is. */
final class RatePreview {
	private const MOST = 50;

	/**
	 * One line for each thing that has a rate.
	 *
	 * @param RateCard                         $card  The card.
	 * @param array<int, array<string, mixed>> $rates Its rates.
	 * @return string[] Markup.
	 */
	public static function lines( RateCard $card, array $rates ): array {
		$lines = array();
		$names = (array) Configuration::labels()['feature'];
		foreach ( array_slice( $rates, 0, self::MOST ) as $rate ) {
			$model = $rate['model'] ?? null;
			$name  = $names[ $rate['feature'] ] ?? $rate['feature'];
			$what  = (string) $name . ( null === $model ? '' : " ($model)" );
			$text  = self::text( $rate['unit'] );
			try {
				$usage = self::usage( (string) $rate['feature'], $model, $rate['unit'] );
				$cost  = Shown::micro( $card->quote( $usage )->cost );
			} catch ( Refusal $refusal ) {
				$cost = Faults::text( $refusal );
			}
			$lines[] = Markup::tag( 'li', array(), esc_html( sprintf( $text, $what, $cost ) ) );
		}
		return $lines;
	}

	/**
	 * The example of a unit.
	 *
	 * @param string  $feature The feature.
	 * @param ?string $model   The model.
	 * @param string  $unit    The unit.
	 */
	private static function usage( string $feature, ?string $model, string $unit ): Usage {
		return new Usage(
			$feature,
			'',
			$model,
			'message' === $unit ? 100 : 0,
			'call_minute' === $unit ? 605000 : 0,
			'input_tokens' === $unit ? 100000 : 0,
			'output_tokens' === $unit ? 100000 : 0,
			'image' === $unit ? 10 : 0,
		);
	}

	/**
	 * What is said of a unit's example.
	 *
	 * @param string $unit The unit.
	 */
	private static function text( string $unit ): string {
		return match ( $unit ) {
			/* translators: 1: a feature. 2: how many credits. */
			'message'       => __( '100 messages of %1$s cost %2$s credits.', 'nivella-credits' ),
			/* translators: 1: a feature. 2: how many credits. */
			'call_minute'   => __( 'A call of 10:05 minutes, %1$s, costs %2$s credits.', 'nivella-credits' ),
			/* translators: 1: a feature. 2: how many credits. */
			'input_tokens'  => __( '100,000 input tokens, %1$s, cost %2$s credits.', 'nivella-credits' ),
			/* translators: 1: a feature. 2: how many credits. */
			'output_tokens' => __( '100,000 output tokens, %1$s, cost %2$s credits.', 'nivella-credits' ),
			/* translators: 1: a feature. 2: how many credits. */
			'image'         => __( '10 images, %1$s, cost %2$s credits.', 'nivella-credits' ),
			/* translators: 1: a feature. 2: how many credits. */
			default         => __( 'One use of %1$s costs %2$s credits.', 'nivella-credits' ),
		};
	}
}
