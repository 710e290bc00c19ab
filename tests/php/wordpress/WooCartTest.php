<?php
/**
 * The credits in a cart: what the Store API says of them, and what the classic templates print.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\Cart\Contents;
use Nivella\Credits\Woo\Cart\Extension;
use Nivella\Credits\Woo\Cart\Line;

final class WooCartTest extends WooTestCase {
	/**
	 * @dataProvider carts
	 * @param array<array{array<string, string>, mixed}> $lines Meta data, and how many pieces.
	 * @param ?array{int, int}                           $told  Credits and bonus; null: not known.
	 */
	public function test_a_cart_gives_what_its_packages_give( array $lines, ?array $told ): void {
		$sum = Contents::of( array_map( array( self::class, 'line' ), $lines ) );
		self::assertSame( $told, null === $sum ? null : array( $sum->credits, $sum->bonus ) );
	}

	/** @return array<string, array{array, ?array{int, int}}> */
	public static function carts(): array {
		$plain = array( 'credits' => '2000' );
		$bonus = array( 'credits' => '1500.5', 'bonus' => '0.25', 'validity_days' => '30' );
		$most  = array( 'credits' => '1000000000000' );
		$typo  = array( 'credits' => 'abc' );
		$minus = array( 'credits' => '-5' );
		$micro = 1000000;
		return array(
			'nothing in it'           => array( array(), array( 0, 0 ) ),
			'a package, three times'  => array( array( array( $plain, 3 ) ), array( 6000 * $micro, 0 ) ),
			'with a bonus, and goods' => array(
				array( array( $plain, 1 ), array( $bonus, 2 ), array( array(), 5 ) ),
				array( 5001 * $micro, $micro / 2 ),
			),
			'a text for a quantity'   => array( array( array( $plain, '2' ) ), array( 4000 * $micro, 0 ) ),
			'no quantity'             => array( array( array( $plain, null ) ), array( 0, 0 ) ),
			'what is no amount'       => array( array( array( $typo, 1 ) ), array( 0, 0 ) ),
			'below 0'                 => array( array( array( $minus, 1 ) ), array( 0, 0 ) ),
			'a line beyond the most'  => array( array( array( $most, 2 ) ), null ),
			'lines beyond an integer' => array( array_fill( 0, 10, array( $most, 1 ) ), null ),
		);
	}

	public function test_the_store_api_says_of_a_line_what_a_piece_and_what_all_of_it_give(): void {
		$meta = array( 'credits' => '1500.5', 'bonus' => '0.25', 'validity_days' => '30' );
		$told = array(
			'credits'       => '1500.5',
			'bonus'         => '0.25',
			'validity_days' => 30,
			'line_credits'  => '3001',
			'line_bonus'    => '0.5',
		);
		self::assertSame( $told, Extension::of_line( self::line( array( $meta, 2 ) ) ) );
		self::assertSame( array_keys( $told ), array_keys( Extension::line() ) );
		self::assertSame( array(), Extension::of_line( self::line( array( array(), 2 ) ) ) );
		$most = self::line( array( array( 'credits' => '1000000000000' ), 2 ) );
		self::assertNull( Extension::of_line( $most )['line_credits'] );
	}

	/**
	 * @dataProvider oddities
	 */
	public function test_nothing_that_is_no_line_stops_the_store_api( mixed $line ): void {
		self::assertSame( array(), Extension::of_line( $line ) );
	}

	/** @return array<string, array{mixed}> */
	public static function oddities(): array {
		return array(
			'null'              => array( null ),
			'a text'            => array( 'line' ),
			'without a product' => array( array( 'quantity' => 1 ) ),
			'an object inside'  => array( array( 'data' => new \stdClass(), 'quantity' => 1 ) ),
		);
	}

	public function test_without_a_cart_its_credits_are_not_known_and_nothing_is_printed(): void {
		$cart       = WC()->cart;
		WC()->cart = null;
		try {
			$told = Extension::of_cart();
			ob_start();
			Line::row();
			$printed = ob_get_clean();
		} finally {
			WC()->cart = $cart;
		}
		self::assertSame( array( 'credits' => null, 'bonus' => null ), $told );
		self::assertSame( '', $printed );
	}

	public function test_without_scripts_the_line_says_what_the_order_gives(): void {
		$bonus = array( 'credits' => '2500.5', 'bonus' => '100' );
		$plain = Contents::of( array( self::line( array( array( 'credits' => '2500' ), 2 ) ) ) );
		$more  = Contents::of( array( self::line( array( $bonus, 2 ) ) ) );
		self::assertSame(
			'<nivella-order-credits credits="5000" bonus="0">Credits in this order: 5,000'
				. '</nivella-order-credits>',
			Line::element( $plain, false )
		);
		$guest = Line::element( $more, true );
		self::assertStringContainsString( 'credits="5001" bonus="200" guest>', $guest );
		self::assertStringContainsString( '5,001, and 200 as a bonus. Without an account:', $guest );
	}

	public function test_where_the_module_lacks_the_language_the_line_names_its_texts(): void {
		$french = static fn(): string => 'fr_FR';
		$other  = static fn( string $text ): string => 'No credits' === $text ? 'Aucun' : $text;
		add_filter( 'determine_locale', $french );
		add_filter( 'gettext_with_context_nivella-credits', $other );
		try {
			$line = Line::element( Contents::of( array() ), false );
		} finally {
			remove_filter( 'determine_locale', $french );
			remove_filter( 'gettext_with_context_nivella-credits', $other );
		}
		self::assertMatchesRegularExpression( '# messages="http\S+messages\S+fr_FR">#', $line );
	}

	/**
	 * A line as the store's cart keeps it.
	 *
	 * @param array{array<string, string>, mixed} $line Meta data without their prefix, and how many.
	 * @return array<string, mixed>
	 */
	private static function line( array $line ): array {
		$product = Orders::package( '5' );
		foreach ( $line[0] as $key => $value ) {
			$product->update_meta_data( "_nivella_credits_$key", $value );
		}
		$product->save();
		return array( 'data' => $product, 'quantity' => $line[1] );
	}
}
