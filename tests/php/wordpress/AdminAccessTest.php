<?php
/**
 * Who may open the owner's screens and do what their forms do. What is tested comes from the
 * plugin's own list of hooks, so nothing new is forgotten.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Plugin\Capabilities;
use Nivella\Credits\Tests\Support\AdminBrowser;
use Nivella\Credits\Tests\Support\AdminTestCase;
use Nivella\Credits\Tests\Support\Snapshot;

final class AdminAccessTest extends AdminTestCase {
	/** What each screen asks for. */
	private const SCREENS = array(
		'nivella-credits'          => Capabilities::VIEW,
		'nivella-credits-plans'    => Capabilities::MANAGE,
		'nivella-credits-rates'    => Capabilities::MANAGE,
		'nivella-credits-labels'   => Capabilities::MANAGE,
		'nivella-credits-policies' => Capabilities::MANAGE,
		'nivella-credits-keys'     => Capabilities::MANAGE,
		'nivella-credits-health'   => Capabilities::MANAGE,
		'nivella-credits-tools'    => Capabilities::VIEW,
	);
	/** What each action asks for. */
	private const ACTIONS = array(
		'open'          => Capabilities::ADJUST,
		'adjust'        => Capabilities::ADJUST,
		'release'       => Capabilities::ADJUST,
		'subscribe'     => Capabilities::ADJUST,
		'change_plan'   => Capabilities::ADJUST,
		'renew'         => Capabilities::ADJUST,
		'cancel'        => Capabilities::ADJUST,
		'statement'     => Capabilities::VIEW,
		'save_plan'     => Capabilities::MANAGE,
		'delete_plan'   => Capabilities::MANAGE,
		'save_rates'    => Capabilities::MANAGE,
		'save_labels'   => Capabilities::MANAGE,
		'save_policies' => Capabilities::MANAGE,
		'revoke_key'    => Capabilities::MANAGE,
		'check_now'     => Capabilities::MANAGE,
		'repair'        => Capabilities::MANAGE,
		'bulk_upload'     => Capabilities::ADJUST,
		'bulk_confirm'    => Capabilities::ADJUST,
		'bulk_discard'    => Capabilities::ADJUST,
		'export_accounts' => Capabilities::VIEW,
		'export_entries'  => Capabilities::VIEW,
	);
	/** Those that only send a file. */
	private const DOWNLOADS = array( 'statement', 'export_accounts', 'export_entries' );

	private static function plugin( string $file ): string {
		return (string) file_get_contents( NIVELLA_REPO . "/www/nivella-credits/$file" );
	}

	public function test_every_screen_and_action_is_tested_here(): void {
		$hooks = self::plugin( 'Plugin/hooks-admin.php' );
		preg_match_all( "/nivella_credits_post \. '(\w+)'/", $hooks, $found );
		self::assertSame( array_keys( self::ACTIONS ), $found[1] );
		preg_match_all( '/^\t\t(\w+)::class,$/m', self::plugin( 'Admin/Menu.php' ), $found );
		$pages = array_map(
			static fn( string $name ): string => constant( "Nivella\\Credits\\Admin\\$name::PAGE" ),
			$found[1]
		);
		self::assertSame( array_keys( self::SCREENS ), $pages );
	}

	/** @return array<string, array{string, string}> */
	public static function screens(): array {
		$each = static fn( string $page, string $needs ): array => array( $page, $needs );
		return array_map( $each, array_keys( self::SCREENS ), self::SCREENS );
	}

	/** @dataProvider screens */
	public function test_a_screen_opens_for_those_who_may( string $page, string $needs ): void {
		$own  = "class=\"wrap nivella-credits-admin\"";
		$some = static fn( AdminBrowser $browser ): string => $browser->open( $page )->html;
		foreach ( array( 'administrator', 'shop_manager' ) as $role ) {
			$html = $some( new AdminBrowser( $this->user( $role ) ) );
			self::assertStringContainsString( $own, $html, $role );
			self::assertStringContainsString( 'wp-header-end', $html, $role );
		}
		foreach ( array( 'customer', 'subscriber', 'author' ) as $role ) {
			$html = $some( new AdminBrowser( $this->user( $role ) ) );
			self::assertStringNotContainsString( 'nivella-credits-admin"', $html, $role );
		}
		self::assertStringContainsString( 'loginform', $some( new AdminBrowser( 0 ) ) );
		$user = $this->user( 'author' );
		get_userdata( $user )->add_cap( Capabilities::VIEW );
		$sees = str_contains( $some( new AdminBrowser( $user ) ), $own );
		self::assertSame( Capabilities::VIEW === $needs, $sees, 'who may only look' );
	}

	/** @return array<string, array{string, string}> */
	public static function actions(): array {
		$each = array();
		foreach ( self::ACTIONS as $name => $needs ) {
			$each[ $name ] = array( $name, $needs );
		}
		return $each;
	}

	/**
	 * A6: without a nonce, with one of another form, and with one but without the capability.
	 *
	 * @dataProvider actions
	 */
	public function test_an_action_is_done_only_for_those_who_may_and_meant_it(
		string $name,
		string $needs
	): void {
		$account = $this->account( '100' );
		$fields  = array(
			'action'     => "nivella_credits_$name",
			'account'    => (string) $account,
			'request_id' => str_repeat( 'a', 32 ),
		);
		$other = array_diff(
			array( Capabilities::VIEW, Capabilities::ADJUST, Capabilities::MANAGE ),
			array( $needs ),
		);
		$users = array( 0, $this->user(), $this->user( 'author' ) );
		array_map( get_userdata( $users[2] )->add_cap( ... ), $other );
		$before = $this->state();
		foreach ( $users as $user ) {
			$browser = new AdminBrowser( $user );
			$this->ask( $browser, $name, array( '_wpnonce' => $browser->nonce( $name ) ) + $fields );
			self::assertNotSame( 200, $browser->status, "user $user" );
		}
		$manager = $this->shop_manager();
		$before  = $this->state();
		foreach (
			array(
				array(),
				array( '_wpnonce' => 'abc' ),
				array( '_wpnonce' => $manager->nonce( 'other' ) ),
			) as $wrong
		) {
			$this->ask( $manager, $name, $wrong + $fields );
			self::assertSame( 403, $manager->status );
		}
		$right = array( '_wpnonce' => $manager->nonce( $name ) ) + $fields;
		$this->ask( $manager, $name, $right, false );
		self::assertSame( 405, $manager->status, 'a link does not do what a form does' );
		self::assertSame( $before, $this->state() );
		$this->ask( $manager, $name, $right );
		self::assertNotContains( $manager->status, array( 403, 405 ), 'who may, is let in' );
	}

	/** @return array<array{string, array<string, string>}> What notices send, and with what. */
	public static function notices(): array {
		$rows = array( array( 'hide_notice', array( 'notice' => 'secret' ) ) );
		foreach ( array( 'publish', 'draft', 'decline', 'category', 'hide', 'page' ) as $do ) {
			$rows[] = array( 'packages', array( 'do' => $do ) );
		}
		return $rows;
	}

	/**
	 * A6: the buttons of notices ask as the forms do.
	 *
	 * @dataProvider notices
	 */
	public function test_a_notice_does_what_it_offers_only_for_those_who_may(
		string $name,
		array $more
	): void {
		$fields  = array( 'action' => "nivella_credits_$name" ) + $more;
		$owner   = new AdminBrowser( $this->user( 'administrator' ) );
		$browsed = array( new AdminBrowser( 0 ), new AdminBrowser( $this->user() ) );
		$browsed = array( ...$browsed, new AdminBrowser( $this->user( 'author' ) ) );
		// What any visit leaves is there.
		$owner->open( 'nivella-credits' );
		$before = array( $this->state(), $this->made() );
		foreach ( $browsed as $browser ) {
			$browser->post( array( '_wpnonce' => $browser->nonce( $name ) ) + $fields );
			self::assertNotSame( 200, $browser->status );
		}
		foreach ( array( array(), array( '_wpnonce' => $owner->nonce( 'other' ) ) ) as $wrong ) {
			$owner->post( $wrong + $fields );
			self::assertSame( 403, $owner->status );
		}
		self::assertSame( $before, array( $this->state(), $this->made() ) );
	}

	public function test_nothing_else_of_the_admin_takes_requests(): void {
		$told  = self::plugin( 'Plugin/hooks-admin.php' ) . self::plugin( 'Plugin/hooks.php' );
		$told .= self::plugin( 'Plugin/hooks-shop.php' );
		preg_match_all( "/'((?:admin_post|wp_ajax)_[^']*)'/", $told, $found );
		$known = array(
			'admin_post_',
			'admin_post_nivella_credits_',
			'wp_ajax_health-check-nivella-credits-',
			'wp_ajax_',
			'wp_ajax_nopriv_',
			'admin_post_',
		);
		self::assertSame( $known, $found[1], 'with one more, one more is to be tested' );
	}

	public function test_who_may_only_look_is_shown_no_forms(): void {
		$account = $this->account( '100' );
		self::book( $account, array( 'op' => 'hold', 'amount' => '7', 'duration_ms' => 600000 ) );
		$user = $this->user( 'author' );
		get_userdata( $user )->add_cap( Capabilities::VIEW );
		$page = ( new AdminBrowser( $user ) )->open( 'nivella-credits', array( 'account' => $account ) );
		self::assertStringContainsString( 'Open holds', $page->text() );
		self::assertStringNotContainsString( 'Actions', $page->text(), 'nor heads above none' );
		foreach ( array_keys( self::ACTIONS ) as $name ) {
			self::assertFalse( $page->has( $name ), $name );
		}
	}

	public function test_what_an_owner_takes_from_a_role_stays_away(): void {
		get_role( 'shop_manager' )->remove_cap( Capabilities::MANAGE );
		Capabilities::prepare();
		self::assertFalse( get_role( 'shop_manager' )->has_cap( Capabilities::MANAGE ) );
		self::assertTrue( get_role( 'administrator' )->has_cap( Capabilities::MANAGE ) );
		get_role( 'shop_manager' )->add_cap( Capabilities::MANAGE );
	}

	private function ask(
		AdminBrowser $browser,
		string $name,
		array $fields,
		bool $usual = true
	): void {
		if ( in_array( $name, self::DOWNLOADS, true ) === $usual ) {
			$browser->visit( '/wp-admin/admin-post.php?' . http_build_query( $fields ) );
		} else {
			$browser->post( $fields );
		}
	}

	/** How many products and pages there are, and what users have hidden. @return string[] */
	private function made(): array {
		global $wpdb;
		$posts = "SELECT COUNT(*) FROM $wpdb->posts WHERE post_type IN ( 'product', 'page' )";
		$meta  = "SELECT COUNT(*) FROM $wpdb->usermeta WHERE meta_key LIKE 'nivella_credits%'";
		return array( $wpdb->get_var( $posts ), $wpdb->get_var( $meta ) );
	}

	/** Everything that the plugin keeps, but for what WordPress notes of visits. */
	private function state(): string {
		global $wpdb;
		$rows = array();
		foreach ( Snapshot::names( $wpdb->prefix . 'nivella_credits_' ) as $table ) {
			$rows[ $table ] = $wpdb->get_results( "SELECT * FROM `$table`" );
		}
		$own              = 'nivella_credits_';
		$rows['options'] = $wpdb->get_results(
			"SELECT option_name, option_value FROM $wpdb->options WHERE option_name LIKE '$own%'"
		);
		return hash( 'sha256', serialize( $rows ) );
	}
}
