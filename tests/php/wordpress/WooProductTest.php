<?php
/**
 * Packages on the edit screens of products: what is typed, what is kept, what is told.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\Packages;
use WC_Admin_Meta_Boxes;
use WC_Product;
use WC_Product_Variable;
use WC_Product_Variation;

final class WooProductTest extends WooTestCase {
	private const FIELDS = array(
		'credits'  => Packages::CREDITS,
		'bonus'    => Packages::BONUS,
		'validity' => Packages::VALIDITY,
	);

	protected function setUp(): void {
		parent::setUp();
		WC_Admin_Meta_Boxes::$meta_box_errors = array();
	}

	protected function tearDown(): void {
		$_POST                                = array();
		$GLOBALS['product_object']            = null;
		WC_Admin_Meta_Boxes::$meta_box_errors = array();
		parent::tearDown();
	}

	/**
	 * @dataProvider readable
	 */
	public function test_an_amount_is_read_as_the_store_writes_its_prices(
		string $separators,
		string $field,
		string $typed,
		string $kept,
		string $shown
	): void {
		self::separators( $separators );
		$product = self::package( '700', '10', '7', '70' );
		$this->send( $product, array( $field => $typed ) );
		self::assertSame( array(), WC_Admin_Meta_Boxes::$meta_box_errors );
		$saved = wc_get_product( $product->get_id() );
		self::assertSame( $kept, $saved->get_meta( self::FIELDS[ $field ] ) );
		self::assertStringContainsString( "value=\"$shown\"", self::form( $product ) );
	}

	/** @return array<array{string, string, string, string, string}> */
	public static function readable(): array {
		return array(
			array( '.,', 'credits', '2000', '2000', '2000' ),
			array( '.,', 'credits', ' 2000 ', '2000', '2000' ),
			array( '.,', 'credits', '1,000.5', '1000.5', '1000.5' ),
			array( '.,', 'credits', '1 000 000', '1000000', '1000000' ),
			array( '.,', 'credits', "\u{A0}12\u{202F}000\u{A0}", '12000', '12000' ),
			array( '.,', 'credits', '0.000001', '0.000001', '0.000001' ),
			array( '.,', 'credits', '1000000000000', '1000000000000', '1000000000000' ),
			array( '.,', 'credits', '1,000,000,000,000', '1000000000000', '1000000000000' ),
			array( ',.', 'credits', '1.000,5', '1000.5', '1000,5' ),
			array( ',.', 'credits', '1.000', '1000', '1000' ),
			array( ',.', 'credits', '0,5', '0.5', '0,5' ),
			array( ".'", 'credits', "1'000.5", '1000.5', '1000.5' ),
			array( '.', 'credits', '1000.5', '1000.5', '1000.5' ),
			array( '.,', 'bonus', '12.50', '12.5', '12.5' ),
			array( '.,', 'bonus', '', '', '' ),
			array( '.,', 'validity', '365', '365', '365' ),
			array( '.,', 'validity', '0', '', '' ),
			array( '.,', 'validity', '', '', '' ),
		);
	}

	/**
	 * @dataProvider unreadable
	 */
	public function test_what_cannot_be_read_is_told_and_the_old_value_stays(
		string $separators,
		string $field,
		string $typed,
		string $told
	): void {
		self::separators( $separators );
		$product = self::package( '700', '10', '7', '70' );
		$other   = 'credits' === $field ? array( 'validity' => '71' ) : array( 'credits' => '701' );
		$this->send( $product, array( $field => $typed ) + $other );
		$says = html_entity_decode( implode( ' ', WC_Admin_Meta_Boxes::$meta_box_errors ) );
		self::assertCount( 1, WC_Admin_Meta_Boxes::$meta_box_errors, $says );
		self::assertStringContainsString( $told, $says );
		self::assertStringContainsString( mb_substr( trim( $typed ), 0, 40 ), $says );
		$html = implode( ' ', WC_Admin_Meta_Boxes::$meta_box_errors );
		self::assertStringNotContainsString( '<script', $html );
		$now = wc_get_product( $product->get_id() );
		$old = array( 'credits' => '700', 'bonus' => '7', 'validity' => '70' );
		foreach ( $other + array( $field => $old[ $field ] ) as $name => $value ) {
			self::assertSame( $value, $now->get_meta( self::FIELDS[ $name ] ), $name );
		}
	}

	public function test_a_sign_stays_ahead_of_its_number_where_texts_run_from_right_to_left(): void {
		$before = $GLOBALS['wp_locale']->text_direction;

		$GLOBALS['wp_locale']->text_direction = 'rtl';
		try {
			$this->send( self::package( '700', '10', '7', '70' ), array( 'credits' => '-5' ) );
		} finally {
			$GLOBALS['wp_locale']->text_direction = $before;
		}
		$says = html_entity_decode( implode( ' ', WC_Admin_Meta_Boxes::$meta_box_errors ) );
		self::assertStringContainsString( "“\u{2068}-5\u{2069}” was not saved", $says );
	}

	/** @return array<array{string, string, string, string}> */
	public static function unreadable(): array {
		$amount = 'was not saved. Enter an amount like 1000.5, with at most 6 decimals.';
		$most   = 'was not saved. It is at most 1,000,000,000,000.';
		$days   = 'was not saved. Enter whole days from 1 to 36500, or nothing for ever.';
		return array(
			array( '.,', 'credits', 'abc', "Credits: “abc” $amount" ),
			array( '.,', 'credits', '-5', $amount ),
			array( '.,', 'credits', '+5', $amount ),
			array( '.,', 'credits', '1e3', $amount ),
			array( '.,', 'credits', '1000000000000000', $most ),
			array( '.,', 'credits', '1000000000000.000001', $most ),
			array( '.,', 'credits', str_repeat( '9', 300 ), $most ),
			array( '.,', 'credits', '1.0000001', $amount ),
			array( '.,', 'credits', '10,00', $amount ),
			array( '.,', 'credits', '1,5', $amount ),
			array( '.,', 'credits', '1.000,5', $amount ),
			array( ',.', 'credits', '1,000.5', 'Enter an amount like 1000,5' ),
			array( ',.', 'credits', '0.125', 'Enter an amount like 1000,5' ),
			array( '.,', 'credits', '"><script>x</script>', $amount ),
			array( '.,', 'bonus', 'many', "Bonus credits: “many” $amount" ),
			array( '.,', 'validity', '1.5', "Valid for (days): “1.5” $days" ),
			array( '.,', 'validity', '-1', $days ),
			array( '.,', 'validity', '36501', $days ),
			array( '.,', 'validity', 'a year', $days ),
		);
	}

	public function test_what_was_not_sent_stays(): void {
		$product = self::package( '700', '10', '7', '70' );
		$_POST   = array( Packages::CREDITS => array( 'no', 'text' ) );
		do_action( 'woocommerce_admin_process_product_object', $product );
		$product->save();
		$now = wc_get_product( $product->get_id() );
		self::assertSame( '700', $now->get_meta( Packages::CREDITS ) );
		self::assertSame( '70', $now->get_meta( Packages::VALIDITY ) );
	}

	public function test_a_bonus_without_credits_is_told(): void {
		$product = self::package( '700', '10', '7' );
		$this->send( $product, array( 'credits' => '' ) );
		$told = array( 'A bonus and days count only with credits.' );
		self::assertSame( $told, WC_Admin_Meta_Boxes::$meta_box_errors );
		self::assertFalse( Packages::is_package( wc_get_product( $product->get_id() ) ) );
	}

	public function test_what_came_by_import_or_rest_is_read_by_the_same_rules(): void {
		// REST may send numbers, an import texts with spaces; a form's own notation is the form's.
		$kept = array( ' 2000 ' => '2000', '2000.50' => '2000.5', '1,000' => null, 'abc' => null );
		foreach ( $kept as $text => $credits ) {
			$product = Orders::package( '10', array( Packages::CREDITS => $text ) );
			$product = wc_get_product( $product->get_id() );
			self::assertSame( null !== $credits, Packages::is_package( $product ), $text );
			if ( null !== $credits ) {
				self::assertSame( $credits, Amount::text( Packages::of_product( $product )->credits ) );
			}
			$warned = str_contains( self::form( $product ), 'gives no credits. Please mend them.' );
			self::assertSame( null === $credits, $warned, $text );
		}
	}

	public function test_a_variation_shows_what_it_takes_from_its_product(): void {
		$parent = self::variable( array( 'credits' => '1500.5', 'validity' => '30' ) );
		$plain  = self::variation( $parent, array() );
		$own    = self::variation( $parent, array( 'credits' => '4500' ) );
		$html   = self::variation_form( $plain );
		self::assertStringContainsString( 'name="variable_nivella_credits_credits[3]"', $html );
		self::assertStringContainsString( 'placeholder="1500.5"', $html );
		self::assertStringContainsString( 'placeholder="30"', $html );
		$html = self::variation_form( $own );
		self::assertStringContainsString( 'value="4500"', $html );
		self::assertStringNotContainsString( 'placeholder="30"', $html );
	}

	public function test_a_variation_is_saved_by_its_place(): void {
		$parent = self::variable( array( 'credits' => '1500' ) );
		$good   = self::variation( $parent, array() );
		$bad    = self::variation( $parent, array( 'credits' => '20' ) );
		$_POST  = array( 'variable_nivella_credits_credits' => array( 3 => '4,500', 4 => '-5' ) );
		do_action( 'woocommerce_admin_process_variation_object', $good, 3 );
		do_action( 'woocommerce_admin_process_variation_object', $bad, 4 );
		self::assertSame( '4500', $good->get_meta( Packages::CREDITS ) );
		self::assertSame( '20', $bad->get_meta( Packages::CREDITS ) );
		$told = implode( ' ', WC_Admin_Meta_Boxes::$meta_box_errors );
		self::assertStringStartsWith( "Variation #{$bad->get_id()}: Credits: “-5”", $told );
	}

	public function test_a_variation_without_its_product_gives_nothing(): void {
		$orphan = new WC_Product_Variation();
		$orphan->set_regular_price( '5' );
		$orphan->save();
		self::assertFalse( Packages::is_package( $orphan ) );
		self::assertStringContainsString( 'placeholder=""', self::variation_form( $orphan ) );
		self::assertStringNotContainsString( 'nivella', $orphan->get_price_html() );
	}

	/** @param array<string, string> $typed By field. */
	private function send( WC_Product $product, array $typed ): void {
		foreach ( $typed as $field => $text ) {
			$_POST[ self::FIELDS[ $field ] ] = wp_slash( $text );
		}
		do_action( 'woocommerce_admin_process_product_object', $product );
		$product->save();
	}

	private static function form( WC_Product $product ): string {
		self::screen();
		$GLOBALS['product_object'] = wc_get_product( $product->get_id() );
		$GLOBALS['post']           = get_post( $product->get_id() );
		ob_start();
		do_action( 'woocommerce_product_options_general_product_data' );
		return html_entity_decode( (string) ob_get_clean() );
	}

	private static function variation_form( WC_Product $variation ): string {
		self::screen();
		$GLOBALS['post'] = get_post( $variation->get_id() );
		ob_start();
		do_action( 'woocommerce_variation_options_pricing', 3, array(), $GLOBALS['post'] );
		return (string) ob_get_clean();
	}

	/** The real store has its fields' functions in the admin alone. */
	private static function screen(): void {
		if ( ! function_exists( 'woocommerce_wp_text_input' ) ) {
			require_once WC_ABSPATH . 'includes/admin/wc-meta-box-functions.php';
		}
	}

	/** @param string $separators Before decimals, and between thousands. */
	private static function separators( string $separators ): void {
		update_option( 'woocommerce_price_decimal_sep', $separators[0] );
		update_option( 'woocommerce_price_thousand_sep', substr( $separators, 1 ) );
	}

	/** @param array<string, string> $has By field. */
	private static function variable( array $has ): WC_Product_Variable {
		$product = new WC_Product_Variable();
		$product->set_name( 'Flexible' );
		foreach ( $has as $field => $text ) {
			$product->update_meta_data( self::FIELDS[ $field ], $text );
		}
		$product->save();
		return $product;
	}

	/** @param array<string, string> $has By field. */
	private static function variation( WC_Product $parent, array $has ): WC_Product_Variation {
		$variation = new WC_Product_Variation();
		$variation->set_props( array( 'parent_id' => $parent->get_id(), 'regular_price' => '15' ) );
		foreach ( $has as $field => $text ) {
			$variation->update_meta_data( self::FIELDS[ $field ], $text );
		}
		$variation->save();
		return $variation;
	}
}
