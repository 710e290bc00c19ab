<?php
/**
 * Activates the plugin: `php activate.php posts` or `php activate.php tables`, which says where
 * WooCommerce keeps orders.
 */

declare( strict_types=1 );

require __DIR__ . '/orders.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

wp_set_current_user( 1 );
$nivella_failed = activate_plugin( 'nivella-credits/nivella-credits.php' );
if ( is_wp_error( $nivella_failed ) ) {
	fwrite( STDERR, $nivella_failed->get_error_message() . "\n" );
	exit( 1 );
}
