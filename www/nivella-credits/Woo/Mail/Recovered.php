<?php
/**
 * Credits are back.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Mail;

defined( 'ABSPATH' ) || exit;

/** To customers, when there are enough again. */
final class Recovered extends LevelMail {
	protected const LEVELS  = array( 'ok', 'unlimited' );
	protected const EXAMPLE = 7341;

	/** As Mail says. */
	public static function kind(): string {
		return 'recovered';
	}

	/** As Mail says. */
	protected function words(): array {
		return array(
			'title'       => __( 'Credits are back', 'nivella-credits' ),
			'description' => __(
				'To customers, when there is enough again. A purchase is told by its own mail.',
				'nivella-credits'
			),
			'subject'     => __( 'Your credits at {site_title} are back', 'nivella-credits' ),
			'heading'     => __( 'Credits are back', 'nivella-credits' ),
		);
	}

	/** As LevelMail says. */
	protected function paragraphs( string $available, ?string $until ): array {
		/* translators: %s: credits, such as 7,341. */
		$text = __( 'You now have %s credits.', 'nivella-credits' );
		return array( sprintf( $text, $available ) );
	}
}
