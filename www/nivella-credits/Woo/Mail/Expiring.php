<?php
/**
 * Credits that expire soon.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Mail;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Page\Figure;
use Nivella\Credits\Storage\Expiring as Stored;
use Nivella\Credits\Woo\Addresses;

defined( 'ABSPATH' ) || exit;

/** To customers, once for what is left of each grant, a week ahead; no allowances of plans. */
final class Expiring extends Mail {
	/** As Mail says. */
	public static function kind(): string {
		return 'expiring';
	}

	/** As Mail says. */
	protected function words(): array {
		return array(
			'title'       => __( 'Credits expire soon', 'nivella-credits' ),
			'description' => __(
				'To customers, a week before credits expire that are no allowance.',
				'nivella-credits'
			),
			'subject'     => __( 'Some of your credits at {site_title} expire soon', 'nivella-credits' ),
			'heading'     => __( 'Credits expire soon', 'nivella-credits' ),
		);
	}

	/**
	 * What is still left of them.
	 *
	 * @param array<string, mixed> $facts `account`, and `after` and `until`, in ms since 1970.
	 */
	protected function letter( array $facts ): ?Letter {
		$when   = array( (int) $facts['after'], (int) $facts['until'] );
		$grants = Stored::open()->of_account( (int) $facts['account'], ...$when );
		return array() === $grants ? null : self::written( $grants );
	}

	/** As Mail says. */
	protected function example(): Letter {
		$in_a_week = ( time() + 7 * DAY_IN_SECONDS ) * 1000;
		return self::written( array( array( $in_a_week, 500 * Amount::SCALE ) ) );
	}

	/**
	 * What expires when.
	 *
	 * @param array<array{int, int}> $grants When each expires, in ms since 1970, and the micro-credits
	 *                                       that are left of it.
	 */
	private static function written( array $grants ): Letter {
		$rows = array();
		foreach ( $grants as [ $expires_at, $available ] ) {
			$day    = (string) wp_date( get_option( 'date_format' ), intdiv( $expires_at, 1000 ) );
			$rows[] = array( $day, Figure::text( $available ) );
		}
		return new Letter(
			array( __( 'What you have not used by then is lost:', 'nivella-credits' ) ),
			$rows,
			array( __( 'See your credits', 'nivella-credits' ), Addresses::credits() ),
			__( 'They are used before credits that last longer.', 'nivella-credits' )
		);
	}
}
