<?php
/**
 * What stands in the dashboard's place on a page without scripts.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Page;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Storage\Overview;

defined( 'ABSPATH' ) || exit;

/** Balance, plan and the last entries, as they are booked. */
final class Usage {
	/** How many entries. */
	public const ENTRIES = 10;

	/**
	 * Everything, as HTML.
	 *
	 * @param Overview                         $own     The account.
	 * @param array<int, array<string, mixed>> $entries The last ones, newest first.
	 */
	public static function markup( Overview $own, array $entries ): string {
		$html = '';
		foreach ( self::lines( $own ) as $line ) {
			$html .= '<p>' . esc_html( $line ) . '</p> ';
		}
		return $html . self::table( $entries );
	}

	/**
	 * What there is, in sentences.
	 *
	 * @param Overview $own The account.
	 * @return string[]
	 */
	public static function lines( Overview $own ): array {
		$lines = array( self::balance( $own ) . self::parts( $own ) );
		if ( null !== $own->plan ) {
			$lines[] = self::plan( $own );
		}
		if ( $own->debt > 0 ) {
			/* translators: %s: how many credits. */
			$text    = __( 'Owed: %s. It is repaid first.', 'nivella-credits' );
			$lines[] = sprintf( $text, Figure::text( $own->debt ) );
		}
		if ( $own->held > 0 ) {
			/* translators: %s: how many credits. */
			$text    = __( 'Held for work in progress: %s. They are not counted above.', 'nivella-credits' );
			$lines[] = sprintf( $text, Figure::text( $own->held ) );
		}
		return $lines;
	}

	/**
	 * The balance in words.
	 *
	 * @param Overview $own The account.
	 */
	public static function balance( Overview $own ): string {
		$available = Amount::text( $own->available );
		return Fallback::text( array( 'unlimited' => $own->unlimited(), 'available' => $available ) );
	}

	/** What the balance is made of, where it is of more than one thing. */
	private static function parts( Overview $own ): string {
		if ( array() === $own->pools || $own->unlimited() ) {
			return '';
		}
		$texts = array();
		$sum   = 0;
		foreach ( $own->pools as [ $kind, $end, $amount ] ) {
			// Differences of rounded sums, so that the parts add up to the whole that stands before.
			$whole = Amount::floor( $sum + $amount ) - Amount::floor( $sum );
			$sum  += $amount;
			$text  = number_format_i18n( $whole ) . ' ' . self::kind( $kind );
			/* translators: 1: credits of one kind, 2: a date. */
			$until   = __( '%1$s until %2$s', 'nivella-credits' );
			$texts[] = null === $end ? $text : sprintf( $until, $text, self::date( $end ) );
		}
		return ': ' . implode( wp_get_list_item_separator(), $texts );
	}

	/** The plan, its allowance and when the next one comes. */
	private static function plan( Overview $own ): string {
		$name = (string) ( $own->plan['name'] ?? $own->plan['key'] ?? '' );
		if ( $own->unlimited() ) {
			/* translators: 1: name of a plan, 2: a date. */
			$text = __( 'Plan: %1$s, covers all use until %2$s.', 'nivella-credits' );
			return sprintf( $text, $name, self::date( (int) $own->cycle_ends ) );
		}
		/* translators: 1: name of a plan, 2: credits, 3: a date. */
		$text      = __(
			'Plan: %1$s, %2$s credits each month, this month until %3$s.',
			'nivella-credits'
		);
		$allowance = Figure::text( Amount::parse( (string) ( $own->plan['allowance'] ?? '0' ) ) );
		return sprintf( $text, $name, $allowance, self::date( (int) $own->cycle_ends ) );
	}

