<?php
/**
 * Every route: who may ask, what comes back, and what two at once get.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Rest\Catalogue;
use Nivella\Credits\Rest\Stream;
use Nivella\Credits\Rest\Visitor;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Tests\Support\Answer;
use Nivella\Credits\Tests\Support\Http;
use Nivella\Credits\Tests\Support\JsonSchema;
use Nivella\Credits\Tests\Support\Login;
use Nivella\Credits\Tests\Support\Processes;
use Nivella\Credits\Tests\Support\RestTestCase;

final class RestRoutesTest extends RestTestCase {
	/** @return array<string, array{string}> */
	public static function routes(): array {
		$names = array_keys( Catalogue::routes() );
		return array_combine( $names, array_map( static fn( string $name ) => array( $name ), $names ) );
	}

	/** @return array<string, array{string}> Those for which somebody has to be let in. */
	public static function closed(): array {
		return array_diff_key( self::routes(), array( 'pill' => true, 'messages' => true ) );
	}

	/**
	 * A4, A6: nothing that says who asks, a cookie alone, and the nonce of another user.
	 *
	 * @dataProvider closed
	 */
	public function test_nobody_is_let_in_and_nothing_is_written( string $name ): void {
		$user   = $this->customer();
		$held   = $this->hold_of( $user );
		$before = self::rows();
		$cookie = Login::headers( $user );
		$nonce  = Login::headers( $this->user() )['X-WP-Nonce'];
		self::assertRefused( 401, 'not_signed_in', $this->send( $name, $user, array(), '', $held ) );
		// A cookie alone is what another site's page can send, too.
		$alone = array( 'Cookie' => $cookie['Cookie'] );
		self::assertRefused( 401, 'not_signed_in', $this->send( $name, $user, $alone, '', $held ) );
		$others = array( 'X-WP-Nonce' => $nonce ) + $cookie;
		$answer = $this->send( $name, $user, $others, '', $held );
		self::assertRefused( 403, 'rest_cookie_invalid_nonce', $answer );
		self::assertSame( $before, self::rows() );
	}

	/**
	 * @dataProvider routes
	 */
	public function test_its_answer_has_the_shape_that_is_said( string $name ): void {
		update_option( Visitor::OPTION, 'exact' );
		$user   = $this->customer();
		$answer = $this->send( $name, $user, self::server( $user ) );
		if ( 'save_alerts' === $name ) {
			// Where the levels begin is the customer's choice.
			self::assertRefused( 403, 'forbidden', $answer );
			$answer = $this->send( $name, $user, Login::headers( $user ) );
		}
		self::assertSame( 200, $answer->status, $answer->body );
		$shape = Catalogue::routes()[ $name ]['answer'];
		if ( 'text/csv' === $shape ) {
			self::assertSame( 'text/csv; charset=UTF-8', $answer->headers['content-type'] );
			self::assertStringStartsWith( 'seq,occurred_at,', $answer->body );
			return;
		}
		$type = $answer->headers['content-type'];
		self::assertStringStartsWith( 'application/json', $type );
		$body = json_decode( $answer->body );
		self::assertSame( array(), JsonSchema::faults( $body, $shape ) );
		$timeless = in_array( $name, array( 'statement', 'messages' ), true );
		self::assertTrue( $timeless || isset( $body->as_of ), 'when was it so?' );
		$public = array( 'pill' => 'public, max-age=15', 'messages' => 'public, max-age=3600' );
		$keep   = $public[ $name ] ?? 'private, no-store';
		self::assertSame( $keep, $answer->headers['cache-control'] );
	}

	/**
	 * A1: somebody else named, or the number of somebody else's hold or entry.
	 *
	 * @dataProvider closed
	 */
	public function test_no_other_customer_is_reached( string $name ): void {
		update_option( 'nivella_credits_customers_meter', 'yes' );
		$other = $this->customer( '70' );
		$held  = $this->hold_of( $other );
		// Their own numbers of holds and entries count from 1, too: they have none of these.
		$mine  = $this->user();
		$login = Login::headers( $mine );
		foreach ( array( $other, 999999 ) as $named ) {
			$answer = $this->send( $name, $mine, $login, "user=$named", $held );
			self::assertRefused( 403, 'forbidden', $answer );
		}
		$before = Books::open()->balance( self::account( $other ) );
		$first  = $this->send( $name, $mine, $login, '', $held );
		if ( in_array( $name, array( 'settle', 'release', 'receipt' ), true ) ) {
			self::assertRefused( 404, 'not_found', $first );
			$none = $this->send( $name, $mine, $login, '', '12345' );
			self::assertSame( $none->body, $first->body );
		} elseif ( isset( $first->json()['balance']['available'] ) ) {
			self::assertSame( '0', $first->json()['balance']['available'] );
		} elseif ( isset( $first->json()['rows'] ) ) {
			self::assertSame( array(), $first->json()['rows'] );
		} elseif ( 'balance' === $name ) {
			self::assertSame( '0', $first->json()['available'] );
		} elseif ( 'csv' === $name ) {
			self::assertSame( 1, substr_count( $first->body, "\r\n" ) );
		} elseif ( 'statement' === $name ) {
			self::assertSame( array(), $first->json()['entries'] );
		}
		$after = Books::open()->balance( self::account( $other ) );
		unset( $before['as_of'], $after['as_of'] );
		self::assertSame( $before, $after );
	}

	/**
	 * @dataProvider closed
	 */
	public function test_two_at_once_get_the_same( string $name ): void {
		$user  = $this->customer();
		$key   = 'save_alerts' === $name ? Login::headers( $user ) : self::server( $user );
		$asked = $this->request( $name, $user, $key );
		$two   = Http::at_once( array( $asked, $asked ) );
		self::assertSame( array( 200, 200 ), array_map( static fn( Answer $a ) => $a->status, $two ) );
		$seen = array_map( self::timeless( ... ), $two );
		if ( 'save_alerts' === $name ) {
			// A choice of settings is a write each time, though it changes nothing.
			$seen = preg_replace( '/"version":\d+/', '', $seen );
		}
		self::assertSame( $seen[0], $seen[1] );
		if ( in_array( $name, array( 'use', 'uses', 'hold', 'settle', 'release' ), true ) ) {
			$replayed = array_map( static fn( Answer $a ) => self::replayed( $a->json() ), $two );
			sort( $replayed );
			self::assertSame( array( false, true ), $replayed, 'one effect' );
		}
	}

	public function test_an_application_password_needs_the_capability(): void {
		$user  = $this->customer( '12' );
		$admin = $this->user( 'administrator' );
		$own   = Login::password( $user );
		self::assertRefused( 403, 'forbidden', self::ask( 'GET', 'balance', $own ) );
		$store = Login::password( $admin );
		self::assertRefused( 400, 'field_invalid', self::ask( 'GET', 'balance', $store ) );
		$answer = self::ask( 'GET', "balance?user=$user", $store );
		self::assertSame( '12', $answer->json()['available'] );
	}

	public function test_customers_meter_only_where_the_owner_allows_it(): void {
		$user  = $this->customer();
		$login = Login::headers( $user );
		$use   = self::body( array( 'mode' => 'strict', 'amount' => '1' ) );
		self::assertRefused( 403, 'forbidden', self::ask( 'POST', 'use', $login, $use ) );
		update_option( 'nivella_credits_customers_meter', 'yes' );
		self::assertTrue( self::ask( 'POST', 'use', $login, $use )->json()['booked'] );
		self::assertSame( '99', self::available( $user ) );
	}

	public function test_what_a_model_counted_is_for_servers_alone(): void {
		update_option( 'nivella_credits_customers_meter', 'yes' );
		$user  = $this->customer();
		$usage = array( 'feature' => 'chat', 'messages' => 1, 'input_tokens' => 4321 );
		$use   = array( 'mode' => 'strict', 'usage' => $usage );
		$told  = self::ask( 'POST', 'use', self::server( $user ), self::body( $use ) );
		self::assertSame( 4321, $told->json()['entries'][0]['usage']['input_tokens'] );
		$login  = Login::headers( $user );
		$bodies = array(
			'use'  => self::body( $use ),
			'uses' => array( 'items' => array( self::body( $use ) ) ),
		);
		foreach ( $bodies as $route => $body ) {
			$answer = self::ask( 'POST', $route, $login, $body );
			self::assertTrue( $answer->json()['booked'], $answer->body );
			self::assertStringNotContainsString( '4321', $answer->body );
			self::assertStringNotContainsString( '_tokens', $answer->body );
		}
		foreach ( array( 'activity', 'activity.csv', 'usage', 'activity/2', 'statement' ) as $route ) {
			$answer = self::ask( 'GET', $route, $login );
			self::assertSame( 200, $answer->status );
			self::assertStringNotContainsString( '_tokens', $answer->body, $route );
		}
	}

	public function test_a_lack_of_credits_is_an_answer(): void {
		$user   = $this->customer( '2' );
		$body   = self::body( array( 'mode' => 'strict', 'amount' => '3' ) );
		$server = self::server( $user );
		$answer = self::ask( 'POST', 'use', $server, $body );
		self::assertSame( 200, $answer->status );
		$said = $answer->json();
		$no   = array( $said['booked'], $said['reason'], $said['short_by'] );
		self::assertSame( array( false, 'insufficient_credits', '1' ), $no );
		// The request was not kept: after a purchase the same succeeds.
		$this->grant( $user, '1' );
		self::assertTrue( self::ask( 'POST', 'use', $server, $body )->json()['booked'] );
		self::assertSame( '0', self::available( $user ) );
	}

	public function test_a_feature_that_the_plan_has_not_is_refused(): void {
		global $wpdb;
		$plan = array( 'key' => 'basic', 'name' => 'Basic', 'level' => 1, 'allowance' => '50' );
		( new Configuration( new Db( $wpdb ) ) )
			->save_plans( array( $plan + array( 'features' => array( 'summary' ) ) ) );
		$user = $this->customer();
		Books::open()->write(
			self::account( $user ),
			self::body( array( 'op' => 'subscribe', 'plan' => 'basic', 'months' => 1 ) )
		);
		$server = self::server( $user );
		$usage  = array( 'feature' => 'chat', 'messages' => 1 );
		$use    = array( 'mode' => 'strict', 'usage' => $usage );
		$before = self::rows();
		$asked  = array(
			'quote' => $usage,
			'use'   => self::body( $use ),
			'holds' => self::body( $use + array( 'duration_ms' => 1000 ) ),
		);
		foreach ( $asked as $route => $body ) {
			self::assertRefused( 403, 'feature_not_in_plan', self::ask( 'POST', $route, $server, $body ) );
		}
		self::assertSame( $before, self::rows() );
	}

	public function test_an_unchanged_balance_comes_without_a_body(): void {
		$user  = $this->customer();
		$login = Login::headers( $user );
		$first = self::ask( 'GET', 'balance', $login );
		$known = array( 'If-None-Match' => $first->headers['etag'] );
		$again = self::ask( 'GET', 'balance', $login + $known );
		self::assertSame( array( 304, '' ), array( $again->status, $again->body ) );
		self::assertSame( $first->headers['etag'], $again->headers['etag'] );
		$this->grant( $user, '1' );
		$third = self::ask( 'GET', 'balance', $login + $known );
		self::assertSame( array( 200, '101' ), array( $third->status, $third->json()['available'] ) );
	}

	/** @group mariadb */
	public function test_a_statement_keeps_no_transaction_open_while_others_may_write(): void {
		global $wpdb;
		wp_set_current_user( $this->customer() );
		$request  = new \WP_REST_Request( 'GET', '/nivella-credits/v1/statement' );
		$response = rest_do_request( $request );
		self::assertSame( '0', $wpdb->get_var( 'SELECT @@in_transaction' ) );
		$text = implode( '', iterator_to_array( Stream::pieces_of( $response ), false ) );
		self::assertCount( 1, json_decode( $text, true )['entries'] );
	}

	/** @group mariadb */
	public function test_a_long_text_that_cannot_go_on_ends_without_its_end(): void {
		global $wpdb;
		$server = self::server( $this->customer() );
		$table  = $wpdb->prefix . 'nivella_credits_draws';
		$wpdb->query( "RENAME TABLE $table TO away_draws" );
		try {
			$answer = self::ask( 'GET', 'statement', $server );
		} finally {
			$wpdb->query( "RENAME TABLE away_draws TO $table" );
		}
		self::assertNull( $answer->json() );
		self::assertStringEndsWith( '"entries": [', $answer->body, 'nothing but what there was' );
	}

	public function test_a_long_text_is_sent_or_given_up_but_never_cut_off_within(): void {
		$sending = Processes::race( __DIR__ . '/tasks/send-pieces.php', array( null ) );
		self::assertSame( array( 1, 'closed' ), $sending[0], 'a reader who leaves ends nothing' );
	}

	public function test_the_activity_is_read_page_by_page_and_filtered(): void {
		$user  = $this->customer();
		$items = array();
		foreach ( range( 1, 7 ) as $n ) {
			$usage   = array( 'feature' => 'chat', 'messages' => 1, 'agent' => 0 === $n % 2 ? 'a' : 'b' );
			$items[] = self::body( array( 'mode' => 'strict', 'usage' => $usage ) );
		}
		self::ask( 'POST', 'uses', self::server( $user ), array( 'items' => $items ) );
		$login = Login::headers( $user );
		$seen  = array();
		$next  = '';
		do {
			$page = self::ask( 'GET', "activity?limit=3$next", $login )->json();
			array_push( $seen, ...array_column( $page['rows'], 'seq' ) );
			$next = "&before={$page['next']}";
		} while ( null !== $page['next'] );
		self::assertSame( array( 8, 7, 6, 5, 4, 3, 2, 1 ), $seen );
		$only = self::ask( 'GET', 'activity?agent=a', $login )->json()['rows'];
		self::assertSame( array( 7, 5, 3 ), array_column( $only, 'seq' ) );
		$csv = self::ask( 'GET', 'activity.csv?agent=a', $login )->body;
		self::assertSame( 4, substr_count( $csv, "\r\n" ) );
		self::assertStringContainsString( "\r\n7,", $csv );
	}

	/**
	 * @dataProvider exactness
	 *
	 * @param array<string, string> $expected
	 */
	public function test_a_visitor_knows_what_the_owner_chose( string $show, array $expected ): void {
		update_option( Visitor::OPTION, $show );
		$user   = $this->customer( '2345.678' );
		$answer = self::ask( 'GET', 'pill?site=' . Visitor::site_of( self::account( $user ) ) );
		$told   = array_diff_key( $answer->json(), array( 'version' => 0, 'as_of' => 0 ) );
		self::assertSame( array( 'show' => $show ) + $expected, $told );
		$known = array( 'If-None-Match' => $answer->headers['etag'] );
		$again = self::ask( 'GET', 'pill?site=' . Visitor::site_of( self::account( $user ) ), $known );
		self::assertSame( 304, $again->status );
	}

	/** @return array<string, array{string, array<string, string>}> */
	public static function exactness(): array {
		$level = array( 'level' => 'ok' );
		return array(
			'exact'   => array( 'exact', $level + array( 'available' => '2345' ) ),
			'rounded' => array( 'rounded', $level + array( 'available' => '2300' ) ),
			'level'   => array( 'level', $level ),
		);
	}

	public function test_a_visitor_knows_nothing_until_the_owner_wants_it(): void {
		$site = Visitor::site_of( self::account( $this->customer() ) );
		$off  = self::ask( 'GET', "pill?site=$site" );
		self::assertRefused( 404, 'not_found', $off );
		update_option( Visitor::OPTION, 'exact' );
		$made_up = array( '', '1', '1-', "2-$site", substr( $site, 0, -1 ) . 'g', "$site%00" );
		foreach ( $made_up as $wrong ) {
			self::assertSame( $off->body, self::ask( 'GET', "pill?site=$wrong" )->body );
		}
		self::assertSame( 200, self::ask( 'GET', "pill?site=$site" )->status );
	}

	/** Sends a right request of a route, in whose way nothing but the caller can be. */
	private function send(
		string $name,
		int $user,
		array $headers,
		string $query = '',
		?string $of = null
	): Answer {
		return Http::request( ...$this->request( $name, $user, $headers, $query, $of ) );
	}

	/** @return array{string, string, array<string, string>, mixed} */
	private function request(
		string $name,
		int $user,
		array $headers,
		string $query = '',
		?string $of = null
	): array {
		$route = Catalogue::routes()[ $name ];
		$usage = array( 'feature' => 'chat', 'messages' => 1 );
		$use   = array( 'mode' => 'strict', 'amount' => '1' );
		$body  = match ( $name ) {
			'quote'          => $usage,
			'use', 'settle'  => self::body( $use ),
			'uses'           => array( 'items' => array( self::body( $use ) ) ),
			'hold'           => self::body( $use + array( 'duration_ms' => 60000 ) ),
			'release'        => self::body( array() ),
			'save_alerts'    => array( 'low' => array( 'share' => 9 ), 'critical' => array( 'share' => 8 ) ),
			default          => null,
		};
		$hold  = 'settle' === $name || 'release' === $name;
		$of  ??= $hold ? $this->hold_of( $user ) : '1';
		$path  = strtr( $route['path'], array( '{hold}' => $of, '{seq}' => $of ) );
		if ( 'messages' === $name ) {
			$query = 'locale=en_US';
		}
		if ( 'pill' === $name ) {
			$query = 'site=' . Visitor::site_of( self::account( $user ) );
		}
		return array( $route['method'], self::V1 . "$path?$query", $headers, $body );
	}

	/** A new hold of a user; its id. */
	private function hold_of( int $user ): string {
		$hold = array( 'op' => 'hold', 'amount' => '2', 'duration_ms' => 60000 );
		return Books::open()->write( self::account( $user ), self::body( $hold ) )['hold']['id'];
	}

	/** An answer without when it was given, and whether again. */
	private static function timeless( Answer $answer ): string {
		$when = '/"(as_of|replayed)": ?("[^"]*"|\w+)|"(opening_)?seal": "\w+"/';
		return (string) preg_replace( $when, '', $answer->body );
	}

	private static function replayed( array $answer ): bool {
		return $answer['replayed'] ?? $answer['items'][0]['replayed'];
	}
}
