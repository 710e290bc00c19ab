<?php
/**
 * Gives back money of an order, and deletes every other refund, at the same moment as others do.
 * What was logged.
 */

declare( strict_types=1 );

return static function ( array $input ): array {
	[ $order_id, $line, $number ] = $input;

	$logged = array();
	$listen = static function ( mixed $message ) use ( &$logged ): mixed {
		$logged[] = (string) $message;
		return $message;
	};
	add_filter( 'woocommerce_logger_log_message', $listen );
	usleep( (int) ( 1e6 * ( ceil( microtime( true ) ) - microtime( true ) ) ) );
	$refund = wc_create_refund(
		array(
			'order_id'   => $order_id,
			'amount'     => '1',
			'line_items' => array( $line => array( 'qty' => 0, 'refund_total' => '1' ) ),
		)
	);
	if ( $refund instanceof WP_Error ) {
		return array( $refund->get_error_message() );
	}
	if ( 0 === $number % 2 ) {
		$refund->delete( true );
	}
	return $logged;
};
