<?php
/**
 * Out of credits.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Mail;

defined( 'ABSPATH' ) || exit;

/** To customers, when nothing is left. */
final class Depleted extends LevelMail {
	protected const LEVELS = array( 'depleted' );

	/** As Mail says. */
	public static function kind(): string {
		return 'depleted';
	}

	/** As Mail says. */
	protected function words(): array {
		return array(
			'title'       => __( 'Out of credits', 'nivella-credits' ),
			'description' => __(
				'To customers, once when nothing is left.',
				'nivella-credits'
			),
			'subject'     => __( 'You are out of credits at {site_title}', 'nivella-credits' ),
			'heading'     => __( 'You’re out of credits', 'nivella-credits' ),
		);
	}

	/** As LevelMail says. */
	protected function paragraphs( string $available, ?string $until ): array {
		return array(
			__( 'Nothing is left to spend. What you asked for is kept where it was.', 'nivella-credits' ),
			__( 'Add credit, and carry on where you left off.', 'nivella-credits' ),
		);
	}
}
