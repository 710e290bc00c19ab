<?php
/**
 * What the receipt of a purchase says of its order.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Instant;

defined( 'ABSPATH' ) || exit;

/** Tells the store's own texts about a line, for whoever has its credits. */
final class Receipt {
	/**
	 * Runs on `nivella_credits_purchase`.
	 *
	 * @param mixed  $told What somebody else says of it already.
	 * @param string $key  The line, as the ledger knows it.
	 * @return mixed The same where that is no line of an order here.
	 */
	public static function purchase( mixed $told, string $key ): mixed {
		$ids   = Sold::ids_of( $key );
		$order = null === $told && null !== $ids ? wc_get_order( $ids[0] ) : null;
		$line  = $order instanceof \WC_Order ? $order->get_item( $ids[1] ) : null;
		if ( ! $line instanceof \WC_Order_Item_Product ) {
			return $told;
		}
		$quantity = (int) $line->get_quantity();
		$name     = self::plain( $line->get_name() );
		$at       = Payment::paid_at( $order ) ?? $order->get_date_created()?->getTimestamp() ?? 0;
		return array(
			'store'   => self::plain( get_bloginfo( 'name' ) ),
			/* translators: %s: number of an order. */
			'order'   => sprintf( __( 'order %s', 'nivella-credits' ), $order->get_order_number() ),
			'at'      => Instant::text( $at * 1000 ),
			'package' => $quantity > 1 ? "$quantity × $name" : $name,
			'price'   => self::price( $order, $line ),
			'lines'   => self::lines( $order ),
		);
	}

	/**
	 * What was paid for a line, tax included, as the store writes it.
	 *
	 * @param \WC_Order              $order The order.
	 * @param \WC_Order_Item_Product $line  The line.
	 */
	private static function price( \WC_Order $order, \WC_Order_Item_Product $line ): string {
		$micro = Money::of( $line->get_total() ) + Money::of( $line->get_total_tax() );
		$in    = array( 'currency' => $order->get_currency() );
		return self::plain( wc_price( Amount::text( $micro ), $in ) );
	}

	/**
	 * Coupons, and how it was paid.
	 *
	 * @param \WC_Order $order The order.
	 * @return array<int, array{name: string, text: string}>
	 */
	private static function lines( \WC_Order $order ): array {
		$lines = array();
		foreach ( $order->get_coupon_codes() as $code ) {
			$lines[] = array( 'name' => __( 'Coupon', 'nivella-credits' ), 'text' => self::plain( $code ) );
		}
		$method = self::plain( $order->get_payment_method_title() );
		if ( '' !== $method ) {
			$lines[] = array( 'name' => __( 'Payment', 'nivella-credits' ), 'text' => $method );
		}
		return $lines;
	}

	/**
	 * A text of the store without its markup.
	 *
	 * @param string $html The text.
	 */
	private static function plain( string $html ): string {
		$text = html_entity_decode( wp_strip_all_tags( $html ), ENT_QUOTES | ENT_HTML5, 'UTF-8' );
		return trim( str_replace( "\u{a0}", ' ', $text ) );
	}
}
