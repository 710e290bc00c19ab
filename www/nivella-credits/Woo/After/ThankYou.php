<?php
/**
 * What became of the credits, on the page after the checkout.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\After;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Page\Ground;
use Nivella\Credits\Page\Messages;
use Nivella\Credits\Page\Module;
use Nivella\Credits\Woo\Log;
use Nivella\Credits\Woo\Orders;
use Nivella\Credits\Woo\Plans\Placed as Plans;

defined( 'ABSPATH' ) || exit;

/**
 * Runs where the store shows an order to whoever may see it: the store itself has asked for the
 * order's key, and for its customer or address. Said once: behind the heading of the block, in a
 * theme's own template where that has the place for it.
 */
final class ThankYou {
	/** The states that the element knows; the others are told as text. */
	private const SHOWN = array(
		Outcome::SUCCESS,
		Outcome::WAITING,
		Outcome::CLAIM,
		Outcome::PENDING,
		Outcome::FAILED,
	);

	/** The order that the store is about to show; 0: none. */
	private static int $order_id = 0;

	/**
	 * The store shows an order.
	 *
	 * @param mixed $order_id The order's id.
	 */
	public static function begin( mixed $order_id ): void {
		self::$order_id = is_numeric( $order_id ) ? (int) $order_id : 0;
	}

	/**
	 * Behind the heading of the block.
	 *
	 * @param mixed $html The block.
	 */
	public static function after_heading( mixed $html ): mixed {
		$order_id       = self::$order_id;
		self::$order_id = 0;
		return is_string( $html ) && $order_id > 0 ? $html . self::said( $order_id ) : $html;
	}

	/**
	 * In a theme's template, or in a page of blocks without that heading.
	 *
	 * @param mixed $order_id The order's id.
	 */
	public static function show( mixed $order_id ): void {
		$order_id = is_numeric( $order_id ) ? (int) $order_id : 0;
		// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped where it is made.
		echo self::said( $order_id );
		self::$order_id = 0;
	}

	/** What there is to say of an order; nothing of one that was told. */
	private static function said( int $order_id ): string {
		static $told = array();
		if ( isset( $told[ $order_id ] ) ) {
			return '';
		}
		$told[ $order_id ] = true;
		try {
			$order = Orders::fresh( $order_id );
			return null === $order ? '' : self::of( $order );
		} catch ( \Throwable $fault ) {
			Log::error( 'the credits of an order can not be shown', $fault, $order_id );
			return '';
		}
	}

	/**
	 * What there is to say of an order, to the visitor of this page.
	 *
	 * @param \WC_Order $order The order.
	 */
	public static function of( \WC_Order $order ): string {
		$customer = (int) $order->get_customer_id();
		$own      = $customer > 0 && get_current_user_id() === $customer;
		return self::credits( $order, $own ) . Plans::markup( $order, $own );
	}

	/**
	 * What there is to say of its credits; '' where it gives none.
	 *
	 * @param \WC_Order $order The order.
	 * @param bool      $own   Whether its customer reads it.
	 */
	private static function credits( \WC_Order $order, bool $own ): string {
		$outcome = Outcome::of( $order );
		if ( null === $outcome ) {
			return '';
		}
		$text = esc_html( Told::text( $order, $outcome, $own ) );
		// Of what is booked the element also shows the balance: the reader's, so never to others.
		$balance = in_array( $outcome->state, array( Outcome::SUCCESS, Outcome::WAITING ), true );
		if ( ! in_array( $outcome->state, self::SHOWN, true ) || ( $balance && ! $own ) ) {
			return "<p class=\"nivella-credits-result alignwide\">$text</p>";
		}
		ReturnAddress::forget();
		Module::enqueue();
		$attributes = self::attributes( $order, $outcome, $own );
		return "<nivella-purchase-result$attributes>$text</nivella-purchase-result>";
	}

	/** The element's attributes. */
	private static function attributes( \WC_Order $order, Outcome $outcome, bool $own ): string {
		$given = array(
			'state'      => $outcome->state,
			'order'      => $order->get_order_number(),
			'return-url' => ReturnAddress::of( $order ),
			'order-url'  => $own ? $order->get_view_order_url() : null,
			'messages'   => Messages::address(),
		);
		if ( Outcome::SUCCESS === $outcome->state ) {
			$given += array(
				'credits' => Amount::text( $outcome->credits ),
				'repaid'  => Amount::text( $outcome->repaid ),
				'used'    => null === $outcome->used ? null : Amount::text( $outcome->used ),
			);
		} elseif ( $order->needs_payment() ) {
			$given['pay-url'] = $order->get_checkout_payment_url();
		}
		// As wide as the parts of the store's own page around it.
		$text = ' class="alignwide"' . Ground::attribute() . ( $own ? '' : ' guest' );
		foreach ( array_filter( $given, 'is_string' ) as $name => $value ) {
			$url   = 'messages' === $name || str_ends_with( $name, '-url' );
			$safe  = $url ? esc_url( $value ) : esc_attr( $value );
			$text .= " $name=\"$safe\"";
		}
		return $text;
	}
}
