<?php
/**
 * Installs WordPress into an empty database: `php install.php wordpress`, then, in a process that
 * knows of it, `php install.php store`. The login is admin, admin.
 */

declare( strict_types=1 );

if ( 'wordpress' === $argv[1] ) {
	define( 'WP_INSTALLING', true );
}
require __DIR__ . '/load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

if ( 'wordpress' === $argv[1] ) {
	add_filter( 'pre_wp_mail', '__return_true' );
	wp_install( 'Nivella Store', 'admin', 'admin@example.com', true, '', 'admin' );
	update_option( 'permalink_structure', '/%postname%/' );
	foreach ( array( 'twentytwentyfive', 'twentytwentyfour' ) as $nivella_theme ) {
		if ( wp_get_theme( $nivella_theme )->exists() ) {
			switch_theme( $nivella_theme );
			break;
		}
	}
	exit;
}

wp_set_current_user( 1 );
$nivella_failed = activate_plugin( 'woocommerce/woocommerce.php' );
if ( is_wp_error( $nivella_failed ) ) {
	fwrite( STDERR, $nivella_failed->get_error_message() . "\n" );
	exit( 1 );
}
if ( class_exists( 'WC_Install' ) ) {
	WC_Install::install();
}
$nivella_settings = array(
	'woocommerce_coming_soon'         => 'no',
	'woocommerce_onboarding_profile'  => array( 'skipped' => true ),
	'woocommerce_currency'            => 'USD',
	'woocommerce_default_country'     => 'US:CA',
	'woocommerce_bacs_settings'       => array( 'enabled' => 'yes', 'title' => 'Bank transfer' ),
	'woocommerce_cod_settings'        => array(
		'enabled'            => 'yes',
		'title'              => 'Cash on delivery',
		'enable_for_virtual' => 'yes',
	),
);
array_map( 'update_option', array_keys( $nivella_settings ), $nivella_settings );
flush_rewrite_rules( true );
