<?php
/**
 * One account: what is shown of it, and what is done to it by hand, once and by who may.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Tests\Support\AdminBrowser;
use Nivella\Credits\Tests\Support\AdminTestCase;
use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Woo\Packages;

final class AdminAccountTest extends AdminTestCase {
	private const PAGE = 'nivella-credits';

	private function page( int $account ): AdminBrowser {
		return $this->shop_manager()->open( self::PAGE, array( 'account' => $account ) );
	}

	public function test_the_page_shows_balance_grants_holds_orders_and_entries(): void {
		$user    = $this->user();
		$product = Orders::package( '10', array( Packages::CREDITS => '2000', Packages::BONUS => '50' ) );
		$order   = Orders::of( array( array( $product, 2 ) ), $user );
		$order->payment_complete();
		$account = Books::open()->account_of_user( $user );
		self::book( $account, array( 'op' => 'use', 'mode' => 'strict', 'amount' => '0.5' ) );
		self::book( $account, array( 'op' => 'hold', 'amount' => '7', 'duration_ms' => 600000 ) );
		$page = $this->page( $account );
		$text = $page->text();
		self::assertStringContainsString( 'Available4,092.5', str_replace( ' ', '', $text ) );
		self::assertStringContainsString( 'Held7', str_replace( ' ', '', $text ) );
		$grants = $page->rows( "//div[@id='grants']" );
		self::assertSame(
			array( '4,000', '4,000', '0', '0', '0', '0' ),
			array_slice( $grants[0], 1, 6 ),
		);
		self::assertSame( array( '100', '92.5', '7', '0.5', '0', '0' ), array_slice( $grants[1], 1, 6 ) );
		self::assertStringContainsString( 'Order ' . $order->get_order_number(), $grants[0][0] );
		$link = html_entity_decode( $page->link( 'Order ' . $order->get_order_number() ) );
		self::assertSame( $order->get_edit_order_url(), $link );
		$entries = $page->rows( "//div[@id='entries']" );
		self::assertSame( array( '0', '-0.5', '+4,000', '+100' ), array_column( $entries, 2 ) );
	}

	/** @return array<string, array{array<string, string>, string, string}> */
	public static function adjustments(): array {
		return array(
			'given'         => array( array( 'amount' => '12.5' ), '12.5 credits were given.', '112.5' ),
			'given back'    => array(
				array( 'amount' => '3', 'way' => 'refund' ),
				'3 credits were given.',
				'103',
			),
			'taken'         => array(
				array( 'amount' => '40', 'way' => 'take' ),
				'40 credits were taken.',
				'60',
			),
			'much'          => array(
				array( 'amount' => '1000000' ),
				'1,000,000 credits were given.',
				'1000100',
			),
			'too much'      => array(
				array( 'amount' => '101', 'way' => 'take' ),
				'Not enough credits: 1 more would be needed',
				'100',
			),
			'no number'     => array( array( 'amount' => 'abc' ), 'plain digits', '100' ),
			'a sign'        => array( array( 'amount' => '-5' ), 'plain digits', '100' ),
			'a comma'       => array( array( 'amount' => '1,5' ), 'plain digits', '100' ),
			'an exponent'   => array( array( 'amount' => '1e3' ), 'plain digits', '100' ),
			'nothing'       => array( array( 'amount' => '' ), 'plain digits', '100' ),
			'zero'          => array( array( 'amount' => '0' ), 'above 0', '100' ),
			'10^15'         => array(
				array( 'amount' => '1000000000000000' ),
				'at most 1,000,000,000,000',
				'100',
			),
			'seven places'  => array( array( 'amount' => '0.0000001' ), 'plain digits', '100' ),
			'no reason'     => array( array( 'amount' => '1', 'reason' => ' ' ), 'Say why', '100' ),
			'no such way'   => array(
				array( 'amount' => '1', 'way' => 'steal' ),
				'Nothing was changed',
				'100',
			),
			'yesterday'     => array(
				array( 'amount' => '1', 'expires' => '2020-01-31' ),
				'in the future',
				'100',
			),
			'no day'        => array(
				array( 'amount' => '1', 'expires' => '2027-02-30' ),
				'This is no date',
				'100',
			),
			'an id of ours' => array(
				array( 'amount' => '1', 'request_id' => 'order-1-item-2:grant' ),
				'incomplete',
				'100',
			),
		);
	}

	/**
	 * @dataProvider adjustments
	 *
	 * @param array<string, string> $entered What is entered.
	 */
	public function test_credits_are_given_and_taken_by_hand(
		array $entered,
		string $notice,
		string $after
	): void {
		$account = $this->account( '100' );
		$page    = $this->page( $account )->send( 'adjust', $entered + array( 'reason' => 'why <not>' ) );
		self::assertSame( 200, $page->status );
		self::assertStringContainsString( $notice, $page->notice() );
		self::assertSame( $after, self::available( $account ) );
		if ( '100' === $after ) {
			$again = array_intersect_key( $page->fields( 'adjust' ), $entered );
			unset( $again['request_id'], $entered['request_id'], $again['way'], $entered['way'] );
			self::assertSame(
				array_map( 'trim', $entered ),
				array_map( 'trim', $again ),
				'nobody types it again',
			);
		} else {
			self::assertStringContainsString( 'why <not>', $page->text() );
			self::assertMatchesRegularExpression( '/by shop_manager-/', $page->text() );
		}
	}

	public function test_a_form_that_is_sent_twice_counts_once(): void {
		$account = $this->account( '100' );
		$page    = $this->page( $account );
		$fields  = array( 'amount' => '5', 'reason' => 'twice' ) + $page->fields( 'adjust' );
		foreach ( array( 1, 2, 3 ) as $time ) {
			self::assertSame( '5 credits were given.', $page->post( $fields )->notice(), "$time" );
		}
		self::assertSame( '105', self::available( $account ) );
		$other = $page->post( array( 'amount' => '6' ) + $fields )->notice();
		self::assertStringContainsString( 'sent before with other values', $other );
		self::assertSame( '105', self::available( $account ) );
	}

	public function test_what_is_given_is_valid_through_the_day_in_the_zone_of_the_site(): void {
		update_option( 'timezone_string', 'Asia/Kathmandu' );
		$account = $this->account( '0' );
		$this->page( $account )->send(
			'adjust',
			array( 'amount' => '5', 'reason' => 'gift', 'expires' => '2031-05-31' )
		);
		$pools = Books::open()->balance( $account )['pools'];
		self::assertSame( '2031-05-31T18:15:00.000Z', $pools[0]['expires_at'] );
	}

	public function test_a_hold_is_released_once(): void {
		$account = $this->account( '100' );
		$hold    = array( 'op' => 'hold', 'amount' => '30', 'duration_ms' => 600000 );
		self::book( $account, $hold );
		self::assertSame( '70', self::available( $account ) );
		$page   = $this->page( $account );
		$fields = $page->fields( 'release' );
		self::assertSame( 'The hold was released.', $page->post( $fields )->notice() );
		self::assertSame( '100', self::available( $account ) );
		self::assertSame( 'The hold was released.', $page->post( $fields )->notice(), 'a double click' );
		$late = $page->post( array( 'request_id' => str_repeat( 'a', 32 ) ) + $fields );
		self::assertStringContainsString( 'settled or released meanwhile', $late->notice() );
		self::assertFalse( $page->open( self::PAGE, array( 'account' => $account ) )->has( 'release' ) );
	}

	public function test_a_plan_is_assigned_changed_renewed_and_ended(): void {
		$plan = array( 'allowance' => '500', 'features' => array() );
		( new Configuration( new Db( $GLOBALS['wpdb'] ) ) )->save_plans(
			array(
				array( 'key' => 'solo', 'name' => 'Solo', 'level' => 1 ) + $plan,
				array( 'key' => 'team', 'name' => 'Team', 'level' => 2, 'allowance' => '800' ) + $plan,
			)
		);
		$account = $this->account( '0' );
		$page    = $this->page( $account );
		$page->send( 'subscribe', array( 'plan' => 'solo', 'months' => '0' ) );
		self::assertStringContainsString( 'A term is 1 to 1,200 months', $page->notice() );
		$page->send( 'subscribe', array( 'plan' => 'solo', 'months' => '2' ) );
		self::assertSame( 'The plan was assigned.', $page->notice() );
		self::assertSame( '500', self::available( $account ) );
		$page->send( 'change_plan', array( 'plan' => 'team' ) );
		self::assertSame( 'The plan was changed.', $page->notice() );
		self::assertSame( '800', self::available( $account ) );
		$before = Books::open()->balance( $account )['plan']['paid_until'];
		$page->send( 'renew', array( 'months' => '1' ) );
		self::assertSame( 'The plan was renewed.', $page->notice() );
		self::assertGreaterThan( $before, Books::open()->balance( $account )['plan']['paid_until'] );
		$page->send( 'change_plan', array( 'plan' => 'nosuch' ) );
		self::assertSame( 'There is no such plan.', $page->notice() );
		$page->send( 'cancel' );
		self::assertSame( 'The plan ends with its cycle.', $page->notice() );
		self::assertTrue( $page->has( 'subscribe' ), 'another one may be assigned' );
		self::assertSame( '800', self::available( $account ), 'what is there stays' );
	}

	public function test_entries_come_in_pages_by_type_and_each_has_a_receipt(): void {
		$account = $this->account( '100' );
		for ( $n = 0; $n < 30; $n++ ) {
			self::book( $account, array( 'op' => 'use', 'mode' => 'strict', 'amount' => '1' ) );
		}
		$page = $this->page( $account );
		self::assertCount( 25, $page->rows( "//div[@id='entries']" ) );
		$page->visit( $page->link( 'Earlier entries' ) );
		$rows = $page->rows( "//div[@id='entries']" );
		self::assertCount( 6, $rows );
		self::assertSame( '+100', end( $rows )[2] );
		$page->open( self::PAGE, array( 'account' => $account, 'type' => 'refund' ) );
		self::assertSame( array( '+100' ), array_column( $page->rows( "//div[@id='entries']" ), 2 ) );
		$page->open( self::PAGE, array( 'account' => $account, 'entry' => 2 ) );
		self::assertStringContainsString( 'Which grants gave', $page->text() );
		self::assertStringContainsString( '-1', $page->text() );
		$page->open( self::PAGE, array( 'account' => $account, 'entry' => 999 ) );
		self::assertStringContainsString( 'There is no such account or entry', $page->text() );
	}

	public function test_the_statement_is_downloaded_whole(): void {
		$account = $this->account( '100' );
		$page    = $this->page( $account );
		$page->visit( $page->link( 'Download the statement' ) );
		self::assertSame( 200, $page->status );
		$statement = json_decode( $page->html, true );
		self::assertSame(
			(string) $account,
			$statement['head']['account'] ?? null,
			substr( $page->html, 0, 300 ),
		);
	}

	public function test_an_account_that_is_not_there_is_said_to_be_so(): void {
		$page = $this->page( 987654321 );
		self::assertSame( 200, $page->status );
		self::assertStringContainsString( 'There is no such account or entry', $page->text() );
	}
}
