<?php
/**
 * What the store may take for granted of this plugin.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Automattic\WooCommerce\Utilities\FeaturesUtil;

defined( 'ABSPATH' ) || exit;

/** Declares the plugin compatible with WooCommerce's features. */
final class Compatibility {
	/** Orders in tables of their own (HPOS), and the cart and checkout blocks. */
	private const FEATURES = array( 'custom_order_tables', 'cart_checkout_blocks' );

	/** Runs on `before_woocommerce_init`, the only time when WooCommerce listens. */
	public static function declare(): void {
		if ( ! class_exists( FeaturesUtil::class ) ) {
			return;
		}
		foreach ( self::FEATURES as $feature ) {
			FeaturesUtil::declare_compatibility( $feature, NIVELLA_CREDITS_FILE, true );
		}
	}
}
