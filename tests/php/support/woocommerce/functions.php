<?php
/**
 * The store's functions.
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

/** @return string[] */
function wc_get_is_paid_statuses(): array {
	return apply_filters( 'woocommerce_order_is_paid_statuses', array( 'processing', 'completed' ) );
}

/** @return array<string, string> */
function wc_get_order_statuses(): array {
	$names = array(
		'wc-pending'        => 'Pending payment',
		'wc-processing'     => 'Processing',
		'wc-on-hold'        => 'On hold',
		'wc-completed'      => 'Completed',
		'wc-cancelled'      => 'Cancelled',
		'wc-refunded'       => 'Refunded',
		'wc-failed'         => 'Failed',
		'wc-checkout-draft' => 'Draft',
	);
	return apply_filters( 'wc_order_statuses', $names );
}

function wc_get_order_status_name( string $status ): string {
	return wc_get_order_statuses()[ "wc-$status" ] ?? $status;
}

/** @return string[] */
function wc_get_order_types( string $for = '' ): array {
	return '' === $for ? array( 'shop_order', 'shop_order_refund' ) : array( 'shop_order' );
}

/** @return WC_Order|WC_Order_Refund|false */
function wc_get_order( mixed $order = false ) {
	$id   = $order instanceof WC_Abstract_Order ? $order->get_id() : (int) $order;
	$kind = $id > 0 ? ( Stand_In_Rows::read( $id )['kind'] ?? '' ) : '';
	return match ( $kind ) {
		'shop_order'        => new WC_Order( $id ),
		'shop_order_refund' => new WC_Order_Refund( $id ),
		default             => false,
	};
}

/** @param array<string, mixed> $args Values of the order. */
function wc_create_order( array $args = array() ): WC_Order {
	$order = new WC_Order();
	if ( isset( $args['customer_id'] ) ) {
		$order->set_customer_id( $args['customer_id'] );
	}
	if ( isset( $args['status'] ) ) {
		$order->set_status( $args['status'] );
	}
	$order->set_created_via( $args['created_via'] ?? '' );
	$order->save();
	return $order;
}

/**
 * Orders that fit: type, status, customer_id, parent, date_paid (`>=…`, `<…`, `a...b`; seconds),
 * limit, offset, paged, order, return.
 *
 * @param array<string, mixed> $args What is asked for.
 * @return array<int, int|WC_Abstract_Order>
 */
function wc_get_orders( array $args = array() ): array {
	$known = array(
		'type'        => array( 'shop_order' ),
		'status'      => null,
		'customer_id' => null,
		'customer'    => null,
		'parent'      => null,
		'date_paid'   => null,
		'date_modified' => null,
		'exclude'     => array(),
		'limit'       => 10,
		'offset'      => 0,
		'paged'       => 1,
		'page'        => 1,
		'orderby'     => 'date',
		'order'       => 'DESC',
		'return'      => 'objects',
	);
	$more  = implode( ', ', array_keys( array_diff_key( $args, $known ) ) );
	if ( '' !== $more ) {
		throw new BadMethodCallException( "not part of the stand-in: $more" );
	}
	$args += $known;
	$found = array();
	foreach ( (array) $args['type'] as $type ) {
		foreach ( Stand_In_Rows::ids( $type ) as $id ) {
			try {
				$order = wc_get_order( $id );
			} catch ( Exception ) {
				// Another process has deleted it meanwhile; the store's one query would not tell of it.
				continue;
			}
			if ( false !== $order && stand_in_fits( $order, $args ) ) {
				$found[ $id ] = $order;
			}
		}
	}
	'ASC' === strtoupper( $args['order'] ) ? ksort( $found ) : krsort( $found );
	$limit  = (int) $args['limit'];
	$page   = max( (int) $args['paged'], (int) $args['page'] );
	$offset = (int) $args['offset'] + ( $page - 1 ) * max( $limit, 0 );
	$found  = array_slice( $found, $offset, $limit < 0 ? null : $limit, true );
	return 'ids' === $args['return'] ? array_keys( $found ) : array_values( $found );
}

/** @param array<string, mixed> $args As wc_get_orders() has them. */
function stand_in_fits( WC_Abstract_Order $order, array $args ): bool {
	$bare   = static fn( string $status ): string => preg_replace( '/^wc-/', '', $status );
	$wanted = array_map( $bare, (array) ( $args['status'] ?? array() ) );
	$usual  = array_map( $bare, array_keys( wc_get_order_statuses() ) );
	$every  = array() === $wanted || array( 'any' ) === $wanted;
	if ( ! in_array( $order->get_status(), $every ? $usual : $wanted, true ) ) {
		return false;
	}
	$customer = $args['customer_id'] ?? $args['customer'];
	if ( null !== $customer && (int) $customer !== $order->get_customer_id() ) {
		return false;
	}
	if ( null !== $args['parent'] && (int) $args['parent'] !== $order->get_parent_id() ) {
		return false;
	}
	if ( in_array( $order->get_id(), array_map( 'intval', (array) $args['exclude'] ), true ) ) {
		return false;
	}
	foreach ( array( 'date_paid', 'date_modified' ) as $name ) {
		$date = null === $args[ $name ] ? null : $order->{"get_$name"}()?->getTimestamp();
		if ( null !== $args[ $name ]
			&& ( null === $date || ! stand_in_within( $date, (string) $args[ $name ] ) ) ) {
			return false;
		}
	}
	return true;
}

