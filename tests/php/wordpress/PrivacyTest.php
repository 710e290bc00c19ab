<?php
/**
 * WordPress's tools of personal data.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Privacy\Privacy;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Woo\Mail\Choices;
use Nivella\Credits\Tests\Support\WordPressTestCase;

final class PrivacyTest extends WordPressTestCase {
	private string $address;
	private int $account;

	protected function setUp(): void {
		parent::setUp();
		$user          = $this->user();
		$this->address = get_userdata( $user )->user_email;
		$this->account = Books::open()->account_of_user( $user );
		$sold          = array( 'kind' => 'purchase', 'amount' => '900', 'reference' => 'order 12' );
		$this->send( 'grant', 'g', $sold + array( 'order_item' => 'order-12-item-3' ) );
		for ( $n = 1; $n <= 3; $n++ ) {
			$more = array( 'mode' => 'strict', 'amount' => '1.5', 'reference' => "Jane Doe $n" );
			$this->send( 'use', "u$n", $more + array( 'reason' => 'asked by Jane' ) );
		}
	}

	private function send( string $op, string $id, array $more ): array {
		$command = array( 'op' => $op, 'request_id' => $id ) + $more;
		return Books::open()->write( $this->account, $command );
	}

	/** Everything that the exporter gives, as text. */
	private function exported(): string {
		$exporters = apply_filters( 'wp_privacy_personal_data_exporters', array() );
		$own       = array( 'nivella-credits', 'nivella-credits-mails' );
		$all       = array();
		foreach ( array_intersect_key( $exporters, array_flip( $own ) ) as $exporter ) {
			for ( $page = 1, $done = false; ! $done; $page++ ) {
				$part = $exporter['callback']( $this->address, $page );
				$done = $part['done'];
				$all  = array( ...$all, ...$part['data'] );
			}
		}
		return json_encode( $all );
	}

	public function test_a_customer_gets_the_balance_and_every_entry(): void {
		$text = $this->exported();
		foreach ( array( '895.5', 'order 12', 'Jane Doe 1', 'Jane Doe 3', 'asked by Jane' ) as $said ) {
			self::assertStringContainsString( $said, $text );
		}
		self::assertSame( array(), Privacy::export( 'nobody@example.com' )['data'] );
	}

	public function test_a_customer_gets_which_mails_they_turned_off(): void {
		self::assertStringNotContainsString( 'turned off', $this->exported() );
		Choices::save( get_user_by( 'email', $this->address )->ID, array( 'low' ) );
		$said = $this->exported();
		self::assertStringContainsString( 'Mails turned off', $said );
		self::assertStringContainsString( 'A week before credits expire', $said );
		self::assertStringNotContainsString( 'getting low', $said );
	}

	public function test_who_is_forgotten_leaves_figures_and_a_proof_that_holds(): void {
		$before = Books::open()->balance( $this->account );
		$erase  = apply_filters( 'wp_privacy_personal_data_erasers', array() )['nivella-credits'];
		$done   = $erase['callback']( $this->address, 1 );
		self::assertTrue( $done['items_removed'] && $done['items_retained'] && $done['done'] );
		self::assertCount( 2, $done['messages'] );
		$text = $this->exported();
		self::assertStringNotContainsString( 'Jane', $text );
		self::assertStringContainsString( 'order 12', $text );
		self::assertSame( $before['available'], Books::open()->balance( $this->account )['available'] );
		self::assertNull( Books::open()->broken_at( $this->account ) );
		// A request that comes again is still known.
		$more = array( 'mode' => 'strict', 'amount' => '1.5', 'reference' => 'Jane Doe 1' );
		$same = $more + array( 'reason' => 'asked by Jane' );
		self::assertTrue( $this->send( 'use', 'u1', $same )['replayed'] );
		self::assertFalse( $erase['callback']( $this->address, 1 )['items_removed'] );
	}

	public function test_an_address_that_is_nobodys_is_done_at_once(): void {
		$done = Privacy::erase( 'nobody@example.com' );
		self::assertTrue( $done['done'] );
		self::assertFalse( $done['items_removed'] || $done['items_retained'] );
	}
}
