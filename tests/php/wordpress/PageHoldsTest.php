<?php
/**
 * A customer's own page may give back what it held itself, and nothing that a server did.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Rest\Access;
use Nivella\Credits\Rest\PageHold;
use Nivella\Credits\Tests\Support\Login;
use Nivella\Credits\Tests\Support\RestTestCase;

final class PageHoldsTest extends RestTestCase {
	private const HOLD = array( 'amount' => '5', 'duration_ms' => 60000 );

	protected function setUp(): void {
		parent::setUp();
		update_option( Access::CUSTOMERS_METER, 'yes' );
	}

	public function test_a2_a_page_resolves_no_hold_of_a_server(): void {
		$user   = $this->customer();
		$page   = Login::headers( $user );
		$held   = self::ask( 'POST', 'holds', self::server( $user ), self::body( self::HOLD ) );
		$id     = $held->json()['hold']['id'];
		$settle = array( 'mode' => 'strict', 'amount' => '0', 'reason' => 'nothing happened' );
		$before = self::rows();
		foreach ( array( $id, "$id-", "$id-" . str_repeat( '0', 32 ), '424242' ) as $name ) {
			foreach ( array( 'release' => array(), 'settle' => $settle ) as $what => $body ) {
				$answer = self::ask( 'POST', "holds/$name/$what", $page, self::body( $body ) );
				self::assertRefused( 404, 'not_found', $answer );
			}
		}
		self::assertSame( $before, self::rows() );
		self::assertSame( '95', self::available( $user ) );
	}

	public function test_a2_a_page_gets_no_name_for_a_hold_by_sending_a_servers_request_again(): void {
		$user = $this->customer();
		$body = self::body( self::HOLD );
		$held = self::ask( 'POST', 'holds', self::server( $user ), $body )->json()['hold']['id'];
		$own  = self::ask( 'POST', 'holds', Login::headers( $user ), $body )->json();
		self::assertFalse( $own['replayed'], 'it is a request of its own' );
		self::assertStringStartsNotWith( "$held-", $own['hold']['id'] );
		self::assertSame( '90', self::available( $user ) );
	}

	public function test_a_page_settles_and_releases_its_own_once(): void {
		$user  = $this->customer();
		$page  = Login::headers( $user );
		$body  = self::body( self::HOLD );
		$first = self::ask( 'POST', 'holds', $page, $body )->json();
		$again = self::ask( 'POST', 'holds', $page, $body )->json();
		self::assertSame( array( false, true ), array( $first['replayed'], $again['replayed'] ) );
		self::assertSame( $first['hold'], $again['hold'] );
		self::assertSame( $body['request_id'], $first['entries'][0]['request_id'] );
		$name   = $first['hold']['id'];
		$settle = self::body( array( 'mode' => 'strict', 'amount' => '2' ) );
		$done   = self::ask( 'POST', "holds/$name/settle", $page, $settle )->json();
		self::assertTrue( $done['booked'] );
		$other = self::body( array() );
		$late  = self::ask( 'POST', "holds/$name/release", $page, $other );
		self::assertRefused( 409, 'hold_resolved', $late );
		$next = self::ask( 'POST', 'holds', $page, self::body( self::HOLD ) )->json()['hold']['id'];
		self::assertTrue( self::ask( 'POST', "holds/$next/release", $page, $other )->json()['booked'] );
		self::assertSame( '98', self::available( $user ) );
	}

	/** A2: the name of a hold, read off another page. */
	public function test_another_customers_name_of_a_hold_is_no_name(): void {
		$thief = $this->customer();
		$owner = $this->customer();
		$held  = self::ask( 'POST', 'holds', Login::headers( $owner ), self::body( self::HOLD ) );
		self::ask( 'POST', 'holds', Login::headers( $thief ), self::body( self::HOLD ) );
		$way    = 'holds/' . $held->json()['hold']['id'] . '/release';
		$answer = self::ask( 'POST', $way, Login::headers( $thief ), self::body( array() ) );
		self::assertRefused( 404, 'not_found', $answer );
		self::assertNotSame( PageHold::name( '1', 1 ), PageHold::name( '1', 2 ) );
	}

	public function test_a_server_resolves_what_a_page_held_and_takes_no_id_of_a_page(): void {
		$user   = $this->customer();
		$server = self::server( $user );
		$held   = self::ask( 'POST', 'holds', Login::headers( $user ), self::body( self::HOLD ) );
		$id     = strtok( $held->json()['hold']['id'], '-' );
		$named  = array( 'request_id' => 'page:x' );
		$answer = self::ask( 'POST', "holds/$id/release", $server, $named );
		self::assertRefused( 400, 'request_id_invalid', $answer );
		$answer = self::ask( 'POST', "holds/$id/release", $server, self::body( array() ) );
		self::assertTrue( $answer->json()['booked'] );
	}
}
