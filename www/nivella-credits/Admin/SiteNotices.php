<?php
/**
 * What the site's owner should mend, said in the admin.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Health\Checks;
use Nivella\Credits\Health\Finding;
use Nivella\Credits\Storage\Schema;

defined( 'ABSPATH' ) || exit;

/**
 * Only for those who can mend it, and only where they look after the site: the dashboard, the
 * plugins, the site's health and the plugin's own pages. A warning may be hidden for a while.
 */
final class SiteNotices {
	/** The action that hides a warning, and its nonce. */
	public const HIDE = 'nivella_credits_hide_notice';

	/** Those that ask nothing over HTTP, and little of the database. */
	private const CHECKS = array( 'engine', 'secret', 'outbox', 'https', 'sqlite' );

	private const WHO    = 'manage_options';
	private const META   = 'nivella_credits_hidden_notices';
	private const HIDDEN = 90 * DAY_IN_SECONDS;
	private const PAGES  = '/^(dashboard|plugins|site-health)$|_page_nivella-credits/';

	/** Runs on `admin_notices`. */
	public static function show(): void {
		if ( ! self::are_here() ) {
			return;
		}
		$hidden = self::hidden();
		foreach ( self::found() as $name => $one ) {
			$may_hide = Finding::CRITICAL !== $one->status;
			if ( ! $may_hide || ( $hidden[ $name ] ?? 0 ) < time() - self::HIDDEN ) {
				// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped by Markup.
				echo self::markup( $name, $one, $may_hide );
			}
		}
	}

	/** Whether this page says them to whoever opens it. */
	public static function are_here(): bool {
		$page = (string) get_current_screen()?->id;
		return current_user_can( self::WHO ) && 1 === preg_match( self::PAGES, $page );
	}

	/**
	 * What is not as it should be, the worst first. What is critical stays until it is mended.
	 *
	 * @return array<string, Finding> By the check's name.
	 */
	private static function found(): array {
		$checks = Checks::all();
		$found  = array();
		foreach ( self::CHECKS as $name ) {
			// Tables that are ready need no look; of others, no events can be read.
			if ( Schema::is_ready() ? 'engine' !== $name : 'outbox' !== $name ) {
				$found[ $name ] = Checks::run( $checks[ $name ] );
			}
		}
		return array_filter( $found, static fn( $one ): bool => Finding::GOOD !== $one->status );
	}

	/** Runs on the action HIDE. */
	public static function hide(): void {
		check_admin_referer( self::HIDE );
		$name = sanitize_key( wp_unslash( $_GET['notice'] ?? '' ) );
		if ( ! current_user_can( self::WHO ) ) {
			$text = __( 'You may not do this.', 'nivella-credits' );
			wp_die( esc_html( $text ), '', array( 'response' => 403 ) );
		}
		$known = array_intersect_key( self::hidden(), self::found() );
		update_user_meta( get_current_user_id(), self::META, array( $name => time() ) + $known );
		wp_safe_redirect( wp_get_referer() ?: admin_url() );
		exit;
	}

	/**
	 * A notice.
	 *
	 * @param string  $name     The check's.
	 * @param Finding $one      What it found.
	 * @param bool    $may_hide Whether it may be hidden.
	 */
	private static function markup( string $name, Finding $one, bool $may_hide ): string {
		$text  = Markup::tag( 'strong', array(), esc_html__( 'Nivella Credits', 'nivella-credits' ) );
		$text .= ' ' . esc_html( $one->text );
		if ( $may_hide ) {
			$url   = admin_url( 'admin-post.php?action=' . self::HIDE . '&notice=' . $name );
			$url   = wp_nonce_url( $url, self::HIDE );
			$text .= ' ' . Markup::link( $url, __( 'Hide for 90 days', 'nivella-credits' ) );
		}
		$class = array( 'class' => 'notice notice-' . ( $may_hide ? 'warning' : 'error' ) );
		return Markup::tag( 'div', $class, Markup::tag( 'p', array(), $text ) );
	}

	/**
	 * When this user has hidden what.
	 *
	 * @return array<string, int>
	 */
	private static function hidden(): array {
		$kept = get_user_meta( get_current_user_id(), self::META, true );
		return is_array( $kept ) ? array_map( 'intval', $kept ) : array();
	}
}
