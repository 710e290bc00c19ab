<?php
/**
 * The statement of a month.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Mail;

use Nivella\Credits\Ledger\Amount;
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
		$day   = (int) strtotime( "{$facts['month']}-15T12:00:00Z" );
		return null === $month
			? null
			: self::written( $day, $month->opening, $month->sums, $month->closing );
	}

	/** As Mail says. */
	protected function example(): Letter {
		$sums = array( 'grant' => 5000 * Amount::SCALE, 'use' => -865 * Amount::SCALE );
		$day  = time() - 31 * DAY_IN_SECONDS;
		return self::written( $day, 2000 * Amount::SCALE, $sums, 6135 * Amount::SCALE );
	}

	/**
	 * A month, from its opening to its closing, in micro-credits.
	 *
	 * @param int                $day     A moment in its middle, in seconds since 1970.
	 * @param int                $opening What was there ahead of it.
	 * @param array<string, int> $sums    What it has brought and taken, by kind.
	 * @param int                $closing What was there at its end.
	 */
	private static function written( int $day, int $opening, array $sums, int $closing ): Letter {
		$first = __( 'At the beginning', 'nivella-credits' );
		$rows  = array( array( $first, Figure::text( $opening ) ) );
		foreach ( self::names() as $kind => $name ) {
			if ( 0 !== ( $sums[ $kind ] ?? 0 ) ) {
				$rows[] = array( $name, Figure::text( $sums[ $kind ] ) );
			}
		}
		$rows[] = array( __( 'At the end', 'nivella-credits' ), Figure::text( $closing ) );
		/* translators: %s: a month, such as October 2026. */
		$about = __( 'What %s has brought and taken:', 'nivella-credits' );
		$name  = (string) wp_date( 'F Y', $day );
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
