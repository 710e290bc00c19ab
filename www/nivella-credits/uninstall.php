<?php
/**
 * The plugin is deleted. Its jobs go with it. The ledger is the record of what customers paid for,
 * so it stays, and all settings and notes with it, unless the owner chose that they go too.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

/** Nobody is there any more to do what was planned on the current site. */
function nivella_credits_unschedule(): void {
	wp_clear_scheduled_hook( 'nivella_credits_deliver' );
	// Without a job ever planned there, a site of a network may not have the tables of jobs.
	$planned = false !== get_option( 'nivella_credits_jobs_looked_at' );
	if ( $planned && function_exists( 'as_unschedule_all_actions' ) ) {
		as_unschedule_all_actions( '', array(), 'nivella-credits' );
	}
}

/** Removes what stands with the current site's products, orders and their lines. */
function nivella_credits_uninstall_notes(): void {
	global $wpdb;
	$like = $wpdb->esc_like( '_nivella_credits' ) . '%';
	// phpcs:disable WordPress.DB.DirectDatabaseQuery -- all rows of a kind; the cache is emptied.
	foreach ( array( 'postmeta', 'wc_orders_meta', 'woocommerce_order_itemmeta' ) as $name ) {
		$table = $wpdb->prefix . $name;
		$named = $wpdb->esc_like( $table );
		if ( $table === $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $named ) ) ) {
			$wpdb->query( $wpdb->prepare( 'DELETE FROM %i WHERE meta_key LIKE %s', $table, $like ) );
		}
	}
	// phpcs:enable
	wp_cache_flush();
}

/**
 * Removes everything of the current site, if its owner chose so.
 *
 * @return bool Whether it did.
 */
function nivella_credits_uninstall_site(): bool {
	global $wpdb;
	nivella_credits_unschedule();
	if ( '1' !== (string) get_option( 'nivella_credits_delete_on_uninstall', '' ) ) {
		return false;
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
	nivella_credits_uninstall_notes();
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
	return true;
}

$nivella_credits_gone = true;
if ( is_multisite() ) {
	$nivella_credits_sites = get_sites( array( 'fields' => 'ids', 'number' => 0 ) );
	foreach ( $nivella_credits_sites as $nivella_credits_site ) {
		switch_to_blog( (int) $nivella_credits_site );
		$nivella_credits_gone = nivella_credits_uninstall_site() && $nivella_credits_gone;
		restore_current_blog();
	}
} else {
	$nivella_credits_gone = nivella_credits_uninstall_site();
}
// The sites of a network share their users.
if ( $nivella_credits_gone ) {
	delete_metadata( 'user', 0, 'nivella_credits_hidden_notices', '', true );
	delete_metadata( 'user', 0, 'nivella_credits_mails_off', '', true );
}
