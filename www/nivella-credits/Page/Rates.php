<?php
/**
 * "How credits work", as a page without scripts says it.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Page;

use Nivella\Credits\Ledger\Instant;

defined( 'ABSPATH' ) || exit;

/**
 * The prices of now in business words, as src/view/rates.rs has them: one line for each feature and
 * model, and nobody is shown what a model measures. A store without prices has no list of them.
 */
final class Rates {
	/**
	 * The explanation, as HTML.
	 *
	 * @param ?array<string, mixed> $card The rate card that counts now.
	 */
	public static function markup( ?array $card ): string {
		$html = self::paragraph(
			__(
				'Credits are a simple way to pay for AI answers. You never need to count anything technical.',
				'nivella-credits'
			)
		);
		$rows = self::rows( (array) ( $card['rates'] ?? array() ) );
		if ( array() !== $rows ) {
			$html .= self::table( $rows );
			$html .= self::paragraph( self::since( (string) ( $card['effective_at'] ?? '' ) ) );
		}
		$html .= self::paragraph(
			__(
				'A reply that failed costs nothing. Whatever ends first is used first: your plan’s allowance, then bonus credits, then purchased credits.',
				'nivella-credits'
			)
		);
		return $html . self::paragraph(
			__(
				'At zero, AI answers pause, and nothing is charged on its own. They resume with the next message after you add credit or your plan renews.',
				'nivella-credits'
			)
		);
	}

	/**
	 * The price list in the card's order: feature, model, and credits (null: by length alone), and
	 * the unit; `from` where the length counts, too.
	 *
	 * @param array<int, array<string, mixed>> $rates As the card has them.
	 * @return array<int, array{feature: string, model: string, unit: string, credits: ?string}>
	 */
	public static function rows( array $rates ): array {
		$rows = array();
		foreach ( $rates as $rate ) {
			$model   = (string) ( $rate['model'] ?? '' );
			$key     = $rate['feature'] . "\0" . $model;
			$length  = in_array( $rate['unit'], array( 'input_tokens', 'output_tokens' ), true );
			$unit    = $length ? 'length' : (string) $rate['unit'];
			$credits = $length ? null : (string) $rate['credits'];
			$known   = $rows[ $key ] ?? null;
			if ( null === $known ) {
				$thing        = array( 'feature' => (string) $rate['feature'], 'model' => $model );
				$rows[ $key ] = $thing + array( 'unit' => $unit, 'credits' => $credits );
			} elseif ( ( null === $known['credits'] ) !== ( null === $credits ) ) {
				$rows[ $key ]['unit']    = 'from';
				$rows[ $key ]['credits'] = $known['credits'] ?? $credits;
			}
		}
		return array_values( $rows );
	}

	/** The list. */
	private static function table( array $rows ): string {
		$html = '';
		foreach ( $rows as $row ) {
			$name  = Usage::feature( $row['feature'] );
			$name .= '' === $row['model'] ? '' : " ({$row['model']})";
			$cost  = self::cost( $row['unit'], $row['credits'] );
			$cells = array( esc_html( $name ), esc_html( $cost ) );
			$html .= vsprintf( '<tr><th scope="row">%s</th><td>%s</td></tr>', $cells );
		}
		$title = esc_html__( 'What credits buy', 'nivella-credits' );
		return "<table class=\"shop_table\"><caption>$title</caption><tbody>$html</tbody></table>";
	}

	/** What one thing costs. */
	private static function cost( string $unit, ?string $credits ): string {
		if ( null === $credits ) {
			return __( 'by the length of question and answer', 'nivella-credits' );
		}
		$count = Figure::count( $credits );
		$text  = match ( $unit ) {
			/* translators: %s: how many. */
			'message'     => _n( '%s credit a reply', '%s credits a reply', $count, 'nivella-credits' ),
			/* translators: %s: how many. */
			'call_minute' => _n(
				'%s credit a started minute',
				'%s credits a started minute',
				$count,
				'nivella-credits'
			),
			/* translators: %s: how many. */
			'image'       => _n( '%s credit an image', '%s credits an image', $count, 'nivella-credits' ),
			/* translators: %s: how many. */
			'from'        => _n(
				'from %s credit, by length',
				'from %s credits, by length',
				$count,
				'nivella-credits'
			),
			/* translators: %s: how many. */
			default       => _n( '%s credit each time', '%s credits each time', $count, 'nivella-credits' ),
		};
		return sprintf( $text, Figure::decimal( $credits ) );
	}

	/** Since when. */
	private static function since( string $effective_at ): string {
		/* translators: %s: a date. */
		$text = __(
			'These prices count from %s. Earlier use keeps the price that it was charged at.',
			'nivella-credits'
		);
		return sprintf( $text, Usage::date( Instant::parse( $effective_at ) ) );
	}

	/** A paragraph. */
	private static function paragraph( string $text ): string {
		return '<p>' . esc_html( $text ) . '</p>';
	}
}
