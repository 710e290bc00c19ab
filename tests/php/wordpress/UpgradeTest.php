<?php
/**
 * A store whose tables are of an earlier version keeps everything that is in them.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\Schema;
use Nivella\Credits\Tests\Support\Checked;
use Nivella\Credits\Tests\Support\Plans;
use Nivella\Credits\Tests\Support\WooTestCase;

/** @group mariadb */
final class UpgradeTest extends WooTestCase {
	/** What each version has brought, taken away again: the newest first. */
	private const BACK = array(
		3 => array( 'DROP TABLE {plan_sales}' ),
		2 => array(
			'DROP TABLE {day_sums}',
			'ALTER TABLE {accounts} DROP KEY available, DROP KEY debt, DROP KEY last_at',
			'ALTER TABLE {subscriptions} DROP KEY plan',
		),
	);

	private Db $db;

	protected function setUp(): void {
		parent::setUp();
		$this->db = new Db( $GLOBALS['wpdb'] );
		Plans::have( 'small', 'large' );
	}

	protected function tearDown(): void {
		Schema::install();
		parent::tearDown();
	}

	/** @return array<string, array{int}> */
	public static function versions(): array {
		return array( 'version 1' => array( 1 ), 'version 2' => array( 2 ) );
	}

	/** @dataProvider versions */
	public function test_all_figures_and_digests_are_the_same_afterwards( int $version ): void {
		$users = array( $this->busy(), $this->busy(), $this->user() );
		$books = Books::open();
		$all   = array_map( $books->account_of_user( ... ), $users );
		$this->go_back_to( $version );
		$before = array_map( $this->rows_of( ... ), $all );
		$figure = array_map( $this->figures( ... ), $all );
		self::assertFalse( Schema::is_ready() );
		Schema::update();
		self::assertTrue( Schema::is_ready() );
		self::assertSame( array(), Schema::unusable( $this->db ) );
		self::assertSame( $before, array_map( $this->rows_of( ... ), $all ) );
		self::assertSame( $figure, array_map( $this->figures( ... ), $all ) );
		foreach ( $all as $account ) {
			self::assertNull( $books->broken_at( $account ) );
			self::assertNull( Checked::fault( $this->db, $account ) );
		}
		$keys = array_column( $this->db->rows( 'SHOW INDEX FROM {accounts}' ), 'Key_name' );
		self::assertContains( 'available', $keys );
		self::paid( array( array( Plans::product( 'small' ), 1 ) ), $users[2] );
		self::assertSame( array( 'small', null, 1 ), Plans::of_user( $users[2] ), 'it goes on' );
	}

	/** A customer with purchases, a refund, uses, an open hold, debt that was repaid, and a plan. */
	private function busy(): int {
		$user  = $this->user();
		$order = self::paid( array( array( self::package( '1000', '10', '50' ), 2 ) ), $user );
		$line  = (int) array_key_first( $order->get_items() );
		$this->spend( $user, '700.25' );
		self::refund( $order, '10', array( $line => array( 1, '10' ) ) );
		Plans::write( $user, 'subscribe', array( 'plan' => 'small', 'months' => 3 ) );
		Plans::write( $user, 'change_plan', array( 'plan' => 'large' ) );
		Plans::write( $user, 'hold', array( 'amount' => '12.5', 'duration_ms' => 3600000 ) );
		Plans::write( $user, 'use', array( 'mode' => 'record', 'amount' => '5000' ) );
		self::paid( array( array( self::package( '9000' ), 1 ) ), $user );
		return $user;
	}

	/** The tables as an earlier version had made them, with their rows. */
	private function go_back_to( int $version ): void {
		foreach ( self::BACK as $newer => $statements ) {
			foreach ( $newer > $version ? $statements : array() as $statement ) {
				$this->db->run( $statement );
			}
		}
		update_option( Schema::OPTION, (string) $version );
	}

	/** Every row of an account, in all tables that version 1 had. */
	private function rows_of( int $account ): array {
		$tables = array( 'entries', 'grants', 'draws', 'holds', 'requests', 'subscriptions', 'rollups' );
		$rows   = array( $this->db->rows( 'SELECT * FROM {accounts} WHERE id = ?', $account ) );
		foreach ( array( ...$tables, 'order_items', 'outbox', 'quantities' ) as $table ) {
			$rows[ $table ] = $this->db->rows( "SELECT * FROM {{$table}} WHERE account = ?", $account );
		}
		self::assertNotSame( array(), $rows[0] );
		return $rows;
	}

	/** What the account's customer sees. */
	private function figures( int $account ): array {
		$shown = array( 'posted', 'held', 'debt', 'available', 'pools', 'version', 'level' );
		return array_intersect_key( Books::open()->balance( $account ), array_flip( $shown ) );
	}
}
