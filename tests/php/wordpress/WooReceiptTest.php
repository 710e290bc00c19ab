<?php
/**
 * The receipt of a purchase says what was bought, for how much and how it was paid.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Books;
use Nivella\Credits\Tests\Support\JsonSchema;
use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\Payment;

final class WooReceiptTest extends WooTestCase {
	public function test_the_receipt_of_a_grant_has_its_order(): void {
		update_option( 'blogname', 'Tea &amp; Cakes' );
		$user    = $this->user();
		$product = self::package( '2000', '10', '50.5', '365' );
		$product->set_name( 'Package <b>2000</b>' );
		$product->save();
		$order = Orders::of( array( array( $product, 2 ) ), $user );
		$order->set_payment_method_title( 'Card &amp; more' );
		$order->save();
		$order->payment_complete();
		$order   = self::fresh( $order );
		$number  = $order->get_order_number();
		$paid_at = gmdate( 'Y-m-d\TH:i:s.000\Z', Payment::paid_at( $order ) );
		$receipt = $this->receipt( $user );
		$expires = $receipt['purchase']['expires_at'];
		self::assertSame( 365, (int) round( ( strtotime( $expires ) - time() ) / 86400 ) );
		self::assertEquals(
			array(
				'store'      => 'Tea & Cakes',
				'order'      => "order $number",
				'at'         => $paid_at,
				'package'    => '2 × Package 2000',
				'credits'    => '4000',
				'bonus'      => '101',
				'expires_at' => $expires,
				'price'      => '$20.00',
				'lines'      => array( array( 'name' => 'Payment', 'text' => 'Card & more' ) ),
			),
			$receipt['purchase']
		);
		$json = json_decode( json_encode( $receipt + array( 'as_of' => $paid_at ) ) );
		self::assertSame( array(), JsonSchema::faults( $json, 'Receipt' ) );
	}

	public function test_an_order_that_is_no_more_leaves_the_receipt_without_it(): void {
		$user  = $this->user();
		$order = self::paid( array( array( self::package( '10' ), 1 ) ), $user );
		remove_all_filters( 'woocommerce_before_delete_order' );
		$order->delete( true );
		self::assertNull( $this->receipt( $user )['purchase'] );
	}

	public function test_what_was_not_bought_has_no_order(): void {
		$user    = $this->user();
		$account = $this->books->account_of_user( $user );
		$grant   = array( 'op' => 'grant', 'request_id' => 'g', 'kind' => 'refund', 'amount' => '1' );
		$use     = array( 'op' => 'use', 'request_id' => 'u', 'mode' => 'strict', 'amount' => '1' );
		$this->books->write( $account, $grant );
		$this->books->write( $account, $use );
		self::assertNull( $this->receipt( $user )['purchase'] );
		self::assertNull( $this->receipt( $user, 2 )['purchase'] );
	}

	/** @return array<string, mixed> */
	private function receipt( int $user, int $seq = 1 ): array {
		return Books::open()->receipt( $this->books->account_of_user( $user ), $seq );
	}
}
