<?php
/**
 * Products that sell plans: what their owner enters, what the shop says, what plans cost.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\Plans;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\Plans\Offer;
use WC_Admin_Meta_Boxes;
use WC_Product;

final class WooPlanProductsTest extends WooTestCase {
	protected function setUp(): void {
		parent::setUp();
		WC_Admin_Meta_Boxes::$meta_box_errors = array();
		Plans::have( 'small', 'large' );
	}

	protected function tearDown(): void {
		$_POST                                = array();
		$GLOBALS['product_object']            = null;
		$GLOBALS['product']                   = null;
		WC_Admin_Meta_Boxes::$meta_box_errors = array();
		unset( $GLOBALS['current_screen'] );
		parent::tearDown();
	}

	/** @return array<array{array<string, string>, string, string, string}> */
	public static function entered(): array {
		$plan   = static fn( string $key ): array => array( Offer::PLAN => $key );
		$months = static fn( string $text ): array => array( Offer::MONTHS => $text );
		return array(
			'another plan'        => array( $plan( 'large' ), 'large', '3', '' ),
			'no plan'             => array( $plan( '' ), '', '3', '' ),
			'a plan that is none' => array( $plan( 'huge' ), 'small', '3', 'there is no such plan' ),
			'a year'              => array( $months( ' 12 ' ), 'small', '12', '' ),
			'one month'           => array( $months( '1' ), 'small', '', '' ),
			'nothing'             => array( $months( '' ), 'small', '', '' ),
			'a hundred years'     => array( $months( '1200' ), 'small', '1200', '' ),
			'more'                => array( $months( '1201' ), 'small', '3', '“1201” was not saved' ),
			'none'                => array( $months( '0' ), 'small', '3', 'whole months from 1 to 1200' ),
			'half a month'        => array( $months( '0.5' ), 'small', '3', 'whole months' ),
			'below zero'          => array( $months( '-1' ), 'small', '3', 'whole months' ),
			'a script'            => array( $months( '<script>' ), 'small', '3', 'whole months' ),
			'nothing was sent'    => array( array(), 'small', '3', '' ),
		);
	}

	/**
	 * @dataProvider entered
	 *
	 * @param array<string, string> $typed
	 */
	public function test_what_can_be_is_kept_and_the_rest_is_told(
		array $typed,
		string $plan,
		string $months,
		string $told
	): void {
		$product = Plans::product( 'small', '3' );
		$_POST   = wp_slash( $typed );
		do_action( 'woocommerce_admin_process_product_object', $product );
		$product->save();
		$now = wc_get_product( $product->get_id() );
		self::assertSame( $plan, $now->get_meta( Offer::PLAN ) );
		self::assertSame( $months, $now->get_meta( Offer::MONTHS ) );
		$says = implode( ' ', WC_Admin_Meta_Boxes::$meta_box_errors );
		self::assertSame( '' === $told, '' === $says, $says );
		self::assertStringContainsString( $told, $says );
		self::assertStringNotContainsString( '<script', $says );
	}

	public function test_the_form_has_the_stores_plans_and_what_is_kept(): void {
		$html = self::form( Plans::product( 'large', '12' ) );
		self::assertMatchesRegularExpression( '/value="large" *selected/', $html );
		self::assertStringContainsString( '>Small</option>', $html );
		self::assertStringContainsString( 'value="12"', $html );
		Plans::have( 'small' );
		$html = self::form( Plans::product( 'large' ) );
		self::assertStringContainsString( '>large (deleted)</option>', $html );
		Plans::have();
		self::assertStringNotContainsString( Offer::PLAN, self::form( Orders::package( '5' ) ) );
	}

	public function test_a_product_whose_plan_is_gone_cannot_be_bought_and_says_why(): void {
		$gone  = Plans::product( 'large' );
		$other = Plans::product( 'small' );
		foreach ( array( $gone, $other ) as $product ) {
			self::assertTrue( wc_get_product( $product->get_id() )->is_purchasable() );
			self::assertSame( '', self::button_of( $product ) );
		}
		Plans::have( 'small' );
		self::assertFalse( wc_get_product( $gone->get_id() )->is_purchasable() );
		self::assertTrue( wc_get_product( $other->get_id() )->is_purchasable() );
		self::assertStringContainsString( 'no longer offered', self::button_of( $gone ) );
		self::assertSame( '', self::button_of( $other ) );
		$text = 'woocommerce_cart_product_cannot_be_purchased_message';
		$why  = apply_filters( $text, 'Sorry', wc_get_product( $gone->get_id() ) );
		self::assertStringContainsString( 'no longer offered', $why );
		self::assertSame( 'Sorry', apply_filters( $text, 'Sorry', $other ) );
	}

	/** @return array<string, array{?array, string, bool}> What a buyer has; is Large sold? */
	public static function buyers(): array {
		return array(
			'nobody signed in'         => array( null, 'small', true ),
			'nothing'                  => array( array(), 'small', true ),
			'a month of another'       => array( array( 'months' => 1 ), 'small', true ),
			'months of another'        => array( array( 'months' => 3 ), 'small', false ),
			'another one without end'  => array( array( 'open_ended' => true ), 'small', false ),
			'months of the same'       => array( array( 'months' => 3 ), 'large', true ),
		);
	}

	/**
	 * @dataProvider buyers
	 */
	public function test_nobody_pays_for_a_plan_for_which_nothing_would_be_booked(
		?array $term,
		string $has,
		bool $sold
	): void {
		$user = $this->user();
		if ( null !== $term && array() !== $term ) {
			Plans::write( $user, 'subscribe', array( 'plan' => $has ) + $term );
		}
		wp_set_current_user( null === $term ? 0 : $user );
		$product = wc_get_product( Plans::product( 'large' )->get_id() );
		self::assertSame( $sold, $product->is_purchasable() );
		$says = 'You have the plan Small for longer.';
		self::assertSame( ! $sold, str_contains( self::button_of( $product ), $says ) );
		self::assertTrue( wc_get_product( Orders::package( '5' )->get_id() )->is_purchasable() );
	}

	public function test_who_is_in_the_last_cycle_that_is_paid_may_buy_another_plan(): void {
		$user    = $this->user();
		$account = $this->books->account_of_user( $user );
		$db      = new Db( $GLOBALS['wpdb'] );
		// Three months, the last of which runs; nobody has looked at the account since.
		$then    = static fn( int $now ): int => $now - 70 * DAY_IN_SECONDS * 1000;
		$books   = new Books( $db, new Configuration( $db ), $then );
		$command = array( 'op' => 'subscribe', 'request_id' => 'then', 'plan' => 'small' );
		$books->write( $account, $command + array( 'months' => 3 ) );
		wp_set_current_user( $user );
		self::assertTrue( wc_get_product( Plans::product( 'large' )->get_id() )->is_purchasable() );
	}

	public function test_the_owner_is_told_of_products_whose_plan_is_gone(): void {
		require_once ABSPATH . 'wp-admin/includes/class-wp-screen.php';
		require_once ABSPATH . 'wp-admin/includes/screen.php';
		wp_set_current_user( $this->user( 'administrator' ) );
		wp_get_current_user()->add_cap( 'edit_products' );
		set_current_screen( 'edit-product' );
		$product = Plans::product( 'large' );
		$product->set_name( 'Large <b>month' );
		$product->save();
		self::assertStringNotContainsString( 'a plan that was deleted', self::notices() );
		Plans::have( 'small' );
		$html = self::notices();
		self::assertStringContainsString( 'sell a plan that was deleted', $html );
		self::assertStringContainsString( "post={$product->get_id()}", $html );
		self::assertStringNotContainsString( '<b>month', $html );
		wp_set_current_user( $this->user( 'customer' ) );
		self::assertStringNotContainsString( 'a plan that was deleted', self::notices() );
	}

	public function test_a_plan_that_products_sell_names_them(): void {
		Plans::product( 'large' );
		$uses = apply_filters( 'nivella_credits_plan_uses', array(), 'large' );
		self::assertSame( array( 'Products sell it: Package. Choose another plan there first.' ), $uses );
		self::assertSame( array(), apply_filters( 'nivella_credits_plan_uses', array(), 'small' ) );
	}

	public function test_a_plan_costs_what_its_product_costs_for_a_month(): void {
		Plans::product( 'small', '', '9.99' );
		Plans::product( 'large', '12', '100' );
		Plans::product( 'large', '', '12' );
		$plans = array_column( Books::open()->plans()['plans'], 'prices', 'key' );
		self::assertSame( '999', $plans['small']['price'] );
		self::assertSame( '834', $plans['large']['price'], 'rounded up, and the lowest of both' );
		$shape = array(
			'price'              => '999',
			'minor_unit'         => 2,
			'currency'           => 'USD',
			'prefix'             => '$',
			'suffix'             => '',
			'decimal_separator'  => '.',
			'thousand_separator' => ',',
		);
		self::assertSame( $shape, $plans['small'] );
	}

	/** What stands where the button of a product would be. */
	private static function button_of( WC_Product $product ): string {
		$GLOBALS['product'] = wc_get_product( $product->get_id() );
		// The real store prints its own button before.
		remove_action( 'woocommerce_simple_add_to_cart', 'woocommerce_simple_add_to_cart', 30 );
		ob_start();
		do_action( 'woocommerce_simple_add_to_cart' );
		return (string) ob_get_clean();
	}

	private static function notices(): string {
		ob_start();
		do_action( 'admin_notices' );
		return (string) ob_get_clean();
	}

	private static function form( WC_Product $product ): string {
		if ( ! function_exists( 'woocommerce_wp_text_input' ) ) {
			require_once WC_ABSPATH . 'includes/admin/wc-meta-box-functions.php';
		}
		$GLOBALS['product_object'] = wc_get_product( $product->get_id() );
		$GLOBALS['post']           = get_post( $product->get_id() );
		ob_start();
		do_action( 'woocommerce_product_options_general_product_data' );
		return html_entity_decode( (string) ob_get_clean() );
	}
}
