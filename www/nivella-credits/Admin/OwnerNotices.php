<?php
/**
 * What whoever runs the store must know, on every page of the admin.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Health\Checks;
use Nivella\Credits\Health\Finding;
use Nivella\Credits\Plugin\Capabilities;
use Nivella\Credits\Storage\Schema;

defined( 'ABSPATH' ) || exit;

/**
 * Only what keeps the plugin from its work, and only what is known without a question to the
 * database; not where SiteNotices says it already.
 */
final class OwnerNotices {
	/** Runs on `admin_notices`. */
	public static function show(): void {
		if ( ! current_user_can( Capabilities::MANAGE ) || SiteNotices::are_here() ) {
			return;
		}
		$checks = Checks::all();
		foreach ( Schema::is_ready() ? array( 'secret' ) : array( 'engine', 'secret' ) as $name ) {
			$found = Checks::run( $checks[ $name ] );
			if ( Finding::CRITICAL === $found->status ) {
				$link = Markup::link(
					Menu::url( HealthScreen::PAGE ),
					__( 'Health of the credits', 'nivella-credits' )
				);
				$text = esc_html( 'Nivella Credits: ' . $found->text );
				$text = Markup::tag( 'p', array(), "$text $link" );
				// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped in its parts.
				echo Markup::tag( 'div', array( 'class' => 'notice notice-error' ), $text );
			}
		}
	}
}
