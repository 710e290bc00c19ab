<?php
/**
 * Plugin Name:          Nivella Credits
 * Description:          AI credits for WooCommerce: granted when paid, metered as used, exact.
 * Version:              0.1.0
 * Requires at least:    6.7
 * Requires PHP:         8.1
 * Requires Plugins:     woocommerce
 * WC requires at least: 9.9
 * WC tested up to:      9.9
 * Author:               Nivella
 * License:              GPL-2.0-or-later
 * License URI:          https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:          nivella-credits
 * Domain Path:          /languages
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

// WordPress reads every PHP file in this folder whenever it lists plugins, which stores do on many
// pages, and looks for a name in it: what can be in a folder below is there.

// This file and Plugin/Requirements.php are read before PHP's version is known: they keep to 7.2.
define( 'NIVELLA_CREDITS_VERSION', '0.1.0' );
define( 'NIVELLA_CREDITS_FILE', __FILE__ );

require_once __DIR__ . '/Plugin/autoload.php';

if ( Nivella\Credits\Plugin\Requirements::refuse( $GLOBALS['wp_version'] ) ) {
	return;
}

// Servers that report use are answered here, before the store is loaded.
Nivella\Credits\Lane\Lane::run();

require_once __DIR__ . '/Plugin/hooks.php';
require_once __DIR__ . '/Plugin/hooks-shop.php';
require_once __DIR__ . '/Plugin/functions.php';
if ( is_admin() ) {
	require_once __DIR__ . '/Plugin/hooks-admin.php';
}
