<?php
/**
 * What somebody may try over the REST interface. The cases are named as in the project's list of
 * attacks; other tests have those that are about orders, the ledger or pages.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Rest\Ask;
use Nivella\Credits\Rest\Cors;
use Nivella\Credits\Rest\Visitor;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Tests\Support\Cost;
use Nivella\Credits\Tests\Support\Http;
use Nivella\Credits\Tests\Support\Login;
use Nivella\Credits\Tests\Support\Process;
use Nivella\Credits\Tests\Support\RestTestCase;

final class AttacksTest extends RestTestCase {
	public function test_a2_nobody_resolves_anothers_hold(): void {
		$owner  = $this->customer( '20' );
		$thief  = $this->customer( '20' );
		$hold   = array( 'op' => 'hold', 'amount' => '5', 'duration_ms' => 60000 );
		$id     = Books::open()->write( self::account( $owner ), self::body( $hold ) )['hold']['id'];
		$server = self::server( $thief );
		$before = self::rows();
		$settle = self::body( array( 'mode' => 'record', 'amount' => '5' ) );
		$this->same_as_none( 'holds/%s/settle', $id, $server, $settle );
		$this->same_as_none( 'holds/%s/release', $id, $server, self::body( array() ) );
		self::assertSame( $before, self::rows() );
		self::assertSame( '15', self::available( $owner ) );
		self::assertSame( '20', self::available( $thief ) );
	}

	/** A35 too: whether it is another's or nobody's cannot be told from the answer. */
	private function same_as_none( string $route, string $id, array $server, array $body ): void {
		$theirs = self::ask( 'POST', sprintf( $route, $id ), $server, $body );
		$none   = self::ask( 'POST', sprintf( $route, '424242' ), $server, $body );
		self::assertRefused( 404, 'not_found', $theirs );
		self::assertSame( $none->body, $theirs->body );
	}

	/**
	 * @dataProvider metering
	 */
	public function test_a2_nobody_takes_an_id_that_an_order_will_need(
		string $route,
		array $body
	): void {
		$server = self::server( $this->customer() );
		$before = self::rows();
		foreach ( array( 'order-5-item-7:grant', 'order-5-item-7:movement:1' ) as $id ) {
			$own    = array( 'request_id' => $id ) + $body;
			$sent   = 'uses' === $route ? array( 'items' => array( self::body( $body ), $own ) ) : $own;
			$answer = self::ask( 'POST', $route, $server, $sent );
			self::assertRefused( 400, 'request_id_invalid', $answer );
			self::assertSame( 'request_id', $answer->json()['data']['field'] );
		}
		self::assertSame( $before, self::rows() );
	}

	/** @return array<array{string, array<string, mixed>}> */
	public static function metering(): array {
		$use = array( 'mode' => 'strict', 'amount' => '1' );
		return array(
			array( 'use', $use ),
			array( 'uses', $use ),
			array( 'holds', $use + array( 'duration_ms' => 1000 ) ),
			array( 'holds/1/settle', $use ),
			array( 'holds/1/release', array() ),
		);
	}

	public function test_a5_a_replayed_report_counts_once_and_an_old_one_not_at_all(): void {
		$user   = $this->customer();
		$server = self::server( $user );
		$use    = array( 'mode' => 'strict', 'amount' => '3' );
		$body   = self::body( $use );
		$first  = self::ask( 'POST', 'use', $server, $body )->json();
		$again  = self::ask( 'POST', 'use', $server, $body )->json();
		self::assertSame( $first['entries'], $again['entries'] );
		self::assertSame( '97', self::available( $user ) );
		$other = array( 'amount' => '4' ) + $body;
		self::assertRefused( 409, 'request_id_conflict', self::ask( 'POST', 'use', $server, $other ) );
		foreach ( array( '-36 days', '+6 minutes' ) as $when ) {
			$at    = gmdate( 'Y-m-d\TH:i:s\Z', strtotime( $when ) );
			$stale = self::body( $use + array( 'occurred_at' => $at ) );
			$code  = 'occurred_at_out_of_range';
			self::assertRefused( 422, $code, self::ask( 'POST', 'use', $server, $stale ) );
		}
		self::assertSame( '97', self::available( $user ) );
	}

	public function test_a6_a_nonce_is_no_capability(): void {
		update_option( 'nivella_credits_customers_meter', 'yes' );
		$user = $this->customer();
		// Signed in, with a right nonce, and without any role.
		get_userdata( $user )->set_role( '' );
		$login = Login::headers( $user );
		$body  = self::body( array( 'mode' => 'strict', 'amount' => '1' ) );
		self::assertRefused( 403, 'forbidden', self::ask( 'POST', 'use', $login, $body ) );
		self::assertRefused( 403, 'forbidden', self::ask( 'GET', 'balance', $login ) );
	}

	/**
	 * @dataProvider forms
	 */
	public function test_a6_a_form_of_another_site_changes_nothing( string $type ): void {
		update_option( 'nivella_credits_customers_meter', 'yes' );
		$user   = $this->customer();
		$cookie = array( 'Cookie' => Login::headers( $user )['Cookie'], 'Content-Type' => $type );
		$body   = '{"request_id":"x","mode":"record","amount":"100"}';
		$origin = array( 'Origin' => 'https://evil.example' );
		$answer = self::ask( 'POST', 'use', $cookie + $origin, $body );
		self::assertRefused( 401, 'not_signed_in', $answer );
		self::assertSame( '100', self::available( $user ) );
	}

	/** @return array<array{string}> */
	public static function forms(): array {
		return array(
			array( 'text/plain' ),
			array( 'application/x-www-form-urlencoded' ),
			array( 'multipart/form-data; boundary=x' ),
		);
	}

	/**
	 * @dataProvider origins
	 *
	 * @param string[] $allowed
	 */
	public function test_a15_other_origins_read_only_where_the_owner_lists_them(
		string $method,
		string $origin,
		array $allowed,
		bool $may
	): void {
		update_option( Cors::OPTION, $allowed );
		$login  = Login::headers( $this->customer() );
		$answer = self::ask( $method, 'balance', $login + array( 'Origin' => $origin ) );
		$header = $answer->headers['access-control-allow-origin'] ?? null;
		self::assertSame( $may ? $origin : null, $header );
		self::assertArrayNotHasKey( 'access-control-allow-credentials', $answer->headers );
		self::assertStringContainsString( 'Origin', $answer->headers['vary'] );
	}

	/** @return array<string, array{string, string, string[], bool}> */
	public static function origins(): array {
		$good = array( 'https://good.example' );
		return array(
			'not listed'           => array( 'GET', 'https://evil.example', $good, false ),
			'not listed, asked'    => array( 'OPTIONS', 'https://evil.example', $good, false ),
			'nothing listed'       => array( 'GET', 'https://evil.example', array(), false ),
			'listed'               => array( 'GET', 'https://good.example', $good, true ),
			'listed, asked'        => array( 'OPTIONS', 'https://good.example', $good, true ),
			'longer'               => array( 'GET', 'https://good.example.evil.example', $good, false ),
			'another port'         => array( 'GET', 'https://good.example:8443', $good, false ),
			'no origin of its own' => array( 'GET', 'null', array( 'null' ), false ),
			'everyone'             => array( 'GET', 'https://evil.example', array( '*' ), false ),
		);
	}

	public function test_a15_other_plugins_routes_are_left_as_they_are(): void {
		$origin = array( 'Origin' => 'https://evil.example' );
		$answer = Http::request( 'GET', '/wp-json/wp/v2/types', $origin );
		self::assertSame( 'https://evil.example', $answer->headers['access-control-allow-origin'] );
	}

	/**
	 * @dataProvider addresses
	 */
	public function test_a16_a_key_in_an_address_is_refused( string $query ): void {
		$server = self::server( $this->customer() );
		$token  = substr( $server['Authorization'], strlen( 'Bearer ' ) );
		foreach ( array( array(), $server ) as $headers ) {
			$answer = self::ask( 'GET', 'balance?' . sprintf( $query, $token ), $headers );
			self::assertRefused( 400, 'field_invalid', $answer );
			self::assertStringNotContainsString( $token, $answer->body );
		}
	}

	public function test_a16_what_any_cache_may_keep_has_no_readers_nonce(): void {
		update_option( Visitor::OPTION, 'level' );
		$user  = $this->customer();
		$login = Login::headers( $user );
		$site  = Visitor::site_of( self::account( $user ) );
		$own   = self::ask( 'GET', 'balance', $login );
		self::assertArrayHasKey( 'x-wp-nonce', $own->headers, 'WordPress sends a newer one' );
		$pill = self::ask( 'GET', "pill?site=$site", $login );
		self::assertStringContainsString( 'public', $pill->headers['cache-control'] );
		self::assertArrayNotHasKey( 'x-wp-nonce', $pill->headers );
		self::assertArrayNotHasKey( 'set-cookie', $pill->headers );
	}

	/** @return array<array{string}> */
	public static function addresses(): array {
		return array(
			array( 'token=%s' ),
			array( 'access_token=%s' ),
			array( 'api_key=abc' ),
			array( 'Authorization=Bearer%%20%s' ),
			array( 'user=%s' ),
			array( 'anything=%s' ),
			array( 'user[]=%s' ),
			array( 'any[a][b]=%s' ),
			array( 'any[token]=1' ),
			array( 'user=NCK_0123456789abcdef' ),
		);
	}

	/**
	 * @dataProvider injections
	 */
	public function test_a17_no_text_becomes_sql( string $text ): void {
		$user   = $this->customer();
		$login  = Login::headers( $user );
		$server = self::server( $user );
		$before = self::rows();
		$code   = rawurlencode( $text );
		$fields = array( 'orderby', 'order', 'search', 'agent', 'site', 'feature', 'ids[]' );
		foreach ( $fields as $field ) {
			$answer = self::ask( 'GET', "activity?$field=$code", $login );
			self::assertSame( 200, $answer->status, $answer->body );
		}
		foreach ( array( 'limit', 'before', 'from', 'to' ) as $field ) {
			self::assertSame( 400, self::ask( 'GET', "activity?$field=$code", $login )->status );
		}
		$receipt = self::ask( 'GET', "activity/$code", $server );
		$release = self::ask( 'POST', "holds/$code/release", $server, self::body( array() ) );
		self::assertSame( array( 404, 404 ), array( $receipt->status, $release->status ) );
		$tag = array( 'If-None-Match' => $text );
		self::assertSame( 200, self::ask( 'GET', 'balance', $server + $tag )->status );
		self::assertSame( $before, self::rows() );
	}

	/** @return array<array{string}> */
	public static function injections(): array {
		return array(
			array( "1' OR '1'='1" ),
			array( '1; DROP TABLE wp_users' ),
			array( "1' AND SLEEP(3) -- " ),
			array( '1 UNION SELECT user_pass FROM wp_users' ),
			array( '%s%d%1$s' ),
			array( '\\\' OR 1' ),
		);
	}

	/**
	 * @dataProvider bodies
	 */
	public function test_a26_odd_names_do_nothing_and_double_ones_are_refused(
		string $body,
		int $status
	): void {
		$server = self::server( $this->customer() );
		$before = self::rows();
		foreach ( array( false, true ) as $full ) {
			$answer = self::ask( 'POST', 'use', $server, $body, $full );
			self::assertSame( $status, $answer->status, $answer->body );
		}
		self::assertSame( 200 !== $status, $before === self::rows() );
	}

	/** @return array<string, array{string, int}> */
	public static function bodies(): array {
		$use  = '"request_id":"q","mode":"strict","amount":"1"';
		$deep = str_repeat( '{"a":', 50 ) . '1' . str_repeat( '}', 50 );
		return array(
			'as it should be'      => array( "{{$use}}", 200 ),
			'__proto__'            => array( "{{$use},\"__proto__\":{\"amount\":\"9\"}}", 200 ),
			'constructor'          => array( "{{$use},\"constructor\":{\"prototype\":{}}}", 200 ),
			'op and hold'          => array( "{{$use},\"op\":\"grant\",\"hold\":\"1\"}", 200 ),
			'another account'      => array( "{{$use},\"account\":\"1\",\"user\":1}", 200 ),
			'a text with names'    => array( "{{$use},\"reference\":\"\\\"amount\\\": \\\"2\\\"\"}", 200 ),
			'twice'                => array( "{{$use},\"amount\":\"2\"}", 400 ),
			'twice, written apart' => array( "{{$use},\"\\u0061mount\":\"2\"}", 400 ),
			'twice within'         => array( "{{$use},\"x\":{\"a\":1,\"a\":2}}", 400 ),
			'too deep'             => array( "{{$use},\"x\":$deep}", 400 ),
			'a huge number'        => array( "{{$use},\"x\":" . str_repeat( '9', 400 ) . '}', 200 ),
			'bytes that are no UTF-8' => array( "{{$use},\"site\":\"\xff\"}", 400 ),
		);
	}

	/**
	 * @dataProvider sizes
	 */
	public function test_a27_pages_keys_and_texts_have_an_end(
		string $route,
		mixed $body,
		string $code
	): void {
		$server = self::server( $this->customer() );
		$method = null === $body ? 'GET' : 'POST';
		$before = self::rows();
		$answer = self::ask( $method, $route, $server, $body );
		self::assertSame( $code, $answer->json()['code'], $answer->body );
		self::assertSame( $before, self::rows() );
	}

	/** @return array<string, array{string, mixed, string}> */
	public static function sizes(): array {
		$use   = array( 'request_id' => 'r', 'mode' => 'strict', 'amount' => '1' );
		$long  = str_repeat( 'a', 192 );
		$named = array( 'request_id' => $long ) + $use;
		$huge  = '{"a":"' . str_repeat( 'a', 2000000 ) . '"}';
		$many  = array( 'items' => array_fill( 0, 1001, $use ) );
		return array(
			'a long page'       => array( 'activity?limit=101', null, 'field_invalid' ),
			'a huge page'       => array( 'activity?limit=1000000', null, 'field_invalid' ),
			'no page'           => array( 'activity?limit=0', null, 'field_invalid' ),
			'a list of pages'   => array( 'activity?limit[]=5', null, 'field_invalid' ),
			'far away'          => array( 'activity?before=1e9', null, 'field_invalid' ),
			'a long search'     => array( "activity?search=$long", null, 'field_invalid' ),
			'a long request id' => array( 'use', $named, 'request_id_invalid' ),
			'a long reference'  => array( 'use', $use + array( 'reference' => $long ), 'field_invalid' ),
			'a long site'       => array( 'use', $use + array( 'site' => $long ), 'field_invalid' ),
			'a long body'       => array( 'use', $huge, 'snapshot_too_large' ),
			'1,001 uses'        => array( 'uses', $many, 'field_invalid' ),
		);
	}

	public function test_a27_a_body_of_escapes_is_read_at_once(): void {
		$cost = array();
		foreach ( array( 20000, 200000 ) as $escapes ) {
			$text   = str_repeat( '\\"', $escapes );
			$json   = "{\"feature\":\"$text\",\"messages\":1}";
			$cost[] = Cost::of(
				static function () use ( $json, $escapes ): void {
					$body = ( new Ask( 'quote', '', array(), $json ) )->body();
					self::assertSame( $escapes, strlen( $body['feature'] ) );
				}
			);
		}
		// Ten times as long: what goes back at each of them would take a hundred times as long.
		self::assertLessThan( 40 * $cost[0], $cost[1] );
	}

	public function test_a28_a_locked_account_answers_503_and_the_same_works_later(): void {
		$user    = $this->customer();
		$server  = self::server( $user );
		$body    = self::body( array( 'mode' => 'strict', 'amount' => '1' ) );
		$locking = Process::start( __DIR__ . '/tasks/lock-account.php', self::account( $user ) );
		$locking->wait_until_ready();
		$locking->go();
		self::assertSame( 'locked', $locking->line() );
		$busy = self::ask( 'POST', 'use', $server, $body );
		$locking->kill();
		self::assertRefused( 503, 'store_unreachable', $busy );
		self::assertSame( '1', $busy->headers['retry-after'] );
		self::assertTrue( self::ask( 'POST', 'use', $server, $body )->json()['booked'] );
		self::assertSame( '99', self::available( $user ) );
	}

	public function test_a29_a_flood_of_forged_reports_writes_nothing(): void {
		$user   = $this->customer();
		$body   = self::body( array( 'mode' => 'record', 'amount' => '1' ) );
		$asked  = array();
		$before = self::rows();
		for ( $n = 0; $n < 40; $n++ ) {
			$forged  = 'nck_' . bin2hex( random_bytes( 8 ) ) . '.' . bin2hex( random_bytes( 32 ) );
			$forged .= '.' . bin2hex( random_bytes( 32 ) );
			$header  = array( 'Authorization' => "Bearer $forged" );
			$asked[] = array( 'POST', self::V1 . "use?user=$user", $header, $body );
		}
		foreach ( Http::at_once( $asked ) as $answer ) {
			self::assertRefused( 401, 'not_signed_in', $answer );
		}
		self::assertSame( $before, self::rows() );
	}
}
