<?php
/**
 * Makes a network of sites of an installed WordPress (`php network.php make`), and then, with
 * WP_NETWORK set, goes through what happens to a plugin there (`php network.php try`). Prints as
 * JSON what each site had after each step.
 */

declare( strict_types=1 );

require __DIR__ . '/../../../pkg/store/load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
require_once ABSPATH . 'wp-admin/includes/ms.php';

wp_set_current_user( 1 );
if ( 'make' === $argv[1] ) {
	foreach ( $wpdb->tables( 'ms_global' ) as $nivella_table => $nivella_name ) {
		$wpdb->$nivella_table = $nivella_name;
	}
	define( 'WP_INSTALLING_NETWORK', true );
	install_network();
	populate_network( 1, '127.0.0.1', 'admin@example.com', 'Network', '/', false );
	exit;
}

/** How many tables of the plugin a site has, and whether the plugin was ever active there. */
function nivella_test_site( int $id ): array {
	global $wpdb;
	$prefix = $wpdb->get_blog_prefix( $id ) . 'nivella_credits_';
	$like   = $wpdb->esc_like( $prefix ) . '%';
	switch_to_blog( $id );
	$first = get_option( 'nivella_credits_first_active_at', null );
	restore_current_blog();
	return array(
		'tables' => count( $wpdb->get_col( $wpdb->prepare( 'SHOW TABLES LIKE %s', $like ) ) ),
		'active' => null !== $first,
	);
}

$nivella_new = static function ( string $name ): int {
	$id = wpmu_create_blog( '127.0.0.1', "/$name/", $name, 1 );
	return is_wp_error( $id ) ? 0 : $id;
};
$nivella_on  = static function ( bool $network ): void {
	$plugin = 'nivella-credits/nivella-credits.php';
	$failed = activate_plugin( $plugin, '', $network );
	if ( is_wp_error( $failed ) ) {
		throw new RuntimeException( $failed->get_error_message() );
	}
};

activate_plugin( 'woocommerce/woocommerce.php', '', true );
$nivella_second = $nivella_new( 'second' );
$nivella_third  = $nivella_new( 'third' );
$nivella_all    = array( 1, $nivella_second, $nivella_third );
$nivella_seen   = array();

// The plugin is off, then on for one site alone.
switch_to_blog( $nivella_second );
$nivella_on( false );
restore_current_blog();
$nivella_seen['one site'] = array_map( 'nivella_test_site', $nivella_all );

$nivella_on( true );
$nivella_seen['network'] = array_map( 'nivella_test_site', $nivella_all );

// Each site has books, plans, keys and choices of its own, also within one request.
$nivella_books = static function ( int $site ): array {
	switch_to_blog( $site );
	$books   = Nivella\Credits\Storage\Books::open();
	$account = $books->account_of_user( 1 );
	$seen    = array(
		'posted' => $books->balance( $account )['posted'],
		'plans'  => array_column( $books->plans()['plans'], 'key' ),
		'keys'   => count( ( new Nivella\Credits\Rest\Keys() )->all() ),
		'lane'   => get_option( 'nivella_credits_fast_lane' ),
		'may'    => get_role( 'administrator' )->has_cap( 'nivella_credits_manage' ),
	);
	restore_current_blog();
	return $seen;
};
$nivella_seen['before'] = array_map( $nivella_books, $nivella_all );
switch_to_blog( $nivella_third );
$nivella_own   = Nivella\Credits\Storage\Books::open();
$nivella_plan  = array( 'key' => 'p', 'name' => 'P', 'level' => 1, 'allowance' => '5' );
$nivella_grant = array( 'op' => 'grant', 'request_id' => 'g', 'kind' => 'bonus', 'amount' => '7' );
Nivella\Credits\Storage\Configuration::open()->save_plans( array( $nivella_plan ) );
$nivella_own->write( $nivella_own->account_of_user( 1 ), $nivella_grant );
( new Nivella\Credits\Rest\Keys() )->create( 'backend', array( 'use' ), null );
update_option( 'nivella_credits_fast_lane', 'no' );
restore_current_blog();
$nivella_seen['after'] = array_map( $nivella_books, $nivella_all );

// The fast lane is open for a living site alone.
$nivella_seen['lane'] = array();
foreach ( array( '', 'archived', 'spam', 'deleted', '' ) as $nivella_state ) {
	if ( '' !== $nivella_state ) {
		update_blog_status( $nivella_third, $nivella_state, '1' );
	}
	switch_to_blog( $nivella_third );
	$nivella_seen['lane'][] = Nivella\Credits\Lane\Lane::is_alive();
	restore_current_blog();
	if ( '' !== $nivella_state ) {
		update_blog_status( $nivella_third, $nivella_state, '0' );
	}
}

$nivella_fourth           = $nivella_new( 'fourth' );
$nivella_seen['new site'] = array( nivella_test_site( $nivella_fourth ) );

wpmu_delete_blog( $nivella_fourth, true );
$nivella_left = $wpdb->get_col( "SHOW TABLES LIKE 'wp\_{$nivella_fourth}\_%'" );

$nivella_seen['deleted site'] = $nivella_left;

// Only the second site's owner chose that its ledger goes with the plugin.
switch_to_blog( $nivella_second );
update_option( 'nivella_credits_delete_on_uninstall', '1' );
restore_current_blog();
define( 'WP_UNINSTALL_PLUGIN', 'nivella-credits/nivella-credits.php' );
require __DIR__ . '/../../../www/nivella-credits/uninstall.php';
$nivella_seen['uninstalled'] = array_map( 'nivella_test_site', $nivella_all );

echo wp_json_encode( $nivella_seen );
