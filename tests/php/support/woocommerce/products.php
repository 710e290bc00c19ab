<?php
/**
 * Products: posts with meta data, as in the real store.
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

class WC_Product { // phpcs:ignore
	protected int $id = 0;
	/** @var array<string, mixed> */
	protected array $data = array(
		'name'          => '',
		'slug'          => '',
		'menu_order'    => 0,
		'status'        => 'publish',
		'parent_id'     => 0,
		'sku'           => '',
		'regular_price' => '',
		'price'         => '',
		'virtual'       => false,
		'downloadable'  => false,
		'category_ids'  => array(),
		'attributes'    => array(),
	);
	/** @var array<string, mixed> */
	protected array $meta = array();
	/** Meta data under names of the real store. */
	private const KEPT = array( 'sku', 'regular_price', 'price', 'virtual', 'downloadable' );

	public function __construct( mixed $product = 0 ) {
		$post = is_numeric( $product ) && $product > 0 ? get_post( (int) $product ) : null;
		if ( $post instanceof WP_Post ) {
			$this->read( $post );
		}
	}

	private function read( WP_Post $post ): void {
		$this->id                 = $post->ID;
		$this->data['name']      = $post->post_title;
		$this->data['slug']      = $post->post_name;
		$this->data['status']    = $post->post_status;
		$this->data['menu_order'] = $post->menu_order;
		$this->data['parent_id'] = $post->post_parent;
		foreach ( get_post_meta( $post->ID ) as $key => $values ) {
			$name = substr( $key, 1 );
			if ( '_' === $key[0] && in_array( $name, self::KEPT, true ) ) {
				$flag                = 'virtual' === $name || 'downloadable' === $name;
				$this->data[ $name ] = $flag ? 'yes' === $values[0] : $values[0];
			} else {
				$this->meta[ $key ] = maybe_unserialize( $values[0] );
			}
		}
		$terms = wp_get_post_terms( $post->ID, 'product_cat', array( 'fields' => 'ids' ) );
		$this->data['category_ids'] = is_array( $terms ) ? $terms : array();
	}

	public function save(): int {
		$post     = array(
			'ID'          => $this->id,
			'post_type'   => 'variation' === $this->get_type() ? 'product_variation' : 'product',
			'post_title'  => $this->data['name'],
			'post_name'   => $this->data['slug'],
			'menu_order'  => $this->data['menu_order'],
			'post_status' => $this->data['status'],
			'post_parent' => $this->data['parent_id'],
		);
		$this->id = (int) wp_insert_post( $post );
		foreach ( self::KEPT as $name ) {
			$value = $this->data[ $name ];
			$text  = is_bool( $value ) ? ( $value ? 'yes' : 'no' ) : (string) $value;
			update_post_meta( $this->id, "_$name", $text );
		}
		update_post_meta( $this->id, '_stand_in_type', $this->get_type() );
		$this->save_meta_data();
		wp_set_post_terms( $this->id, $this->data['category_ids'], 'product_cat' );
		WC_Cache_Helper::get_transient_version( 'product', true );
		do_action( 'woocommerce_delete_product_transients', $this->id );
		return $this->id;
	}

	public function save_meta_data(): void {
		foreach ( $this->meta as $key => $value ) {
			if ( null === $value ) {
				delete_post_meta( $this->id, $key );
			} else {
				update_post_meta( $this->id, $key, $value );
			}
		}
	}

	public function delete( bool $force = false ): bool {
		$force ? wp_delete_post( $this->id, true ) : wp_trash_post( $this->id );
		return true;
	}

	public function get_id(): int {
		return $this->id;
	}

	public function get_type(): string {
		return 'simple';
	}

	/** @param string|string[] $type One or several. */
	public function is_type( $type ): bool {
		return in_array( $this->get_type(), (array) $type, true );
	}

	public function is_virtual(): bool {
		return (bool) $this->data['virtual'];
	}

	public function is_downloadable(): bool {
		return (bool) $this->data['downloadable'];
	}

	public function get_price( string $context = 'view' ): string {
		$price = $this->data['price'];
		return (string) ( '' === $price ? $this->data['regular_price'] : $price );
	}

	public function is_purchasable(): bool {
		return (bool) apply_filters( 'woocommerce_is_purchasable', '' !== $this->get_price(), $this );
	}

	/** As the shop shows it, behind the filter of the real one. */
	public function get_price_html(): string {
		$html = '' === $this->get_price() ? '' : wc_price( $this->get_price() );
		return apply_filters( 'woocommerce_get_price_html', $html, $this );
	}

	public function get_meta( string $key = '', bool $single = true, string $for = '' ): mixed {
		return $this->meta[ $key ] ?? '';
	}

	public function meta_exists( string $key ): bool {
		return isset( $this->meta[ $key ] );
	}

	public function update_meta_data( string $key, mixed $value, int $meta_id = 0 ): void {
		$this->meta[ $key ] = is_scalar( $value ) ? (string) $value : $value;
	}

	public function delete_meta_data( string $key ): void {
		$this->meta[ $key ] = null;
	}

	/** @param array<string, mixed> $props Values by name. */
	public function set_props( array $props ): void {
		foreach ( $props as $name => $value ) {
			$this->{"set_$name"}( $value );
		}
	}

	/** @param array<int, mixed> $arguments The value to be set. */
	public function __call( string $method, array $arguments ): mixed {
		$name = substr( $method, 4 );
		if ( ! array_key_exists( $name, $this->data ) ) {
			throw new BadMethodCallException( "$method() is not part of the stand-in" );
		}
		if ( ! str_starts_with( $method, 'set_' ) ) {
			return $this->data[ $name ];
		}
		$was                 = $this->data[ $name ];
		$this->data[ $name ] = is_scalar( $arguments[0] ) && is_string( $was )
			? (string) $arguments[0]
			: $arguments[0];
		return null;
	}
}

