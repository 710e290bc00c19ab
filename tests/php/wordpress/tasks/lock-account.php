<?php
/** Locks an account's row and waits to be killed. */

declare( strict_types=1 );

return static function ( int $account ): void {
	global $wpdb;
	$wpdb->query( 'START TRANSACTION' );
	$table = $wpdb->prefix . 'nivella_credits_accounts';
	$wpdb->query( $wpdb->prepare( 'SELECT * FROM %i WHERE id = %d FOR UPDATE', $table, $account ) );
	echo "locked\n";
	sleep( 120 );
};
