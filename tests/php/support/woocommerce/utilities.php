<?php
/**
 * The store's classes for extensions.
 */

declare( strict_types=1 );

namespace Automattic\WooCommerce\Utilities;

defined( 'ABSPATH' ) || exit;

/** What extensions say of themselves. */
final class FeaturesUtil {
	/** @var array<string, array<string, string[]>> */
	private static array $told = array();

	public static function declare_compatibility(
		string $feature,
		string $file,
		bool $fits = true
	): bool {
		if ( ! doing_action( 'before_woocommerce_init' ) ) {
			return false;
		}
		$plugin = plugin_basename( $file );

		self::$told[ $plugin ][ $fits ? 'compatible' : 'incompatible' ][] = $feature;
		return true;
	}

	/** @return array{compatible: string[], incompatible: string[], uncertain: string[]} */
	public static function get_compatible_features_for_plugin( string $plugin ): array {
		$none = array( 'compatible' => array(), 'incompatible' => array(), 'uncertain' => array() );
		return ( self::$told[ $plugin ] ?? array() ) + $none;
	}
}

/** Where orders are kept: neither among posts nor where the real store would. */
final class OrderUtil {
	public static function custom_orders_table_usage_is_enabled(): bool {
		return true;
	}

	public static function get_order_type( mixed $order ): ?string {
		$found = wc_get_order( $order );
		return false === $found ? null : $found->get_type();
	}
}
