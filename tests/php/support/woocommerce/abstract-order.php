<?php
/**
 * What orders and refunds have in common.
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

abstract class WC_Abstract_Order extends WC_Data { // phpcs:ignore
	/** @var array<string, mixed> */
	protected array $data = array(
		'parent_id'          => 0,
		'status'             => '',
		'currency'           => '',
		'prices_include_tax' => '',
		'date_created'       => null,
		'date_modified'      => null,
		'total'              => '0',
		'total_tax'          => '0',
		'discount_total'     => '0',
		'shipping_total'     => '0',
	);
	/** @var array<string, mixed> What an order or a refund has beside these. */
	protected array $own = array();
	/** @var WC_Order_Item[]|null By id; new ones by a name. */
	protected ?array $items = null;
	/** @var WC_Order_Item[] */
	private array $removed = array();

	/** @param mixed $order An id, another object of it, or nothing. */
	public function __construct( $order = 0 ) {
		$this->data += $this->own;
		$id          = $order instanceof self ? $order->get_id() : (int) $order;
		if ( $id > 0 && ! $this->load( $id ) ) {
			throw new Exception( 'Invalid order.' );
		}
	}

	abstract public function get_type(): string;

	protected function kind(): string {
		return $this->get_type();
	}

	/** `order` or `order_refund`: part of the hooks' names. */
	abstract protected function object_type(): string;

	public function get_status( string $context = 'view' ): string {
		$status = (string) $this->data['status'];
		return '' === $status && 'view' === $context ? 'pending' : $status;
	}

	/** @param string|string[] $status One or several. */
	public function has_status( $status ): bool {
		return in_array( $this->get_status(), (array) $status, true );
	}

	protected function clean( string $name, mixed $value ): mixed {
		$money = array( 'total', 'total_tax', 'discount_total', 'shipping_total', 'amount' );
		return in_array( $name, $money, true )
			? wc_format_decimal( $value, 'total' === $name ? 2 : false )
			: parent::clean( $name, $value );
	}

	public function save(): int {
		$type = $this->object_type();
		do_action( "woocommerce_before_{$type}_object_save", $this, null );
		$new = 0 === $this->id;
		if ( $new ) {
			$this->set_prop( 'status', $this->get_status() );
			$this->set_prop( 'currency', $this->data['currency'] ?: get_woocommerce_currency() );
			$this->set_prop( 'date_created', $this->data['date_created'] ?? time() );
		}
		$this->set_prop( 'date_modified', time() );
		$this->store( (int) $this->data['parent_id'] );
		$this->said_to_be_saved( $new );
		$this->save_items();
		do_action( "woocommerce_after_{$type}_object_save", $this, null );
		return $this->id;
	}

	/** Fires what the real store fires between writing the order and writing its lines. */
	protected function said_to_be_saved( bool $new ): void {
	}

	private function save_items(): void {
		foreach ( $this->removed as $item ) {
			$item->delete();
		}
		$this->removed = array();
		if ( null === $this->items ) {
			return;
		}
		$saved = array();
		foreach ( $this->items as $item ) {
			$item->set_order_id( $this->id );
			$saved[ $item->save() ] = $item;
		}
		$this->items = $saved;
	}

	/** @return WC_Order_Item[] */
	private function all_items(): array {
		if ( null === $this->items ) {
			$this->items = array();
			foreach ( 0 === $this->id ? array() : Stand_In_Rows::ids( 'item:%', $this->id ) as $id ) {
				$item = WC_Order_Item::of( $id );
				if ( null !== $item ) {
					$this->items[ $id ] = $item;
				}
			}
		}
		return $this->items;
	}

	/**
	 * @param string|string[] $types One or several.
	 * @return WC_Order_Item[] By id.
	 */
	public function get_items( $types = 'line_item' ): array {
		$of = static fn( WC_Order_Item $item ): bool => $item->is_type( $types );
		return array_filter( $this->all_items(), $of );
	}

	/** @return WC_Order_Item[] */
	public function get_fees(): array {
		return $this->get_items( 'fee' );
	}

	public function get_item( int $id, bool $load_from_db = true ): WC_Order_Item|false {
		return $this->all_items()[ $id ] ?? false;
	}

	public function add_item( WC_Order_Item $item ): void {
		$this->all_items();
		$this->items[ $item->get_id() ?: 'new:' . count( $this->items ) ] = $item;
	}

	public function remove_item( int $id ): void {
		$item = $this->get_item( $id );
		if ( false !== $item ) {
			$this->removed[] = $item;
			unset( $this->items[ $id ] );
		}
	}

	public function get_item_count( string $type = '' ): int {
		$items = $this->get_items( '' === $type ? 'line_item' : $type );
		return array_sum( array_map( static fn( $item ): int => $item->get_quantity(), $items ) );
	}

	public function calculate_totals( bool $and_taxes = true ): float {
		$sum = 0.0;
		$tax = 0.0;
		foreach ( $this->get_items( array( 'line_item', 'fee', 'shipping' ) ) as $item ) {
			$sum += (float) $item->get_total();
			$tax += (float) $item->get_total_tax();
		}
		$this->set_total_tax( (string) $tax );
		$this->set_total( (string) ( $sum + $tax ) );
		$this->save();
		return (float) $this->get_total();
	}

	public function update_taxes(): void {
	}

	protected function remove_with_items(): void {
		foreach ( $this->all_items() as $item ) {
			Stand_In_Rows::remove( $item->get_id() );
		}
		Stand_In_Rows::remove( $this->id );
	}
}
