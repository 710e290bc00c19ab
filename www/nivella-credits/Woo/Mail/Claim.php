<?php
/**
 * Credits wait for whoever reads the mail of an order.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Mail;

use Nivella\Credits\Woo\Orders;

defined( 'ABSPATH' ) || exit;

/** To guests: the link by which the credits of their paid order come to an account. */
final class Claim extends Mail {
	/** As Mail says. */
	public static function kind(): string {
		return 'claim';
	}

	/** As Mail says. */
	protected function words(): array {
		return array(
			'title'       => __( 'Claim your credits', 'nivella-credits' ),
			'description' => __(
				'To guests, when their order is paid: the only way to its credits.',
				'nivella-credits'
			),
			'subject'     => __( 'Claim your credits at {site_title}', 'nivella-credits' ),
			'heading'     => __( 'Claim your credits', 'nivella-credits' ),
		);
	}

	/**
	 * The link. It is never part of what the store keeps or logs.
	 *
	 * @param array<string, mixed> $facts `order`, `link`, `days`.
	 */
	protected function letter( array $facts ): ?Letter {
		$order = Orders::fresh( (int) $facts['order'] );
		if ( null === $order ) {
			return null;
		}
		/* translators: %s: number of the order. */
		$thanks = __( 'Thank you for order %s. It is paid.', 'nivella-credits' );
		$days   = (int) $facts['days'];
		/* translators: %d: number of days. */
		$once = _n(
			'The link works once, for %d day.',
			'The link works once, for %d days.',
			$days,
			'nivella-credits'
		);
		$only = __( 'Whoever has it can claim the credits: do not pass it on.', 'nivella-credits' );
		return new Letter(
			array(
				sprintf( $thanks, $order->get_order_number() ),
				__( 'Your credits wait for an account.', 'nivella-credits' ),
				__( 'Open the link, and sign in or register.', 'nivella-credits' ),
			),
			array(),
			array( __( 'Claim your credits', 'nivella-credits' ), (string) $facts['link'] ),
			sprintf( $once, $days ) . ' ' . $only
		);
	}
}
