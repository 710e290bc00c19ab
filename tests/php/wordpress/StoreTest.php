<?php
/**
 * What the plugin relies on of the store. It holds for the real WooCommerce, with orders among
 * posts and in tables of their own, and for the stand-in alike.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Tests\Support\Database;
use Nivella\Credits\Tests\Support\Http;
use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\Process;
use Nivella\Credits\Tests\Support\Processes;
use Nivella\Credits\Tests\Support\WordPressTestCase;
use WC_Order;

final class StoreTest extends WordPressTestCase {
	/** Hooks that are listened to; what a mere save fires is left out. */
	private const HEARD = '/^woocommerce_(new_order|pre_payment_complete|payment_complete
		|payment_complete_order_status_[a-z-]+|order_status_[a-z-]+?(?:_to_[a-z-]+)?
		|order_payment_status_changed|order_edit_status|create_refund
		|order_(?:partially_|fully_)?refunded|refund_created|before_delete_order|delete_order
		|before_trash_order|trash_order|untrash_order)$/x';

	/** @var string[] */
	private array $heard = array();

	public function listen( string $hook ): void {
		if ( 1 === preg_match( self::HEARD, $hook ) && ! str_contains( $hook, 'notification' ) ) {
			$this->heard[] = substr( $hook, strlen( 'woocommerce_' ) );
		}
	}

	/**
	 * @dataProvider ways
	 *
	 * @param callable(WC_Order): void $do
	 * @param string[]                 $expected
	 */
	public function test_hooks_are_fired_in_this_order(
		string $status,
		callable $do,
		array $expected
	): void {
		$order = Orders::of( array( array( Orders::package( '10' ), 2 ) ) );
		$order->set_status( $status );
		$order->save();
		$order = wc_get_order( $order->get_id() );
		add_action( 'all', array( $this, 'listen' ) );
		$do( $order );
		self::assertSame( $expected, $this->heard );
	}

	/** @return array<string, array{string, callable, string[]}> */
	public static function ways(): array {
		$to   = static fn( string $status ) => static fn( WC_Order $o ) => $o->update_status( $status );
		$from = static fn( string $a, string $b ): array => array(
			"order_status_$b",
			"order_status_{$a}_to_$b",
			'order_status_changed',
		);
		$paid = 'order_payment_status_changed';
		$back = static fn( array $args ) => static fn( WC_Order $order ) => wc_create_refund(
			$args + array( 'order_id' => $order->get_id() )
		);
		return array(
			'paid by a gateway'       => array(
				'pending',
				static fn( WC_Order $order ) => $order->payment_complete( 't1' ),
				array(
					'pre_payment_complete',
					...$from( 'pending', 'processing' ),
					$paid,
					'payment_complete',
				),
			),
			'paid once more'          => array(
				'processing',
				static fn( WC_Order $order ) => $order->payment_complete(),
				array( 'pre_payment_complete', 'payment_complete_order_status_processing' ),
			),
			'set to paid by the owner' => array(
				'on-hold',
				static fn( WC_Order $order ) => $order->update_status( 'processing', '', true ),
				array( 'order_edit_status', ...$from( 'on-hold', 'processing' ) ),
			),
			'failed, then paid'       => array(
				'failed',
				$to( 'completed' ),
				array( ...$from( 'failed', 'completed' ), $paid ),
			),
			'completed'               => array(
				'processing',
				$to( 'completed' ),
				$from( 'processing', 'completed' ),
			),
			'completed once more'     => array( 'completed', $to( 'completed' ), array() ),
			'cancelled'               => array(
				'completed',
				$to( 'cancelled' ),
				$from( 'completed', 'cancelled' ),
			),
			'back from cancelled'     => array(
				'cancelled',
				$to( 'processing' ),
				$from( 'cancelled', 'processing' ),
			),
			'refunded in part'        => array(
				'processing',
				$back( array( 'amount' => '5' ) ),
				array(
					'create_refund',
					'order_partially_refunded',
					'refund_created',
					'order_refunded',
				),
			),
			'refunded in full'        => array(
				'processing',
				$back( array( 'amount' => '20' ) ),
				array(
					'create_refund',
					'order_fully_refunded',
					...$from( 'processing', 'refunded' ),
					'refund_created',
					'order_refunded',
				),
			),
			'set to refunded'         => array(
				'processing',
				$to( 'refunded' ),
				array(
					'order_status_refunded',
					'create_refund',
					'order_fully_refunded',
					'refund_created',
					'order_refunded',
					'order_status_processing_to_refunded',
					'order_status_changed',
				),
			),
			'into the bin'            => array(
				'processing',
				static fn( WC_Order $order ) => $order->delete( false ),
				array( 'before_trash_order', 'trash_order' ),
			),
			'deleted'                 => array(
				'processing',
				static fn( WC_Order $order ) => $order->delete( true ),
				array( 'before_delete_order', 'delete_order' ),
			),
			'made as completed'       => array(
				'pending',
				static fn() => wc_create_order( array( 'status' => 'completed' ) ),
				array( 'new_order', ...$from( 'pending', 'completed' ), $paid ),
			),
			'only saved'              => array(
				'processing',
				static fn( WC_Order $order ) => $order->save(),
				array(),
			),
		);
	}

	public function test_an_order_is_read_back_as_it_was_written(): void {
		$user  = $this->user();
		$order = Orders::of( array( array( Orders::package( '12.34' ), 3 ) ), $user );
		$order->update_meta_data( 'note', 5 );
		$order->save();
		$read = wc_get_order( $order->get_id() );
		self::assertSame( $user, $read->get_customer_id() );
		self::assertSame( 'pending', $read->get_status() );
		self::assertSame( '37.02', $read->get_total() );
		self::assertNull( $read->get_date_paid() );
		self::assertSame( '5', $read->get_meta( 'note' ) );
		self::assertSame( '', $read->get_meta( 'unknown' ) );
		$items = $read->get_items();
		self::assertCount( 1, $items );
		$item = current( $items );
		self::assertSame( key( $items ), $item->get_id() );
		self::assertSame( 3, $item->get_quantity() );
		self::assertSame( '37.02', $item->get_total() );
		self::assertSame( '0', $item->get_total_tax() );
		self::assertSame( '12.34', $item->get_product()->get_price() );
	}

	public function test_an_order_has_a_page_and_one_where_it_is_paid(): void {
		$order = Orders::of( array( array( Orders::package( '10' ), 1 ) ) );
		self::assertTrue( $order->needs_payment() );
		$id = $order->get_id();
		self::assertMatchesRegularExpression( "#^http.*\b$id\b#", $order->get_view_order_url() );
		$pay = $order->get_checkout_payment_url();
		self::assertMatchesRegularExpression( "#^http.*\b$id\b.*pay_for_order=true#", $pay );
		self::assertStringContainsString( "key={$order->get_order_key()}", $pay );
		$order->payment_complete();
		self::assertFalse( $order->needs_payment() );
	}

	public function test_a_refund_has_negative_lines_that_name_the_orders(): void {
		$order = Orders::of( array( array( Orders::package( '10' ), 2 ) ) );
		$order->payment_complete();
		$item = array_key_first( $order->get_items() );
		$line = array( 'qty' => 1, 'refund_total' => '10' );
		wc_create_refund(
			array(
				'order_id'   => $order->get_id(),
				'amount'     => '10',
				'line_items' => array( $item => $line ),
			)
		);
		$order   = wc_get_order( $order->get_id() );
		$refunds = $order->get_refunds();
		self::assertCount( 1, $refunds );
		self::assertSame( '10', $refunds[0]->get_amount() );
		self::assertSame( $order->get_id(), $refunds[0]->get_parent_id() );
		$back = current( $refunds[0]->get_items() );
		self::assertSame( -1, $back->get_quantity() );
		self::assertSame( '-10', $back->get_total() );
		self::assertSame( $item, (int) $back->get_meta( '_refunded_item_id' ) );
		self::assertSame( -1, $order->get_qty_refunded_for_item( $item ) );
		self::assertEquals( 10, $order->get_total_refunded_for_item( $item ) );
		self::assertSame( '10.00', $order->get_remaining_refund_amount() );
		$refunds[0]->delete( true );
		self::assertCount( 0, wc_get_order( $order->get_id() )->get_refunds() );
	}

	public function test_a_refund_that_code_deletes_is_told_of_ahead_of_it(): void {
		$order  = Orders::of( array( array( Orders::package( '10' ), 1 ) ) );
		$refund = wc_create_refund( array( 'order_id' => $order->get_id(), 'amount' => '4' ) );
		$told   = array();
		$listen = static function ( mixed $answer, mixed $refund ) use ( &$told ): mixed {
			$left   = count( wc_get_order( $refund->get_parent_id() )->get_refunds() );
			$told[] = array( $refund->get_parent_id(), $left );
			return $answer;
		};
		add_filter( 'woocommerce_pre_delete_order_refund', $listen, 10, 2 );
		$refund->delete( true );
		self::assertSame( array( array( $order->get_id(), 1 ) ), $told );
		self::assertCount( 0, wc_get_order( $order->get_id() )->get_refunds() );
	}

	public function test_a_refund_of_more_than_is_left_is_refused(): void {
		$order = Orders::of( array( array( Orders::package( '10' ), 1 ) ) );
		$args  = array( 'order_id' => $order->get_id(), 'amount' => '10.01' );
		self::assertWPError( wc_create_refund( $args ) );
		self::assertCount( 0, wc_get_order( $order->get_id() )->get_refunds() );
	}

	public function test_virtual_packages_need_processing_unless_a_filter_says_otherwise(): void {
		$order = Orders::of( array( array( Orders::package( '10' ), 1 ) ) );
		self::assertTrue( $order->needs_processing() );
		add_filter( 'woocommerce_order_item_needs_processing', '__return_false' );
		$order = Orders::of( array( array( Orders::package( '10' ), 1 ) ) );
		$order->payment_complete();
		self::assertSame( 'completed', $order->get_status() );
		self::assertNotNull( $order->get_date_paid() );
	}

	public function test_orders_are_found_by_status_and_time_of_payment(): void {
		$pending = Orders::of( array( array( Orders::package( '10' ), 1 ) ) );
		$paid    = Orders::of( array( array( Orders::package( '10' ), 1 ) ) );
		$paid->payment_complete();
		$now  = $paid->get_date_paid()->getTimestamp();
		$find = static function ( array $args ): array {
			$all = array( 'return' => 'ids', 'limit' => -1, 'type' => 'shop_order' );
			return wc_get_orders( $args + $all );
		};
		self::assertSame( array( $pending->get_id() ), $find( array( 'status' => 'pending' ) ) );
		$statuses = wc_get_is_paid_statuses();
		self::assertSame( array( $paid->get_id() ), $find( array( 'status' => $statuses ) ) );
		$since = static fn( int $second ): array => $find( array( 'date_paid' => ">=$second" ) );
		self::assertSame( array( $paid->get_id() ), $since( $now - 5 ) );
		self::assertSame( array(), $since( $now + 5 ) );
	}

	public function test_notes_are_kept_newest_first(): void {
		$order = Orders::of( array( array( Orders::package( '10' ), 1 ) ) );
		$order->add_order_note( 'one' );
		$order->add_order_note( 'two' );
		$notes = wc_get_order_notes( array( 'order_id' => $order->get_id() ) );
		self::assertSame( array( 'two', 'one' ), array_column( $notes, 'content' ) );
	}

	public function test_two_processes_see_the_same_order_and_both_fire_its_hooks(): void {
		$order  = Orders::of( array( array( Orders::package( '10' ), 1 ) ) );
		$inputs = array_fill( 0, 2, $order->get_id() );
		$heard  = Processes::race( __DIR__ . '/tasks/pay.php', $inputs );
		wp_cache_flush();
		self::assertSame( 'processing', wc_get_order( $order->get_id() )->get_status() );
		// Nothing in the store keeps the second from firing them too: that is the plugin's matter.
		self::assertContains( 1, array( $heard[0], $heard[1] ) );
	}

	public function test_jobs_are_run_once_and_not_before_their_time(): void {
		$ran = array();
		$run = static function ( ...$args ) use ( &$ran ): void {
			$ran[] = $args;
		};
		$job = 'nivella_test_job';
		$in  = 'nivella-test';
		add_action( $job, $run, 10, 2 );
		as_enqueue_async_action( $job, array( 1, 'a' ), $in );
		as_schedule_single_action( time() + 600, $job, array( 2, 'b' ), $in );
		// Whether other arguments make another job depends on how far the real store is set up.
		self::assertSame( 0, as_enqueue_async_action( $job, array( 1, 'a' ), $in, true ) );
		self::assertTrue( as_has_scheduled_action( $job, array( 2, 'b' ), $in ) );
		self::assertFalse( as_has_scheduled_action( $job, array( 9 ), $in ) );
		\ActionScheduler_QueueRunner::instance()->run();
		\ActionScheduler_QueueRunner::instance()->run();
		self::assertSame( array( array( 1, 'a' ) ), $ran );
		self::assertIsInt( as_next_scheduled_action( $job, null, $in ) );
		as_unschedule_all_actions( $job, array( 9 ), $in );
		self::assertIsInt( as_next_scheduled_action( $job, null, $in ) );
		as_unschedule_all_actions( $job );
		self::assertFalse( as_next_scheduled_action( $job, null, $in ) );
	}

	public function test_a_killed_process_leaves_what_it_had_committed(): void {
		$process = Process::start( __DIR__ . '/tasks/write-and-wait.php', 'nivella_test_option' );
		$process->wait_until_ready();
		$process->go();
		self::assertSame( 'written', $process->line() );
		$process->kill();
		wp_cache_flush();
		self::assertSame( 'committed', get_option( 'nivella_test_option' ) );
	}

	/** @group mariadb */
	public function test_a_killed_database_comes_back_with_what_was_committed(): void {
		update_option( 'nivella_test_option', 'committed' );
		$other = Database::connect();
		$other->query( 'START TRANSACTION' );
		$sql = "UPDATE wp_options SET option_value = 'lost' WHERE option_name = 'nivella_test_option'";
		$other->query( $sql );
		Database::kill();
		wp_cache_flush();
		self::assertSame( 'committed', get_option( 'nivella_test_option' ) );
	}

	public function test_many_requests_are_answered_at_once(): void {
		$requests = array_fill( 0, 8, array( 'GET', '/wp-json/' ) );
		foreach ( Http::at_once( $requests ) as $answer ) {
			self::assertSame( 200, $answer->status );
			self::assertStringStartsWith( 'application/json', $answer->headers['content-type'] );
		}
	}

	public function test_what_is_logged_is_kept(): void {
		wc_get_logger()->error( 'It broke.', array( 'source' => 'nivella-credits' ) );
		self::assertSame( array( 'level' => 'error', 'message' => 'It broke.' ), $this->logged[0] );
	}

	private static function assertWPError( mixed $value ): void {
		self::assertInstanceOf( \WP_Error::class, $value );
	}
}