class WC_Product_Simple extends WC_Product { // phpcs:ignore
}

class WC_Product_Variable extends WC_Product { // phpcs:ignore
	public function get_type(): string {
		return 'variable';
	}

	/** @return int[] */
	public function get_children(): array {
		return get_posts(
			array(
				'post_type'   => 'product_variation',
				'post_parent' => $this->id,
				'fields'      => 'ids',
				'numberposts' => -1,
				'orderby'     => 'ID',
				'order'       => 'ASC',
			)
		);
	}

	public static function sync( mixed $product ): void {
	}

	/** @return array<string, array<int, string>> By kind and variation. */
	public function get_variation_prices( bool $for_display = false ): array {
		$prices = array( 'price' => array(), 'regular_price' => array(), 'sale_price' => array() );
		foreach ( array_map( 'wc_get_product', $this->get_children() ) as $one ) {
			if ( '' === $one->get_price() ) {
				continue;
			}
			foreach ( array_keys( $prices ) as $kind ) {
				$prices[ $kind ][ $one->get_id() ] = wc_format_decimal( $one->get_price(), 2 );
			}
			$prices = apply_filters( 'woocommerce_variation_prices_array', $prices, $one, $for_display );
		}
		foreach ( array_keys( $prices ) as $kind ) {
			asort( $prices[ $kind ] );
		}
		return $prices;
	}

	/** @return array<string, mixed> What a page knows of a variation. */
	public function get_available_variation( WC_Product $one ): array {
		$prices = $this->get_variation_prices( true )['price'];
		$html   = min( $prices ) === max( $prices ) ? '' : $one->get_price_html();
		$data   = array(
			'variation_id' => $one->get_id(),
			'price_html'   => '' === $html ? '' : "<span class=\"price\">$html</span>",
		);
		return apply_filters( 'woocommerce_available_variation', $data, $this, $one );
	}
}

class WC_Product_Variation extends WC_Product { // phpcs:ignore
	public function get_type(): string {
		return 'variation';
	}
}
