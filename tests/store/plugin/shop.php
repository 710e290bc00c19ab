<?php
/**
 * What the tests of the shop's pages need beside HTTP: `php shop.php` makes a page with all
 * blocks, a package with variations, and a customer with credits.
 */

declare( strict_types=1 );

use Nivella\Credits\Storage\Books;

require __DIR__ . '/../../../pkg/store/load.php';

$nivella_page = array(
	'post_type'    => 'page',
	'post_status'  => 'publish',
	'post_title'   => 'Elements',
	'post_content' => '<!-- wp:nivella-credits/pill /--> <!-- wp:nivella-credits/buy /--> '
		. '<!-- wp:nivella-credits/usage /-->',
);
$nivella_size = new WC_Product_Attribute();
$nivella_size->set_name( 'Size' );
$nivella_size->set_options( array( 'Small', 'Large' ) );
$nivella_size->set_variation( true );
$nivella_parent = new WC_Product_Variable();
$nivella_parent->set_props( array( 'name' => 'Choice', 'slug' => 'choice' ) );
$nivella_parent->set_attributes( array( $nivella_size ) );
$nivella_parent->update_meta_data( '_nivella_credits_credits', '1500' );
$nivella_parent->save();
foreach ( array( 'Small' => '', 'Large' => '4500' ) as $nivella_name => $nivella_credits ) {
	$nivella_one = new WC_Product_Variation();
	$nivella_one->set_props(
		array(
			'parent_id'     => $nivella_parent->get_id(),
			'regular_price' => '15',
			'virtual'       => true,
			'attributes'    => array( 'size' => $nivella_name ),
		)
	);
	if ( '' !== $nivella_credits ) {
		$nivella_one->update_meta_data( '_nivella_credits_credits', $nivella_credits );
	}
	$nivella_one->save();
}
WC_Product_Variable::sync( $nivella_parent->get_id() );
$nivella_user  = get_user_by( 'login', 'customer' )->ID;
$nivella_books = Books::open();
$nivella_books->write(
	$nivella_books->account_of_user( $nivella_user ),
	array( 'op' => 'grant', 'request_id' => 'shop', 'kind' => 'purchase', 'amount' => '2341' )
);
echo wp_json_encode(
	array(
		'page'   => get_permalink( wp_insert_post( $nivella_page ) ),
		'choice' => $nivella_parent->get_id(),
		'simple' => wc_get_product_id_by_sku( 'NV-2000' ),
	)
);
