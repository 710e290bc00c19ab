<?php
/**
 * Puts odd products into a store that is made for trying: `WP_DIR=/path php odd-products.php`.
 * Prints their ids as JSON. Run again it finds those that are there.
 */

$_SERVER['HTTP_HOST']       = parse_url( getenv( 'WP_URL' ) ?: 'http://127.0.0.1:8090', PHP_URL_HOST );
$_SERVER['REQUEST_METHOD']  = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require getenv( 'WP_DIR' ) . '/wp-load.php';

if ( isset( $argv[1] ) && 'permalinks' === $argv[1] ) {
	global $wp_rewrite;
	$wp_rewrite->set_permalink_structure( $argv[2] ?? '' );
	flush_rewrite_rules( true );
	exit;
}

$tokens = get_term_by( 'slug', 'tokens', 'product_cat' )->term_id;

/** The product with this SKU, made where there is none. */
function odd_product( string $class, string $sku, string $name, array $props ): int {
	$found = wc_get_product_id_by_sku( $sku );
	if ( $found ) {
		return $found;
	}
	$product = new $class();
	$product->set_props( $props + array( 'name' => $name, 'sku' => $sku, 'virtual' => true ) );
	return $product->save();
}

$in  = array( 'category_ids' => array( $tokens ) );
$ids = array(
	'single'  => odd_product( WC_Product_Simple::class, 'ODD-1', 'One Pack', $in + array( 'regular_price' => '9', 'sold_individually' => true ) ),
	'stock'   => odd_product( WC_Product_Simple::class, 'ODD-L', 'Limited Pack', $in + array( 'regular_price' => '7', 'manage_stock' => true, 'stock_quantity' => 3 ) ),
	'sold'    => odd_product( WC_Product_Simple::class, 'ODD-S', 'Sold-out Pack', $in + array( 'regular_price' => '5', 'manage_stock' => true, 'stock_quantity' => 0, 'stock_status' => 'outofstock' ) ),
	'priceless' => odd_product( WC_Product_Simple::class, 'ODD-N', 'No price Pack', $in ),
	'free'    => odd_product( WC_Product_Simple::class, 'ODD-F', 'Free Pack', $in + array( 'regular_price' => '0' ) ),
	'hidden'  => odd_product( WC_Product_Simple::class, 'ODD-H', 'Hidden Pack', $in + array( 'regular_price' => '4', 'catalog_visibility' => 'hidden' ) ),
	'named'   => odd_product( WC_Product_Simple::class, 'ODD-T', "Tom & Jerry's \"Best\" <b>Pack</b>", $in + array( 'regular_price' => '6.66' ) ),
	'goods'   => odd_product( WC_Product_Simple::class, 'ODD-G', 'Desk lamp', array( 'regular_price' => '24', 'virtual' => false ) ),
);

$size = new WC_Product_Attribute();
$size->set_name( 'Size' );
$size->set_options( array( 'Small', 'Large' ) );
$size->set_variation( true );
$parent = odd_product( WC_Product_Variable::class, 'ODD-V', 'Flexible Pack', $in + array( 'attributes' => array( $size ) ) );

$ids['parent'] = $parent;
foreach ( array( 'small' => array( 'Small', '15' ), 'large' => array( 'Large', '45' ), 'open' => array( '', '30' ) ) as $key => $of ) {
	$ids[ $key ] = odd_product( WC_Product_Variation::class, 'ODD-V-' . $key, 'Flexible Pack', array( 'parent_id' => $parent, 'regular_price' => $of[1], 'attributes' => array( 'size' => $of[0] ) ) );
}
WC_Product_Variable::sync( $parent );
echo wp_json_encode( $ids );
