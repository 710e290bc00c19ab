<?php
/**
 * What the owner reads beside an order.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Ledger\Amount;

defined( 'ABSPATH' ) || exit;

/** Order notes, only for the store's staff. A note that fails is logged and stops nothing. */
final class Notes {
	/**
	 * A line was granted.
	 *
	 * @param \WC_Order             $order   The order.
	 * @param int                   $id      The line's id.
	 * @param array<string, string> $command What was booked.
	 */
	public static function granted( \WC_Order $order, int $id, array $command ): void {
		$name = $order->get_item( $id )->get_name();
		if ( isset( $command['bonus'] ) ) {
			/* translators: 1: name of the package, 2: credits, 3: bonus credits. */
			$text = __( '%1$s: %2$s credits granted, and %3$s as a bonus.', 'nivella-credits' );
			$text = sprintf( $text, $name, $command['amount'], $command['bonus'] );
		} else {
			/* translators: 1: name of the package, 2: credits. */
			$text = __( '%1$s: %2$s credits granted.', 'nivella-credits' );
			$text = sprintf( $text, $name, $command['amount'] );
		}
		self::add( $order->get_id(), $text );
	}

	/**
	 * Credits of a line were taken back or given again.
	 *
	 * @param int                         $order_id The order's id.
	 * @param array<array<string, mixed>> $entries  What was booked.
	 * @param Sold                        $sold     What had been booked before.
	 */
	public static function moved( int $order_id, array $entries, Sold $sold ): void {
		foreach ( $entries as $entry ) {
			if ( ! isset( $entry['movement'] ) ) {
				continue;
			}
			$order = wc_get_order( $order_id );
			$line  = $order instanceof \WC_Order ? $order->get_item( $sold->ids()[1] ?? 0 ) : false;
			$name  = false === $line ? $sold->item->id : $line->get_name();
			$to    = $entry['movement'];
			$due   = self::micro( $to['target'] ) + self::micro( $to['bonus_target'] )
				- $sold->item->target - $sold->item->bonus_target;
			$text  = $due >= 0 ? self::taken( $entry, $due ) : self::given( $entry, -$due );
			self::add( $order_id, "$name: $text" );
		}
	}

	/**
	 * Money went back, and nobody knows for which line.
	 *
	 * @param \WC_Order $order  The order.
	 * @param string    $amount The money of the refund.
	 */
	public static function unclear( \WC_Order $order, string $amount ): void {
		$texts = array(
			/* translators: 1: amount of money, 2: currency. */
			__( 'A refund of %1$s %2$s names no line.', 'nivella-credits' ),
			__( 'Not every line is a package, so no credits were taken back for it.', 'nivella-credits' ),
			__( 'Was it for a package? Then please refund its line instead.', 'nivella-credits' ),
		);
		self::add( $order->get_id(), sprintf( implode( ' ', $texts ), $amount, $order->get_currency() ) );
	}

	/**
	 * Any other text.
	 *
	 * @param int    $order_id The order's id; nothing is said where it is gone.
	 * @param string $text     The text.
	 */
	public static function add( int $order_id, string $text ): void {
		try {
			$order = wc_get_order( $order_id );
			if ( $order instanceof \WC_Order ) {
				$order->add_order_note( esc_html( $text ) );
			}
		} catch ( \Throwable $fault ) {
			Log::error( "a note was not written: $text", $fault, $order_id );
		}
	}

	/**
	 * What of a reversal was recovered, and what was not.
	 *
	 * @param array<string, mixed> $entry The entry with the movement.
	 * @param int                  $due   What was to be reversed.
	 */
	private static function taken( array $entry, int $due ): string {
		$own    = self::drawn( $entry, 'to', 'reversed' );
		$others = self::drawn( $entry, 'to', 'consumed' );
		/* translators: 1: credits to be taken back, 2: credits that were taken back. */
		$text  = __( '%1$s credits to be taken back, %2$s recovered', 'nivella-credits' );
		$parts = array( sprintf( $text, Amount::text( $due ), Amount::text( $own + $others ) ) );
		/* translators: %s: credits. */
		self::part( $parts, __( '%s of these from other credits', 'nivella-credits' ), $others );
		$debt = self::micro( $entry['debt'] ?? '0' );
		/* translators: %s: credits. */
		self::part( $parts, __( '%s owed by the customer', 'nivella-credits' ), $debt );
		$forgiven = self::micro( $entry['movement']['forgiven'] ?? '0' );
		/* translators: %s: credits. */
		self::part( $parts, __( '%s forgiven', 'nivella-credits' ), $forgiven );
		$expired = self::micro( $entry['movement']['spared'] ?? '0' );
		/* translators: %s: credits. */
		self::part( $parts, __( '%s had expired', 'nivella-credits' ), $expired );
		return self::sentence( $parts );
	}

	/**
	 * What of a reinstatement came back as credits, and what as less debt.
	 *
	 * @param array<string, mixed> $entry The entry with the movement.
	 * @param int                  $due   What was to be given again.
	 */
	private static function given( array $entry, int $due ): string {
		/* translators: %s: credits. */
		$text  = __( '%s credits are the customer\'s again', 'nivella-credits' );
		$parts = array( sprintf( $text, Amount::text( $due ) ) );
		/* translators: %s: credits. */
		$text = __( '%s of these repaid what was owed', 'nivella-credits' );
		self::part( $parts, $text, -self::micro( $entry['debt'] ?? '0' ) );
		$expired = -self::micro( $entry['movement']['spared'] ?? '0' );
		/* translators: %s: credits. */
		self::part( $parts, __( '%s had expired', 'nivella-credits' ), $expired );
		return self::sentence( $parts );
	}

	/**
	 * One sentence of its parts.
	 *
	 * @param string[] $parts What is said.
	 */
	private static function sentence( array $parts ): string {
		/* translators: Between parts of a sentence, with a space behind it where there is one. */
		return implode( _x( '; ', 'between parts', 'nivella-credits' ), $parts ) . '.';
	}

	/**
	 * Adds a part unless it is about nothing.
	 *
	 * @param string[] $parts What is said so far.
	 * @param string   $text  With a place for the credits.
	 * @param int      $micro Micro-credits.
	 */
	private static function part( array &$parts, string $text, int $micro ): void {
		if ( $micro > 0 ) {
			$parts[] = sprintf( $text, Amount::text( $micro ) );
		}
	}

	/**
	 * What an entry's draws moved to or from a part of grants.
	 *
	 * @param array<string, mixed> $entry The entry.
	 * @param string               $end   `to` or `from`.
	 * @param string               $part  The part.
	 */
	private static function drawn( array $entry, string $end, string $part ): int {
		$sum = 0;
		foreach ( $entry['draws'] ?? array() as $draw ) {
			$sum += $part === $draw[ $end ] ? self::micro( $draw['amount'] ) : 0;
		}
		return $sum;
	}

	/** An amount of an answer. */
	private static function micro( string $text ): int {
		return Amount::parse_signed( $text );
	}
}
