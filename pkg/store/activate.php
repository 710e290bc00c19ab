<?php
/**
 * Activates the plugin: `php activate.php posts` or `php activate.php tables`, which says where
 * WooCommerce keeps orders (tables of their own are its HPOS).
 */

declare( strict_types=1 );

use Automattic\WooCommerce\Internal\DataStores\Orders\DataSynchronizer;

require __DIR__ . '/load.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

$nivella_tables = 'tables' === ( $argv[1] ?? 'posts' );
if ( $nivella_tables && class_exists( DataSynchronizer::class ) ) {
	wc_get_container()->get( DataSynchronizer::class )->create_database_tables();
}
update_option( 'woocommerce_custom_orders_table_enabled', $nivella_tables ? 'yes' : 'no' );
update_option( 'woocommerce_custom_orders_table_data_sync_enabled', 'no' );

wp_set_current_user( 1 );
$nivella_failed = activate_plugin( 'nivella-credits/nivella-credits.php' );
if ( is_wp_error( $nivella_failed ) ) {
	fwrite( STDERR, $nivella_failed->get_error_message() . "\n" );
	exit( 1 );
}
