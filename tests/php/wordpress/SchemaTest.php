<?php
/**
 * The tables: made once, left alone after that, and read without looking at history.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Ledger\Account;
use Nivella\Credits\Ledger\Entry;
use Nivella\Credits\Ledger\Grant;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Ledger\Thresholds;
use Nivella\Credits\Ledger\Zone;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\Guard;
use Nivella\Credits\Storage\Schema;
use Nivella\Credits\Storage\SqlStore;
use Nivella\Credits\Storage\Tables;
use Nivella\Credits\Tests\Support\WordPressTestCase;

final class SchemaTest extends WordPressTestCase {
	private Db $db;

	protected function setUp(): void {
		parent::setUp();
		$this->db = new Db( $GLOBALS['wpdb'] );
	}

	/** @group mariadb */
	public function test_activation_has_made_all_tables_with_transactions(): void {
		self::assertSame( array(), Schema::unusable( $this->db ) );
		self::assertSame( (string) Tables::VERSION, (string) get_option( Schema::OPTION ) );
	}

	public function test_a_second_run_changes_nothing(): void {
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		foreach ( Tables::names() as $name ) {
			$statement = Tables::statement( $name, $this->db->table( $name ), '' );
			self::assertSame( array(), dbDelta( $statement ), $name );
		}
		$before = $this->made();
		Schema::install();
		self::assertSame( $before, $this->made() );
	}

	public function test_a_missing_table_or_column_is_made_with_the_next_version(): void {
		$this->db->run( 'DROP TABLE {outbox}' );
		$this->db->run( 'ALTER TABLE {entries} DROP COLUMN waived' );
		Schema::update();
		self::assertNotSame( array(), Schema::unusable( $this->db ), 'the version is the same' );
		update_option( Schema::OPTION, '0' );
		Schema::update();
		self::assertSame( array(), Schema::unusable( $this->db ) );
		self::assertSame( array(), $this->db->rows( 'SELECT waived FROM {entries}' ) );
	}

	/** @group mariadb */
	public function test_tables_without_transactions_are_named(): void {
		$this->db->run( 'ALTER TABLE {draws} ENGINE = MyISAM' );
		self::assertSame( array( $this->db->table( 'draws' ) ), Schema::unusable( $this->db ) );
		$this->db->run( 'ALTER TABLE {draws} ENGINE = InnoDB' );
	}

	/** @group mariadb */
	public function test_without_transactions_nothing_is_booked_until_that_is_mended(): void {
		$books   = Books::open();
		$account = $books->account_of_user( $this->user() );
		$grant   = array( 'op' => 'grant', 'request_id' => 'g', 'kind' => 'bonus', 'amount' => '5' );
		$this->db->run( 'ALTER TABLE {entries} ENGINE = MyISAM' );
		try {
			Schema::check();
			$books->write( $account, $grant );
			self::fail( 'it was booked' );
		} catch ( Refusal $refusal ) {
			self::assertSame( 'storage_unavailable', $refusal->error );
		} finally {
			$this->db->run( 'ALTER TABLE {entries} ENGINE = InnoDB' );
		}
		Schema::update();
		self::assertFalse( Schema::is_ready(), 'no visitor waits for another look' );
		require_once ABSPATH . 'wp-admin/includes/class-wp-screen.php';
		require_once ABSPATH . 'wp-admin/includes/screen.php';
		set_current_screen( 'dashboard' );
		Schema::update();
		unset( $GLOBALS['current_screen'] );
		self::assertTrue( Schema::is_ready() );
		self::assertTrue( $books->write( $account, $grant )['booked'] );
	}

	/** @group mariadb */
	public function test_a_site_that_goes_takes_its_tables_along(): void {
		$tables = apply_filters( 'wpmu_drop_tables', array( 'wp_posts' ), 1 );
		self::assertContains( 'wp_posts', $tables );
		$own = array_map( $this->db->table( ... ), Tables::names() );
		self::assertSame( array(), array_values( array_diff( $own, $tables ) ) );
	}

	/** @group mariadb */
	public function test_a_balance_and_a_use_look_at_few_rows_however_long_the_account_is(): void {
		$account = $this->long_account();
		$this->db->run( 'ANALYZE TABLE {entries}, {grants}, {draws}, {requests}, {holds}' );
		foreach ( $this->statements_of( $account ) as $sql ) {
			foreach ( $this->db->rows( "EXPLAIN $sql" ) as $step ) {
				self::assertNotContains( $step['type'], array( 'ALL', 'index' ), $sql );
			}
			self::assertLessThanOrEqual( 4, $this->rows_read( $sql ), $sql );
		}
	}

	/** How many rows the database looked at for a statement. */
	private function rows_read( string $sql ): int {
		global $wpdb;
		$so_far = static function () use ( $wpdb ): int {
			$like = "SHOW SESSION STATUS LIKE 'Handler\_read\_%'";
			return (int) array_sum( $wpdb->get_col( $like, 1 ) );
		};
		// To ask counts, too.
		$asking = -$so_far() + $so_far();
		$before = $so_far();
		$wpdb->get_results( $sql );
		return $so_far() - $before - $asking;
	}

	/** @return array<string, array{callable}> */
	public static function rows_that_cannot_be(): array {
		$grant   = static fn( int ...$parts ): Grant => new Grant(
			1,
			...array( 'purchase', 50, 0, null, $parts[0], null, null, null, null, null ),
			...array_slice( $parts, 1 ),
		);
		$account = static fn( int $available, int $held, int $debt ): Account => new Account(
			...array( 1, 1, str_repeat( '0', 64 ), 0, $available, $held, $debt, 0, 0, 0, 0, null ),
			...array( array(), null, Zone::utc(), null, null, Thresholds::usual(), null ),
		);
		$entry   = static fn( int $cost, ?string $reference ): Entry => new Entry(
			...array( 1, 'use', -$cost, 0, 0, $cost, array(), null, null, null, null, null, null ),
			...array( $reference, null, null, 'r', null, 0, 0, 0, null, str_repeat( '0', 64 ) ),
		);
		$most    = 1000000000000000000;
		return array(
			'a grant of 0'           => array( fn() => Guard::grant( $grant( 0, 0 ) ) ),
			'a grant above 10^12'    => array( fn() => Guard::grant( $grant( $most + 1, $most + 1 ) ) ),
			'parts above the whole'  => array( fn() => Guard::grant( $grant( 10, 10, 1 ) ) ),
			'parts below 0'          => array( fn() => Guard::grant( $grant( 10, 11, -1 ) ) ),
			'parts that turn over'   =>
				array( fn() => Guard::grant( $grant( 10, PHP_INT_MAX, PHP_INT_MAX ) ) ),
			'available below 0'      => array( fn() => Guard::account( $account( -1, 0, 0 ) ) ),
			'available beside debt'  => array( fn() => Guard::account( $account( 1, 0, 1 ) ) ),
			'debt below 0'           => array( fn() => Guard::account( $account( 0, 0, -1 ) ) ),
			'a cost above 10^12'     => array( fn() => Guard::entry( $entry( $most + 1, null ) ) ),
			'a cost below 0'         => array( fn() => Guard::entry( $entry( -1, null ) ) ),
			'a reference of 192'     =>
				array( fn() => Guard::entry( $entry( 1, str_repeat( 'x', 192 ) ) ) ),
		);
	}

	/**
	 * A11: figures that the columns would cut off.
	 *
	 * @dataProvider rows_that_cannot_be
	 */
	public function test_what_the_columns_cannot_hold_is_refused_before( callable $guard ): void {
		$this->expectException( Refusal::class );
		$guard();
	}

	/** @return string[] Every statement that reads for a balance, a use or a settlement. */
	private function statements_of( int $account ): array {
		$sent = array();
		$see  = static function ( string $sql ) use ( &$sent ): string {
			$sent[] = $sql;
			return $sql;
		};
		add_filter( 'query', $see );
		$store = new SqlStore( $this->db, $account );
		$store->account( false );
		$store->live_grants();
		$store->open_holds();
		$store->hold( 1 );
		$store->grants( array( 1 ) );
		$store->entries( 1500, 1 );
		remove_filter( 'query', $see );
		self::assertGreaterThanOrEqual( 7, count( $sent ) );
		return $sent;
	}

	/** An account with 3,000 entries, 30 grants that are used up and one that is not. */
	private function long_account(): int {
		$books   = Books::open();
		$account = $books->account_of_user( $this->user() );
		$grant   = array( 'op' => 'grant', 'kind' => 'purchase' );
		$use     = static fn( int $n ): array => array(
			'request_id' => "use-$n",
			'mode'       => 'strict',
			'amount'     => '1',
		);
		foreach ( range( 1, 30 ) as $n ) {
			$books->write( $account, $grant + array( 'request_id' => "g$n", 'amount' => '100' ) );
			$items = array_map( $use, range( $n * 100, $n * 100 + 99 ) );
			$books->write( $account, array( 'op' => 'batch', 'items' => $items ) );
		}
		$books->write( $account, $grant + array( 'request_id' => 'last', 'amount' => '100' ) );
		return $account;
	}

	/** When each table was made. */
	private function made(): array {
		$sql = 'SELECT table_name, create_time FROM information_schema.tables
			WHERE table_schema = DATABASE() ORDER BY table_name';
		return $this->db->rows( $sql );
	}
}
