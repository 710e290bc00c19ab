<?php
/**
 * What is there cannot be told from what is not: the same answer after the same work. Time itself
 * is no test on a busy machine; how often the database was asked is what it depends on.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Rest\Token;
use Nivella\Credits\Rest\Visitor;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Tests\Support\RestTestCase;

final class EnumerationTest extends RestTestCase {
	public function test_a35_a_key_of_one_customer_learns_of_no_other_user(): void {
		$key   = self::server( $this->customer() );
		$there = $this->user();
		$seen  = array();
		foreach ( array( $there, 987654321 ) as $user ) {
			$seen[] = self::asked( 'balance', array( 'user' => (string) $user ), $key );
		}
		self::assertSame( 403, $seen[0][0] );
		self::assertSame( $seen[0], $seen[1] );
	}

	/** A1: the same answer after the same work. */
	public function test_a35_anothers_entry_is_looked_for_as_one_that_nobody_has(): void {
		$other = $this->customer();
		$last  = Books::open()->balance( self::account( $other ) )['version'];
		$key   = self::server( $this->user() );
		$seen  = array();
		// The first request of a user makes the account.
		self::asked( 'activity/77', array(), $key );
		foreach ( array( $last, 424242 ) as $seq ) {
			$seen[] = self::asked( "activity/$seq", array(), $key );
		}
		self::assertSame( 404, $seen[0][0] );
		self::assertSame( $seen[0], $seen[1] );
	}

	public function test_a35_a_visitor_learns_of_no_site_while_nothing_is_shown(): void {
		$site = Visitor::site_of( self::account( $this->customer() ) );
		$fake = substr( $site, 0, -1 ) . ( str_ends_with( $site, '0' ) ? '1' : '0' );
		$seen = array();
		foreach ( array( $site, $fake, 'nonsense' ) as $id ) {
			$seen[] = self::asked( 'pill', array( 'site' => $id ), array() );
		}
		self::assertSame( 404, $seen[0][0] );
		self::assertSame( array( $seen[0] ), array_unique( $seen, SORT_REGULAR ) );
	}

	public function test_a35_a_forged_key_and_one_of_another_site_are_answered_alike(): void {
		$seen = array();
		foreach ( array( Token::mint( str_repeat( 'x', 64 ) ), 'nck_0123456789abcdef.a.b' ) as $token ) {
			$seen[] = self::asked( 'balance', array(), array( 'Authorization' => "Bearer $token" ) );
		}
		self::assertSame( 401, $seen[0][0] );
		self::assertSame( $seen[0], $seen[1] );
	}

	/**
	 * What is answered, and how often the database was asked for it.
	 *
	 * @param array<string, string> $query   Of the address.
	 * @param array<string, string> $headers Of the request.
	 * @return array{int, string, int}
	 */
	private static function asked( string $route, array $query, array $headers ): array {
		global $wpdb;
		// Who asks first has the store's routes made.
		rest_get_server();
		wp_cache_flush();
		wp_load_alloptions();
		$request = new \WP_REST_Request( 'GET', "/nivella-credits/v1/$route" );
		$request->set_query_params( $query );
		$request->set_headers( $headers );
		$before   = $wpdb->num_queries;
		$response = rest_do_request( $request );
		$json     = (string) wp_json_encode( $response->get_data() );
		return array( $response->get_status(), $json, $wpdb->num_queries - $before );
	}
}
