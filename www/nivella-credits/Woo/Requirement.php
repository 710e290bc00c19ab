<?php
/**
 * The store that the plugin works for.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

defined( 'ABSPATH' ) || exit;

/** Says in the admin when WooCommerce is missing or too old. */
final class Requirement {
	public const WOOCOMMERCE = '9.9';

	/** Whether WooCommerce's own file was read already. */
	public static function is_loaded(): bool {
		return defined( 'WC_PLUGIN_FILE' ) || class_exists( 'WooCommerce', false );
	}

	/** Runs once all plugins are loaded. */
	public static function check(): void {
		if ( ! self::is_met() ) {
			add_action( 'admin_notices', array( self::class, 'print_notice' ) );
		}
	}

	/** Whether the store runs now, in a version that will do. */
	public static function is_met(): bool {
		return self::met( defined( 'WC_VERSION' ) ? WC_VERSION : null );
	}

	/**
	 * Whether this version will do.
	 *
	 * @param string|null $version WooCommerce's version; null where it does not run.
	 */
	public static function met( ?string $version ): bool {
		return null !== $version
			&& version_compare( (string) strtok( $version, '-' ), self::WOOCOMMERCE, '>=' );
	}

	/** What the owner reads. */
	public static function print_notice(): void {
		/* translators: %s: the version needed. */
		$text = __( 'Nivella Credits needs WooCommerce %s or later.', 'nivella-credits' );
		printf(
			'<div class="notice notice-error"><p>%s</p></div>',
			esc_html( sprintf( $text, self::WOOCOMMERCE ) )
		);
	}
}
