<?php
/**
 * What packages change about orders and coupons.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Owner\Policies;
use Nivella\Credits\Woo\Plans\Offer;

defined( 'ABSPATH' ) || exit;

/** Two choices of the owner, both yes unless they say no. */
final class Completion {
	/**
	 * Whether a product leaves something to be done by the store after the payment.
	 *
	 * @param mixed $needs   What others say.
	 * @param mixed $product The product.
	 */
	public static function needs( mixed $needs, mixed $product ): mixed {
		$done = $product instanceof \WC_Product && $product->is_virtual()
			&& 'no' !== get_option( Policies::COMPLETE, 'yes' ) && self::is_booked( $product );
		return $done ? false : $needs;
	}

	/**
	 * An order is about to be saved. The store dates the payment when an order gets the status that
	 * payment gives it; since that is "completed" here, an owner who sets "processing" (the transfer
	 * has arrived) would leave the order without a date.
	 *
	 * @param mixed $order The order.
	 */
	public static function date( mixed $order ): void {
		try {
			if ( $order instanceof \WC_Order && $order->has_status( 'processing' )
				&& null === $order->get_date_paid() && 'cod' !== $order->get_payment_method()
				&& self::has_package( $order ) ) {
				$order->set_date_paid( time() );
			}
		} catch ( \Throwable $fault ) {
			Log::error( 'the payment of an order was not dated', $fault, (int) $order->get_id() );
		}
	}

	/** Whether all of a product is booked by itself: a package, or a plan. */
	private static function is_booked( mixed $product ): bool {
		return Packages::is_package( $product ) || null !== Offer::of_product( $product );
	}

	/** Whether a line is a package or a plan. */
	private static function has_package( \WC_Order $order ): bool {
		foreach ( $order->get_items() as $item ) {
			if ( $item instanceof \WC_Order_Item_Product && self::is_booked( $item->get_product() ) ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Refuses a coupon for a cart with packages, if the owner wants that.
	 *
	 * @param mixed $valid     What others say.
	 * @param mixed $coupon    The coupon.
	 * @param mixed $discounts What it would apply to.
	 * @throws \Exception The way to refuse with a reason.
	 */
	public static function coupon( mixed $valid, mixed $coupon, mixed $discounts ): mixed {
		if ( 'no' !== get_option( Policies::COUPONS, 'yes' ) || ! $discounts instanceof \WC_Discounts ) {
			return $valid;
		}
		foreach ( $discounts->get_items() as $item ) {
			if ( Packages::is_package( $item->product ?? null ) ) {
				$text = __( 'Coupons can not be used for credit packages.', 'nivella-credits' );
				throw new \Exception( esc_html( $text ), 109 );
			}
		}
		return $valid;
	}
}
