<?php
/**
 * Almost out of credits.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Mail;

defined( 'ABSPATH' ) || exit;

/** To customers, when their credits become critical. */
final class Critical extends LevelMail {
	protected const LEVELS = array( 'critical' );

	/** As Mail says. */
	public static function kind(): string {
		return 'critical';
	}

	/** As Mail says. */
	protected function words(): array {
		return array(
			'title'       => __( 'Almost out of credits', 'nivella-credits' ),
			'description' => __(
				'To customers, once when they have hardly any credits left.',
				'nivella-credits'
			),
			'subject'     => __( 'You are almost out of credits at {site_title}', 'nivella-credits' ),
			'heading'     => __( 'Almost out of credits', 'nivella-credits' ),
		);
	}

	/** As LevelMail says. */
	protected function paragraphs( string $available, ?string $until ): array {
		if ( null === $until ) {
			/* translators: %s: credits, such as 360. */
			$left = sprintf( __( '%s credits are left.', 'nivella-credits' ), $available );
		} else {
			/* translators: 1: credits, such as 360, 2: a day, such as 24 November. */
			$left = __( '%1$s credits are left, enough until about %2$s.', 'nivella-credits' );
			$left = sprintf( $left, $available, $until );
		}
		return array( $left );
	}
}
