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
	protected const LEVELS  = array( 'critical' );
	protected const EXAMPLE = 60;

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
}
