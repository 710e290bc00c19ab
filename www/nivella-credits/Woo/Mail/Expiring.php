<?php
/**
 * Credits that expire soon.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Mail;

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
		$rows   = array();
		$when   = array( (int) $facts['after'], (int) $facts['until'] );
		$grants = Stored::open()->of_account( (int) $facts['account'], ...$when );
		foreach ( $grants as [ $expires_at, $available ] ) {
			$day    = (string) wp_date( get_option( 'date_format' ), intdiv( $expires_at, 1000 ) );
			$rows[] = array( $day, Figure::text( $available ) );
		}
		return array() === $rows ? null : new Letter(
			array( __( 'What you have not used by then is lost:', 'nivella-credits' ) ),
			$rows,
			array( __( 'See your credits', 'nivella-credits' ), Addresses::credits() ),
			__( 'They are used before credits that last longer.', 'nivella-credits' )
		);
	}
}
