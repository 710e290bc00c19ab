<?php
/**
 * A stand-in for WooCommerce Subscriptions: as much of its public classes, functions and hooks as
 * the plugin relies on. A subscription is an order of the store whose dates are meta data.
 */

declare( strict_types=1 );

class WC_Subscription extends WC_Order { // phpcs:ignore
	/** When something of it happens next, in seconds since 1970; 0 for never. */
	public function get_time( string $date ): int {
		return (int) $this->get_meta( "_schedule_$date" );
	}

	/** @param array<string, int> $dates Seconds since 1970, by `next_payment`, `end`. */
	public function set_times( array $dates ): void {
		foreach ( $dates as $date => $at ) {
			$this->update_meta_data( "_schedule_$date", (string) $at );
		}
		$this->save();
	}

	/** Its own statuses are apart from those of orders. */
	public function has_status( $status ): bool {
		return in_array( $this->get_meta( '_own_status' ), (array) $status, true );
	}

	/** Another status, with the hook that tells of it. */
	public function move_to( string $status ): void {
		$this->update_meta_data( '_own_status', $status );
		$this->save();
		do_action( "woocommerce_subscription_status_$status", $this );
	}

	/** A renewal was paid: the dates come first, then the hook. */
	public function renew_until( int $next ): void {
		$this->set_times( array( 'next_payment' => $next ) );
		do_action( 'woocommerce_subscription_renewal_payment_complete', $this, $this );
	}
}

/** Products of subscriptions are marked by meta data. */
final class WC_Subscriptions_Product { // phpcs:ignore
	public static function is_subscription( mixed $product ): bool {
		return $product instanceof WC_Product && 'yes' === $product->get_meta( '_is_subscription' );
	}
}

function wcs_get_subscription( int $id ): WC_Subscription|false {
	return new WC_Subscription( $id );
}

/** @param string|string[] $types `parent`, `renewal`, `any`. */
function wcs_order_contains_subscription( WC_Order $order, $types = 'parent' ): bool {
	foreach ( $order->get_items() as $item ) {
		if ( WC_Subscriptions_Product::is_subscription( $item->get_product() ) ) {
			return true;
		}
	}
	return false;
}
