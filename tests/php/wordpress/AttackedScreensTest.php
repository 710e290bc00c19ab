<?php
/**
 * What customers, visitors of a chat and servers may put into the ledger, on every page that shows
 * it.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Admin\Menu;
use Nivella\Credits\Rest\Keys;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Tests\Support\AdminBrowser;
use Nivella\Credits\Tests\Support\AdminTestCase;
use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Woo\Account\CreditsPage;
use Nivella\Credits\Woo\Packages;
use Nivella\Credits\Woo\Plans\Offer;

final class AttackedScreensTest extends AdminTestCase {
	private const TEXT = '"\'><script>alert(1)</script><img src=x onerror=alert(2)><svg/onload=a>'
		. "\u{202e}\u{2066}&lt;b&gt;";
	/** What would be run of it, and quotes that would end an attribute. */
	private const RUN = '#<script>alert|<img src=x|<svg/onload|"\'&gt;#';

	/** An account of which every text is hostile. */
	private function hostile(): int {
		global $wpdb;
		$text    = self::TEXT;
		$account = $this->account( '3' );
		$user    = Books::open()->user_of_account( $account );
		// WordPress would strip it; an importer does not.
		$wpdb->update( $wpdb->users, array( 'display_name' => $text ), array( 'ID' => $user ) );
		clean_user_cache( $user );
		$plan = array( 'key' => 'evil', 'name' => $text, 'level' => 1, 'allowance' => '10' );
		Configuration::open()->save_plans( array( $plan ) );
		$about = array( 'reference' => $text, 'reason' => $text, 'site' => $text );
		$usage = array( 'feature' => $text, 'agent' => $text, 'model' => $text, 'messages' => 1 );
		$rate  = array( 'feature' => $text, 'unit' => 'message', 'credits' => '0.5' );
		Configuration::open()->save_rate_card( array( 'quantum' => '0.1', 'rates' => array( $rate ) ) );
		$done = array( 'usage' => $usage, 'mode' => 'strict' ) + $about;
		self::book( $account, array( 'op' => 'use' ) + $done );
		self::book( $account, array( 'op' => 'hold', 'duration_ms' => 600000 ) + $done );
		$gift = array( 'direction' => 'add', 'amount' => '1', 'reason' => $text );
		self::book( $account, array( 'op' => 'adjust' ) + $gift );
		self::book( $account, array( 'op' => 'subscribe', 'plan' => 'evil', 'months' => 1 ) );
		$kinds  = array( 'agent', 'feature', 'site', 'company' );
		$labels = array_fill_keys( $kinds, array( $text => $text ) );
		update_option( Configuration::LABELS, wp_json_encode( $labels ) );
		update_option( 'nivella_credits_refund_policy', $text );
		( new Keys() )->create( $text, array( 'use' ), $account );
		$order = Orders::of( array( array( self::hostile_product(), 1 ) ), $user );
		$order->payment_complete();
		return $account;
	}

	/** One that is sold for credits and a plan. */
	private static function hostile_product(): \WC_Product {
		$meta = array( Packages::CREDITS => '5', Offer::PLAN => 'evil', Offer::MONTHS => '1' );
		$sold = Orders::package( '9', $meta );
		$GLOBALS['wpdb']->update(
			$GLOBALS['wpdb']->posts,
			array( 'post_title' => self::TEXT ),
			array( 'ID' => $sold->get_id() )
		);
		clean_post_cache( $sold->get_id() );
		return wc_get_product( $sold->get_id() );
	}

	/** A12: on each of the owner's screens, on an account and its receipts, and to the customer. */
	public function test_no_text_of_others_is_markup_on_any_page(): void {
		$account = $this->hostile();
		$page    = $this->shop_manager();
		$opened  = array();
		foreach ( ( new \ReflectionClassConstant( Menu::class, 'SCREENS' ) )->getValue() as $screen ) {
			$opened[ $screen ] = $page->open( $screen::PAGE )->html;
		}
		$asked = array( array( 'account' => $account ) );
		foreach ( range( 1, Books::open()->balance( $account )['version'] ) as $seq ) {
			$asked[] = array( 'account' => $account, 'entry' => $seq );
		}
		foreach ( $asked as $one ) {
			$opened[ http_build_query( $one ) ] = $page->open( 'nivella-credits', $one )->html;
		}
		wp_set_current_user( (int) Books::open()->user_of_account( $account ) );
		ob_start();
		CreditsPage::show();
		$opened['My account'] = (string) ob_get_clean();
		$shown                = 0;
		foreach ( $opened as $name => $html ) {
			self::assertNotSame( '', $html, $name );
			self::assertDoesNotMatchRegularExpression( self::RUN, $html, $name );
			$shown += substr_count( $html, 'onerror=alert(2)' );
		}
		self::assertGreaterThan( 20, $shown, 'it is shown, as text' );
	}

	/** @return array<array{string}> */
	public static function injections(): array {
		return array(
			array( "' OR '1'='1" ),
			array( "x' UNION SELECT user_pass, 1 FROM wp_users -- " ),
			array( "1' AND SLEEP(60) -- " ),
			array( '%s%1$s%d%i' ),
			array( "\\' OR 1=1 -- " ),
			array( '%' ),
			array( "\u{FEFF}\0" ),
		);
	}

	/**
	 * A17: whatever is searched for, chosen and ordered by on the list of accounts.
	 *
	 * @dataProvider injections
	 */
	public function test_nothing_that_is_asked_of_the_list_becomes_sql( string $text ): void {
		$this->account( '3' );
		$page  = $this->shop_manager();
		$start = hrtime( true );
		$asked = array( 's', 'plan', 'orderby', 'order', 'behind', 'account', 'entry', 'user' );
		foreach ( $asked as $field ) {
			$page->open( 'nivella-credits', array( $field => $text ) );
			self::assertSame( 200, $page->status, $field );
			self::assertStringNotContainsString( 'error in your SQL', $page->html );
			if ( 's' === $field ) {
				self::assertStringNotContainsString( '@example.com', $page->text(), 'nobody has that name' );
			}
		}
		self::assertLessThan( 60, intdiv( hrtime( true ) - $start, 1000000000 ), 'nothing slept' );
	}
}
