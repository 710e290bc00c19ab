<?php
/**
 * What the owner is told to mend, and who is told.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Admin\OwnerNotices;
use Nivella\Credits\Admin\SiteNotices;
use Nivella\Credits\Health\Site;
use Nivella\Credits\Rest\Keys;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\Schema;
use Nivella\Credits\Storage\Sqlite;
use Nivella\Credits\Tests\Support\Processes;
use Nivella\Credits\Tests\Support\WordPressTestCase;

final class SiteNoticesTest extends WordPressTestCase {
	protected function setUp(): void {
		parent::setUp();
		require_once ABSPATH . 'wp-admin/includes/class-wp-screen.php';
		require_once ABSPATH . 'wp-admin/includes/screen.php';
		wp_set_current_user( $this->user( 'administrator' ) );
	}

	protected function tearDown(): void {
		unset( $GLOBALS['current_screen'] );
		parent::tearDown();
	}

	/** What is said on a page of the admin. */
	private static function raw( string $page = 'dashboard' ): string {
		set_current_screen( $page );
		ob_start();
		SiteNotices::show();
		return (string) ob_get_clean();
	}

	/** The same, without what a database for trying says everywhere. */
	private static function said( string $page = 'dashboard' ): string {
		$rows = explode( '</div>', self::raw( $page ) );
		$own  = static fn( string $row ): bool => ! str_contains( $row, 'This store is on SQLite' );
		return implode( '</div>', array_filter( $rows, $own ) );
	}

	public function test_nothing_is_said_where_all_is_well(): void {
		self::assertSame( '', self::said() );
	}

	/**
	 * @dataProvider conditions
	 * @param callable(): void $make
	 */
	public function test_what_is_to_be_mended_is_said(
		callable $make,
		string $expected,
		bool $hides
	): void {
		$make();
		$said = self::said();
		self::assertStringContainsString( $expected, $said );
		self::assertSame( $hides, str_contains( $said, 'Hide for 90 days' ) );
		self::assertSame( '', self::said( 'edit-post' ), 'not on every page' );
		self::assertNotSame( '', self::said( 'toplevel_page_nivella-credits' ) );
		wp_set_current_user( $this->user( 'shop_manager' ) );
		self::assertSame( '', self::said(), 'not to who cannot mend it' );
	}

	/** @return array<string, array{callable, string, bool}> */
	public static function conditions(): array {
		$event = static fn( int $tries ): callable => static function () use ( $tries ): void {
			$db  = new Db( $GLOBALS['wpdb'] );
			$old = ( time() - 3700 ) * 1000;
			$row = array( array( 1, 1, 'low', '{}', $old, $tries ) );
			$sql = 'INSERT INTO {outbox} ( account, seq, kind, payload, created_at, tries ) VALUES ?';
			$db->run( $sql, $row );
		};
		return array(
			'events that reach nobody' => array( $event( 10 ), '1 event was given up', false ),
			'events that wait'         => array( $event( 0 ), '1 event of the ledger', true ),
		);
	}

	/** @group mariadb */
	public function test_one_fault_is_said_once_wherever_an_owner_looks(): void {
		global $wpdb;
		$administrator = get_current_user_id();
		$manager       = $this->user( 'shop_manager' );
		$table         = $wpdb->prefix . 'nivella_credits_draws';
		update_option( Schema::OPTION, Schema::UNUSABLE );
		$wpdb->query( "RENAME TABLE $table TO away_draws" );
		try {
			foreach ( array( $administrator, $manager ) as $user ) {
				foreach ( array( 'dashboard', 'edit-post', 'toplevel_page_nivella-credits' ) as $page ) {
					wp_set_current_user( $user );
					$said = self::raw( $page );
					ob_start();
					OwnerNotices::show();
					$said .= ob_get_clean();
					$times = substr_count( $said, 'These tables are missing' );
					self::assertSame( 1, $times, "$page: $said" );
				}
			}
		} finally {
			$wpdb->query( "RENAME TABLE away_draws TO $table" );
		}
	}

	public function test_a_site_without_a_secret_is_told_so(): void {
		$task  = __DIR__ . '/tasks/site-notices.php';
		$texts = array( '', 'put your unique phrase here', str_repeat( 'x', 32 ) );
		$said  = Processes::race( $task, $texts );
		$lacks = 'wp-config.php has no secret of its own';
		self::assertStringContainsString( $lacks, $said[0] );
		self::assertStringContainsString( $lacks, $said[1] );
		self::assertStringNotContainsString( $lacks, $said[2] );
	}

	public function test_keys_on_http_are_open_while_one_of_them_works(): void {
		self::assertFalse( Site::are_open( false, 'production' ) );
		$keys  = new Keys();
		$token = $keys->create( 'a server', array( 'use' ), null );
		self::assertTrue( Site::are_open( false, 'production' ) );
		self::assertFalse( Site::are_open( true, 'production' ) );
		self::assertFalse( Site::are_open( false, 'local' ) );
		$keys->revoke( explode( '.', $token )[0] );
		self::assertFalse( Site::are_open( false, 'production' ) );
	}

	public function test_a_warning_that_was_hidden_stays_away_for_a_while(): void {
		$user = get_current_user_id();
		self::assertSame( Sqlite::is_here(), str_contains( self::raw(), 'This store is on SQLite' ) );
		if ( ! Sqlite::is_here() ) {
			return;
		}
		self::assertStringContainsString( 'Hide for 90 days', self::raw() );
		$hidden = 'nivella_credits_hidden_notices';
		update_user_meta( $user, $hidden, array( 'sqlite' => time() - 89 * DAY_IN_SECONDS ) );
		self::assertSame( '', self::raw() );
		update_user_meta( $user, $hidden, array( 'sqlite' => time() - 91 * DAY_IN_SECONDS ) );
		self::assertNotSame( '', self::raw() );
	}
}
