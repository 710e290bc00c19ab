<?php
/**
 * Credits wait for whoever reads the mail of an order.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Mail;

use Nivella\Credits\Woo\Guests;
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
		return null === $order
			? null
			: self::written( $order->get_order_number(), (string) $facts['link'], (int) $facts['days'] );
	}

	/** As Mail says. */
	protected function example(): Letter {
		return self::written( '1001', home_url( '/' ), Guests::VALID_DAYS );
	}

	/** The link to the credits of an order. */
	private static function written( string $order, string $link, int $days ): Letter {
		/* translators: %s: number of the order. */
		$thanks = __( 'Thank you for order %s. It is paid.', 'nivella-credits' );
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
				sprintf( $thanks, $order ),
				__( 'Your credits wait for an account.', 'nivella-credits' ),
				__( 'Open the link, and sign in or register.', 'nivella-credits' ),
			),
			array(),
			array( __( 'Claim your credits', 'nivella-credits' ), $link ),
			sprintf( $once, $days ) . ' ' . $only
		);
	}
}
