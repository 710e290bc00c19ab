<?php
/** Pays an order; how often the hook was fired here. */

declare( strict_types=1 );

return static function ( int $order_id ): int {
	$count = 0;
	add_action(
		'woocommerce_order_status_processing',
		static function () use ( &$count ): void {
			++$count;
		}
	);
	wc_get_order( $order_id )->payment_complete();
	return $count;
};
