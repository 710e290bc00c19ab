<?php
/**
 * A plugin that WordPress loads ahead of all others. With `X-Meter-Plugin: off` it is a store in
 * which ours is not active, on the same server and the same database. With `X-Meter-Cost: 1` a
 * comment behind the page says what it cost; `X-Meter-Queries: 1` names the queries.
 */

declare( strict_types=1 );

if ( 'off' === ( $_SERVER['HTTP_X_METER_PLUGIN'] ?? '' ) ) {
	add_filter(
		'option_active_plugins',
		static fn( array $active ): array =>
			array_values( array_diff( $active, array( 'nivella-credits/nivella-credits.php' ) ) )
	);
}
if ( isset( $_SERVER['HTTP_X_METER_QUERIES'] ) ) {
	define( 'SAVEQUERIES', true );
}
if ( ! isset( $_SERVER['HTTP_X_METER_COST'] ) ) {
	return;
}
// Jobs would begin behind a page of the admin, and run beside the next one.
add_filter( 'action_scheduler_allow_async_request_runner', '__return_false' );

/** Microseconds of the processor so far. */
function nivella_meter_cpu(): int {
	$used = getrusage();
	return ( $used['ru_utime.tv_sec'] + $used['ru_stime.tv_sec'] ) * 1000000
		+ $used['ru_utime.tv_usec'] + $used['ru_stime.tv_usec'];
}

$nivella_meter_cpu = nivella_meter_cpu();
add_action(
	'shutdown',
	static function () use ( $nivella_meter_cpu ): void {
		global $wpdb;
		$cost = array(
			'us'      => (int) ( ( microtime( true ) - $_SERVER['REQUEST_TIME_FLOAT'] ) * 1000000 ),
			'cpu_us'  => nivella_meter_cpu() - $nivella_meter_cpu,
			'queries' => $wpdb->num_queries,
			'named'   => array_column( (array) $wpdb->queries, 0 ),
			'opcache' => function_exists( 'opcache_get_status' ) && false !== opcache_get_status( false ),
		);
		echo "\n<!--meter:" . base64_encode( (string) json_encode( $cost ) ) . '-->';
	},
	PHP_INT_MAX
);
