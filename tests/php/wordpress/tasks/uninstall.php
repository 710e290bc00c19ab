<?php
/**
 * Uninstalls from tables of another prefix, with this choice of the owner; what is left there.
 */

declare( strict_types=1 );

return static function ( string $choice ): array {
	global $wpdb;
	$own = array( 'options', 'postmeta', 'nivella_credits_entries', 'nivellacredits_entries' );
	foreach ( $own as $table ) {
		$like = 'postmeta' === $table ? $table : 'options';
		$wpdb->query( "CREATE TABLE other_$table LIKE wp_$like" );
	}
	$wpdb->set_prefix( 'other_' );
	wp_cache_flush();
	add_option( 'nivella_credits_version', 'x' );
	add_option( 'nivellacredits_version', 'x' );
	add_option( 'woocommerce_nivella_credits_low_settings', array( 'enabled' => 'no' ) );
	set_transient( 'nivella_credits_notice', 'x', 600 );
	if ( '' !== $choice ) {
		add_option( 'nivella_credits_delete_on_uninstall', $choice );
	}
	add_post_meta( 1, '_nivella_credits_amount', '2000' );
	add_post_meta( 1, '_price', '10' );

	define( 'WP_UNINSTALL_PLUGIN', 'nivella-credits/nivella-credits.php' );
	require NIVELLA_REPO . '/www/nivella-credits/uninstall.php';

	$left = array(
		'tables'  => $wpdb->get_col( "SHOW TABLES LIKE 'other\_%'" ),
		'options' => $wpdb->get_col( 'SELECT option_name FROM other_options' ),
		'meta'    => $wpdb->get_col( 'SELECT meta_key FROM other_postmeta' ),
	);
	foreach ( $left['tables'] as $table ) {
		$wpdb->query( "DROP TABLE `$table`" );
	}
	return $left;
};
