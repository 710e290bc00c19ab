<?php
/**
 * The mail with the link.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

defined( 'ABSPATH' ) || exit;

/** "Claim your credits", as plain text. */
final class ClaimMail {
	/**
	 * Sends it to the order's address.
	 *
	 * @param \WC_Order $order The order.
	 * @param string    $link  The link.
	 * @param int       $days  How long it works.
	 */
	public static function send( \WC_Order $order, string $link, int $days ): bool {
		$shop = wp_specialchars_decode( get_option( 'blogname', '' ), ENT_QUOTES );
		/* translators: %s: name of the store. */
		$subject = sprintf( __( 'Claim your credits at %s', 'nivella-credits' ), $shop );
		/* translators: %s: number of the order. */
		$thanks = __( 'Thank you for order %s. It is paid.', 'nivella-credits' );
		$lines  = array(
			sprintf( $thanks, $order->get_order_number() ),
			__( 'Your credits wait for an account. Open this link, and sign in:', 'nivella-credits' ),
			$link,
			sprintf(
				/* translators: %d: number of days. */
				_n( 'It works once, for %d day.', 'It works once, for %d days.', $days, 'nivella-credits' ),
				$days
			),
			__( 'Whoever has this link can claim the credits: do not pass it on.', 'nivella-credits' ),
		);
		return (bool) wp_mail( $order->get_billing_email(), $subject, implode( "\n\n", $lines ) . "\n" );
	}
}
