<?php
/**
 * What a store owner can have done to an order.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

defined( 'ABSPATH' ) || exit;

/** In the box "Order actions" of WooCommerce's order screen, which asks who may edit the order. */
final class OrderActions {
	/** Mails the link to claim the credits again. */
	public const INVITE = 'nivella_credits_invite_again';

	/**
	 * Adds what fits the order.
	 *
	 * @param mixed $actions Names of actions, by key.
	 * @param mixed $order   The order.
	 * @return mixed
	 */
	public static function listed( mixed $actions, mixed $order = null ): mixed {
		try {
			$fits = is_array( $actions ) && $order instanceof \WC_Order
				&& Listener::sync()->guests->is_waiting( $order );
			if ( $fits ) {
				$actions[ self::INVITE ] = __( 'Send "Claim your credits" again', 'nivella-credits' );
			}
		} catch ( \Throwable $fault ) {
			Log::error( 'an order can not be read', $fault, $order->get_id() );
		}
		return $actions;
	}

	/**
	 * Mails the link again; an older one no longer works then. The order's notes say how it went.
	 *
	 * @param mixed $order The order.
	 */
	public static function invite( mixed $order ): void {
		if ( ! $order instanceof \WC_Order ) {
			return;
		}
		try {
			$sent = Listener::sync()->guests->invite( $order->get_id(), true );
		} catch ( \Throwable $fault ) {
			$sent = false;
			Log::error( 'the link to claim credits was not mailed', $fault, $order->get_id() );
		}
		if ( ! $sent ) {
			$text = __( 'The link to claim the credits was not mailed.', 'nivella-credits' );
			Notes::add( $order->get_id(), $text );
		}
	}
}
