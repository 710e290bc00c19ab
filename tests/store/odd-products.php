<?php
/**
 * Puts odd products into a store that is made for trying: `WP_DIR=folder php odd-products.php`.
 * Prints their ids as JSON. Run again it finds those that are there. With `permalinks FORM` it sets
 * the form of the store's addresses instead.
 */

declare( strict_types=1 );

$url = getenv( 'WP_URL' ) ?: 'http://127.0.0.1:8090';

$_SERVER['HTTP_HOST']       = parse_url( $url, PHP_URL_HOST );
$_SERVER['REQUEST_METHOD']  = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require getenv( 'WP_DIR' ) . '/wp-load.php';

if ( 'permalinks' === ( $argv[1] ?? '' ) ) {
	global $wp_rewrite;
	$wp_rewrite->set_permalink_structure( $argv[2] ?? '' );
	flush_rewrite_rules( true );
	exit;
}

/** The product with this SKU, made where there is none. */
function odd_product( string $kind, string $sku, string $name, array $props ): int {
	$found = wc_get_product_id_by_sku( $sku );
	if ( $found ) {
		return $found;
	}
	$class   = "WC_Product_$kind";
	$product = new $class();
	$product->set_props( $props + array( 'name' => $name, 'sku' => $sku, 'virtual' => true ) );
	return $product->save();
}

$tokens = get_term_by( 'slug', 'tokens', 'product_cat' )->term_id;
$in     = array( 'category_ids' => array( $tokens ) );
$price  = static fn( string $price ): array => $in + array( 'regular_price' => $price );
$stock  = static fn( string $amount, int $count, string $is ): array => $price( $amount ) + array(
	'manage_stock'   => true,
	'stock_quantity' => $count,
	'stock_status'   => $is,
);

$single = $price( '9' ) + array( 'sold_individually' => true );
$hidden = $price( '4' ) + array( 'catalog_visibility' => 'hidden' );
$name   = "Tom & Jerry's \"Best\" <b>Pack</b>";
$goods  = array( 'regular_price' => '24', 'virtual' => false );
$sold   = $stock( '5', 0, 'outofstock' );
$ids    = array(
	'single'    => odd_product( 'Simple', 'ODD-1', 'One Pack', $single ),
	'stock'     => odd_product( 'Simple', 'ODD-L', 'Limited Pack', $stock( '7', 3, 'instock' ) ),
	'sold'      => odd_product( 'Simple', 'ODD-S', 'Sold-out Pack', $sold ),
	'priceless' => odd_product( 'Simple', 'ODD-N', 'No price Pack', $in ),
	'free'      => odd_product( 'Simple', 'ODD-F', 'Free Pack', $price( '0' ) ),
	'hidden'    => odd_product( 'Simple', 'ODD-H', 'Hidden Pack', $hidden ),
	'named'     => odd_product( 'Simple', 'ODD-T', $name, $price( '6.66' ) ),
	'goods'     => odd_product( 'Simple', 'ODD-G', 'Desk lamp', $goods ),
);

$size = new WC_Product_Attribute();
$size->set_name( 'Size' );
$size->set_options( array( 'Small', 'Large' ) );
$size->set_variation( true );
$of     = $in + array( 'attributes' => array( $size ) );
$parent = odd_product( 'Variable', 'ODD-V', 'Flexible Pack', $of );

$ids['parent'] = $parent;
$variations    = array(
	'small' => array( 'Small', '15' ),
	'large' => array( 'Large', '45' ),
	'open'  => array( '', '30' ),
);
foreach ( $variations as $key => list( $value, $amount ) ) {
	$of          = array(
		'parent_id'     => $parent,
		'regular_price' => $amount,
		'attributes'    => array( 'size' => $value ),
	);
	$ids[ $key ] = odd_product( 'Variation', "ODD-V-$key", 'Flexible Pack', $of );
}
WC_Product_Variable::sync( $parent );
echo wp_json_encode( $ids );
