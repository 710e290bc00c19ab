<?php
/**
 * Floods: who comes too often is told to come again, and nobody else notices.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Rest\Access;
use Nivella\Credits\Rest\Counter;
use Nivella\Credits\Rest\Keys;
use Nivella\Credits\Rest\Limits;
use Nivella\Credits\Rest\Visitor;
use Nivella\Credits\Tests\Support\Answer;
use Nivella\Credits\Tests\Support\Http;
use Nivella\Credits\Tests\Support\Login;
use Nivella\Credits\Tests\Support\RestTestCase;

final class RateLimitTest extends RestTestCase {
	private const FORGED = array( 'Authorization' => 'Bearer nck_0123456789abcdef.a.b' );

	/**
	 * @dataProvider ways
	 */
	public function test_a29_forged_keys_are_soon_told_to_wait_and_true_ones_are_not(
		bool $full
	): void {
		update_option( Limits::OPTION, array( 'refused' => 3 ) );
		$user   = $this->customer();
		$true   = self::server( $user );
		$before = self::rows();
		$codes  = array();
		for ( $n = 0; $n < 5; $n++ ) {
			$answer  = self::ask( 'POST', 'use', self::FORGED, self::body( array() ), $full );
			$codes[] = $answer->json()['code'];
		}
		self::assertSame( array( ...array_fill( 0, 3, 'not_signed_in' ) ), array_slice( $codes, 0, 3 ) );
		self::assertSame( array( 'store_rate_limited' ), array_unique( array_slice( $codes, 3 ) ) );
		$this->assert_told_when( $answer );
		self::assertSame( $before, self::rows() );
		$use = self::body( array( 'mode' => 'strict', 'amount' => '1' ) );
		self::assertTrue( self::ask( 'POST', 'use', $true, $use, $full )->json()['booked'] );
	}

	/** @return array<string, array{bool}> */
	public static function ways(): array {
		return array( 'the fast lane' => array( false ), 'the full route' => array( true ) );
	}

	public function test_a29_a_forged_key_costs_no_sql_whether_counted_or_refused(): void {
		global $wpdb;
		update_option( Limits::OPTION, array( 'refused' => 1 ) );
		$access = Access::of_site();
		$before = $wpdb->num_queries;
		$codes  = array();
		for ( $n = 0; $n < 3; $n++ ) {
			try {
				$access->with_token( 'nck_0123456789abcdef.a.b' );
			} catch ( Refusal $refusal ) {
				$codes[] = $refusal->error;
			}
		}
		self::assertSame( array( 'not_signed_in', 'store_rate_limited', 'store_rate_limited' ), $codes );
		self::assertSame( $before, $wpdb->num_queries );
	}

	public function test_a_revoked_key_and_somebody_unknown_count_by_address_too(): void {
		update_option( Limits::OPTION, array( 'refused' => 2 ) );
		$token = ( new Keys() )->create( 'old', array( 'read' ), null );
		( new Keys() )->revoke( strtok( $token, '.' ) );
		$revoked = array( 'Authorization' => "Bearer $token" );
		self::assertRefused( 401, 'not_signed_in', self::ask( 'GET', 'balance', $revoked ) );
		self::assertRefused( 401, 'not_signed_in', self::ask( 'GET', 'usage' ) );
		self::assertRefused( 429, 'store_rate_limited', self::ask( 'GET', 'usage' ) );
		self::assertRefused( 429, 'store_rate_limited', self::ask( 'GET', 'balance', $revoked ) );
	}

	public function test_a_server_is_counted_by_its_key_and_both_ways_answer_alike(): void {
		update_option( Limits::OPTION, array( 'server' => 2 ) );
		$user  = $this->customer();
		$busy  = self::server( $user );
		$other = self::server( $user );
		$use   = self::body( array( 'mode' => 'strict', 'amount' => '1' ) );
		self::assertTrue( self::ask( 'POST', 'use', $busy, $use )->json()['booked'] );
		self::assertTrue( self::ask( 'POST', 'use', $busy, $use, true )->json()['replayed'] );
		$seen = array();
		foreach ( array( false, true ) as $full ) {
			$answer = self::ask( 'POST', 'use', $busy, $use, $full );
			$this->assert_told_when( $answer );
			$json = $answer->json();
			unset( $json['data']['details'] );
			$seen[] = $json;
		}
		self::assertSame( $seen[0], $seen[1] );
		self::assertTrue( self::ask( 'POST', 'use', $other, $use )->json()['replayed'] );
		self::assertSame( '99', self::available( $user ) );
	}

	public function test_what_was_told_to_wait_has_its_one_effect_later(): void {
		update_option( Limits::OPTION, array( 'server' => 1 ) );
		$user   = $this->customer();
		$server = self::server( $user );
		$use    = self::body( array( 'mode' => 'strict', 'amount' => '1' ) );
		self::ask( 'GET', 'balance', $server );
		self::assertRefused( 429, 'store_rate_limited', self::ask( 'POST', 'use', $server, $use ) );
		self::assertSame( '100', self::available( $user ) );
		update_option( Limits::OPTION, array() );
		$answer = self::ask( 'POST', 'use', $server, $use )->json();
		self::assertSame( array( true, false ), array( $answer['booked'], $answer['replayed'] ) );
		self::assertSame( '99', self::available( $user ) );
	}

	public function test_a_customer_is_counted_and_no_other_one_with_them(): void {
		update_option( Limits::OPTION, array( 'customer' => 1 ) );
		$busy  = Login::headers( $this->customer() );
		$other = Login::headers( $this->customer() );
		self::assertSame( 200, self::ask( 'GET', 'balance', $busy )->status );
		$answer = self::ask( 'GET', 'balance', $busy );
		$this->assert_told_when( $answer );
		self::assertStringContainsString( 'no-store', $answer->headers['cache-control'] );
		self::assertSame( 200, self::ask( 'GET', 'balance', $other )->status );
	}

	public function test_visitors_are_counted_by_address_as_the_owners_proxy_says(): void {
		update_option( Visitor::OPTION, 'level' );
		update_option( Limits::OPTION, array( 'visitor' => 1 ) );
		$pill = 'pill?site=' . Visitor::site_of( self::account( $this->customer() ) );
		$from = static fn( string $said ): int =>
			self::ask( 'GET', $pill, array( 'X-Forwarded-For' => $said ) )->status;
		self::assertSame( array( 200, 429 ), array( $from( '192.0.2.1' ), $from( '192.0.2.2' ) ) );
		update_option( Limits::PROXY, 'X-Forwarded-For' );
		$told = array_map( $from, array( '192.0.2.3', '192.0.2.4, 192.0.2.3', '192.0.2.4' ) );
		self::assertSame( array( 200, 429, 200 ), $told );
		$told = array_map( $from, array( '2001:db8::1', '2001:db8::2', '2001:db8:0:1::1' ) );
		self::assertSame( array( 200, 429, 200 ), $told );
	}

	public function test_of_many_at_once_as_many_pass_as_may(): void {
		update_option( Limits::OPTION, array( 'server' => 10 ) );
		$user   = $this->customer();
		$server = self::server( $user );
		$asked  = array();
		for ( $n = 0; $n < 40; $n++ ) {
			$use     = self::body( array( 'mode' => 'strict', 'amount' => '1' ) );
			$asked[] = array( 'POST', self::V1 . 'use', $server, $use );
		}
		$states = array_column( Http::at_once( $asked ), 'status' );
		self::assertSame( array( 200 => 10, 429 => 30 ), array_count_values( $states ) );
		self::assertSame( '90', self::available( $user ) );
	}

	public function test_a_window_begins_with_its_first_request_and_ends(): void {
		$file    = get_temp_dir() . 'nivella-test-' . bin2hex( random_bytes( 4 ) );
		$counter = new Counter( $file );
		self::assertSame( array( 1, 60 ), $counter->add( 'a', 60, 1000 ) );
		self::assertSame( array( 2, 20 ), $counter->add( 'a', 60, 1040 ) );
		self::assertSame( array( 1, 60 ), $counter->add( 'b', 60, 1050 ) );
		self::assertSame( array( 3, 1 ), $counter->add( 'a', 60, 1059 ) );
		self::assertSame( array( 1, 60 ), $counter->add( 'a', 60, 1060 ) );
		self::assertSame( array( 1, 60 ), $counter->add( 'a', 60, 900 ), 'the clock was put back' );
		for ( $n = 0; $n < 2000; $n++ ) {
			$counter->add( "somebody $n", 60, 900 );
		}
		self::assertLessThan( 100000, filesize( $file ), 'it does not grow with names' );
		$counter->clear();
		self::assertFileDoesNotExist( $file );
	}

	public function test_where_nothing_can_be_counted_nobody_is_refused(): void {
		foreach ( array( '', '/no/such/folder/file' ) as $file ) {
			$limits = new Limits( new Counter( $file ) );
			update_option( Limits::OPTION, array( 'server' => 1 ) );
			for ( $n = 0; $n < 3; $n++ ) {
				$limits->count( 'server', 'a' );
			}
		}
		update_option( Limits::OPTION, array( 'server' => 0 ) );
		$limits = new Limits( Counter::of_site() );
		$limits->count( 'server', 'b' );
		$limits->count( 'server', 'b' );
		self::assertTrue( true, '0 is no limit' );
	}

	private function assert_told_when( Answer $answer ): void {
		self::assertRefused( 429, 'store_rate_limited', $answer );
		$seconds = (int) $answer->headers['retry-after'];
		self::assertGreaterThan( 0, $seconds );
		self::assertLessThanOrEqual( 60, $seconds );
		$details = $answer->json()['data']['details'];
		self::assertSame( array( 'retry_after_s' => (string) $seconds ), $details );
	}
}
