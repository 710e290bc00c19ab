<?php
/**
 * Credits of an order are there.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Mail;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Page\Figure;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Woo\Addresses;
use Nivella\Credits\Woo\Orders;
use Nivella\Credits\Woo\Product\StarterSet;
use Nivella\Credits\Woo\StoredBooks;

defined( 'ABSPATH' ) || exit;

/** To customers, when credits that they bought are in their account. Each line is told once. */
final class Granted extends Mail {
	/** Meta data of an order: the lines that were told. */
	private const TOLD = '_nivella_credits_told';

	/**
	 * The lines of the mail that is being sent.
	 *
	 * @var int[]
	 */
	private array $telling = array();

	/** As Mail says. */
	public static function kind(): string {
		return 'granted';
	}

	/** As Mail says. */
	protected function words(): array {
		return array(
			'title'       => __( 'Credits added', 'nivella-credits' ),
			'description' => __(
				'To customers, when credits that they bought are in their account.',
				'nivella-credits'
			),
			'subject'     => __( 'Your credits at {site_title} are there', 'nivella-credits' ),
			'heading'     => __( 'Credits added', 'nivella-credits' ),
		);
	}

	/**
	 * The lines of the order that were not told yet. They are noted ahead of the sending, so that of
	 * two processes one tells them.
	 *
	 * @param array<string, mixed> $facts `account`, `order`.
	 */
	protected function letter( array $facts ): ?Letter {
		$this->telling = array();

		$order = Orders::fresh( (int) $facts['order'] );
		$told  = null === $order ? array() : self::told( $order );
		$rows  = null === $order ? array() : self::lines( $order, (int) $facts['account'], $told );
		if ( array() === $rows ) {
			return null;
		}
		$balance = Books::open()->balance( (int) $facts['account'] );

		$this->telling = array_keys( $rows );
		self::note( $order, array( ...$told, ...$this->telling ) );

		return self::written(
			$order->get_order_number(),
			array_values( $rows ),
			Amount::parse_signed( $balance['available'] ),
			Amount::parse_signed( $balance['debt'] )
		);
	}

	/** As Mail says. */
	protected function example(): Letter {
		$bought = 5000 * Amount::SCALE;
		$bonus  = 250 * Amount::SCALE;
		$name   = StarterSet::name( Figure::text( $bought ) );
		$rows   = array( array( "$name × 1", self::amount( $bought, $bonus ) ) );
		return self::written( '1001', $rows, 6206 * Amount::SCALE, 0 );
	}

	/**
	 * What an order has brought.
	 *
	 * @param string                       $order     Its number.
	 * @param array<array{string, string}> $rows      Its lines, and what each has brought.
	 * @param int                          $available Micro-credits that the account has now.
	 * @param int                          $debt      What it still owes.
	 */
	private static function written( string $order, array $rows, int $available, int $debt ): Letter {
		$rows[] = array( __( 'Available now', 'nivella-credits' ), Figure::text( $available ) );
		if ( $debt > 0 ) {
			$rows[] = array( __( 'Owed, repaid first', 'nivella-credits' ), Figure::text( $debt ) );
		}
		/* translators: %s: number of the order. */
		$thanks = __( 'Thank you for order %s. Its credits are in your account.', 'nivella-credits' );
		$way    = array( __( 'See your credits', 'nivella-credits' ), Addresses::credits() );
		return new Letter( array( sprintf( $thanks, $order ) ), $rows, $way );
	}

	/** As Mail says. */
	protected function not_sent( array $facts ): void {
		$order = array() === $this->telling ? null : Orders::fresh( (int) $facts['order'] );
		if ( null !== $order ) {
			self::note( $order, array_diff( self::told( $order ), $this->telling ) );
		}
	}

	/**
	 * The lines of an order that were told.
	 *
	 * @param \WC_Order $order The order.
	 * @return int[] Their ids.
	 */
	private static function told( \WC_Order $order ): array {
		return array_filter( (array) $order->get_meta( self::TOLD ), 'is_int' );
	}

	/**
	 * Notes which lines of an order were told.
	 *
	 * @param \WC_Order $order The order.
	 * @param int[]     $lines Their ids.
	 */
	private static function note( \WC_Order $order, array $lines ): void {
		$order->update_meta_data( self::TOLD, array_values( $lines ) );
		$order->save_meta_data();
	}

	/**
	 * What is booked for lines, by the lines' ids.
	 *
	 * @param \WC_Order $order   The order.
	 * @param int       $account Whose.
	 * @param array     $told    The lines that were told.
	 * @return array<int, array{string, string}>
	 */
	private static function lines( \WC_Order $order, int $account, array $told ): array {
		$rows = array();
		foreach ( ( new StoredBooks() )->sold_of_order( $order->get_id() ) as $sold ) {
			$id   = $sold->ids()[1] ?? 0;
			$line = $order->get_item( $id );
			if ( $sold->account !== $account || in_array( $id, $told, true ) || false === $line ) {
				continue;
			}
			$text        = self::amount( $sold->item->granted, $sold->item->bonus );
			$name        = wp_strip_all_tags( $line->get_name() );
			$rows[ $id ] = array( "$name × {$line->get_quantity()}", $text );
		}
		return $rows;
	}

	/** Credits, and a bonus where there is one, in micro-credits. */
	private static function amount( int $credits, int $bonus ): string {
		if ( 0 === $bonus ) {
			return Figure::text( $credits );
		}
		/* translators: 1: credits, 2: bonus credits. */
		$text = __( '%1$s, and %2$s as a bonus', 'nivella-credits' );
		return sprintf( $text, Figure::text( $credits ), Figure::text( $bonus ) );
	}
}
