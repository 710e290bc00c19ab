<?php
/**
 * What a package is worth, beside its price: in lists, on its page, for a chosen variation.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\Listener;
use Nivella\Credits\Woo\Packages;
use Nivella\Credits\Woo\Product\PerCredit;
use WC_Product;
use WC_Product_Attribute;
use WC_Product_Variable;
use WC_Product_Variation;

final class WooWorthTest extends WooTestCase {
	/**
	 * As the module has it: both read the same vectors.
	 *
	 * @dataProvider lists
	 *
	 * @param array<string, mixed> $list
	 */
	public function test_a_price_per_credit_is_that_of_the_dialog( array $list ): void {
		$unit = $list['format']['minor_unit'];
		$each = array();
		foreach ( $list['packages'] as $one ) {
			$price   = (int) ( $one['minor'] . str_repeat( '0', 6 - $unit ) );
			$credits = '' === (string) ( $one['credits'] ?? '' ) ? 0 : Amount::parse( $one['credits'] );
			$each[]  = PerCredit::of( $price, $credits, Amount::parse( $one['bonus'] ) );
		}
		$needs    = static fn( ?PerCredit $one ): int => $one?->decimals( $unit ) ?? $unit;
		$decimals = max( array_map( $needs, $each ) );
		foreach ( $each as $place => $one ) {
			$text = $list['texts'][ $place ];
			self::assertSame( null === $text, null === $one );
			if ( null !== $one ) {
				$plain = self::plain( $text, $list['format'] );
				self::assertSame( $plain, $one->text( $decimals ), $list['rule'] );
			}
		}
	}

	/** @return array<string, array{array<string, mixed>}> */
	public static function lists(): array {
		$file  = NIVELLA_REPO . '/tests/vectors/packages.json';
		$lists = json_decode( file_get_contents( $file ), true )['lists'];
		// Prices that no store has in its settings are the module's alone.
		$usual = static fn( array $list ): bool => array() !== $list['packages']
			&& max( array_map( 'strlen', array_column( $list['packages'], 'minor' ) ) ) < 15;
		$lists = array_filter( $lists, $usual );
		return array_combine( array_column( $lists, 'rule' ), array_map( null, $lists, array() ) );
	}

	/** @param array<string, mixed> $format */
	private static function plain( string $text, array $format ): string {
		$text = str_replace( array( $format['prefix'], $format['suffix'] ), '', $text );
		$text = str_replace( $format['thousand_separator'], '', $text );
		return str_replace( $format['decimal_separator'], '.', $text );
	}

	public function test_a_division_at_the_limits_is_exact(): void {
		$most = Amount::MAX_MOVEMENT;
		self::assertSame( '0.000001', PerCredit::of( 1, $most, $most )->text( 6 ) );
		self::assertSame( '0.500000', PerCredit::of( $most, $most, $most )->text( 6 ) );
		self::assertSame( '1000000000000000000.00', PerCredit::of( $most, 1, 0 )->text( 2 ) );
		self::assertSame( '10', PerCredit::of( 9999999, 1000000, 0 )->text( 0 ) );
		self::assertSame( '9.9999990', PerCredit::of( 9999999, 1000000, 0 )->text( 7 ) );
	}

	/**
	 * @dataProvider products
	 *
	 * @param array<string, string> $meta
	 */
	public function test_a_package_says_its_worth( array $meta, string $price, string $says ): void {
		$product = Orders::package( $price, $meta );
		self::assertSame( $says, self::said( $product ) );
	}

	/** @return array<string, array{array<string, string>, string, string}> */
	public static function products(): array {
		$credits  = static fn( string $text ): array => array( Packages::CREDITS => $text );
		$bonus    = array( Packages::BONUS => '200.5' );
		$validity = array( Packages::VALIDITY => '30' );
		return array(
			'credits'             => array( $credits( '2000' ), '10', '2,000 credits · $0.0050 per credit' ),
			'one credit'          => array( $credits( '1' ), '10', '1 credit · $10.00 per credit' ),
			'a credit and a half' => array( $credits( '1.5' ), '3', '1.5 credits · $2.00 per credit' ),
			'bonus and validity'  => array(
				$credits( '2000' ) + $bonus + $validity,
				'10',
				'2,000 credits + 200.5 bonus · $0.0046 per credit · valid for 30 days after purchase',
			),
			'for nothing'         => array( $credits( '5' ), '0', '5 credits' ),
			'without a price'     => array( $credits( '5' ), '', '5 credits' ),
			'as many as can be'   => array(
				$credits( '1000000000000' ),
				'10',
				'1,000,000,000,000 credits · $0.000001 per credit',
			),
			'no package'          => array( array(), '10', '' ),
			'not readable'        => array( $credits( 'abc' ), '10', '' ),
		);
	}

	public function test_prices_side_by_side_have_one_number_of_decimals(): void {
		$dear = self::package( '10', '5' );
		self::assertSame( '10 credits · $0.50 per credit', self::said( $dear ) );
		$cheap = self::package( '40000', '60' );
		self::assertSame( '40,000 credits · $0.0015 per credit', self::said( $cheap ) );
		$dear = wc_get_product( $dear->get_id() );
		self::assertSame( '10 credits · $0.5000 per credit', self::said( $dear ) );
	}

	public function test_a_product_with_variations_says_from_where_to_where(): void {
		$product = self::variable( array( '' => '10', '4500' => '15' ) );
		$says    = '1,500 to 4,500 credits · $0.0034 – $0.0067 per credit';
		self::assertSame( $says, self::said( $product ) );
		// Once more from what the store keeps with the prices.
		self::assertSame( $says, self::said( wc_get_product( $product->get_id() ) ) );
	}

	public function test_a_chosen_variation_says_its_own_also_where_all_cost_the_same(): void {
		foreach ( array( '15', '10' ) as $price ) {
			$product = self::variable( array( '' => $price, '4500' => '15' ) );
			$choices = array_map( 'wc_get_product', $product->get_children() );
			$says    = array_map(
				static fn( $one ) => self::text( $product->get_available_variation( $one )['price_html'] ),
				$choices
			);
			$each    = '15' === $price ? '0.0100' : '0.0067';
			self::assertStringContainsString( "1,500 credits · \$$each per credit", $says[0] );
			self::assertStringContainsString( '4,500 credits · $0.0034 per credit', $says[1] );
		}
	}

	public function test_a_currency_that_is_switched_changes_prices_and_no_credits(): void {
		$package = self::package( '2000', '10' );
		$user    = $this->user();
		$order   = self::paid( array( array( $package, 2 ) ), $user );
		$worth   = self::text( $package->get_price_html() );
		self::assertStringContainsString( '2,000 credits · $0.0050 per credit', $worth );
		update_option( 'woocommerce_currency', 'EUR' );
		$worth = self::text( $package->get_price_html() );
		self::assertStringContainsString( '2,000 credits · €0.0050 per credit', $worth );
		self::assertSame( '4000', $this->available( $user ), 'what was sold stays' );
		$line = array_key_first( $order->get_items() );
		self::refund( self::fresh( $order ), '10', array( $line => array( 1, '10' ) ) );
		Listener::finish();
		self::assertSame( '2000', $this->available( $user ), 'half of its own money' );
	}

	public function test_variations_that_give_nothing_say_nothing(): void {
		$product = self::variable( array( '0' => '10', 'abc' => '15' ) );
		self::assertSame( '', self::said( $product ) );
		foreach ( array_map( 'wc_get_product', $product->get_children() ) as $one ) {
			$html = $product->get_available_variation( $one )['price_html'];
			self::assertStringNotContainsString( 'nivella', $html );
		}
	}

	public function test_the_owners_list_of_products_shows_the_price_alone(): void {
		$product = self::package( '2000' );
		require_once ABSPATH . 'wp-admin/includes/admin.php';
		set_current_screen( 'edit-product' );
		$html = $product->get_price_html();
		unset( $GLOBALS['current_screen'] );
		self::assertStringNotContainsString( 'credits', $html );
	}

	/** What stands beside the price, as a reader sees it. */
	private static function said( WC_Product $product ): string {
		$html = explode( 'class="nivella-credits-worth" dir="auto">', $product->get_price_html() );
		return self::text( $html[1] ?? '' );
	}

	private static function text( string $html ): string {
		// No line begins with the dot between two parts.
		return str_replace( "\u{00a0}·", ' ·', html_entity_decode( wp_strip_all_tags( $html ) ) );
	}

	/** @param array<string, string> $of Prices by credits; without credits, 1,500 of the product. */
	private static function variable( array $of ): WC_Product_Variable {
		$product = new WC_Product_Variable();
		$product->set_name( 'Flexible' );
		if ( class_exists( WC_Product_Attribute::class ) ) {
			$size = new WC_Product_Attribute();
			$size->set_name( 'Size' );
			$size->set_options( array( 'S0', 'S1' ) );
			$size->set_variation( true );
			$product->set_attributes( array( $size ) );
		}
		$product->update_meta_data( Packages::CREDITS, '1500' );
		$product->save();
		$place = 0;
		foreach ( $of as $credits => $price ) {
			$one = new WC_Product_Variation();
			$one->set_props( array( 'parent_id' => $product->get_id(), 'regular_price' => $price ) );
			$one->set_attributes( array( 'size' => 'S' . $place++ ) );
			if ( '' !== $credits ) {
				$one->update_meta_data( Packages::CREDITS, (string) $credits );
			}
			$one->save();
		}
		WC_Product_Variable::sync( $product->get_id() );
		return wc_get_product( $product->get_id() );
	}
}
