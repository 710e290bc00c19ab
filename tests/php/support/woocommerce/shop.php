<?php
/**
 * What the shop shows of products.
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

function wc_get_price_decimal_separator(): string {
	$point = (string) get_option( 'woocommerce_price_decimal_sep', '.' );
	return '' === $point ? '.' : $point;
}

function wc_get_price_thousand_separator(): string {
	return (string) get_option( 'woocommerce_price_thousand_sep', ',' );
}

/** There are no taxes. */
function wc_get_price_to_display( WC_Product $product ): float {
	return (float) $product->get_price();
}

/**
 * Money as the store writes it: markup around a symbol and an amount.
 *
 * @param mixed                $price In the currency's unit.
 * @param array<string, mixed> $args  `currency`, `decimals`.
 */
function wc_price( mixed $price, array $args = array() ): string {
	$symbol   = get_woocommerce_currency_symbol( $args['currency'] ?? '' );
	$decimals = $args['decimals'] ?? wc_get_price_decimals();
	$point    = wc_get_price_decimal_separator();
	$text     = number_format( (float) $price, $decimals, $point, wc_get_price_thousand_separator() );
	return '<span class="woocommerce-Price-amount amount"><bdi>'
		. "<span class=\"woocommerce-Price-currencySymbol\">$symbol</span>$text</bdi></span>";
}

/**
 * @param array<string, mixed> $args `category` (slugs), `status`, `limit`.
 * @return WC_Product[]
 */
function wc_get_products( array $args ): array {
	$query = array(
		'post_type'   => 'product',
		'post_status' => $args['status'] ?? 'any',
		'numberposts' => $args['limit'] ?? 10,
		'tax_query'   => array(
			array( 'taxonomy' => 'product_cat', 'field' => 'slug', 'terms' => $args['category'] ),
		),
	);
	return array_filter( array_map( 'wc_get_product', array_column( get_posts( $query ), 'ID' ) ) );
}

final class WC_Cache_Helper { // phpcs:ignore
	/** A new version tells that what was kept no longer counts. */
	public static function get_transient_version( string $group, bool $refresh = false ): string {
		$kept = (string) get_transient( "$group-transient-version" );
		if ( '' === $kept || $refresh ) {
			$kept = (string) microtime( true );
			set_transient( "$group-transient-version", $kept );
		}
		return $kept;
	}
}

final class WC_Admin_Meta_Boxes { // phpcs:ignore
	/** @var string[] What the owner reads after saving. */
	public static array $meta_box_errors = array();

	public static function add_error( string $text ): void {
		self::$meta_box_errors[] = $text;
	}
}

/** @param array<string, mixed> $field As the real one has it. */
function woocommerce_wp_text_input( array $field ): void {
	printf(
		'<p class="form-field %s_field %s"><label for="%s">%s</label><input type="text" class="short" '
			. 'name="%s" id="%s" value="%s" placeholder="%s" /></p>',
		esc_attr( $field['id'] ),
		esc_attr( $field['wrapper_class'] ?? '' ),
		esc_attr( $field['id'] ),
		wp_kses_post( $field['label'] ),
		esc_attr( $field['name'] ?? $field['id'] ),
		esc_attr( $field['id'] ),
		esc_attr( $field['value'] ),
		esc_attr( $field['placeholder'] ?? '' )
	);
}

function wc_print_notice( string $message, string $kind = 'success' ): void {
	printf( '<div class="woocommerce-%s">%s</div>', esc_attr( $kind ), wp_kses_post( $message ) );
}

function wc_get_endpoint_url( string $endpoint, string $value, string $page ): string {
	return trailingslashit( $page ) . trailingslashit( $endpoint ) . $value;
}

function wc_get_account_endpoint_url( string $endpoint ): string {
	return wc_get_endpoint_url( $endpoint, '', wc_get_page_permalink( 'myaccount' ) );
}

/** @param array<string, mixed> $field As the real one has it. */
function woocommerce_wp_select( array $field ): void {
	printf( '<p class="form-field"><label>%s</label>', wp_kses_post( $field['label'] ) );
	printf( '<select id="%1$s" name="%1$s">', esc_attr( $field['id'] ) );
	foreach ( $field['options'] as $key => $text ) {
		$chosen = selected( (string) $key, $field['value'], false );
		printf( '<option value="%s"%s>%s</option>', esc_attr( $key ), $chosen, esc_html( $text ) );
	}
	echo '</select></p>';
}

function get_woocommerce_currency_symbol( string $currency = '' ): string {
	$currency = '' === $currency ? get_woocommerce_currency() : $currency;
	return array( 'USD' => '&#36;', 'EUR' => '&euro;' )[ $currency ] ?? '';
}

/** Where the symbol stands: left, without a space. */
function get_woocommerce_price_format(): string {
	return '%1$s%2$s';
}
