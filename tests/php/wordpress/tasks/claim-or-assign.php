<?php
/** Claims a guest's order, or assigns it to a customer, while another process does the other. */

declare( strict_types=1 );

use Nivella\Credits\Woo\Listener;

return static function ( array $input ): string {
	[ $what, $about, $user ] = $input;
	usleep( (int) ( 1e6 * ( ceil( microtime( true ) ) - microtime( true ) ) ) );
	if ( 'claim' === $what ) {
		// Assigning saves the order first: both are at the ledger at about the same time then.
		usleep( random_int( 0, 30000 ) );
		return Listener::sync()->guests->claim( $about, $user );
	}
	$order = wc_get_order( $about );
	$order->set_customer_id( $user );
	$order->save();
	return 'assigned';
};
