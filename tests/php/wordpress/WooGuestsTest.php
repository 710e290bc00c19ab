<?php
/**
 * Credits that guests bought wait for whoever proves the address.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Tests\Support\Figures;
use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\Processes;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\After\ReturnAddress;
use Nivella\Credits\Woo\Guests;
use Nivella\Credits\Woo\Listener;
use Nivella\Credits\Woo\OrderActions;
use Nivella\Credits\Woo\Sync;
use WC_Order;

final class WooGuestsTest extends WooTestCase {
	/** A guest's paid order of 2 x 2000 and 500 credits. */
	private static function guest_order(): WC_Order {
		$lines = array( array( self::package( '2000' ), 2 ), array( self::package( '500' ), 1 ) );
		$order = Orders::of( $lines );
		$order->set_billing_email( 'guest@example.com' );
		$order->save();
		$order->payment_complete();
		return self::fresh( $order );
	}

	/** What the last mail's link has in its parameter. */
	private function link(): string {
		$text = (string) end( $this->mails )['message'];
		$link = '/(?:\?|&#038;)nivella_credits_claim=(\d+-[0-9a-f]{64})"/';
		self::assertSame( 1, preg_match( $link, $text, $found ) );
		return $found[1];
	}

	private static function guests(): Guests {
		return Listener::sync()->guests;
	}

	public function test_the_link_is_mailed_once_and_not_in_the_checkout(): void {
		$order = self::guest_order();
		$order->update_status( 'completed' );
		self::assertSame( array(), $this->own_mails() );
		self::run_jobs();
		self::run_jobs();
		self::fresh( $order )->update_status( 'processing' );
		self::run_jobs();
		self::assertSame( array( 'guest@example.com' ), array_column( $this->own_mails(), 'to' ) );
		self::assertSame( array(), $this->booked( $order->get_id() ) );
		$secret = explode( '-', $this->own_link() )[1];
		$kept   = (string) self::fresh( $order )->get_meta( Guests::LINK );
		self::assertStringNotContainsString( $secret, $kept );
	}

	public function test_who_is_signed_in_and_has_the_link_gets_the_credits_once(): void {
		$order = self::guest_order();
		self::run_jobs();
		$link = $this->own_link();
		list( $first, $second ) = array( $this->user(), $this->user() );
		self::assertSame( 'claimed', self::guests()->claim( $link, $first ) );
		self::assertSame( '4500', $this->available( $first ) );
		self::assertSame( $first, self::fresh( $order )->get_customer_id() );
		self::assertSame( 'invalid', self::guests()->claim( $link, $second ) );
		self::assertSame( 'invalid', self::guests()->claim( $link, $first ) );
		self::assertSame( '4500', $this->available( $first ) );
		self::assertSame( '0', $this->available( $second ) );
		self::fresh( $order )->update_status( 'cancelled' );
		self::assertSame( '0', $this->available( $first ) );
	}

	public function test_of_several_who_claim_at_once_one_gets_all_of_it(): void {
		for ( $round = 0; $round < Figures::of( 20, 2 ); $round++ ) {
			$order = self::guest_order();
			self::run_jobs();
			$link   = $this->own_link();
			$users  = array( $this->user(), $this->user(), $this->user() );
			$inputs = array_map( static fn( int $user ) => array( $link, $user ), $users );
			// One of them twice.
			$inputs[] = $inputs[0];
			Processes::race( __DIR__ . '/tasks/claim-together.php', $inputs );
			wp_cache_flush();
			$has   = array_map( $this->available( ... ), $users );
			$owner = self::fresh( $order )->get_customer_id();
			$all   = array( '0', '0', '0' );

			$all[ (int) array_search( $owner, $users, true ) ] = '4500';
			self::assertSame( $all, $has );
		}
	}

	public function test_of_a_claim_and_a_customer_who_is_assigned_one_gets_all_of_it(): void {
		for ( $round = 0; $round < Figures::of( 40, 3 ); $round++ ) {
			$order = self::guest_order();
			self::run_jobs();
			$users  = array( 'claim' => $this->user(), 'assign' => $this->user() );
			$inputs = array(
				array( 'claim', $this->own_link(), $users['claim'] ),
				array( 'assign', $order->get_id(), $users['assign'] ),
			);
			$said   = Processes::race( __DIR__ . '/tasks/claim-or-assign.php', $inputs )[0];
			wp_cache_flush();
			$who    = 'claimed' === $said ? 'claim' : 'assign';
			$other  = 'claimed' === $said ? 'assign' : 'claim';
			$credit = array( $this->available( $users[ $who ] ), $this->available( $users[ $other ] ) );
			self::assertSame( array( '4500', '0' ), $credit, "$said in round $round" );
			// Both save the order, and the store keeps what is saved last.
			self::assertContains( self::fresh( $order )->get_customer_id(), $users );
		}
	}

	public function test_who_has_a_line_of_a_claimed_order_gets_the_others_too(): void {
		$order = self::guest_order();
		self::run_jobs();
		$link = $this->own_link();
		list( $guest, $assigned ) = array( $this->user(), $this->user() );
		// The claim has booked its first line when the owner assigns the order.
		$grants = Listener::sync()->grants;
		$grants->grant_to( $order, array_slice( $grants->missing( $order ), 0, 1, true ), $guest );
		$other = self::fresh( $order );
		$other->set_customer_id( $assigned );
		$other->save();
		$both = fn(): array => array( $this->available( $guest ), $this->available( $assigned ) );
		self::assertSame( array( '4000', '0' ), $both() );
		$grants->grant_to( $order, $grants->missing( $order ), $guest );
		self::assertSame( array( '4500', '0' ), $both() );
		self::assertNotSame( 'claimed', self::guests()->claim( $link, $assigned ) );
	}

	/**
	 * @dataProvider links_that_do_not_work
	 *
	 * @param callable(string, WC_Order): string $spoil
	 */
	public function test_a_link_that_does_not_work_gives_nothing(
		callable $spoil,
		string $why
	): void {
		$order = self::guest_order();
		self::run_jobs();
		$link = $spoil( $this->own_link(), $order );
		$user = $this->user();
		self::assertSame( $why, self::guests()->claim( $link, $user ) );
		self::assertSame( '0', $this->available( $user ) );
		self::assertSame( array(), $this->booked( $order->get_id() ) );
	}

	/** @return array<string, array{callable, string}> */
	public static function links_that_do_not_work(): array {
		return array(
			'a wrong secret' => array(
				static fn( $link ) => substr( $link, 0, -4 ) . '0000',
				'invalid',
			),
			'another order'  => array( static fn( $link ) => '9' . $link, 'invalid' ),
			'no secret'      => array( static fn( $link ) => strtok( $link, '-' ) . '-', 'invalid' ),
			'nothing'        => array( static fn() => '', 'invalid' ),
			'too old'        => array(
				static function ( string $link, WC_Order $order ): string {
					$order = self::fresh( $order );
					$parts = explode( ':', $order->get_meta( Guests::LINK ) );
					$parts[1] = time() - 1;
					$order->update_meta_data( Guests::LINK, implode( ':', $parts ) );
					$order->save_meta_data();
					return $link;
				},
				'expired',
			),
			'no longer paid' => array(
				static function ( string $link, WC_Order $order ): string {
					self::fresh( $order )->update_status( 'cancelled' );
					return $link;
				},
				'unpaid',
			),
		);
	}

	public function test_an_order_that_got_another_customer_is_taken(): void {
		$order = self::guest_order();
		self::run_jobs();
		$link = $this->own_link();
		$user = $this->user();
		$order = self::fresh( $order );
		$order->set_customer_id( $user );
		$order->save();
		self::assertSame( '4500', $this->available( $user ) );
		self::assertSame( 'taken', self::guests()->claim( $link, $this->user() ) );
	}

	public function test_a_new_link_takes_the_place_of_the_old_one(): void {
		$order = self::guest_order();
		self::run_jobs();
		$old = $this->own_link();
		self::assertTrue( self::guests()->invite( $order->get_id(), true ) );
		$user = $this->user();
		self::assertSame( 'invalid', self::guests()->claim( $old, $user ) );
		self::assertSame( 'claimed', self::guests()->claim( $this->own_link(), $user ) );
	}

	public function test_whoever_got_the_link_at_a_wrong_address_can_not_use_it(): void {
		$order = self::guest_order();
		self::run_jobs();
		$stranger = $this->own_link();
		$order    = self::fresh( $order );
		$order->set_billing_email( 'GUEST@example.com' );
		$order->save();
		self::run_jobs();
		self::assertCount( 1, $this->own_mails(), 'the same address in other letters' );
		$order = self::fresh( $order );
		$order->set_billing_email( 'right@example.com' );
		$order->save();
		self::assertSame( 'invalid', self::guests()->claim( $stranger, $this->user() ) );
		self::run_jobs();
		self::assertSame( 'right@example.com', $this->own_mails()[1]['to'] ?? null );
		self::assertSame( 'invalid', self::guests()->claim( $stranger, $this->user() ) );
		$user = $this->user();
		self::assertSame( 'claimed', self::guests()->claim( $this->own_link(), $user ) );
		self::assertSame( '4500', $this->available( $user ) );
	}

	public function test_an_anonymous_order_is_mailed_to_nobody_and_keeps_its_link(): void {
		$order = self::guest_order();
		$order->update_meta_data( ReturnAddress::META, home_url( '/chat/?of=jane' ) );
		$order->save();
		self::run_jobs();
		$link  = $this->own_link();
		$order = self::fresh( $order );
		if ( class_exists( \WC_Privacy_Erasers::class ) ) {
			\WC_Privacy_Erasers::remove_order_personal_data( $order );
		} else {
			$order->set_billing_email( 'deleted@site.invalid' );
			$order->update_meta_data( '_anonymized', 'yes' );
			$order->save();
		}
		self::run_jobs();
		self::assertCount( 1, $this->own_mails() );
		$meta = apply_filters( 'woocommerce_privacy_remove_order_personal_data_meta', array() );
		self::assertSame( 'text', $meta[ ReturnAddress::META ] );
		$user = $this->user();
		self::assertSame( 'claimed', self::guests()->claim( $link, $user ) );
		self::assertSame( '4500', $this->available( $user ) );
	}

	/** @return array<string, array{callable}> What stands in for the mail server. */
	public static function mail_servers_that_fail(): array {
		return array(
			'it refuses' => array( static fn() => false ),
			'it breaks'  => array( static fn() => throw new \RuntimeException( 'broken' ) ),
		);
	}

	/** @dataProvider mail_servers_that_fail */
	public function test_a_mail_that_can_not_be_sent_leaves_no_link_and_is_sent_later(
		callable $fail
	): void {
		$order = self::guest_order();
		add_filter( 'pre_wp_mail', $fail, 99 );
		self::run_jobs();
		remove_filter( 'pre_wp_mail', $fail, 99 );
		self::assertSame( '', self::fresh( $order )->get_meta( Guests::LINK ) );
		$later = array( $order->get_id(), 1 );
		self::assertGreaterThan( time(), as_next_scheduled_action( Guests::JOB, $later, Sync::GROUP ) );
		$this->mails = array();
		do_action( Guests::JOB, ...$later );
		$user = $this->user();
		self::assertSame( 'claimed', self::guests()->claim( $this->own_link(), $user ) );
	}

	/**
	 * The plugin's own mails; the real store sends others.
	 *
	 * @return array<int, array<string, mixed>>
	 */
	private function own_mails(): array {
		$own = static fn( array $mail ): bool => str_contains( $mail['message'], Guests::PARAMETER );
		return array_values( array_filter( $this->mails, $own ) );
	}

	private function own_link(): string {
		$this->mails = $this->own_mails();
		return $this->link();
	}

	public function test_the_owner_can_have_the_link_mailed_again_while_the_order_waits(): void {
		$order = self::guest_order();
		self::run_jobs();
		$old     = $this->own_link();
		$actions = static fn(): array => apply_filters(
			'woocommerce_order_actions',
			array( 'other' => 'Other' ),
			self::fresh( $order )
		);
		$name    = OrderActions::INVITE;
		self::assertSame( array( 'other', $name ), array_keys( $actions() ) );
		do_action( "woocommerce_order_action_$name", wc_get_order( $order->get_id() ) );
		self::assertCount( 2, $this->own_mails() );
		$new = $this->own_link();
		self::assertSame( 'invalid', self::guests()->claim( $old, $this->user() ) );
		self::assertSame( 'claimed', self::guests()->claim( $new, $this->user() ) );
		self::assertSame( array( 'other' ), array_keys( $actions() ) );
		do_action( "woocommerce_order_action_$name", self::fresh( $order ) );
		self::assertCount( 2, $this->own_mails() );
		self::assertStringContainsString( 'was not mailed', self::notes( $order->get_id() )[0] );
	}
}
