<?php
/**
 * What the hooks have missed is found.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Plugin\Activation;
use Nivella\Credits\Tests\Support\BrokenBooks;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\DailyCheck;
use Nivella\Credits\Woo\Listener;
use Nivella\Credits\Woo\RepairCommand;
use WC_Order;

final class WooRepairTest extends WooTestCase {
	/** An order whose payment the ledger has missed. */
	private function missed( int $user, int $days_ago = 0 ): WC_Order {
		Listener::use_books( new BrokenBooks() );
		$order = self::paid( array( array( self::package( '2000', '10', '100' ), 2 ) ), $user );
		$order->set_date_paid( time() - $days_ago * DAY_IN_SECONDS );
		$order->save();
		as_unschedule_all_actions( \Nivella\Credits\Woo\Sync::JOB );
		Listener::use_books( $this->books );
		return $order;
	}

	/** Runs the daily check to its end. */
	private static function check(): void {
		do_action( DailyCheck::JOB );
		for ( $n = 0; $n < 3; $n++ ) {
			self::run_jobs();
		}
	}

	public function test_the_daily_check_grants_what_was_paid_since_the_first_activation(): void {
		update_option( Activation::FIRST_ACTIVE_AT, gmdate( DATE_ATOM, time() - 5 * DAY_IN_SECONDS ) );
		list( $new, $old ) = array( $this->user(), $this->user() );
		$this->missed( $new, 4 );
		$this->missed( $old, 6 );
		self::check();
		self::assertSame( '4200', $this->available( $new ) );
		self::assertSame( '0', $this->available( $old ) );
		self::check();
		self::assertSame( '4200', $this->available( $new ) );
	}

	/**
	 * @dataProvider what_nobody_said
	 *
	 * @param callable(WC_Order): void $happen
	 */
	public function test_the_daily_check_brings_reversals_to_their_target(
		callable $happen,
		string $target
	): void {
		$order = self::paid( array( array( self::package( '2000' ), 2 ) ), $this->user() );
		$id    = $order->get_id();
		self::refund( $order, '5' );
		self::assertSame( array( '1000' ), array_column( $this->booked( $id ), 2 ) );
		Listener::use_books( new BrokenBooks() );
		$happen( self::fresh( $order ) );
		Listener::finish();
		as_unschedule_all_actions( \Nivella\Credits\Woo\Sync::JOB );
		Listener::use_books( $this->books );
		self::assertSame( array( '1000' ), array_column( $this->booked( $id ), 2 ) );
		self::check();
		self::assertSame( array( $target ), array_column( $this->booked( $id ), 2 ) );
	}

	/** @return array<string, array{callable, string}> */
	public static function what_nobody_said(): array {
		return array(
			'a refund deleted'   => array( static fn( $o ) => $o->get_refunds()[0]->delete( true ), '0' ),
			'another refund'     => array( static fn( $o ) => self::refund( $o, '5' ), '2000' ),
			'an order cancelled' => array( static fn( $o ) => $o->update_status( 'cancelled' ), '4000' ),
			'a line removed'     => array(
				static function ( WC_Order $order ): void {
					$order->remove_item( array_key_first( $order->get_items() ) );
					$order->save();
				},
				'4000',
			),
		);
	}

	public function test_orders_that_are_not_found_keep_their_credits_until_the_owner_says_so(): void {
		$order = self::paid( array( array( self::package( '2000' ), 2 ) ), $this->user() );
		$id    = $order->get_id();
		Listener::use_books( new BrokenBooks() );
		self::fresh( $order )->delete( true );
		as_unschedule_all_actions( \Nivella\Credits\Woo\Sync::JOB );
		Listener::use_books( $this->books );
		self::check();
		self::assertSame( array( '0' ), array_column( $this->booked( $id ), 2 ) );
		$command = new RepairCommand( Listener::repair(), static fn( string $line ) => null );
		self::assertSame( 1, $command->compare( time(), true ) );
		self::assertSame( array( '4000' ), array_column( $this->booked( $id ), 2 ) );
	}

	public function test_the_command_lists_by_customer_and_changes_nothing_until_told_to(): void {
		update_option( Activation::FIRST_ACTIVE_AT, gmdate( DATE_ATOM ) );
		$user   = $this->user();
		$orders = array( $this->missed( $user, 400 ), $this->missed( $user, 300 ) );
		$guest  = $this->missed( 0, 300 );
		$ids    = "{$orders[0]->get_id()}, {$orders[1]->get_id()}";
		$said   = array();
		$say    = static function ( string $line ) use ( &$said ): void {
			$said[] = $line;
		};
		$command = new RepairCommand( Listener::repair(), $say );
		self::assertSame( 0, $command->compare( (int) RepairCommand::since( null ), true ) );
		$since = (int) RepairCommand::since( gmdate( 'Y-m-d', time() - 401 * DAY_IN_SECONDS ) );
		self::assertSame( 3, $command->compare( $since, false ) );
		self::assertSame( '0', $this->available( $user ) );
		self::assertSame(
			array(
				'Orders and ledger agree.',
				"guests (to be claimed by link): 4000 credits and 200 bonus, orders {$guest->get_id()}",
				"customer $user: 8000 credits and 400 bonus, orders $ids",
				'3 differ. Nothing was changed: add --apply to book them.',
			),
			$said
		);
		$command->compare( $since, true );
		self::assertSame( '8400', $this->available( $user ) );
	}

	/**
	 * @dataProvider tampering
	 */
	public function test_sums_that_do_not_hold_are_told( string $sql, string $expected ): void {
		global $wpdb;
		$user  = $this->user();
		$order = self::paid( array( array( self::package( '2000', '10', '100' ), 2 ) ), $user );
		$this->spend( $user, '150.5' );
		self::refund( $order, '10' );
		$said    = array();
		$say     = static function ( string $line ) use ( &$said ): void {
			$said[] = $line;
		};
		$command = new RepairCommand( Listener::repair(), $say );
		self::assertSame( 0, $command->add_up() );
		$account = $this->books->account_of_user( $user );
		$sql     = str_replace( '{', $wpdb->prefix . 'nivella_credits_', $sql );
		self::assertSame( 1, $wpdb->query( "$sql account = $account LIMIT 1" ) );
		$command->add_up();
		self::assertSame( array( "account $account does not add up: $expected" ), $said );
		self::check();
		$critical = static fn( array $log ): bool => 'critical' === $log['level'];
		$told     = array_column( array_filter( $this->logged, $critical ), 'message' );
		// The real store hands a message to each of its handlers.
		self::assertSame( $said, array_values( array_unique( $told ) ) );
	}

	/** @return array<string, array{string, string}> */
	public static function tampering(): array {
		return array(
			'an entry is changed' => array( 'UPDATE {entries SET amount = amount + 1 WHERE', 'posted' ),
			'an entry is gone'    => array(
				'DELETE FROM {entries WHERE amount = 0 OR seq = 1 AND',
				'sequence, posted',
			),
			'a grant is changed'  => array(
				'UPDATE {grants SET available = available + 1 WHERE',
				'available, parts of grants',
			),
		);
	}

	/** @dataProvider dates */
	public function test_a_date_is_read_strictly( string $text, ?string $expected ): void {
		$at = RepairCommand::since( $text );
		self::assertSame( $expected, null === $at ? null : gmdate( 'Y-m-d\TH:i:s', $at ) );
	}

	/** @return array<array{string, ?string}> */
	public static function dates(): array {
		return array(
			array( '2026-01-31', '2026-01-31T00:00:00' ),
			array( '2026-02-31', null ),
			array( '31.1.2026', null ),
			array( 'yesterday', null ),
			array( '', null ),
		);
	}
}
