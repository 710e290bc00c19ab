<?php
/**
 * Orders.
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

class WC_Order extends WC_Abstract_Order { // phpcs:ignore
	/** @var array<string, mixed> */
	protected array $own = array(
		'customer_id'          => 0,
		'customer_note'        => '',
		'created_via'          => '',
		'order_key'            => '',
		'transaction_id'       => '',
		'payment_method'       => '',
		'payment_method_title' => '',
		'date_paid'            => null,
		'date_completed'       => null,
		'billing_email'        => '',
		'billing_first_name'   => '',
		'billing_last_name'    => '',
		'billing_company'      => '',
		'billing_country'      => '',
	);
	/** @var array{from: string, to: string, note: string, manual: bool}|null */
	private ?array $transition = null;

	public function get_type(): string {
		return 'shop_order';
	}

	protected function object_type(): string {
		return 'order';
	}

	public function get_order_number(): string {
		return (string) $this->id;
	}

	public function get_user_id( string $context = 'view' ): int {
		return $this->get_customer_id();
	}

	public function get_user(): WP_User|false {
		return get_user_by( 'id', $this->get_customer_id() );
	}

	public function is_paid(): bool {
		return $this->has_status( wc_get_is_paid_statuses() );
	}

	public function save(): int {
		if ( 0 === $this->id && '' === $this->data['order_key'] ) {
			$this->set_order_key( 'wc_order_' . wp_generate_password( 13, false ) );
		}
		parent::save();
		$this->tell_transition();
		return $this->id;
	}

	protected function said_to_be_saved( bool $new ): void {
		$hook = $new ? 'woocommerce_new_order' : 'woocommerce_update_order';
		do_action( $hook, $this->id, $this );
	}

	/** @return array{from: string, to: string} */
	public function set_status( string $new, string $note = '', bool $manual = false ): array {
		$from = $this->get_status();
		$to   = preg_replace( '/^wc-/', '', $new );
		if ( 'trash' !== $to && ! isset( wc_get_order_statuses()[ "wc-$to" ] ) ) {
			$to = 'pending';
		}
		$this->set_prop( 'status', $to );
		if ( $from !== $to ) {
			$this->transition = array(
				'from'   => $this->transition['from'] ?? $from,
				'to'     => $to,
				'note'   => $note,
				'manual' => $manual,
			);
			if ( $manual ) {
				do_action( 'woocommerce_order_edit_status', $this->id, $to );
			}
			$this->set_dates_of_status();
		}
		return array( 'from' => $from, 'to' => $to );
	}

	private function set_dates_of_status(): void {
		if ( null === $this->data['date_paid'] ) {
			$paid = $this->status_when_paid();
			$past = 'processing' === $paid && $this->has_status( 'completed' );
			if ( $past || $this->has_status( $paid ) ) {
				$this->set_date_paid( time() );
			}
		}
		if ( $this->has_status( 'completed' ) ) {
			$this->set_date_completed( time() );
		}
	}

	private function status_when_paid(): string {
		$status = $this->needs_processing() ? 'processing' : 'completed';
		return apply_filters( 'woocommerce_payment_complete_order_status', $status, $this->id, $this );
	}

	public function needs_processing(): bool {
		$name  = "wc_order_{$this->id}_needs_processing";
		$known = get_transient( $name );
		if ( false !== $known ) {
			return '1' === (string) $known;
		}
		$needs = 0;
		foreach ( $this->get_items() as $item ) {
			$product = $item->get_product();
			if ( false === $product ) {
				continue;
			}
			$plain = ! ( $product->is_virtual() && $product->is_downloadable() );
			$hook  = 'woocommerce_order_item_needs_processing';
			if ( apply_filters( $hook, $plain, $product, $this->id ) ) {
				$needs = 1;
				break;
			}
		}
		set_transient( $name, $needs, DAY_IN_SECONDS );
		return 1 === $needs;
	}

	public function needs_payment(): bool {
		return $this->has_status( array( 'pending', 'failed' ) ) && (float) $this->get_total() > 0;
	}

	/** Fires the hooks of a change of status, once it is saved. */
	private function tell_transition(): void {
		$change           = $this->transition;
		$this->transition = null;
		if ( null === $change ) {
			return;
		}
		list( 'from' => $from, 'to' => $to ) = $change;
		try {
			do_action( "woocommerce_order_status_$to", $this->id, $this, $change );
			$names = array_map( 'wc_get_order_status_name', array( $from, $to ) );
			$note  = vsprintf( 'Order status changed from %s to %s.', $names );
			$this->add_order_note( trim( $change['note'] . ' ' . $note ) );
			do_action( "woocommerce_order_status_{$from}_to_$to", $this->id, $this );
			do_action( 'woocommerce_order_status_changed', $this->id, $from, $to, $this );
			$unpaid = apply_filters(
				'woocommerce_valid_order_statuses_for_payment',
				array( 'pending', 'failed' ),
				$this
			);
			$pays = in_array( $to, wc_get_is_paid_statuses(), true );
			if ( $pays && in_array( $from, $unpaid, true ) ) {
				do_action( 'woocommerce_order_payment_status_changed', $this->id, $this );
			}
		} catch ( Exception $e ) {
			$this->add_order_note( 'Error during status transition. ' . $e->getMessage() );
		}
	}

	public function update_status( string $new, string $note = '', bool $manual = false ): bool {
		if ( 0 === $this->id ) {
			return false;
		}
		$this->set_status( $new, $note, $manual );
		$this->save();
		return true;
	}

	public function payment_complete( string $transaction_id = '' ): bool {
		if ( 0 === $this->id ) {
			return false;
		}
		try {
			do_action( 'woocommerce_pre_payment_complete', $this->id, $transaction_id );
			if ( ! $this->has_status( array( 'on-hold', 'pending', 'failed', 'cancelled' ) ) ) {
				$hook = 'woocommerce_payment_complete_order_status_' . $this->get_status();
				do_action( $hook, $this->id, $transaction_id );
				return true;
			}
			if ( '' !== $transaction_id ) {
				$this->set_transaction_id( $transaction_id );
			}
			if ( null === $this->get_date_paid() ) {
				$this->set_date_paid( time() );
			}
			$this->set_status( $this->status_when_paid() );
			$this->save();
			do_action( 'woocommerce_payment_complete', $this->id, $transaction_id );
		} catch ( Exception $e ) {
			$this->add_order_note( 'Payment complete event failed. ' . $e->getMessage() );
			return false;
		}
		return true;
	}

	/** @param array<string, mixed> $args Values of the line, such as `total`. */
	public function add_product( WC_Product $product, int $quantity = 1, array $args = array() ): int {
		$item  = new WC_Order_Item_Product();
		$total = wc_format_decimal( (float) $product->get_price() * $quantity );
		$item->set_product( $product );
		$item->set_quantity( $quantity );
		$item->set_props( $args + array( 'subtotal' => $total, 'total' => $total ) );
		$item->set_order_id( $this->id );
		$item->save();
		$this->add_item( $item );
		return $item->get_id();
	}

	public function add_order_note( string $note, int $to_customer = 0, bool $by_user = false ): int {
		if ( 0 === $this->id ) {
			return 0;
		}
		$id = wp_insert_comment(
			array(
				'comment_post_ID'  => $this->id,
				'comment_author'   => 'WooCommerce',
				'comment_content'  => $note,
				'comment_type'     => 'order_note',
				'comment_agent'    => 'WooCommerce',
				'comment_approved' => 1,
			)
		);
		if ( $to_customer ) {
			add_comment_meta( (int) $id, 'is_customer_note', 1 );
		}
		do_action( 'woocommerce_order_note_added', (int) $id, $this );
		return (int) $id;
	}

	/** @return WC_Order_Refund[] Newest first. */
	public function get_refunds(): array {
		$ids = array_reverse( Stand_In_Rows::ids( 'shop_order_refund', $this->id ) );
		$found = array();
		foreach ( $ids as $id ) {
			try {
				$found[] = new WC_Order_Refund( $id );
			} catch ( Exception ) {
				// Deleted meanwhile.
				continue;
			}
		}
		return $found;
	}

	public function get_total_refunded(): float {
		$amount = static fn( WC_Order_Refund $refund ): float => (float) $refund->get_amount();
		return array_sum( array_map( $amount, $this->get_refunds() ) );
	}

	public function get_remaining_refund_amount(): string {
		return wc_format_decimal( (float) $this->get_total() - $this->get_total_refunded(), 2 );
	}

	public function get_remaining_refund_items(): int {
		return $this->get_item_count() + array_sum(
			array_map( static fn( $refund ): int => $refund->get_item_count(), $this->get_refunds() )
		);
	}

	/** A sum over the refunds' lines of one line; below 0. */
	private function refunded( int $item_id, string $type, string $getter ): float {
		$sum = 0.0;
		foreach ( $this->get_refunds() as $refund ) {
			foreach ( $refund->get_items( $type ) as $item ) {
				if ( $item_id === (int) $item->get_meta( '_refunded_item_id' ) ) {
					$sum += (float) $item->$getter();
				}
			}
		}
		return $sum;
	}

	public function get_qty_refunded_for_item( int $item_id, string $type = 'line_item' ): int {
		return (int) $this->refunded( $item_id, $type, 'get_quantity' );
	}

	public function get_total_refunded_for_item( int $item_id, string $type = 'line_item' ): float {
		return -1 * $this->refunded( $item_id, $type, 'get_total' );
	}

	/** @return string[] */
	public function get_coupon_codes(): array {
		$code = static fn( WC_Order_Item $item ): string => $item->get_code();
		return array_values( array_map( $code, $this->get_items( 'coupon' ) ) );
	}

	public function get_edit_order_url(): string {
		return admin_url( "admin.php?page=wc-orders&action=edit&id={$this->id}" );
	}

	public function get_view_order_url(): string {
		return home_url( "/my-account/view-order/{$this->id}/" );
	}

	public function get_checkout_payment_url(): string {
		$query = "pay_for_order=true&key={$this->get_order_key()}";
		return home_url( "/checkout/order-pay/{$this->id}/?$query" );
	}

	public function get_formatted_billing_full_name(): string {
		return trim( $this->get_billing_first_name() . ' ' . $this->get_billing_last_name() );
	}

	/** Into the bin, or for good. */
	public function delete( bool $force = false ): bool {
		$id = $this->id;
		if ( $force ) {
			do_action( 'woocommerce_before_delete_order', $id, $this );
			foreach ( $this->get_refunds() as $refund ) {
				$refund->delete( true );
			}
			$this->remove_with_items();
			do_action( 'woocommerce_delete_order', $id );
		} else {
			do_action( 'woocommerce_before_trash_order', $id, $this );
			$this->update_meta_data( '_wp_trash_meta_status', 'wc-' . $this->get_status() );
			$this->save_meta_data();
			Stand_In_Rows::write( $id, array( 'status' => 'trash' ) );
			do_action( 'woocommerce_trash_order', $id );
		}
		$this->set_id( 0 );
		return true;
	}

	/** Out of the bin again. */
	public function untrash(): bool {
		$was = (string) $this->get_meta( '_wp_trash_meta_status' );
		if ( ! $this->has_status( 'trash' ) || '' === $was ) {
			return false;
		}
		do_action( 'woocommerce_untrash_order', $this->id, $was );
		$this->delete_meta_data( '_wp_trash_meta_status' );
		$this->set_status( $was );
		$this->save();
		return true;
	}
}
