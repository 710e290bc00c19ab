<?php
/**
 * What the plugin cannot do without.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Plugin;

defined( 'ABSPATH' ) || exit;

/**
 * Checks the machine before anything else of the plugin is loaded. The store's own version is
 * Woo\Requirement's matter, since the store loads after this plugin.
 */
final class Requirements {
	const PHP       = '8.1';
	const WORDPRESS = '6.7';

	/**
	 * Says in the admin, and at activation, what is missing.
	 *
	 * @param string $wordpress The version of WordPress.
	 * @return bool Whether the plugin must not run here.
	 */
	public static function refuse( string $wordpress ): bool {
		$missing = self::missing( PHP_VERSION, PHP_INT_SIZE, $wordpress );
		if ( '' === $missing ) {
			return false;
		}
		add_action(
			'admin_notices',
			static function () use ( $missing ) {
				$text = self::text( $missing );
				printf( '<div class="notice notice-error"><p>%s</p></div>', esc_html( $text ) );
			}
		);
		register_activation_hook(
			NIVELLA_CREDITS_FILE,
			static function () use ( $missing ) {
				wp_die( esc_html( self::text( $missing ) ), '', array( 'back_link' => true ) );
			}
		);
		return true;
	}

	/**
	 * The first requirement that is not met.
	 *
	 * @param string $php       PHP's version.
	 * @param int    $int_size  Bytes of an integer: amounts are 64-bit.
	 * @param string $wordpress The version of WordPress.
	 * @return string 'php', '64bit', 'wordpress', or '' when all are met.
	 */
	public static function missing( string $php, int $int_size, string $wordpress ): string {
		if ( version_compare( $php, self::PHP, '<' ) ) {
			return 'php';
		}
		if ( $int_size < 8 ) {
			return '64bit';
		}
		// A release candidate of the version asked for will do.
		$release = (string) strtok( $wordpress, '-' );
		return version_compare( $release, self::WORDPRESS, '<' ) ? 'wordpress' : '';
	}

	/**
	 * What the owner reads. Translated no earlier than `init`, as WordPress asks.
	 *
	 * @param string $missing What missing() said.
	 */
	private static function text( string $missing ): string {
		if ( 'php' === $missing ) {
			/* translators: 1: the version needed, 2: the version there. */
			$text = __( 'Nivella Credits needs PHP %1$s or later; this is %2$s.', 'nivella-credits' );
			return sprintf( $text, self::PHP, PHP_VERSION );
		}
		if ( '64bit' === $missing ) {
			return __( 'Nivella Credits needs a 64-bit PHP, for exact amounts.', 'nivella-credits' );
		}
		/* translators: 1: the version needed, 2: the version there. */
		$text = __( 'Nivella Credits needs WordPress %1$s or later; this is %2$s.', 'nivella-credits' );
		return sprintf( $text, self::WORDPRESS, $GLOBALS['wp_version'] );
	}
}
