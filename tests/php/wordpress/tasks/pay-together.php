<?php
/**
 * Pays orders, each at the same moment as the other processes do. Every order was read before, as a
 * gateway's two notices at once would.
 */

declare( strict_types=1 );

return static function ( array $ids ): int {
	$all   = array_map( 'wc_get_order', $ids );
	$start = floor( microtime( true ) ) + 2;
	$paid  = 0;
	foreach ( $all as $n => $order ) {
		$wait = (int) ( 1e6 * ( $start + 0.4 * $n - microtime( true ) ) );
		usleep( max( 0, $wait ) );
		$paid += (int) $order->payment_complete();
	}
	return $paid;
};
