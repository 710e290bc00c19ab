<?php
/**
 * Says where WooCommerce keeps orders: `php orders.php posts` or `php orders.php tables` (tables of
 * their own are its HPOS).
 */

declare( strict_types=1 );

use Automattic\WooCommerce\Internal\DataStores\Orders\DataSynchronizer;

require_once __DIR__ . '/load.php';

$nivella_tables = 'tables' === ( $argv[1] ?? 'posts' );
if ( $nivella_tables && class_exists( DataSynchronizer::class ) ) {
	wc_get_container()->get( DataSynchronizer::class )->create_database_tables();
}
update_option( 'woocommerce_custom_orders_table_enabled', $nivella_tables ? 'yes' : 'no' );
update_option( 'woocommerce_custom_orders_table_data_sync_enabled', 'no' );
