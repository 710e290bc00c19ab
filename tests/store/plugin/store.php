<?php
/**
 * What the tests of purchases need beside HTTP: `php store.php prepare`, `customer NAME`,
 * `option NAME VALUE`, `jobs`, `notes ORDER`, `grant NAME CREDITS`, `use NAME CREDITS`,
 * `pages blocks|classic`, `pill-page`, `package CREDITS`, `credits PRODUCT CREDITS`, `plans`,
 * `account NAME`.
 */

declare( strict_types=1 );

require __DIR__ . '/../../../pkg/store/load.php';
require_once ABSPATH . 'wp-admin/includes/user.php';

/** Books something for a customer. */
$nivella_book = static function ( string $name, array $command ): bool {
	$books   = Nivella\Credits\Storage\Books::open();
	$account = $books->account_of_user( (int) get_user_by( 'login', $name )->ID );
	$id      = array( 'request_id' => bin2hex( random_bytes( 16 ) ) );
	return $books->write( $account, $command + $id )['booked'];
};

$nivella_do = array(
	'prepare'  => static function (): array {
		foreach ( array( 'bacs', 'cheque', 'cod' ) as $method ) {
			$settings = array( 'enabled' => 'yes', 'title' => $method, 'enable_for_virtual' => 'yes' );
			update_option( "woocommerce_{$method}_settings", $settings );
		}
		$coupon = new WC_Coupon();
		$coupon->set_code( 'free' );
		$coupon->set_discount_type( 'percent' );
		$coupon->set_amount( 100 );
		$coupon->save();
		$size = new WC_Product_Attribute();
		$size->set_name( 'Size' );
		$size->set_options( array( 'Small', 'Large' ) );
		$size->set_variation( true );
		$parent = new WC_Product_Variable();
		$parent->set_props( array( 'name' => 'Flexible', 'attributes' => array( $size ) ) );
		$parent->update_meta_data( '_nivella_credits_credits', '1500' );
		$parent->save();
		$ids = array();
		foreach ( array( 'Small' => '', 'Large' => '4500' ) as $name => $credits ) {
			$variation = new WC_Product_Variation();
			$variation->set_props(
				array(
					'parent_id'     => $parent->get_id(),
					'regular_price' => '15',
					'virtual'       => true,
					'attributes'    => array( 'size' => $name ),
				)
			);
			if ( '' !== $credits ) {
				$variation->update_meta_data( '_nivella_credits_credits', $credits );
				$variation->update_meta_data( '_nivella_credits_bonus', '0.5' );
			}
			$ids[ strtolower( $name ) ] = $variation->save();
		}
		WC_Product_Variable::sync( $parent->get_id() );
		$goods = new WC_Product_Simple();
		$goods->set_props( array( 'name' => 'Lamp', 'regular_price' => '5', 'virtual' => true ) );
		$name             = array( 'name' => 'tests' );
		list( $password ) = WP_Application_Passwords::create_new_application_password( 1, $name );
		return $ids + array(
			'simple'   => wc_get_product_id_by_sku( 'NV-2000' ),
			'goods'    => $goods->save(),
			'password' => $password,
			'time'     => time(),
		);
	},
	'customer' => static fn( string $name ): int => username_exists( $name ) ?: wp_insert_user(
		array(
			'user_login' => $name,
			'user_pass'  => $name,
			'user_email' => "$name@example.com",
			'role'       => 'customer',
		)
	),
	'option'   => static fn( string $name, string $value ): bool => update_option( $name, $value ),
	'grant'    => static fn( string $name, string $credits ): bool => $nivella_book(
		$name,
		array( 'op' => 'adjust', 'direction' => 'add', 'amount' => $credits, 'reason' => 'A gift' )
	),
	'use'      => static fn( string $name, string $credits ): bool => $nivella_book(
		$name,
		array( 'op' => 'use', 'mode' => 'strict', 'amount' => $credits )
	),
	// The store's pages of cart and checkout, as blocks or as classic shortcodes.
	'pages'    => static function ( string $kind ): bool {
		foreach ( array( 'cart', 'checkout' ) as $page ) {
			$id   = wc_get_page_id( $page );
			$kept = get_post_meta( $id, 'nivella_test_blocks', true );
			if ( '' === $kept ) {
				$kept = get_post( $id )->post_content;
				update_post_meta( $id, 'nivella_test_blocks', wp_slash( $kept ) );
			}
			$classic = "<!-- wp:shortcode -->[woocommerce_$page]<!-- /wp:shortcode -->";
			$content = 'blocks' === $kind ? $kept : $classic;
			wp_update_post( array( 'ID' => $id, 'post_content' => wp_slash( $content ) ) );
		}
		return true;
	},
	'pill-page' => static fn(): string => get_permalink(
		wp_insert_post(
			array(
				'post_type'    => 'page',
				'post_status'  => 'publish',
				'post_title'   => 'Chat',
				'post_content' => '[nivella_credit_pill]',
			)
		)
	),
	'package'  => static function ( string $credits ): int {
		$product = new WC_Product_Simple();
		$product->set_props(
			array( 'name' => 'Package', 'regular_price' => '9', 'virtual' => true )
		);
		$product->update_meta_data( '_nivella_credits_credits', $credits );
		return $product->save();
	},
	// Two plans, and a product for a month of each.
	'plans'    => static function (): array {
		$plans = array(
			array( 'key' => 'solo', 'name' => 'Solo', 'level' => 1, 'allowance' => '1000' ),
			array( 'key' => 'team', 'name' => 'Team', 'level' => 2, 'allowance' => '5000' ),
		);
		Nivella\Credits\Storage\Configuration::open()->save_plans( $plans );
		$ids = array();
		foreach ( array( 'Solo' => '9', 'Team' => '29' ) as $name => $price ) {
			$product = new WC_Product_Simple();
			$product->set_props( array( 'name' => $name, 'regular_price' => $price, 'virtual' => true ) );
			$ids[ strtolower( $name ) ] = $product->save();
		}
		return $ids;
	},
	'account'  => static fn( string $name ): int => Nivella\Credits\Storage\Books::open()
		->account_of_user( (int) get_user_by( 'login', $name )->ID ),
	'credits'  => static function ( string $id, string $credits ): int {
		$product = wc_get_product( (int) $id );
		$product->update_meta_data( '_nivella_credits_credits', $credits );
		return $product->save();
	},
	'jobs'     => static fn(): int => ActionScheduler_QueueRunner::instance()->run(),
	'notes'    => static fn( string $id ): array =>
		array_column( wc_get_order_notes( array( 'order_id' => $id ) ), 'content' ),
);
echo wp_json_encode( $nivella_do[ $argv[1] ]( ...array_slice( $argv, 2 ) ) );
