<?php
/**
 * The fast lane: the same answers as the full routes, and only for whom it is meant.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Lane\Lane;
use Nivella\Credits\Lane\Rating;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Tests\Support\Answer;
use Nivella\Credits\Tests\Support\Http;
use Nivella\Credits\Tests\Support\Login;
use Nivella\Credits\Tests\Support\RestTestCase;

final class LaneTest extends RestTestCase {
	private const MARK = 'x-nivella-credits';

	/** Request ids, digests, times and ids of rows, which are another's in another request. */
	private const OWN = '/r-[0-9a-f]{16}|\d{4}-\d\d-\d\dT[\d:.]+Z|[0-9a-f]{32,64}/';

	/**
	 * @dataProvider asked
	 *
	 * @param callable(self, int): array<mixed> $request Method, route, headers, body.
	 */
	public function test_both_ways_give_the_same_answer( callable $request ): void {
		$seen = array();
		foreach ( array( false, true ) as $full ) {
			// Two customers alike, so that neither way finds what the other has left.
			$user    = $this->customer( '50' );
			$answer  = self::ask( ...$request( $this, $user ), ...array( 'full' => $full ) );
			$mark    = $answer->headers[ self::MARK ] ?? null;
			$account = self::account( $user );
			$text    = str_replace( "\"account\":\"$account\"", '', $answer->body );
			self::assertSame( $full ? null : 'lane', $mark );
			$seen[] = array(
				$answer->status,
				preg_replace( self::OWN, '', $text ),
				$answer->headers['content-type'],
				$answer->headers['cache-control'],
				$answer->headers['vary'] ?? '',
				isset( $answer->headers['etag'] ),
			);
		}
		self::assertSame( $seen[0], $seen[1] );
	}

	/** @return array<string, array{callable}> */
	public static function asked(): array {
		$amount = array( 'mode' => 'strict', 'amount' => '1.5' );
		$usage  = array( 'feature' => 'chat', 'messages' => 2, 'input_tokens' => 100 );
		$rated  = array( 'mode' => 'record', 'usage' => $usage );
		$owed   = array( 'amount' => '51', 'mode' => 'record' );
		$failed = array( 'amount' => '0', 'reason' => 'timeout' ) + $amount;
		$twice  = '{"request_id":"a","request_id":"b","mode":"strict","amount":"1"}';
		$two    = static fn(): array => array(
			'items' => array( self::body( $amount ), self::body( $amount ) ),
		);
		$b      = str_repeat( 'b', 64 );
		$half   = 'nck_' . str_repeat( 'a', 16 ) . ".$b";
		$post   = static fn( string $route, mixed $body ): array => array(
			static fn( self $test, int $user ): array =>
				array( 'POST', $route, self::server( $user ), is_callable( $body ) ? $body() : $body ),
		);
		$new    = static fn( array $fields ): callable => static fn(): array => self::body( $fields );
		$hold   = static fn( string $end, callable $body ): array => array(
			static fn( self $test, int $user ): array =>
				array( 'POST', 'holds/' . self::hold_of( $user ) . "/$end", self::server( $user ), $body() ),
		);
		$with   = static fn( string $scope, string $method, string $route, mixed $body ): array => array(
			static fn( self $test, int $user ): array =>
				array( $method, $route, self::server( $user, array( $scope ) ), $body ),
		);
		$bad    = static fn( string $key ): array => array(
			static fn(): array => array( 'GET', 'balance', array( 'Authorization' => "Bearer $key" ) ),
		);
		return array(
			'a balance'              => $with( 'read', 'GET', 'balance', null ),
			'a quote'                => $post( 'quote', $usage ),
			'a use of an amount'     => $post( 'use', $new( $amount ) ),
			'a use that is rated'    => $post( 'use', $new( $rated ) ),
			'more than there is'     => $post( 'use', $new( array( 'amount' => '51' ) + $amount ) ),
			'more, recorded'         => $post( 'use', $new( $owed ) ),
			'work that failed'       => $post( 'use', $new( $failed ) ),
			'two uses'               => $post( 'uses', $two ),
			'a hold'                 => $post( 'holds', $new( $amount + array( 'duration_ms' => 5000 ) ) ),
			'a settlement'           => $hold( 'settle', $new( $amount ) ),
			'a release'              => $hold( 'release', $new( array() ) ),
			'a hold that is not'     => $post( 'holds/77/release', $new( array() ) ),
			'a hold that cannot be'  => $post( 'holds/a%20b/release', $new( array() ) ),
			'no usage'               => $post( 'quote', array( 'feature' => 'unknown', 'messages' => 1 ) ),
			'a number as amount'     => $post( 'use', $new( array( 'amount' => 1 ) + $amount ) ),
			'no request id'          => $post( 'use', $amount ),
			'no mode'                => $post( 'use', $new( array( 'amount' => '1' ) ) ),
			'a name twice'           => $post( 'use', $twice ),
			'no JSON'                => $post( 'use', '{"request_id":' ),
			'a list'                 => $post( 'use', '[]' ),
			'an empty body'          => $post( 'use', '' ),
			'no items'               => $post( 'uses', array( 'items' => array() ) ),
			'too many items'         => $post( 'uses', array( 'items' => array_fill( 0, 1001, $amount ) ) ),
			'a user that is not due' => $with( 'read', 'GET', 'balance?user=1', null ),
			'a scope too little'     => $with( 'read', 'POST', 'use', self::body( $amount ) ),
			'another scope'          => $with( 'use', 'GET', 'balance', null ),
			'a forged key'           => $bad( "$half.$b" ),
			'half a key'             => $bad( $half ),
		);
	}

	public function test_a_replay_by_the_other_way_is_one_effect(): void {
		$user   = $this->customer();
		$server = self::server( $user );
		$body   = self::body( array( 'mode' => 'strict', 'amount' => '4' ) );
		$first  = self::ask( 'POST', 'use', $server, $body )->json();
		$again  = self::ask( 'POST', 'use', $server, $body, true )->json();
		self::assertSame( array( false, true ), array( $first['replayed'], $again['replayed'] ) );
		self::assertSame( $first['entries'], $again['entries'] );
		self::assertSame( '96', self::available( $user ) );
	}

	public function test_an_unchanged_balance_has_the_same_tag_on_both_ways(): void {
		$server = self::server( $this->customer() );
		$tag    = self::ask( 'GET', 'balance', $server )->headers['etag'];
		$known  = $server + array( 'If-None-Match' => $tag );
		foreach ( array( false, true ) as $full ) {
			$answer = self::ask( 'GET', 'balance', $known, null, $full );
			self::assertSame( array( 304, '' ), array( $answer->status, $answer->body ) );
		}
	}

	public function test_addresses_without_pretty_permalinks_are_known_too(): void {
		$server = self::server( $this->customer( '7' ) );
		$path   = '/?rest_route=/nivella-credits/v1/balance';
		$answer = Http::request( 'GET', $path, $server );
		self::assertSame( 'lane', $answer->headers[ self::MARK ] );
		self::assertSame( '7', $answer->json()['available'] );
		update_option( 'permalink_structure', '' );
		$other = self::ask( 'GET', 'balance', $server );
		self::assertArrayNotHasKey( self::MARK, $other->headers, 'WordPress knows no such address' );
	}

	public function test_it_is_left_to_the_full_route_where_something_wants_it(): void {
		$user   = $this->customer();
		$server = self::server( $user );
		self::assertSame( 'lane', $this->way( $server ) );
		$more = array(
			'a page of another origin' => array( 'Origin' => 'https://a.example' ),
			'another method'           => array( 'X-HTTP-Method-Override' => 'GET' ),
			'a nonce'                  => array( 'X-WP-Nonce' => Login::headers( $user )['X-WP-Nonce'] ),
		);
		foreach ( $more as $what => $header ) {
			self::assertSame( 'full', $this->way( $server + $header ), $what );
		}
		self::assertSame( 'full', $this->way( Login::headers( $user ) ) );
		foreach ( array( '_fields=version', '_envelope=1', '_method=GET' ) as $query ) {
			self::assertSame( 'full', $this->way( $server, "balance?$query" ), $query );
		}
		self::assertSame( 'full', $this->way( $server, 'usage' ), 'no metering' );
		update_option( Lane::OPTION, 'no' );
		self::assertSame( 'full', $this->way( $server ) );
		update_option( Lane::OPTION, 'yes' );
		self::assertSame( 'lane', $this->way( $server ) );
	}

	public function test_it_is_closed_while_a_plugin_filters_what_is_rated(): void {
		$server = self::server( $this->customer() );
		Rating::forget();
		self::assertSame( 'full', $this->way( $server ), 'nobody has looked yet' );
		self::assertSame( 'lane', $this->way( $server ), 'that request has looked' );
		$double = static fn( array $usage ): array => array( 'messages' => 9 ) + $usage;
		add_filter( Rating::FILTER, $double );
		self::assertFalse( Lane::is_open() );
		Rating::forget();
		Rating::look();
		remove_filter( Rating::FILTER, $double );
		self::assertSame( 'full', $this->way( $server ), 'what it found is kept' );
		self::assertSame( 'full', $this->way( $server ), 'and not forgotten by a request' );
		do_action( 'deactivated_plugin', 'other/other.php', false );
		self::assertSame( '', get_option( Rating::OPTION, '' ) );
	}

	public function test_it_is_closed_where_the_store_is_loaded_already(): void {
		self::assertTrue( class_exists( 'WooCommerce', false ) || defined( 'WC_PLUGIN_FILE' ) );
		self::assertFalse( Lane::is_open() );
	}

	/**
	 * @dataProvider doors
	 */
	public function test_it_answers_where_the_full_route_would_and_nowhere_else(
		string $path,
		bool $answers
	): void {
		$server = self::server( $this->customer( '7' ) );
		$route  = 'rest_route=/nivella-credits/v1/balance';
		$answer = Http::request( 'GET', "$path?$route", $server );
		self::assertSame( $answers, isset( $answer->headers[ self::MARK ] ), $answer->body );
		$full = Http::request( 'GET', "$path?$route&_locale=user", $server );
		self::assertSame( $answers, 200 === $full->status && isset( $full->json()['available'] ) );
	}

	/** @return array<array{string, bool}> */
	public static function doors(): array {
		return array(
			array( '/', true ),
			array( '/index.php', true ),
			array( '/wp-login.php', false ),
			array( '/wp-cron.php', false ),
			array( '/xmlrpc.php', false ),
			array( '/wp-admin/admin-ajax.php', false ),
		);
	}

	/**
	 * @dataProvider users
	 */
	public function test_both_ways_read_the_user_alike( string $shape, int $status ): void {
		$named = rawurlencode( sprintf( $shape, $this->customer( '7' ) ) );
		$seen  = array();
		foreach ( array( false, true ) as $full ) {
			$seen[] = self::ask( 'GET', "balance?user=$named", self::server(), null, $full )->status;
		}
		self::assertSame( array( $status, $status ), $seen );
	}

	/** @return array<array{string, int}> */
	public static function users(): array {
		return array(
			array( '%d', 200 ),
			array( '\\%d', 400 ),
			array( '%d\\', 400 ),
			array( "'%d", 400 ),
			array( "%d\0", 400 ),
		);
	}

	/** A33: its files, called by their own addresses. */
	public function test_no_file_of_the_plugin_answers_by_itself(): void {
		$server = self::server( $this->customer() );
		$route  = '/nivella-credits/v1/balance';
		foreach ( array( 'nivella-credits.php', 'Lane/Lane.php', 'Plugin/functions.php' ) as $file ) {
			$path = "/wp-content/plugins/nivella-credits/$file";
			foreach ( array( $path . $route, "$path?rest_route=$route" ) as $at ) {
				$answer = Http::request( 'GET', $at, $server );
				self::assertStringNotContainsString( 'available', $answer->body );
			}
		}
	}

	/** A33: a plugin that is not active. */
	public function test_a_plugin_that_is_switched_off_answers_nobody(): void {
		$server = self::server( $this->customer() );
		deactivate_plugins( 'nivella-credits/nivella-credits.php', true );
		$answer = self::ask( 'GET', 'balance', $server );
		self::assertSame( 404, $answer->status );
		self::assertSame( 'rest_no_route', $answer->json()['code'] );
	}

	/** Which way a request went. */
	private function way( array $headers, string $route = 'balance' ): string {
		$answer = self::ask( 'GET', $route, $headers );
		self::assertContains( $answer->status, array( 200, 403 ), $answer->body );
		return $answer->headers[ self::MARK ] ?? 'full';
	}

	private static function hold_of( int $user ): string {
		$hold = array( 'op' => 'hold', 'amount' => '3', 'duration_ms' => 60000 );
		return Books::open()->write( self::account( $user ), self::body( $hold ) )['hold']['id'];
	}
}
