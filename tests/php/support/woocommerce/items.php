<?php
/**
 * The lines of an order.
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

abstract class WC_Order_Item extends WC_Data { // phpcs:ignore
	/** @var array<string, mixed> */
	protected array $data = array( 'name' => '', 'order_id' => 0 );
	/** @var array<string, mixed> What a kind of line has beside these. */
	protected array $own = array();

	/** @param mixed $item An id, a line to take the values of (not the meta data), or nothing. */
	public function __construct( $item = 0 ) {
		$this->data += $this->own;
		if ( $item instanceof self ) {
			$this->data = $item->data;
			$this->id   = $item->id;
		} elseif ( is_numeric( $item ) && $item > 0 ) {
			$this->load( (int) $item );
		}
	}

	abstract public function get_type(): string;

	protected function kind(): string {
		return 'item:' . $this->get_type();
	}

	/** @param string|string[] $type One or several. */
	public function is_type( $type ): bool {
		return in_array( $this->get_type(), (array) $type, true );
	}

	public function get_order(): WC_Abstract_Order|false {
		return wc_get_order( $this->get_order_id() );
	}

	public function set_id( mixed $id ): void {
		parent::set_id( $id );
		if ( 0 === $this->id ) {
			$this->changes = $this->data;
		}
	}

	protected function clean( string $name, mixed $value ): mixed {
		if ( in_array( $name, array( 'total', 'subtotal', 'total_tax', 'subtotal_tax' ), true ) ) {
			return wc_format_decimal( $value );
		}
		return 'quantity' === $name ? (int) $value : parent::clean( $name, $value );
	}

	public function save(): int {
		$new = 0 === $this->id;
		$this->store( $this->get_order_id() );
		$hook = $new ? 'woocommerce_new_order_item' : 'woocommerce_update_order_item';
		do_action( $hook, $this->id, $this, $this->get_order_id() );
		return $this->id;
	}

	public function delete( bool $force = true ): bool {
		do_action( 'woocommerce_before_delete_order_item', $this->id );
		Stand_In_Rows::remove( $this->id );
		do_action( 'woocommerce_delete_order_item', $this->id );
		$this->id = 0;
		return true;
	}

	/** Reads a line of whatever kind. */
	public static function of( int $id ): ?self {
		$kind = Stand_In_Rows::read( $id )['kind'] ?? '';
		foreach ( array( 'Product', 'Fee', 'Shipping', 'Coupon', 'Tax' ) as $name ) {
			$class = "WC_Order_Item_$name";
			$item  = new $class();
			if ( $item->kind() === $kind && $item->load( $id ) ) {
				return $item;
			}
		}
		return null;
	}
}

class WC_Order_Item_Product extends WC_Order_Item { // phpcs:ignore
	/** @var array<string, mixed> */
	protected array $own = array(
		'product_id'   => 0,
		'variation_id' => 0,
		'quantity'     => 1,
		'subtotal'     => '0',
		'subtotal_tax' => '0',
		'total'        => '0',
		'total_tax'    => '0',
		'taxes'        => array( 'total' => array(), 'subtotal' => array() ),
	);

	public function get_type(): string {
		return 'line_item';
	}

	public function set_product( WC_Product $product ): void {
		$variation = $product->is_type( 'variation' );
		$this->set_product_id( $variation ? $product->get_parent_id() : $product->get_id() );
		$this->set_variation_id( $variation ? $product->get_id() : 0 );
		$this->set_name( $product->get_name() );
	}

	public function get_product(): WC_Product|false {
		return wc_get_product( $this->get_variation_id() ?: $this->get_product_id() );
	}

	/** @param mixed $taxes Amounts by the rate's id, for `total` and for `subtotal`. */
	public function set_taxes( $taxes ): void {
		$of = static function ( string $which ) use ( $taxes ): array {
			return array_map( 'wc_format_decimal', (array) ( $taxes[ $which ] ?? array() ) );
		};
		$this->set_prop( 'taxes', array( 'total' => $of( 'total' ), 'subtotal' => $of( 'subtotal' ) ) );
		$this->set_total_tax( (string) array_sum( $of( 'total' ) ) );
		$this->set_subtotal_tax( (string) array_sum( $of( 'subtotal' ) ) );
	}
}

class WC_Order_Item_Fee extends WC_Order_Item { // phpcs:ignore
	/** @var array<string, mixed> */
	protected array $own = array( 'amount' => '0', 'total' => '0', 'total_tax' => '0' );

	public function get_type(): string {
		return 'fee';
	}

	public function set_taxes( mixed $taxes ): void {
		$this->set_total_tax( (string) array_sum( (array) ( $taxes['total'] ?? array() ) ) );
	}

	public function get_quantity(): int {
		return 1;
	}
}

class WC_Order_Item_Shipping extends WC_Order_Item_Fee { // phpcs:ignore
	public function get_type(): string {
		return 'shipping';
	}
}

class WC_Order_Item_Coupon extends WC_Order_Item { // phpcs:ignore
	/** @var array<string, mixed> */
	protected array $own = array( 'code' => '', 'discount' => '0', 'discount_tax' => '0' );

	public function get_type(): string {
		return 'coupon';
	}
}

class WC_Order_Item_Tax extends WC_Order_Item { // phpcs:ignore
	/** @var array<string, mixed> */
	protected array $own = array( 'rate_id' => 0, 'label' => '', 'tax_total' => '0' );

	public function get_type(): string {
		return 'tax';
	}
}
