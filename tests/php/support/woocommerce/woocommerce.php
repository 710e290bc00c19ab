<?php
/**
 * Plugin Name: WooCommerce (a stand-in for tests)
 * Description: As much of WooCommerce as Nivella Credits uses, where the real one is not at hand.
 * Version: 9.9.5
 *
 * Orders, items, refunds, notes and jobs live in the database, so that all processes see the same.
 * Hooks are fired in the order of the real one; tests/php/wordpress/StoreTest.php is run against
 * both and keeps them alike. It sells nothing: no cart, no checkout, no screens.
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

define( 'WC_PLUGIN_FILE', __FILE__ );
define( 'WC_VERSION', '9.9.5' );

require_once __DIR__ . '/rows.php';
require_once __DIR__ . '/data.php';
require_once __DIR__ . '/products.php';
require_once __DIR__ . '/items.php';
require_once __DIR__ . '/abstract-order.php';
require_once __DIR__ . '/order.php';
require_once __DIR__ . '/refund.php';
require_once __DIR__ . '/functions.php';
require_once __DIR__ . '/utilities.php';
require_once __DIR__ . '/jobs.php';
require_once __DIR__ . '/emails.php';
require_once __DIR__ . '/shop.php';

register_activation_hook( __FILE__, array( Stand_In_Rows::class, 'create_tables' ) );

/** The real one's main class; here only that it is there, and its parts that others ask for. */
final class WooCommerce {
	public string $version = WC_VERSION;
	/** @var null No visitor has a session. */
	public $session = null;
	/** @var null Nor a cart. */
	public $cart = null;

	public function mailer(): Stand_In_Mailer {
		return new Stand_In_Mailer();
	}

	/** No gateways. */
	public function payment_gateways(): object {
		return new class() {
			/** @return array<string, object> */
			public function payment_gateways(): array {
				return array();
			}
		};
	}
}

/** The one instance. */
function WC(): WooCommerce { // phpcs:ignore
	static $one = null;
	$one      ??= new WooCommerce();
	return $one;
}

add_action( 'plugins_loaded', static fn() => do_action( 'woocommerce_loaded' ), -1 );
add_action( 'plugins_loaded', static fn() => do_action( 'woocommerce_blocks_loaded' ), 10 );
add_action(
	'init',
	static function (): void {
		do_action( 'before_woocommerce_init' );
		$quiet = array( 'public' => true, 'show_in_rest' => true );
		register_post_type( 'product', $quiet + array( 'label' => 'Products' ) );
		register_post_type( 'product_variation', array( 'public' => false ) );
		register_taxonomy( 'product_cat', array( 'product' ), array( 'hierarchical' => true ) );
		add_role( 'customer', 'Customer', array( 'read' => true ) );
		$manager = array( 'read' => true, 'manage_woocommerce' => true );
		add_role( 'shop_manager', 'Shop manager', $manager );
		get_role( 'administrator' )?->add_cap( 'manage_woocommerce' );
		do_action( 'woocommerce_init' );
		do_action( 'action_scheduler_init' );
	},
	0
);
add_action( 'woocommerce_order_status_refunded', 'wc_order_fully_refunded' );
