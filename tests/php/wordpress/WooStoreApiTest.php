<?php
/**
 * What the Store API is told of products.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\StoreApi;

final class WooStoreApiTest extends WooTestCase {
	/**
	 * @dataProvider products
	 * @param array<string, string>          $meta Of the product.
	 * @param array<string, string|int|null> $told Of it.
	 */
	public function test_a_product_says_what_one_piece_of_it_gives( array $meta, array $told ): void {
		$product = Orders::package( '5' );
		foreach ( $meta as $key => $value ) {
			$product->update_meta_data( "_nivella_credits_$key", $value );
		}
		$product->save();
		self::assertSame( $told, StoreApi::of_product( $product ) );
	}

	/** @return array<string, array{array<string, string>, array<string, string|int|null>}> */
	public static function products(): array {
		$credits = array( 'credits' => '2000', 'bonus' => '0', 'validity_days' => null );
		$more    = array( 'bonus' => '50.5', 'validity_days' => '365' );
		return array(
			'credits alone'         => array( array( 'credits' => ' 2000 ' ), $credits ),
			'bonus and validity'    => array(
				array( 'credits' => '2000' ) + $more,
				array( 'credits' => '2000', 'bonus' => '50.5', 'validity_days' => 365 ),
			),
			'no package'            => array( array(), array() ),
			'credits of 0'          => array( array( 'credits' => '0' ) + $more, array() ),
			'what is no amount'     => array( array( 'credits' => 'abc' ), array() ),
			'an amount below 0'     => array( array( 'credits' => '-5' ), array() ),
			'more than there can be' => array( array( 'credits' => '1000000000000000' ), array() ),
		);
	}

	public function test_what_is_no_product_says_nothing(): void {
		self::assertSame( array(), StoreApi::of_product( null ) );
		$fields = array( 'credits', 'bonus', 'validity_days' );
		self::assertSame( $fields, array_keys( StoreApi::schema() ) );
	}
}
