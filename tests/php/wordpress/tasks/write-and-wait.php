<?php
/** Writes one option and commits it, writes again and does not, and waits to be killed. */

declare( strict_types=1 );

return static function ( string $name ): void {
	global $wpdb;
	update_option( $name, 'committed' );
	$wpdb->query( 'START TRANSACTION' );
	$row = array( 'option_name' => $name );
	$wpdb->update( $wpdb->options, array( 'option_value' => 'lost' ), $row );
	echo "written\n";
	sleep( 60 );
};
