<?php
/**
 * The way from the ledger to an order.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

defined( 'ABSPATH' ) || exit;

/** Says which order an item of the ledger belongs to, for the owner's screens. */
final class OrderLink {
	/**
	 * Runs on `nivella_credits_order_of_item`.
	 *
	 * @param mixed  $order What others say.
	 * @param string $item  The ledger's key of an order's line.
	 * @return mixed `text` and, for who may open it, `url`; what others say where it is no order.
	 */
	public static function of( mixed $order, string $item ): mixed {
		$id = Sold::ids_of( $item )[0] ?? null;
		if ( null === $id ) {
			return $order;
		}
		$known = wc_get_order( $id );
		if ( ! $known instanceof \WC_Order ) {
			/* translators: %d: the id of an order that is not there any more. */
			return array( 'text' => sprintf( __( 'Order %d (gone)', 'nivella-credits' ), $id ) );
		}
		/* translators: %s: an order's number. */
		$text = sprintf( __( 'Order %s', 'nivella-credits' ), $known->get_order_number() );
		$link = array( 'text' => $text );
		return current_user_can( 'edit_shop_orders' )
			? $link + array( 'url' => $known->get_edit_order_url() )
			: $link;
	}
}
