<?php
/**
 * The list of accounts: found by search, filter and order, page by page, whatever people are named.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Rest\Clock;
use Nivella\Credits\Storage\AccountList;
use Nivella\Credits\Storage\AccountQuery;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Storage\Customers;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\Schema;
use Nivella\Credits\Tests\Support\AdminBrowser;
use Nivella\Credits\Tests\Support\AdminTestCase;

final class AdminAccountsTest extends AdminTestCase {
	private const PAGE = 'nivella-credits';

	/** Five accounts: 0, 10, 20 and 30 credits, and one that owes 7. @return int[] */
	private function five(): array {
		$accounts   = array_map(
			fn( string $n ): int => $this->account( $n ),
			array( '0', '10', '20', '30' ),
		);
		$accounts[] = $this->account( '5' );
		$use        = array( 'op' => 'use', 'mode' => 'record', 'amount' => '12' );
		self::book( $accounts[4], $use );
		return $accounts;
	}

	/** @return array<string, array{AccountQuery, int[]}> */
	public static function orders(): array {
		return array(
			'available'             => array( new AccountQuery( 'available' ), array( 3, 2, 1, 4, 0 ) ),
			'available, rising'     => array(
				new AccountQuery( 'available', true ),
				array( 0, 4, 1, 2, 3 ),
			),
			'debt'                  => array( new AccountQuery( 'debt' ), array( 4, 3, 2, 1, 0 ) ),
			'last entry'            => array( new AccountQuery( 'last_at' ), array( 4, 3, 2, 1, 0 ) ),
			'last entry, rising'    => array( new AccountQuery( 'last_at', true ), array( 0, 1, 2, 3, 4 ) ),
			'newest'                => array( new AccountQuery( 'id' ), array( 4, 3, 2, 1, 0 ) ),
			'oldest'                => array( new AccountQuery( 'id', true ), array( 0, 1, 2, 3, 4 ) ),
			'with debt'             => array( new AccountQuery( 'available', debt: true ), array( 4 ) ),
		);
	}

	/**
	 * @dataProvider orders
	 *
	 * @param int[] $expected Places among five().
	 */
	public function test_pages_of_any_size_have_every_account_once_in_order(
		AccountQuery $query,
		array $expected
	): void {
		$accounts = $this->five();
		foreach ( array( 1, 2, 3, 20 ) as $size ) {
			$found = array();
			for ( $next = '', $n = 0; null !== $next && $n < 10; $n++ ) {
				$page  = AccountList::open()->page( $query->behind( $next ), $size, time() * 1000 );
				$next  = $page['next'];
				$found = array( ...$found, ...array_column( $page['rows'], 'id' ) );
			}
			$places = array_map( static fn( int $id ) => array_search( $id, $accounts, true ), $found );
			self::assertSame( $expected, $places, "pages of $size" );
		}
	}

	public function test_a_plan_lists_those_who_have_it_now(): void {
		$accounts = $this->five();
		$plan     = array( 'level' => 1, 'allowance' => '0', 'features' => array() );
		( new Configuration( new Db( $GLOBALS['wpdb'] ) ) )->save_plans(
			array(
				array( 'key' => 'solo', 'name' => 'Solo' ) + $plan,
				array( 'key' => 'team', 'name' => 'Team <i>&</i>' ) + $plan,
			)
		);
		foreach ( array( 1 => 'team', 2 => 'team', 3 => 'solo', 0 => 'team' ) as $n => $key ) {
			self::book(
				$accounts[ $n ],
				array( 'op' => 'subscribe', 'plan' => $key, 'open_ended' => true ),
			);
		}
		self::book( $accounts[0], array( 'op' => 'cancel' ) );
		$page = $this->shop_manager()->open(
			self::PAGE,
			array( 'plan' => 'team', 'orderby' => 'available' ),
		);
		self::assertSame( array( '20', '10' ), array_column( $page->rows(), 2 ) );
		self::assertSame( 'Team <i>&</i>', $page->rows()[0][1] );
		$now = Clock::now();
		self::assertSame( array( 'solo' => 1, 'team' => 2 ), AccountList::open()->plans( $now ) );
	}

	/** @return array<string, array{string, bool}> What is typed, and whether it finds Ada. */
	public static function searches(): array {
		return array(
			'part of a name'         => array( 'love', true ),
			'another case'           => array( 'ADA LOVE', true ),
			'beginning of a mail'    => array( 'ada.l@', true ),
			'the whole mail'         => array( 'ada.l@example.org', true ),
			'her id'                 => array( '{id}', true ),
			'somebody else'          => array( 'grace', false ),
			'a sign of LIKE'         => array( 'a_a', false ),
			'another sign of LIKE'   => array( '%', false ),
			'a quote'                => array( "ada' OR '1'='1", false ),
			'the end of a mail'      => array( '@example.org', false ),
			'another id'             => array( '999999999', false ),
		);
	}

	/** @dataProvider searches */
	public function test_search_finds_by_name_mail_and_id( string $text, bool $finds ): void {
		$ada = array( 'display_name' => 'Ada Lovelace', 'user_email' => 'ada.l@example.org' );
		$id  = $this->account( '77', $ada );
		$this->account( '1', array( 'display_name' => 'Grace' ) );
		$text = str_replace( '{id}', (string) Books::open()->user_of_account( $id ), $text );
		$page = $this->shop_manager()->open( self::PAGE, array( 's' => $text ) );
		self::assertSame( 200, $page->status );
		self::assertSame( $finds, str_contains( $page->text(), 'Ada Lovelace' ), $page->text() );
		self::assertSame( $finds, in_array( '77', array_column( $page->rows(), 2 ), true ) );
	}

	public function test_a_customer_without_an_account_is_offered_one(): void {
		$user = $this->user();
		wp_update_user( array( 'ID' => $user, 'display_name' => 'New Customer' ) );
		$page = $this->shop_manager()->open( self::PAGE, array( 's' => 'New Cust' ) );
		self::assertStringContainsString( 'Customers without an account yet', $page->text() );
		$page->send( 'open' );
		self::assertSame( 'The account is open.', $page->notice() );
		self::assertStringContainsString( 'Credits of New Customer', $page->text() );
		$page->open( self::PAGE, array( 'user' => $user ) );
		self::assertStringContainsString( 'Credits of New Customer', $page->text() );
	}

	public function test_the_list_of_users_leads_to_their_credits(): void {
		$user = $this->user();
		$page = new AdminBrowser( $this->user( 'administrator' ) );
		$name = get_userdata( $user )->user_login;
		$page->visit( "/wp-admin/users.php?s=$name" );
		self::assertStringContainsString( "page=nivella-credits&#038;user=$user", $page->html );
	}

	/** A12, A17: names and searches with markup. */
	public function test_hostile_names_are_text(): void {
		global $wpdb;
		$name    = '<script>alert(1)</script>"\'><img src=x onerror=alert(2)> & شركة';
		$account = $this->account( '3' );
		$user    = Books::open()->user_of_account( $account );
		// WordPress would strip it; an importer does not.
		$wpdb->update( $wpdb->users, array( 'display_name' => $name ), array( 'ID' => $user ) );
		clean_user_cache( $user );
		$hostile = array(
			's' => '"><script>',
			'plan' => '"><b>',
			'orderby' => '"><b>',
			'order' => '"',
			'behind' => '">',
		);
		$page    = $this->shop_manager();
		foreach ( array( array(), array( 'account' => $account ), $hostile ) as $asked ) {
			$page->open( self::PAGE, $asked );
			self::assertSame( 200, $page->status );
			self::assertStringNotContainsString( '<script>alert', $page->html );
			self::assertStringNotContainsString( '<img src=x', $page->html );
			if ( $asked !== $hostile ) {
				self::assertStringContainsString( $name, $page->text() );
			}
		}
	}

	public function test_what_time_has_done_counts_although_nothing_was_booked(): void {
		$account = $this->account( '10' );
		$end     = gmdate( 'Y-m-d\TH:i:s\Z', time() + 3600 );
		$more    = array( 'amount' => '5', 'reason' => 'gift', 'expires_at' => $end );
		self::book( $account, array( 'op' => 'adjust', 'direction' => 'add' ) + $more );
		$page = $this->shop_manager();
		self::assertSame( '15', $page->open( self::PAGE )->rows()[0][2] );
		// An hour later, as the ledger sees it.
		$db = new Db( $GLOBALS['wpdb'] );
		$db->run( 'UPDATE {grants} SET expires_at = expires_at - 3600000 WHERE expires_at > 0' );
		$db->run( 'UPDATE {accounts} SET due_at = due_at - 3600000 WHERE id = ?', $account );
		usleep( 1100000 );
		self::assertSame( '10', $page->open( self::PAGE )->rows()[0][2] );
	}

	public function test_an_earlier_schema_gets_the_indexes_and_keeps_its_rows(): void {
		$account = $this->account( '10' );
		$db      = new Db( $GLOBALS['wpdb'] );
		$db->run( 'ALTER TABLE {accounts} DROP KEY available, DROP KEY debt, DROP KEY last_at' );
		$db->run( 'ALTER TABLE {subscriptions} DROP KEY plan' );
		update_option( Schema::OPTION, '1' );
		Schema::update();
		$keys = static fn( string $table ): array => array_column(
			$db->rows( "SHOW INDEX FROM {{$table}}" ),
			'Key_name',
		);
		self::assertSame(
			array(),
			array_diff( array( 'available', 'debt', 'last_at' ), $keys( 'accounts' ) ),
		);
		self::assertContains( 'plan', $keys( 'subscriptions' ) );
		self::assertSame( '10', self::available( $account ) );
	}

	public function test_very_many_fits_are_said_to_be_too_many(): void {
		global $wpdb;
		$values = array();
		for ( $n = 0; $n <= Customers::MOST; $n++ ) {
			$values[] = "( 'many$n', 'many$n', 'many$n@example.com', 'Same Name' )";
		}
		$columns = 'user_login, user_nicename, user_email, display_name';
		$wpdb->query( "INSERT INTO $wpdb->users ( $columns ) VALUES " . implode( ',', $values ) );
		$page = $this->shop_manager()->open( self::PAGE, array( 's' => 'Same Name' ) );
		self::assertStringContainsString( 'Very many customers fit', $page->text() );
	}
}