	/** The last entries. */
	private static function table( array $entries ): string {
		if ( array() === $entries ) {
			return '<p>' . esc_html__( 'No credits used yet.', 'nivella-credits' ) . '</p>';
		}
		$heads = array(
			__( 'Date', 'nivella-credits' ),
			__( 'What', 'nivella-credits' ),
			__( 'Credits', 'nivella-credits' ),
		);
		$rows  = '';
		foreach ( $entries as $entry ) {
			$when  = self::moment( $entry['booked_at'] );
			$cells = array( $when, self::what( $entry ), self::amount( $entry ) );
			// A sign stands before its number, also where the line runs from right to left.
			$cells = implode( '</bdi></td><td><bdi>', array_map( 'esc_html', $cells ) );
			$rows .= "<tr><td><bdi>$cells</bdi></td></tr>";
		}
		return sprintf(
			'<table class="shop_table"><caption>%s</caption><thead><tr><th scope="col">%s</th></tr></thead>'
				. '<tbody>%s</tbody></table>',
			esc_html__( 'Last entries', 'nivella-credits' ),
			implode( '</th><th scope="col">', array_map( 'esc_html', $heads ) ),
			$rows
		);
	}

	/** What an entry is: work by its feature's name, all else by its kind. */
	private static function what( array $entry ): string {
		$feature = (string) ( $entry['feature'] ?? '' );
		return '' === $feature ? self::kind( (string) $entry['type'] ) : self::feature( $feature );
	}

	/** The amount with its sign; work that cost nothing was not charged. */
	private static function amount( array $entry ): string {
		$micro = Amount::parse_signed( (string) $entry['amount'] );
		if ( 0 === $micro ) {
			return '0';
		}
		return $micro > 0 ? '+' . Figure::text( $micro ) : '−' . Figure::text( -$micro );
	}

	/**
	 * A feature's name: what the store calls it, else what it is called usually.
	 *
	 * @param string $key Its key.
	 */
	public static function feature( string $key ): string {
		$labels = (array) Configuration::labels()['feature'];
		return (string) ( $labels[ $key ] ?? match ( $key ) {
			'chat_reply'       => __( 'Chat replies', 'nivella-credits' ),
			'knowledge_answer' => __( 'Answers from your knowledge base', 'nivella-credits' ),
			'store'            => __( 'Store support', 'nivella-credits' ),
			'voice'            => __( 'Voice calls', 'nivella-credits' ),
			'workflow'         => __( 'Service Center workflows', 'nivella-credits' ),
			'reply_suggestion' => __( 'Reply suggestions for your team', 'nivella-credits' ),
			'summary'          => __( 'Summaries', 'nivella-credits' ),
			'image'            => __( 'Images', 'nivella-credits' ),
			default            => $key,
		} );
	}

	/** The name of a kind of grant or entry. */
	private static function kind( string $kind ): string {
		return match ( $kind ) {
			'allowance'     => __( 'of your plan', 'nivella-credits' ),
			'purchase'      => __( 'purchased', 'nivella-credits' ),
			'bonus'         => __( 'bonus', 'nivella-credits' ),
			'refund'        => __( 'given back', 'nivella-credits' ),
			'adjustment'    => __( 'added by the store', 'nivella-credits' ),
			'reversal'      => __( 'taken back after a refund', 'nivella-credits' ),
			'reinstatement' => __( 'given again', 'nivella-credits' ),
			'hold'          => __( 'held', 'nivella-credits' ),
			'release', 'lapse' => __( 'hold given back', 'nivella-credits' ),
			'expiry'        => __( 'expired', 'nivella-credits' ),
			default         => __( 'used', 'nivella-credits' ),
		};
	}

	/**
	 * A date in the site's zone.
	 *
	 * @param int $ms When.
	 */
	public static function date( int $ms ): string {
		return (string) wp_date( (string) get_option( 'date_format' ), intdiv( $ms, 1000 ) );
	}

	/** A moment in the site's zone. */
	private static function moment( string $instant ): string {
		$format = get_option( 'date_format' ) . ' ' . get_option( 'time_format' );
		return (string) wp_date( $format, intdiv( Instant::parse( $instant ), 1000 ) );
	}
}
