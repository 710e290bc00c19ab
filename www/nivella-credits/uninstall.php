<?php
/**
 * The plugin is deleted. The ledger is the record of what customers paid for, so it stays, unless
 * the owner chose in the settings that it goes too.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

/** Removes everything of the current site, if its owner chose so. */
function nivella_credits_uninstall_site(): void {
	global $wpdb;
	if ( '1' !== (string) get_option( 'nivella_credits_delete_on_uninstall', '' ) ) {
		return;
	}
	foreach ( wp_roles()->role_objects as $role ) {
		foreach ( array( 'serve', 'view', 'adjust', 'manage' ) as $what ) {
			$role->remove_cap( "nivella_credits_$what" );
		}
	}
	// phpcs:disable WordPress.DB.DirectDatabaseQuery -- whole tables go; nothing to cache.
	$like   = $wpdb->esc_like( $wpdb->prefix . 'nivella_credits_' ) . '%';
	$tables = $wpdb->get_col( $wpdb->prepare( 'SHOW TABLES LIKE %s', $like ) );
	foreach ( $tables as $table ) {
		$wpdb->query( $wpdb->prepare( 'DROP TABLE IF EXISTS %i', $table ) );
	}
	$like = $wpdb->esc_like( '_nivella_credits' ) . '%';
	$keys = $wpdb->get_col(
		$wpdb->prepare(
			'SELECT DISTINCT meta_key FROM %i WHERE meta_key LIKE %s',
			$wpdb->postmeta,
			$like
		)
	);
	array_map( 'delete_post_meta_by_key', $keys );
	// The options are last, since the owner's choice is one of them. The store keeps those of mails.
	foreach ( array( '_transient_', '_transient_timeout_', 'woocommerce_', '' ) as $kind ) {
		$like  = $wpdb->esc_like( $kind . 'nivella_credits_' ) . '%';
		$names = $wpdb->get_col(
			$wpdb->prepare(
				'SELECT option_name FROM %i WHERE option_name LIKE %s',
				$wpdb->options,
				$like
			)
		);
		array_map( 'delete_option', $names );
	}
	// phpcs:enable
}

if ( is_multisite() ) {
	$nivella_credits_sites = get_sites( array( 'fields' => 'ids', 'number' => 0 ) );
	foreach ( $nivella_credits_sites as $nivella_credits_site ) {
		switch_to_blog( (int) $nivella_credits_site );
		nivella_credits_uninstall_site();
		restore_current_blog();
	}
} else {
	nivella_credits_uninstall_site();
}
