<?php
/**
 * Credits are getting low.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Mail;

defined( 'ABSPATH' ) || exit;

/** To customers, when their credits become low. */
final class Low extends LevelMail {
	protected const LEVELS  = array( 'low' );
	protected const EXAMPLE = 360;

	/** As Mail says. */
	public static function kind(): string {
		return 'low';
	}

	/** As Mail says. */
	protected function words(): array {
		return array(
			'title'       => __( 'Credits are getting low', 'nivella-credits' ),
			'description' => __(
				'To customers, once when they have few credits left.',
				'nivella-credits'
			),
			'subject'     => __( 'Your credits at {site_title} are getting low', 'nivella-credits' ),
			'heading'     => __( 'Credits are getting low', 'nivella-credits' ),
		);
	}
}
