<?php
/**
 * Fills a store for trying: the category Tokens with six packages, and a customer whose login is
 * customer, customer. What is there already stays as it is.
 */

declare( strict_types=1 );

require __DIR__ . '/load.php';
wp_set_current_user( 1 );

$nivella_term = term_exists( 'tokens', 'product_cat' )
	?: wp_insert_term( 'Tokens', 'product_cat', array( 'slug' => 'tokens' ) );

$nivella_packages = array(
	2000  => '10',
	5000  => '20',
	10000 => '30',
	20000 => '40',
	30000 => '50',
	40000 => '60',
);
foreach ( $nivella_packages as $nivella_credits => $nivella_price ) {
	if ( wc_get_product_id_by_sku( "NV-$nivella_credits" ) ) {
		continue;
	}
	$nivella_product = new WC_Product_Simple();
	$nivella_product->set_props(
		array(
			'name'          => number_format( $nivella_credits ) . ' AI Credits',
			'slug'          => "ai-credits-$nivella_credits",
			'sku'           => "NV-$nivella_credits",
			'regular_price' => $nivella_price,
			'virtual'       => true,
			'category_ids'  => array( (int) $nivella_term['term_id'] ),
		)
	);
	$nivella_product->update_meta_data( '_nivella_credits_credits', (string) $nivella_credits );
	$nivella_product->save();
}

if ( ! username_exists( 'customer' ) ) {
	wp_insert_user(
		array(
			'user_login'   => 'customer',
			'user_pass'    => 'customer',
			'user_email'   => 'customer@example.com',
			'display_name' => 'A customer',
			'role'         => 'customer',
		)
	);
}
