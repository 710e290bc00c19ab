<?php
/** Pays an order, and is killed ahead of a statement; how many there were, where it is not. */

declare( strict_types=1 );

use Nivella\Credits\Tests\Support\Link;

return static function ( array $input ): int {
	[ $order_id, $at ] = $input;

	$order = wc_get_order( $order_id );
	$count = 0;
	$stop  = static function () use ( $at, &$count ): void {
		++$count;
		$at === $count && posix_kill( getmypid(), SIGKILL );
	};
	// The ledger's own statements, and WordPress's.
	Link::install()->before = static function () use ( $stop ): ?string {
		$stop();
		return null;
	};
	$listen = static function ( string $sql ) use ( $stop ): string {
		$stop();
		return $sql;
	};
	add_filter( 'query', $listen );
	$order->payment_complete();
	return $count;
};
