<?php
/**
 * What somebody may try with orders, to have credits for nothing.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Tests\Support\Checked;
use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\Packages;

final class AttackedOrdersTest extends WooTestCase {
	/** @return array<string, array{string, int, string}> Credits, pieces, what is granted. */
	public static function quantities(): array {
		return array(
			'as many as a line can have' => array( '40000', 9999, '399960000' ),
			'up to the most'             => array( '1000000000', 1000, '1000000000000' ),
			'more than the most'         => array( '1000000000', 1001, '0' ),
			'so many that they turn over' => array( '999999999999', 9223372, '0' ),
		);
	}

	/**
	 * @dataProvider quantities
	 */
	public function test_a8_a_line_gives_its_pieces_exactly_or_nothing(
		string $credits,
		int $pieces,
		string $granted
	): void {
		$user  = $this->user();
		$order = self::paid( array( array( self::package( $credits, '0.01' ), $pieces ) ), $user );
		self::assertTrue( $order->is_paid(), 'the payment goes through' );
		self::assertSame( $granted, $this->available( $user ) );
		self::assertSame( '0' === $granted, array() !== $this->logged );
	}

	/** @return array<string, array{string, string}> A fee, and what remains to be paid. */
	public static function fees(): array {
		return array(
			'a discount'            => array( '-4', '6.00' ),
			'all of it'             => array( '-10', '0.00' ),
			'more than all'         => array( '-25', '0.00' ),
			'on top'                => array( '90', '100.00' ),
		);
	}

	/**
	 * @dataProvider fees
	 */
	public function test_a9_a_fee_changes_no_credits_and_all_of_them_go_back(
		string $fee,
		string $total
	): void {
		$user  = $this->user();
		$order = Orders::of( array( array( self::package( '2000' ), 1 ) ), $user );
		$line  = new \WC_Order_Item_Fee();
		$line->set_props( array( 'name' => 'Fee', 'amount' => $fee, 'total' => $fee ) );
		$order->add_item( $line );
		$order->calculate_totals();
		$order->set_total( $total );
		$order->save();
		$order->payment_complete();
		self::assertSame( array( array( '2000', '0', '0', '0' ) ), $this->booked( $order->get_id() ) );
		if ( '0.00' !== $total ) {
			self::refund( self::fresh( $order ), $total );
		} else {
			self::fresh( $order )->update_status( 'cancelled' );
		}
		self::assertSame( '0', $this->available( $user ) );
		$this->assert_sound( $user );
	}

	public function test_a11_an_account_that_is_full_is_refused_and_not_turned_over(): void {
		$user  = $this->user();
		$lines = array_fill( 0, 10, array( self::package( '1000000000000', '1' ), 1 ) );
		$order = self::paid( $lines, $user );
		self::assertTrue( $order->is_paid() );
		self::assertSame( '9000000000000', $this->available( $user ), 'nine fit' );
		$said = (string) wp_json_encode( $this->logged );
		self::assertStringContainsString( 'does not fit 64 bits', $said );
		$this->assert_sound( $user );
	}

	public function test_a21_the_ledger_outlives_its_user_and_gives_back_what_is_refunded(): void {
		require_once ABSPATH . 'wp-admin/includes/user.php';
		$user    = $this->user();
		$order   = self::paid( array( array( self::package( '2000' ), 1 ) ), $user );
		$account = $this->books->account_of_user( $user );
		wp_delete_user( $user );
		self::assertSame( '2000', Books::open()->balance( $account )['available'] );
		self::fresh( $order )->update_status( 'completed' );
		self::run_jobs();
		self::assertSame( array(), $this->mails, 'nobody is asked to claim what is booked' );
		self::refund( self::fresh( $order ), '10' );
		self::assertSame( '0', Books::open()->balance( $account )['available'] );
	}

	/** @return array<string, array{mixed}> */
	public static function objects(): array {
		return array(
			'an object'            => array( (object) array( 'a' => '5' ) ),
			'a list'               => array( array( '5' ) ),
			'one that was written' => array( serialize( (object) array( 'a' => '5' ) ) ),
		);
	}

	/**
	 * @dataProvider objects
	 */
	public function test_a31_what_hides_an_object_is_no_number( mixed $hidden ): void {
		$user    = $this->user();
		$product = Orders::package( '10', array( Packages::CREDITS => $hidden ) );
		$order   = self::paid( array( array( $product, 1 ) ), $user );
		self::assertTrue( $order->is_paid() );
		self::assertSame( '0', $this->available( $user ) );
		self::assertSame( array(), $this->booked( $order->get_id() ) );
	}

	private function assert_sound( int $user ): void {
		$account = $this->books->account_of_user( $user );
		self::assertNull( Checked::fault( new Db( $GLOBALS['wpdb'] ), $account ) );
	}
}
