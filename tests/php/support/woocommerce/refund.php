<?php
/**
 * Refunds.
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

class WC_Order_Refund extends WC_Abstract_Order { // phpcs:ignore
	/** @var array<string, mixed> */
	protected array $own = array(
		'amount'           => '',
		'reason'           => '',
		'refunded_by'      => 0,
		'refunded_payment' => '',
	);

	public function get_type(): string {
		return 'shop_order_refund';
	}

	protected function object_type(): string {
		return 'order_refund';
	}

	public function get_status( string $context = 'view' ): string {
		return 'completed';
	}

	/** The real store says nothing when a refund is gone, only ahead of it. */
	public function delete( bool $force = true ): bool {
		if ( null !== apply_filters( 'woocommerce_pre_delete_order_refund', null, $this, $force ) ) {
			return false;
		}
		$this->remove_with_items();
		$this->set_id( 0 );
		return true;
	}
}

/**
 * @param array<string, mixed> $args As in the real store: order_id, amount, reason, line_items.
 * @return WC_Order_Refund|WP_Error
 */
function wc_create_refund( array $args = array() ) {
	$args += array( 'amount' => 0, 'reason' => null, 'order_id' => 0, 'line_items' => array() );
	$order = wc_get_order( $args['order_id'] );
	if ( false === $order ) {
		return new WP_Error( 'error', 'Invalid order ID.' );
	}
	$left = (float) $order->get_remaining_refund_amount();
	$most = $order->get_remaining_refund_items();
	if ( (float) $args['amount'] < 0 || (float) $args['amount'] > $left ) {
		return new WP_Error( 'error', 'Invalid refund amount.' );
	}
	$refund = new WC_Order_Refund();
	$refund->set_amount( $args['amount'] );
	$refund->set_parent_id( $order->get_id() );
	$refund->set_reason( (string) $args['reason'] );
	$refund->set_refunded_by( get_current_user_id() ?: 1 );
	$quantity = stand_in_refund_lines( $refund, $order, $args['line_items'] );
	$refund->calculate_totals( false );
	$refund->set_total( -1 * (float) $args['amount'] );
	do_action( 'woocommerce_create_refund', $refund, $args );
	$refund->save();

	$ids     = array( $order->get_id(), $refund->get_id() );
	$free    = static fn( WC_Order_Item $item ): bool => 0.0 === (float) $item->get_total();
	$partial = $left - (float) $args['amount'] > 0
		|| ( array_filter( $order->get_items(), $free ) && $most - $quantity > 0 );
	if ( apply_filters( 'woocommerce_order_is_partially_refunded', $partial, ...$ids ) ) {
		do_action( 'woocommerce_order_partially_refunded', ...$ids );
	} else {
		do_action( 'woocommerce_order_fully_refunded', ...$ids );
		$status = apply_filters( 'woocommerce_order_fully_refunded_status', 'refunded', ...$ids );
		if ( $status ) {
			$order->update_status( $status );
		}
	}
	$order->save();
	do_action( 'woocommerce_refund_created', $refund->get_id(), $args );
	do_action( 'woocommerce_order_refunded', ...$ids );
	return $refund;
}

/**
 * Adds lines with what is given back of each; returns the quantity in all.
 *
 * @param array<int, array<string, mixed>> $lines By the id of the order's line.
 */
function stand_in_refund_lines( WC_Order_Refund $refund, WC_Order $order, array $lines ): int {
	$quantity = 0;
	foreach ( $order->get_items( array( 'line_item', 'fee', 'shipping' ) ) as $id => $item ) {
		$line  = $lines[ $id ] ?? array();
		$count = (int) ( $line['qty'] ?? 0 );
		$total = $line['refund_total'] ?? 0;
		$tax   = array_filter( (array) ( $line['refund_tax'] ?? array() ) );
		if ( 0 === $count && ! (float) $total && array() === $tax ) {
			continue;
		}
		$negative = static fn( $amount ) => wc_format_decimal( -1 * (float) $amount );
		$taxes    = array_map( $negative, $tax );
		$class    = get_class( $item );
		$back     = new $class( $item );
		$back->set_id( 0 );
		$back->add_meta_data( '_refunded_item_id', $id, true );
		$back->set_total( $negative( $total ) );
		$back->set_taxes( array( 'total' => $taxes, 'subtotal' => $taxes ) );
		if ( $back instanceof WC_Order_Item_Product ) {
			$back->set_subtotal( $negative( $total ) );
			$back->set_quantity( -1 * $count );
		}
		$refund->add_item( $back );
		$quantity += $count;
	}
	return $quantity;
}

/** Gives back the rest of an order whose status was set to refunded. */
function wc_order_fully_refunded( int $order_id ): void {
	$order = wc_get_order( $order_id );
	$rest  = $order->get_remaining_refund_amount();
	if ( ! (float) $rest ) {
		return;
	}
	wc_create_refund(
		array( 'amount' => $rest, 'reason' => 'Order fully refunded.', 'order_id' => $order_id )
	);
	$order->add_order_note( 'Order status set to refunded.' );
}
