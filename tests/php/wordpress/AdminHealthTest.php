<?php
/**
 * What the health screen and Site Health say, and the repair that looks before it books.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Health\Checks;
use Nivella\Credits\Health\Finding;
use Nivella\Credits\Health\Site;
use Nivella\Credits\Lane\Lane;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\Schema;
use Nivella\Credits\Tests\Support\AdminBrowser;
use Nivella\Credits\Tests\Support\BrokenBooks;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\DailyCheck;
use Nivella\Credits\Woo\Listener;
use Nivella\Credits\Woo\Sync;

final class AdminHealthTest extends WooTestCase {
	private Db $db;

	protected function setUp(): void {
		parent::setUp();
		$this->db = new Db( $GLOBALS['wpdb'] );
	}

	private static function finding( string $name ): Finding {
		return Checks::run( Checks::all()[ $name ] );
	}

	private function screen(): AdminBrowser {
		$browser = new AdminBrowser( $this->user( 'shop_manager' ) );
		return $browser->open( 'nivella-credits-health' );
	}

	public function test_a_store_that_is_well_has_nothing_critical(): void {
		foreach ( Checks::all() as $name => $check ) {
			if ( 'module' !== $name ) {
				self::assertNotSame( Finding::CRITICAL, Checks::run( $check )->status, $name );
			}
		}
		self::assertSame( Finding::GOOD, self::finding( 'engine' )->status );
		self::assertSame( Finding::GOOD, self::finding( 'schema' )->status );
	}

	/** @return array<string, array{string, string, callable(self): void, callable(self): void}> */
	public static function ills(): array {
		$nothing = static fn() => null;
		$event   = static fn(
			string $tries,
			int $age,
		): callable => static fn( self $test ) => $test->db->run(
			"INSERT INTO {outbox} ( account, seq, kind, payload, created_at, tries )
			VALUES ( 1, 1, 'none', '{}', ?, $tries )",
			time() * 1000 - $age
		);
		return array(
			'an earlier schema'   => array(
				'schema',
				Finding::CRITICAL,
				static fn() => update_option( Schema::OPTION, '0' ),
				$nothing,
			),
			'no transactions'     => array(
				'engine',
				Finding::CRITICAL,
				static fn( self $test ) => $test->db->run( 'ALTER TABLE {draws} ENGINE = MyISAM' ),
				static fn( self $test ) => $test->db->run( 'ALTER TABLE {draws} ENGINE = InnoDB' ),
			),
			'an event that waits' => array(
				'outbox',
				Finding::RECOMMENDED,
				$event( '0', 3700000 ),
				$nothing,
			),
			'a fresh event'       => array( 'outbox', Finding::GOOD, $event( '0', 0 ), $nothing ),
			'an event given up'   => array( 'outbox', Finding::CRITICAL, $event( '10', 0 ), $nothing ),
			'no daily check yet'  => array( 'daily', Finding::RECOMMENDED, $nothing, $nothing ),
			'no job is planned'   => array(
				'jobs',
				Finding::RECOMMENDED,
				static fn() => as_unschedule_all_actions( DailyCheck::JOB ),
				$nothing,
			),
		);
	}

	/** @dataProvider ills */
	public function test_what_is_wrong_is_found(
		string $check,
		string $status,
		callable $make,
		callable $mend
	): void {
		$make( $this );
		try {
			$found = self::finding( $check );
		} finally {
			$mend( $this );
		}
		self::assertSame( $status, $found->status, $found->text );
		self::assertNotSame( '', $found->text );
	}

	public function test_the_daily_check_notes_what_it_found(): void {
		$user    = $this->user();
		$order   = $this->missed( $user );
		$account = $this->books->account_of_user( $user );
		do_action( 'nivella_credits_check_now' );
		for ( $n = 0; $n < 3; $n++ ) {
			self::run_jobs();
		}
		self::assertSame( array( '4000' ), array_column( $this->booked( $order->get_id() ), 0 ) );
		$found = self::finding( 'daily' );
		self::assertSame( Finding::GOOD, $found->status, $found->text );
		self::assertStringContainsString( 'granted late: 1', $found->text );
		$this->db->run( 'UPDATE {accounts} SET available = available + 1 WHERE id = ?', $account );
		do_action( 'nivella_credits_check_now' );
		for ( $n = 0; $n < 3; $n++ ) {
			self::run_jobs();
		}
		$found = self::finding( 'daily' );
		self::assertSame( Finding::CRITICAL, $found->status );
		self::assertStringContainsString( "$account (posted, available)", $found->text );
	}

	public function test_the_lane_is_asked_over_http(): void {
		self::assertSame( Finding::GOOD, self::finding( 'lane' )->status, self::finding( 'lane' )->text );
		self::assertStringContainsString( 'before the store', self::finding( 'lane' )->text );
		update_option( 'nivella_credits_rating', 'filtered' );
		wp_cache_flush();
		self::assertSame( Finding::RECOMMENDED, self::finding( 'lane' )->status );
		update_option( Lane::OPTION, 'no' );
		self::assertStringContainsString( 'switched off', self::finding( 'lane' )->text );
	}

	/** @return array<string, array{int, string, string}> */
	public static function answers(): array {
		return array(
			'as it should be'  => array( 200, 'application/wasm', Finding::GOOD ),
			'with a charset'   => array( 200, 'Application/WASM; charset=x', Finding::GOOD ),
			'as anything'      => array( 200, 'application/octet-stream', Finding::RECOMMENDED ),
			'without a type'   => array( 200, '', Finding::RECOMMENDED ),
			'not at all'       => array( 404, 'text/html', Finding::CRITICAL ),
			'behind a sign-in' => array( 401, 'application/wasm', Finding::CRITICAL ),
		);
	}

	/** @dataProvider answers */
	public function test_the_module_is_sent_as_what_it_is(
		int $code,
		string $type,
		string $status
	): void {
		$head   = array( 'content-type' => $type );
		$answer = array( 'response' => array( 'code' => $code ), 'headers' => $head );
		self::assertSame( $status, Site::of_module( $answer )->status );
	}

	public function test_a_site_that_does_not_reach_itself_is_no_fault_of_the_module(): void {
		$found = Site::of_module( new \WP_Error( 'http_request_failed', 'timed out <b>' ) );
		self::assertSame( Finding::RECOMMENDED, $found->status );
		self::assertStringContainsString( 'timed out', $found->text );
	}

	public function test_site_health_has_the_same_checks(): void {
		$tests = apply_filters( 'site_status_tests', array( 'direct' => array(), 'async' => array() ) );
		$names = array_map(
			static fn( string $name ): string => "nivella-credits-$name",
			array_keys( Checks::all() )
		);
		$found = array( ...array_keys( $tests['direct'] ), ...array_keys( $tests['async'] ) );
		self::assertSame( array(), array_diff( $names, $found ) );
		$result = $tests['direct']['nivella-credits-engine']['test']();
		self::assertSame( 'good', $result['status'] );
		self::assertSame( 'nivella-credits-engine', $result['test'] );
		foreach ( array_keys( $tests['async'] ) as $name ) {
			self::assertSame( $name, $tests['async'][ $name ]['test'] );
			self::assertContains(
				$tests['async'][ $name ]['async_direct_test']()['status'],
				array( 'good', 'recommended', 'critical' ),
			);
		}
	}

	/** An order whose payment the ledger has missed. */
	private function missed( int $user ): \WC_Order {
		Listener::use_books( new BrokenBooks() );
		$order = self::paid( array( array( self::package( '2000' ), 2 ) ), $user );
		as_unschedule_all_actions( Sync::JOB );
		Listener::use_books( $this->books );
		return $order;
	}

	public function test_the_repair_looks_first_and_then_books_what_it_found(): void {
		$user  = $this->user();
		$order = $this->missed( $user );
		$page  = $this->screen();
		self::assertStringNotContainsString( 'Repair this', $page->text() );
		$page->send( 'repair', array( 'do' => 'look' ) );
		self::assertStringContainsString( '1 difference. Nothing was changed.', $page->notice() );
		self::assertStringContainsString( "Order {$order->get_id()}: 4000 credits", $page->notice() );
		self::assertSame( '0', $this->available( $user ) );
		self::assertStringContainsString( 'Repair this', $page->text() );
		$page->send( 'repair', array( 'do' => 'apply' ) );
		self::assertStringContainsString( '1 difference was set right.', $page->notice() );
		self::assertSame( '4000', $this->available( $user ) );
		$page->send( 'repair', array( 'do' => 'look' ) );
		self::assertStringContainsString( 'Orders and ledger agree.', $page->notice() );
		$page->send( 'repair', array( 'do' => 'look', 'since' => '2026-02-30' ) );
		self::assertStringContainsString( 'This is no date', $page->notice() );
	}

	public function test_an_owner_is_told_on_every_page_that_nothing_is_booked(): void {
		$owner = new AdminBrowser( $this->user( 'administrator' ) );
		$page  = '/wp-admin/profile.php';
		self::assertStringNotContainsString( 'Nivella Credits:', $owner->visit( $page )->html );
		$this->db->run( 'ALTER TABLE {draws} ENGINE = MyISAM' );
		update_option( Schema::OPTION, Schema::UNUSABLE );
		try {
			$owner->visit( $page );
			$other = ( new AdminBrowser( $this->user( 'author' ) ) )->visit( $page );
		} finally {
			$this->db->run( 'ALTER TABLE {draws} ENGINE = InnoDB' );
		}
		self::assertStringContainsString( $this->db->table( 'draws' ), $owner->html );
		self::assertStringContainsString( 'page=nivella-credits-health', $owner->html );
		self::assertStringNotContainsString( 'Nivella Credits:', $other->html );
	}

	public function test_check_now_begins_the_daily_check(): void {
		$page = $this->screen()->send( 'check_now' );
		self::assertStringContainsString( 'The check has begun', $page->notice() );
		wp_cache_flush();
		self::assertTrue( as_has_scheduled_action( DailyCheck::PAID ) );
	}
}
