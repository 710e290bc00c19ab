<?php
/**
 * The statement of a month.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Mail;

use Nivella\Credits\Page\Figure;
use Nivella\Credits\Storage\Month;
use Nivella\Credits\Woo\Addresses;

defined( 'ABSPATH' ) || exit;

/** To customers, at the beginning of a month: what the last one has brought and taken. */
final class Monthly extends Mail {
	/** As Mail says. */
	public static function kind(): string {
		return 'monthly';
	}

	/** As Mail says. */
	protected function words(): array {
		return array(
			'title'       => __( 'Monthly statement', 'nivella-credits' ),
			'description' => __(
				'To customers, at the beginning of a month: what the last one has brought.',
				'nivella-credits'
			),
			'subject'     => __( 'Your credits at {site_title}: monthly statement', 'nivella-credits' ),
			'heading'     => __( 'Monthly statement', 'nivella-credits' ),
		);
	}

	/**
	 * The month, from its opening to its closing.
	 *
	 * @param array<string, mixed> $facts `account`; `month` as 2026-10.
	 */
	protected function letter( array $facts ): ?Letter {
		$month = Month::of( (int) $facts['account'], (string) $facts['month'] );
		if ( null === $month ) {
			return null;
		}
		$first = __( 'At the beginning', 'nivella-credits' );
		$rows  = array( array( $first, Figure::text( $month->opening ) ) );
		foreach ( self::names() as $kind => $name ) {
			if ( 0 !== ( $month->sums[ $kind ] ?? 0 ) ) {
				$rows[] = array( $name, Figure::text( $month->sums[ $kind ] ) );
			}
		}
		$rows[] = array( __( 'At the end', 'nivella-credits' ), Figure::text( $month->closing ) );
		/* translators: %s: a month, such as October 2026. */
		$about = __( 'What %s has brought and taken:', 'nivella-credits' );
		$name  = (string) wp_date( 'F Y', (int) strtotime( "{$facts['month']}-15T12:00:00Z" ) );
		$way   = array( __( 'See every entry', 'nivella-credits' ), Addresses::credits() );
		return new Letter( array( sprintf( $about, $name ) ), $rows, $way );
	}

	/**
	 * What the sums of a month are called, in the order in which they are listed.
	 *
	 * @return array<string, string>
	 */
	private static function names(): array {
		return array(
			'grant'         => __( 'Added', 'nivella-credits' ),
			'use'           => __( 'Used', 'nivella-credits' ),
			'expiry'        => __( 'Expired', 'nivella-credits' ),
			'reversal'      => __( 'Taken back after refunds', 'nivella-credits' ),
			'reinstatement' => __( 'Given again', 'nivella-credits' ),
			'adjustment'    => __( 'Adjusted', 'nivella-credits' ),
		);
	}
}
