<?php
/**
 * A test of orders and their credits.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Woo\Bookkeeper;
use Nivella\Credits\Woo\Listener;
use Nivella\Credits\Woo\Orders as FreshOrders;
use Nivella\Credits\Woo\Packages;
use Nivella\Credits\Woo\Sold;
use Nivella\Credits\Woo\StoredBooks;
use WC_Order;
use WC_Product;

/** Every test has a ledger, and looks at it by the keys of the orders' lines. */
abstract class WooTestCase extends WordPressTestCase {
	protected Bookkeeper $books;

	protected function setUp(): void {
		parent::setUp();
		$this->books = new StoredBooks();
		Listener::use_books( $this->books );
	}

	/**
	 * A product that gives credits.
	 *
	 * @param string $credits  As an owner types it.
	 * @param string $price    In the store's currency.
	 * @param string $bonus    As an owner types it.
	 * @param string $validity Days.
	 */
	protected static function package(
		string $credits,
		string $price = '10',
		string $bonus = '',
		string $validity = ''
	): WC_Product {
		$meta = array(
			Packages::CREDITS  => $credits,
			Packages::BONUS    => $bonus,
			Packages::VALIDITY => $validity,
		);
		return Orders::package( $price, array_filter( $meta, static fn( $text ) => '' !== $text ) );
	}

	/**
	 * An order that is paid by a gateway.
	 *
	 * @param array<int, array{WC_Product, int}> $lines       Products and quantities.
	 * @param int                                $customer_id 0 for a guest.
	 */
	protected static function paid( array $lines, int $customer_id ): WC_Order {
		$order = Orders::of( $lines, $customer_id );
		$order->payment_complete();
		return self::fresh( $order );
	}

	/** The order as another process would read it. */
	protected static function fresh( WC_Order $order ): WC_Order {
		$fresh = FreshOrders::fresh( $order->get_id() );
		self::assertNotNull( $fresh );
		return $fresh;
	}

	/**
	 * What is booked of an order's lines, in the order of their ids.
	 *
	 * @return Sold[]
	 */
	protected function sold( int $order_id ): array {
		$sold = $this->books->sold_of_order( $order_id );
		uksort( $sold, 'strnatcmp' );
		return array_values( $sold );
	}

	/**
	 * Purchase, bonus, and what of both is reversed, for each line of an order.
	 *
	 * @return array<array{string, string, string, string}>
	 */
	protected function booked( int $order_id ): array {
		$texts = static function ( Sold $sold ): array {
			$item = $sold->item;
			$all  = array( $item->granted, $item->bonus, $item->target, $item->bonus_target );
			return array_map( array( Amount::class, 'text' ), $all );
		};
		return array_map( $texts, $this->sold( $order_id ) );
	}

	/** What a customer can use now. */
	protected function available( int $user_id ): string {
		$account = $this->books->account_of_user( $user_id );
		return $this->books->write( $account, array( 'op' => 'touch' ) )['balance']['available'];
	}

	/** A customer uses credits. */
	protected function spend( int $user_id, string $amount ): void {
		static $number = 0;
		$answer        = $this->books->write(
			$this->books->account_of_user( $user_id ),
			array(
				'op'         => 'use',
				'request_id' => 'use-' . ++$number . '-' . bin2hex( random_bytes( 4 ) ),
				'mode'       => 'strict',
				'amount'     => $amount,
			)
		);
		self::assertTrue( $answer['booked'] );
	}

	/**
	 * The notes of an order, newest first.
	 *
	 * @return string[]
	 */
	protected static function notes( int $order_id ): array {
		return array_column( wc_get_order_notes( array( 'order_id' => $order_id ) ), 'content' );
	}

	/**
	 * Refunds an order.
	 *
	 * @param array<int, array{int, string}> $lines Pieces and money by the line's id.
	 */
	protected static function refund( WC_Order $order, string $amount, array $lines = array() ): int {
		$shape = static fn( array $line ): array => array(
			'qty'          => $line[0],
			'refund_total' => $line[1],
		);
		$refund = wc_create_refund(
			array(
				'order_id'   => $order->get_id(),
				'amount'     => $amount,
				'line_items' => array_map( $shape, $lines ),
			)
		);
		self::assertNotInstanceOf( \WP_Error::class, $refund );
		return $refund->get_id();
	}

	/** Whether what nothing is left to cover is forgiven. */
	protected static function forgive( bool $forgive ): void {
		update_option( Configuration::FORGIVE, $forgive ? '1' : '' );
	}

	/** Everything that waits as a job is done. */
	protected static function run_jobs(): void {
		// A runner stops for good some time after its process began.
		add_filter( 'action_scheduler_queue_runner_time_limit', static fn() => 3600 );
		\ActionScheduler_QueueRunner::instance()->run();
	}
}
