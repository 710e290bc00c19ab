<?php
/**
 * The check of every day, as its owner sees it.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Health;

defined( 'ABSPATH' ) || exit;

/** What the last run found, and whether it ran at all. */
final class Daily {
	private const JOBS    = 3;
	private const LATE_S  = 2 * DAY_IN_SECONDS;
	private const WAITS_S = HOUR_IN_SECONDS;

	/** What the last run found. */
	public static function last(): Finding {
		$run = Record::read();
		if ( ! isset( $run['began'] ) ) {
			$text = __( 'The daily check has not run yet. It begins within a day.', 'nivella-credits' );
			return Finding::recommended( $text );
		}
		$age   = time() - (int) $run['began'];
		$form  = get_option( 'date_format' ) . ' ' . get_option( 'time_format' );
		$when  = (string) wp_date( $form, (int) $run['began'] );
		$parts = self::parts( $run );
		if ( isset( $run['faults'] ) ) {
			return Finding::critical( "$when: " . implode( ' ', $parts ) );
		}
		if ( $age > self::LATE_S ) {
			/* translators: %s: a date and time. */
			$text = __( 'The daily check ran last on %s. Does the site\'s cron run?', 'nivella-credits' );
			return Finding::recommended( sprintf( $text, $when ) );
		}
		if ( count( $run['done'] ?? array() ) < self::JOBS ) {
			/* translators: %s: a date and time. */
			$text = __( 'The check that began on %s is not done yet.', 'nivella-credits' );
			$text = trim( sprintf( $text, $when ) . ' ' . implode( ' ', $parts ) );
			return $age < self::WAITS_S ? Finding::good( $text ) : Finding::recommended( $text );
		}
		if ( array() === $parts ) {
			$parts = array( __( 'Orders and ledger agree, and every sum holds.', 'nivella-credits' ) );
		}
		$text = "$when: " . implode( ' ', $parts );
		return isset( $run['gone'] ) ? Finding::recommended( $text ) : Finding::good( $text );
	}

	/**
	 * What was found, in sentences.
	 *
	 * @param array<string, mixed> $run The run.
	 * @return string[]
	 */
	private static function parts( array $run ): array {
		$texts = array(
			/* translators: %s: numbers of accounts, and what of them. */
			'faults'    => __( 'These accounts do not add up: %s.', 'nivella-credits' ),
			/* translators: %s: lines of orders. */
			'gone'      => __(
				'Orders are gone, and their credits are still there: %s.',
				'nivella-credits',
			),
			/* translators: %s: how many lines of orders. */
			'granted'   => __( 'Lines of paid orders that were granted late: %s.', 'nivella-credits' ),
			/* translators: %s: lines of orders. */
			'set_right' => __( 'Set right: %s.', 'nivella-credits' ),
		);
		$parts = array();
		foreach ( $texts as $what => $text ) {
			if ( isset( $run[ $what ] ) ) {
				$parts[] = sprintf( $text, implode( wp_get_list_item_separator(), $run[ $what ] ) );
			}
		}
		return $parts;
	}
}
