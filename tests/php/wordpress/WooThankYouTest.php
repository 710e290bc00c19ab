<?php
/**
 * The page after the checkout: what it says of an order's credits, and to whom.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\After\Outcome;
use Nivella\Credits\Woo\After\Placed;
use Nivella\Credits\Woo\After\ReturnAddress;
use Nivella\Credits\Woo\After\ThankYou;
use WC_Order;

final class WooThankYouTest extends WooTestCase {
	private const TEXT = '<p class="nivella-credits-result alignwide">';

	private int $user = 0;

	protected function setUp(): void {
		parent::setUp();
		$this->user = self::customer();
		wp_set_current_user( $this->user );
	}

	protected function tearDown(): void {
		wp_set_current_user( 0 );
		parent::tearDown();
	}

	public function test_an_order_without_packages_says_nothing(): void {
		$order = self::paid( array( array( Orders::package( '5' ), 1 ) ), $this->user );
		self::assertSame( '', ThankYou::of( $order ) );
	}

	public function test_booked_credits_are_told_as_booked_with_what_was_used_since(): void {
		$order = Orders::of( array( array( self::package( '2000', '10', '100.5' ), 2 ) ), $this->user );
		Placed::keep( $order );
		$order->payment_complete();
		$this->spend( $this->user, '16' );
		$shown = self::shown( $order );
		self::assertStringContainsString( ' state="success"', $shown );
		self::assertStringContainsString( ' credits="4201" repaid="0" used="16"', $shown );
		self::assertStringContainsString( '>4,201 credits added. ', $shown );
		self::assertStringContainsString( ' Used since your order: 16.<', $shown );
		self::assertStringNotContainsString( 'owed', $shown );
	}

	public function test_what_was_used_before_the_order_is_none_of_it(): void {
		self::paid( array( array( self::package( '500' ), 1 ) ), $this->user );
		$this->spend( $this->user, '100' );
		$order = Orders::of( array( array( self::package( '2000' ), 1 ) ), $this->user );
		Placed::keep( $order );
		$order->payment_complete();
		self::assertStringContainsString( ' used="0"', self::shown( $order ) );
	}

	public function test_credits_that_repaid_debt_are_told_as_such(): void {
		$first = self::paid( array( array( self::package( '500' ), 1 ) ), $this->user );
		$this->spend( $this->user, '120' );
		self::refund( $first, '10' );
		$order = self::paid( array( array( self::package( '2000' ), 1 ) ), $this->user );
		$shown = self::shown( $order );
		self::assertStringContainsString( ' credits="2000" repaid="120"', $shown );
		self::assertStringContainsString( ' 120 of them repaid what was owed.', $shown );
		self::assertSame( '1880', $this->available( $this->user ) );
	}

	public function test_an_order_that_nobody_watched_says_nothing_of_use(): void {
		$order = self::paid( array( array( self::package( '2000' ), 1 ) ), $this->user );
		self::assertStringNotContainsString( ' used=', self::shown( $order ) );
	}

	/**
	 * @dataProvider states
	 */
	public function test_what_is_not_booked_has_its_own_true_state(
		string $status,
		string $method,
		string $state,
		string $text
	): void {
		$order = Orders::of( array( array( self::package( '2000' ), 1 ) ), $this->user );
		$order->set_payment_method( $method );
		$order->set_status( $status );
		$order->save();
		$order = self::fresh( $order );
		self::assertSame( $state, Outcome::of( $order )?->state );
		$shown = ThankYou::of( $order );
		self::assertStringContainsString( sprintf( $text, $order->get_order_number() ), $shown );
		$element = Outcome::CANCELLED === $state ? 0 : 1;
		self::assertSame( $element, substr_count( $shown, " state=\"$state\"" ) );
		self::assertStringNotContainsString( 'credits=', $shown );
	}

	/** @return array<string, array{string, string, string, string}> */
	public static function states(): array {
		$wait = 'Order %s is placed. Your credits arrive the moment the payment clears.';
		return array(
			'a transfer'       => array( 'on-hold', 'bacs', 'pending', $wait ),
			'not paid yet'     => array( 'pending', 'card', 'pending', $wait ),
			'cash on delivery' => array( 'processing', 'cod', 'pending', $wait ),
			'declined'         => array(
				'failed',
				'card',
				'failed',
				'The payment of order %s did not go through, so no credits were added.',
			),
			'cancelled'        => array(
				'cancelled',
				'bacs',
				'cancelled',
				'Order %s is cancelled. It added no credits.',
			),
		);
	}

	public function test_an_order_that_still_wants_its_payment_leads_to_it(): void {
		$order = Orders::of( array( array( self::package( '2000' ), 1 ) ), $this->user );
		$order->set_status( 'failed' );
		$order->save();
		self::assertStringContainsString( ' pay-url="http', self::shown( $order ) );
		$order->payment_complete();
		self::assertStringNotContainsString( ' pay-url=', self::shown( $order ) );
	}

	public function test_a_guest_learns_how_to_claim_and_nothing_else(): void {
		wp_set_current_user( 0 );
		$order = self::paid( array( array( self::package( '2000' ), 1 ) ), 0 );
		$shown = ThankYou::of( $order );
		self::assertStringContainsString( ' guest state="claim"', $shown );
		self::assertStringContainsString( 'We mail you a link: open it and sign in', $shown );
	}

	public function test_nobody_else_sees_a_customers_balance(): void {
		$order = self::paid( array( array( self::package( '2000' ), 1 ) ), $this->user );
		foreach ( array( 0, self::customer() ) as $reader ) {
			wp_set_current_user( $reader );
			$shown = ThankYou::of( self::fresh( $order ) );
			self::assertSame( self::TEXT . '2,000 credits added.</p>', $shown );
		}
	}

	public function test_credits_that_were_all_taken_back_are_not_told_as_added(): void {
		$order = self::paid( array( array( self::package( '2000' ), 1 ) ), $this->user );
		self::refund( $order, '10' );
		$text = sprintf( 'The credits of order %s were taken back.', $order->get_order_number() );
		self::assertSame( self::TEXT . "$text</p>", self::shown( $order ) );
	}

	public function test_an_order_that_was_paid_before_there_were_credits_says_nothing(): void {
		$order = Orders::of( array( array( self::package( '2000' ), 1 ) ), $this->user );
		$order->set_date_paid( time() - YEAR_IN_SECONDS );
		$order->set_status( 'completed' );
		$order->save();
		self::assertSame( '', self::shown( $order ) );
	}

	public function test_what_is_booked_late_is_told_as_on_its_way(): void {
		$order = self::paid( array( array( self::package( '2000' ), 1 ) ), $this->user );
		global $wpdb;
		// As after a fault that left the order for the next try.
		foreach ( array( 'order_items', 'grants' ) as $table ) {
			$wpdb->query( "DELETE FROM {$wpdb->prefix}nivella_credits_$table" );
		}
		$shown = self::shown( $order );
		self::assertStringContainsString( ' state="waiting"', $shown );
		self::assertStringContainsString( 'Your credits are being added.', $shown );
		self::assertStringNotContainsString( ' credits=', $shown );
	}

	public function test_the_order_is_told_once_whichever_place_the_page_has(): void {
		$order = self::paid( array( array( self::package( '2000' ), 1 ) ), $this->user );
		$id    = $order->get_id();
		self::assertSame( '<h1>Order</h1>', ThankYou::after_heading( '<h1>Order</h1>' ) );
		ThankYou::begin( $id );
		$heading = ThankYou::after_heading( '<h1>Order</h1>' );
		self::assertStringStartsWith( '<h1>Order</h1><nivella-purchase-result', $heading );
		ob_start();
		ThankYou::show( $id );
		self::assertSame( '', ob_get_clean() );
	}

	/**
	 * @dataProvider addresses
	 */
	public function test_a_buyer_is_led_back_to_the_store_or_its_list_and_nowhere_else(
		string $address,
		bool $allowed
	): void {
		$list = static fn(): array => array( 'https://chat.example', 'https://port.example:8443', 5 );
		add_filter( 'nivella_credits_return_origins', $list );
		$address = str_replace( 'HOME', home_url(), $address );
		self::assertSame( $allowed ? $address : null, ReturnAddress::allowed( $address ) );
		remove_filter( 'nivella_credits_return_origins', $list );
	}

	/** @return array<string, array{string, bool}> */
	public static function addresses(): array {
		$list = array(
			'HOME'                               => true,
			'HOME/chat/?p=1&q=a%20b#here'        => true,
			'https://chat.example/a'             => true,
			'https://CHAT.example:443?x'         => true,
			'https://port.example:8443/'         => true,
			'https://port.example/'              => false,
			'http://chat.example/'               => false,
			'https://chat.example.evil.example/' => false,
			'https://chat.example@evil.example/' => false,
			'https://evil.example/https://chat.example' => false,
			'https://evil.example\\@chat.example/' => false,
			'https://chat.example\\.evil.example/' => false,
			'https:/chat.example/'               => false,
			'//chat.example/'                    => false,
			'/chat'                              => false,
			'javascript:alert(1)//https://chat.example' => false,
			"https://chat.example/\nSet-Cookie: a=b" => false,
			" https://chat.example/"             => false,
			''                                   => false,
			'HOME.evil.example/'                 => false,
			'HOME@evil.example/'                 => false,
			'/\\evil.example'                    => false,
			'\\\\chat.example/'                   => false,
			"java\tscript:alert(1)"              => false,
			'data:text/html,https://chat.example' => false,
			'https://chat.example%2eevil.example/' => false,
			'https://chat.example%00.evil.example/' => false,
			"https://chat.example\0.evil.example/" => false,
			"https://chat.example\t.evil.example/" => false,
			"https://\u{441}hat.example/"         => false,
			"https://chat.example\u{3002}evil.example/" => false,
			"https://chat.example\u{ff0f}.evil.example/" => false,
			'https://user:word@chat.example/'    => false,
			'https://chat.example:@evil.example/' => false,
			'https://chat.example:443@evil.example/' => false,
			'https://chat.example./'             => false,
			'https://chat.example:0443/'         => false,
			'https://[::ffff:7f00:1]/'           => false,
			'https%3A%2F%2Fchat.example/'        => false,
			'https://chat.example/\\evil.example' => false,
			'https://chat.example/"onclick="x'   => false,
		);
		$rows = array();
		foreach ( $list as $address => $allowed ) {
			$rows[ $address ] = array( $address, $allowed );
		}
		return $rows;
	}

	public function test_the_way_back_of_an_order_is_looked_at_again_each_time(): void {
		$order = Orders::of( array( array( self::package( '2000' ), 1 ) ), $this->user );
		$order->update_meta_data( ReturnAddress::META, home_url( '/chat/?a=1&b=2' ) );
		$order->save();
		$back = esc_url( home_url( '/chat/?a=1&b=2' ) );
		self::assertStringContainsString( " return-url=\"$back\"", self::shown( $order ) );
		$order->update_meta_data( ReturnAddress::META, 'https://evil.example/' );
		$order->save();
		self::assertStringNotContainsString( 'return-url', self::shown( $order ) );
	}

	/** A customer of their own. */
	private static function customer(): int {
		$name = 'buyer' . bin2hex( random_bytes( 6 ) );
		$id   = wp_insert_user( array( 'user_login' => $name, 'user_pass' => $name ) );
		self::assertIsInt( $id );
		return $id;
	}

	/** What the page says of an order as it is now. */
	private static function shown( WC_Order $order ): string {
		return ThankYou::of( self::fresh( $order ) );
	}
}