/** Whether seconds fit to `>=N`, `>N`, `<=N`, `<N` or `N...M`, as numbers or as dates. */
function stand_in_within( int $seconds, string $asked ): bool {
	$at = static function ( string $text ): int {
		return is_numeric( $text ) ? (int) $text : (int) strtotime( "$text UTC" );
	};
	if ( str_contains( $asked, '...' ) ) {
		list( $from, $to ) = explode( '...', $asked );
		return $seconds >= $at( $from ) && $seconds <= $at( $to );
	}
	preg_match( '/^([<>]=?)(.*)$/', $asked, $parts );
	return match ( $parts[1] ?? '' ) {
		'>='    => $seconds >= $at( $parts[2] ),
		'>'     => $seconds > $at( $parts[2] ),
		'<='    => $seconds <= $at( $parts[2] ),
		'<'     => $seconds < $at( $parts[2] ),
		default => throw new BadMethodCallException( "not part of the stand-in: date_paid $asked" ),
	};
}

/**
 * @param array{order_id: int} $args Which order's.
 * @return object[] Notes, newest first.
 */
function wc_get_order_notes( array $args ): array {
	$query = array(
		'post_id' => $args['order_id'],
		'type'    => 'order_note',
		'orderby' => 'comment_ID',
		'order'   => 'DESC',
	);
	return array_map(
		static fn( WP_Comment $note ): object => (object) array(
			'id'            => (int) $note->comment_ID,
			'content'       => $note->comment_content,
			'customer_note' => (bool) get_comment_meta( (int) $note->comment_ID, 'is_customer_note', true ),
			'added_by'      => 'system',
			'order_id'      => (int) $note->comment_post_ID,
		),
		get_comments( $query )
	);
}

function wc_get_product( mixed $product = false ): WC_Product|false {
	$id    = $product instanceof WC_Product ? $product->get_id() : (int) $product;
	$post  = $id > 0 ? get_post( $id ) : null;
	$types = array( 'product', 'product_variation' );
	if ( null === $post || ! in_array( $post->post_type, $types, true ) ) {
		return false;
	}
	return match ( get_post_meta( $id, '_stand_in_type', true ) ) {
		'variation' => new WC_Product_Variation( $id ),
		'variable'  => new WC_Product_Variable( $id ),
		default     => new WC_Product_Simple( $id ),
	};
}

function wc_get_product_id_by_sku( string $sku ): int {
	$query = array(
		'post_type'   => array( 'product', 'product_variation' ),
		'post_status' => 'any',
		'fields'      => 'ids',
		'meta_key'    => '_sku',
		'meta_value'  => $sku,
	);
	return (int) ( get_posts( $query )[0] ?? 0 );
}

/** A number as a decimal without more zeros than asked for. */
function wc_format_decimal( mixed $number, mixed $decimals = false ): string {
	if ( false === $decimals ) {
		$text = number_format( (float) $number, 6, '.', '' );
		return rtrim( rtrim( $text, '0' ), '.' );
	}
	return number_format( (float) $number, (int) $decimals, '.', '' );
}

function wc_get_price_decimals(): int {
	return (int) get_option( 'woocommerce_price_num_decimals', 2 );
}

function get_woocommerce_currency(): string {
	return (string) get_option( 'woocommerce_currency', 'USD' );
}

/** Writes nothing; what it would is told to the filter of the real one. */
function wc_get_logger(): object {
	return new class() {
		/** @param array<string, mixed> $context `source` and more. */
		public function log( string $level, string $message, array $context = array() ): void {
			apply_filters( 'woocommerce_logger_log_message', $message, $level, $context, $this );
		}

		/** @param array<int, mixed> $arguments Message and context. */
		public function __call( string $level, array $arguments ): void {
			$this->log( $level, ...$arguments );
		}
	};
}

function wc_string_to_bool( mixed $text ): bool {
	return in_array( $text, array( true, 1, '1', 'yes', 'true', 'on' ), true );
}

function wc_bool_to_string( mixed $flag ): string {
	return $flag ? 'yes' : 'no';
}

function wc_clean( mixed $text ): mixed {
	return is_array( $text ) ? array_map( 'wc_clean', $text ) : sanitize_text_field( (string) $text );
}

/** There is one page of a customer's account, and it does nothing. */
function wc_get_page_permalink( string $page ): string {
	$url = home_url( 'myaccount' === $page ? '/my-account/' : "/$page/" );
	return apply_filters( "woocommerce_get_{$page}_page_permalink", $url );
}
