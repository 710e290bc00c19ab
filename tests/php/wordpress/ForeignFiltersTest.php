<?php
/**
 * What another plugin answers where it may have a say: of another kind, or made of other things.
 * No page breaks by it, nobody loses credits, and what would be kept without it is kept.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Admin\AccountsScreen;
use Nivella\Credits\Health\Checks;
use Nivella\Credits\Health\Finding;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Rest\Caller;
use Nivella\Credits\Rest\Metering;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Tests\Support\AdminBrowser;
use Nivella\Credits\Tests\Support\ForeignPlugin;
use Nivella\Credits\Tests\Support\JsonSchema;
use Nivella\Credits\Tests\Support\Plans;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\After\ReturnAddress;

final class ForeignFiltersTest extends WooTestCase {
	private const SCREENS = array(
		'nivella_credits_health_checks',
		'nivella_credits_price_shape',
		'nivella_credits_plan_prices',
		'nivella_credits_plan_uses',
		'nivella_credits_order_of_item',
		'nivella_credits_repair',
	);

	/** @return array<string, array{mixed}> */
	public static function wrongs(): array {
		$deep = array( 'label' => array(), 'run' => 'no_such_function', 'slow' => 'x' );
		return array(
			'nothing'         => array( null ),
			'no'              => array( false ),
			'a number'        => array( 7 ),
			'a text'          => array( 'none' ),
			'an object'       => array( new \stdClass() ),
			'an empty list'   => array( array() ),
			'a list of those' => array( array( 7, null, 'none', new \stdClass(), array(), $deep ) ),
		);
	}

	/** @dataProvider wrongs */
	public function test_the_owners_screens_open_and_keep_what_is_theirs( mixed $wrong ): void {
		Plans::have( 'small', 'large' );
		$user  = $this->user();
		$order = self::paid( array( array( self::package( '2000' ), 1 ) ), $user );
		nivella_credits_subscribe( $user, 'small', array( 'request_id' => 's' ) );
		$account = $this->books->account_of_user( $user );
		ForeignPlugin::answers( array_fill_keys( self::SCREENS, $wrong ) );

		$owner = new AdminBrowser( $this->user( 'administrator' ) );
		self::assertSame( 200, $owner->open( 'nivella-credits-health' )->status );
		self::assertStringContainsString( 'Repair', $owner->text() );
		self::assertStringContainsString( 'Transactions', $owner->text() );
		self::assertSame( 200, $owner->send( 'repair', array( 'do' => 'look' ) )->status );
		self::assertNotSame( '', $owner->notice() );

		self::assertSame( 200, $owner->visit( AccountsScreen::url_of( $account ) )->status );
		self::assertStringContainsString( "order-{$order->get_id()}-item-", $owner->text() );

		$edit = array( 'plan' => 'small' );
		self::assertSame( 200, $owner->open( 'nivella-credits-plans', $edit )->status );
		$owner->send( 'save_plan', array( 'price' => '12.50', 'currency' => 'EUR' ) );
		self::assertSame( 200, $owner->status );
		wp_cache_flush();
		self::assertSame( '1250', Configuration::open()->plan_prices()['small']['price'] );
		$owner->open( 'nivella-credits-plans' )->send( 'delete_plan', array( 'key' => 'small' ) );
		self::assertStringContainsString( '1 account has it', $owner->notice() );
	}

	/** @dataProvider wrongs */
	public function test_orders_give_and_take_what_they_do_without_it( mixed $wrong ): void {
		$statuses = array( 'nivella_credits_paid_statuses', 'nivella_credits_taken_back_statuses' );
		// An empty list is an answer: the store gives nothing, or takes nothing back.
		$wrong = array() === $wrong ? null : $wrong;
		$user  = $this->user();
		ForeignPlugin::answers( array_fill_keys( $statuses, $wrong ) );
		$order = self::paid( array( array( self::package( '2000' ), 1 ) ), $user );
		self::assertSame( '2000', $this->available( $user ) );
		$order->update_status( 'cancelled' );
		self::assertSame( '0', $this->available( $user ) );
	}

	/** @dataProvider wrongs */
	public function test_a_dispute_of_no_order_breaks_nothing_and_one_may_be_told_by_its_order(
		mixed $wrong
	): void {
		$user  = $this->user();
		$order = self::paid( array( array( self::package( '2000' ), 1 ) ), $user );
		do_action( 'nivella_credits_order_disputed', $wrong );
		do_action( 'nivella_credits_order_dispute_won', $wrong );
		self::assertSame( '2000', $this->available( $user ) );
		do_action( 'nivella_credits_order_disputed', $order );
		self::assertSame( '0', $this->available( $user ) );
		do_action( 'nivella_credits_order_dispute_won', (string) $order->get_id() );
		self::assertSame( '2000', $this->available( $user ) );
	}

	/** @dataProvider wrongs */
	public function test_what_is_measured_and_told_is_as_without_it( mixed $wrong ): void {
		$user  = $this->user();
		$usage = array( 'feature' => 'chat', 'messages' => 2 );
		$rate  = array( 'feature' => 'chat', 'unit' => 'message', 'credits' => '1.5' );
		Configuration::open()->save_rate_card( array( 'quantum' => '1', 'rates' => array( $rate ) ) );
		self::paid( array( array( self::package( '2000' ), 1 ) ), $user );
		$names = array( 'usage', 'purchase', 'plan_prices', 'return_origins' );
		$names = array_map( static fn( string $name ): string => "nivella_credits_$name", $names );
		ForeignPlugin::answers( array_fill_keys( $names, $wrong ) );

		$account = $this->books->account_of_user( $user );
		try {
			$ask   = new Metering( Books::open() );
			$coded = $ask->call( 'quote', '', $usage, Caller::of_store(), $account )['cost'];
		} catch ( Refusal $refusal ) {
			$coded = $refusal->error;
		}
		self::assertSame( is_array( $wrong ) ? 'snapshot_invalid' : '3', $coded );

		$receipt = Books::open()->receipt( $account, 1 );
		$as_of   = array( 'as_of' => '2026-01-31T00:00:00.000Z' );
		$json    = json_decode( json_encode( $receipt + $as_of ) );
		self::assertSame( array(), JsonSchema::faults( $json, 'Receipt' ) );
		foreach ( Books::open()->plans()['plans'] as $plan ) {
			self::assertArrayNotHasKey( 'prices', $plan );
		}
		self::assertSame( home_url( '/a' ), ReturnAddress::allowed( home_url( '/a' ) ) );
		self::assertNull( ReturnAddress::allowed( 'https://none.example/' ) );
	}

	public function test_a_receipt_says_what_can_be_read_of_an_order(): void {
		$user  = $this->user();
		$texts = array_fill_keys( array( 'store', 'order', 'at', 'package', 'price' ), 'x' );
		$line  = array( 'name' => 'Tip', 'text' => '2' );
		$lines = array( $line, 7, new \stdClass(), array( 'name' => array() ) );
		self::paid( array( array( self::package( '2000' ), 1 ) ), $user );
		$told = array( 'lines' => $lines, 'credits' => '9', 'more' => 'x' ) + $texts;
		ForeignPlugin::answers( array( 'nivella_credits_purchase' => $told ) );
		$receipt = Books::open()->receipt( $this->books->account_of_user( $user ), 1 );
		self::assertEquals(
			$texts + array(
				'lines'      => array( $line ),
				'credits'    => '2000',
				'bonus'      => '0',
				'expires_at' => null,
			),
			$receipt['purchase'],
			'what was granted the ledger says'
		);
	}

	/** @return array<string, array{callable}> */
	public static function broken_checks(): array {
		return array(
			'throws'        => array( static fn() => throw new \LogicException( 'no' ) ),
			'breaks'        => array( static fn() => null->is_not_there() ),
			'is no finding' => array( static fn() => 'all is well' ),
		);
	}

	/** @dataProvider broken_checks */
	public function test_a_check_of_another_plugin_that_fails_is_itself_a_finding(
		callable $run
	): void {
		$check = array( 'label' => 'Theirs', 'slow' => false, 'run' => $run );
		$add   = static fn( array $checks ): array => $checks + array( 'theirs' => $check );
		add_filter( 'nivella_credits_health_checks', $add );
		$found = Checks::run( Checks::all()['theirs'] );
		self::assertSame( Finding::RECOMMENDED, $found->status );
		self::assertStringContainsString( 'the check itself failed', $found->text );
		$tests = apply_filters( 'site_status_tests', array( 'direct' => array(), 'async' => array() ) );
		self::assertSame( 'recommended', $tests['direct']['nivella-credits-theirs']['test']()['status'] );
	}
}
