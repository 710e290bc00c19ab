<?php
/**
 * Uninstalls from tables of another prefix, with this choice of the owner; what is left there.
 */

declare( strict_types=1 );

return static function ( string $choice ): array {
	global $wpdb;
	$like   = static fn( string $prefix ): string => "SHOW TABLES LIKE '{$prefix}\_%'";
	$tables = array_map( static fn( string $t ) => substr( $t, 3 ), $wpdb->get_col( $like( 'wp' ) ) );
	foreach ( $tables as $table ) {
		$wpdb->query( "CREATE TABLE other_$table LIKE wp_$table" );
	}
	$notes = array( 'postmeta', 'usermeta', 'wc_orders_meta', 'woocommerce_order_itemmeta' );
	$own   = array( ...array_diff( $notes, $tables ), 'nivellacredits_entries' );
	foreach ( $own as $table ) {
		$wpdb->query( "CREATE TABLE other_$table LIKE wp_postmeta" );
	}
	$wpdb->set_prefix( 'other_' );
	wp_cache_flush();
	add_option( 'nivella_credits_version', 'x' );
	add_option( 'nivella_credits_jobs_looked_at', time() );
	add_option( 'nivellacredits_version', 'x' );
	add_option( 'woocommerce_nivella_credits_low_settings', array( 'enabled' => 'no' ) );
	set_transient( 'nivella_credits_notice', 'x', 600 );
	if ( '' !== $choice ) {
		add_option( 'nivella_credits_delete_on_uninstall', $choice );
	}
	$keys = array( '_nivella_credits_amount', '_price', 'nivella_credits_mails_off', 'nickname' );
	foreach ( $notes as $table ) {
		foreach ( $keys as $key ) {
			$wpdb->insert( "other_$table", array( 'meta_key' => $key, 'meta_value' => 'x' ) );
		}
	}
	wp_schedule_event( time() + 600, 'hourly', 'nivella_credits_deliver' );
	as_enqueue_async_action( 'nivella_credits_check_order', array( 1, 0 ), 'nivella-credits' );
	as_enqueue_async_action( 'of_others', array(), 'others' );

	define( 'WP_UNINSTALL_PLUGIN', 'nivella-credits/nivella-credits.php' );
	require NIVELLA_REPO . '/www/nivella-credits/uninstall.php';

	$left = array(
		'tables'  => $wpdb->get_col( $like( 'other' ) ),
		'options' => $wpdb->get_col( 'SELECT option_name FROM other_options' ),
		'meta'    => array(),
		'may'     => wp_roles()->get_role( 'administrator' )->has_cap( 'nivella_credits_manage' ),
		'jobs'    => array(
			'cron'      => wp_next_scheduled( 'nivella_credits_deliver' ),
			'own'       => as_has_scheduled_action( 'nivella_credits_check_order' ),
			'of others' => as_has_scheduled_action( 'of_others' ),
		),
	);
	foreach ( $notes as $table ) {
		$left['meta'][ $table ] = $wpdb->get_col( "SELECT meta_key FROM other_$table" );
	}
	foreach ( $left['tables'] as $table ) {
		$wpdb->query( "DROP TABLE `$table`" );
	}
	return $left;
};
