<?php
/** Gives back money of an order, and deletes refunds, at the same moment as others do. */

declare( strict_types=1 );

return static function ( array $input ): void {
	[ $order_id, $line, $number ] = $input;

	usleep( (int) ( 1e6 * ( ceil( microtime( true ) ) - microtime( true ) ) ) );
	$refund = wc_create_refund(
		array(
			'order_id'   => $order_id,
			'amount'     => '1',
			'line_items' => array( $line => array( 'qty' => 0, 'refund_total' => '1' ) ),
		)
	);
	if ( 0 === $number % 2 ) {
		$refund->delete( true );
	}
};
