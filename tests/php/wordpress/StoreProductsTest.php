<?php
/**
 * What the plugin relies on of the store's products and prices. As StoreTest, it holds for the real
 * WooCommerce and for the stand-in alike.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\WordPressTestCase;

final class StoreProductsTest extends WordPressTestCase {
	public function test_prices_are_written_by_the_shops_own_settings(): void {
		update_option( 'woocommerce_price_decimal_sep', ',' );
		update_option( 'woocommerce_price_thousand_sep', '.' );
		self::assertSame( ',', wc_get_price_decimal_separator() );
		self::assertSame( '.', wc_get_price_thousand_separator() );
		$text = html_entity_decode( wp_strip_all_tags( wc_price( '1234.5', array( 'decimals' => 4 ) ) ) );
		self::assertSame( '$1.234,5000', $text );
	}

	public function test_what_the_shop_shows_of_a_product_can_be_filtered(): void {
		$product = Orders::package( '10' );
		$other   = Orders::package( '20' );
		self::assertSame( 10, (int) wc_get_price_to_display( $product ) );
		$of = static fn( $html, $product ) => "$html of {$product->get_id()}";
		add_filter( 'woocommerce_get_price_html', $of, 99, 2 );
		self::assertStringEndsWith( " of {$product->get_id()}", $product->get_price_html() );
		$asked = array( 'category' => array( 'tokens' ), 'status' => 'publish', 'limit' => 100 );
		$found = array_map( static fn( $one ) => $one->get_id(), wc_get_products( $asked ) );
		self::assertEqualsCanonicalizing( array( $product->get_id(), $other->get_id() ), $found );
	}

	public function test_whether_a_product_can_be_bought_can_be_filtered(): void {
		$product = Orders::package( '10' );
		self::assertTrue( $product->is_purchasable() );
		self::assertFalse( Orders::package( '' )->is_purchasable() );
		$no = static fn( $can, $of ) => $product->get_id() !== $of->get_id() && $can;
		add_filter( 'woocommerce_is_purchasable', $no, 10, 2 );
		self::assertFalse( $product->is_purchasable() );
		self::assertTrue( Orders::package( '10' )->is_purchasable() );
	}

	public function test_money_has_a_symbol_and_a_place_for_it(): void {
		self::assertSame( '$', html_entity_decode( get_woocommerce_currency_symbol() ) );
		self::assertSame( '%1$s%2$s', get_woocommerce_price_format() );
		if ( ! function_exists( 'woocommerce_wp_select' ) ) {
			require_once WC_ABSPATH . 'includes/admin/wc-meta-box-functions.php';
		}
		$options         = array( '' => 'None', 'a' => 'A & B' );
		$field           = array( 'id' => 'x', 'label' => 'X', 'value' => 'a', 'options' => $options );
		$GLOBALS['post'] = get_post( Orders::package( '10' )->get_id() );
		ob_start();
		woocommerce_wp_select( $field );
		$html = preg_replace( '/\s+/', ' ', (string) ob_get_clean() );
		$chosen = '/<option value="a" ?selected=.selected.>A &amp; B<\/option>/';
		self::assertMatchesRegularExpression( $chosen, $html );
		self::assertStringContainsString( 'name="x"', $html );
	}

	public function test_a_product_that_is_saved_says_that_what_was_kept_of_it_is_old(): void {
		$product = Orders::package( '10' );
		$heard   = array();
		$hear    = static function ( $id ) use ( &$heard ): void {
			$heard[] = (int) $id;
		};
		add_action( 'woocommerce_delete_product_transients', $hear );
		$product->set_regular_price( '11' );
		$product->save();
		self::assertContains( $product->get_id(), $heard );
	}

	public function test_prices_of_variations_can_be_told_more_and_keep_it(): void {
		$product = new \WC_Product_Variable();
		$product->save();
		$one = new \WC_Product_Variation();
		$one->set_props( array( 'parent_id' => $product->get_id(), 'regular_price' => '7' ) );
		$one->save();
		$more = static function ( array $prices, \WC_Product $of ): array {
			$prices['more'][ $of->get_id() ] = 'kept';
			return $prices;
		};
		add_filter( 'woocommerce_variation_prices_array', $more, 10, 2 );
		\WC_Product_Variable::sync( $product->get_id() );
		$product = wc_get_product( $product->get_id() );
		$prices  = $product->get_variation_prices( true );
		self::assertSame( array( $one->get_id() => 'kept' ), $prices['more'] );
		$choice = static fn( array $data, $parent, $of ) => $data + array( 'more' => $of->get_id() );
		add_filter( 'woocommerce_available_variation', $choice, 10, 3 );
		$data = $product->get_available_variation( wc_get_product( $one->get_id() ) );
		self::assertSame( $one->get_id(), $data['more'] );
		self::assertSame( '', $data['price_html'], 'all of one price' );
	}
}
