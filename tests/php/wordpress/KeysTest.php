<?php
/**
 * Keys of servers: made once, proved without a look-up, revocable, each for what it is for.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Rest\Access;
use Nivella\Credits\Rest\Caller;
use Nivella\Credits\Rest\Key;
use Nivella\Credits\Rest\Keys;
use Nivella\Credits\Rest\Secret;
use Nivella\Credits\Rest\Token;
use Nivella\Credits\Tests\Support\Http;
use Nivella\Credits\Tests\Support\Processes;
use Nivella\Credits\Tests\Support\RestTestCase;

final class KeysTest extends RestTestCase {
	public function test_a_key_is_id_random_and_the_mac_of_both(): void {
		$token = ( new Keys() )->create( 'backend', array( 'use' ), null );
		list( $id, $random, $mac ) = explode( '.', $token );
		self::assertSame( 32, strlen( (string) hex2bin( $random ) ), '256 bits' );
		self::assertSame( hash_hmac( 'sha256', "$id.$random", Secret::of_site() ), $mac );
		$key = ( new Keys() )->find( $id );
		self::assertSame( hash( 'sha256', $token ), $key->digest );
		self::assertSame( array( 'use' ), $key->scopes );
		// The text itself is nowhere.
		global $wpdb;
		$row = $wpdb->get_row( "SELECT * FROM {$wpdb->prefix}nivella_credits_keys", ARRAY_A );
		self::assertStringNotContainsString( $random, implode( ' ', $row ) );
		self::assertStringNotContainsString( $mac, implode( ' ', $row ) );
	}

	/**
	 * A3: forged, altered, of another site, made with an empty secret.
	 *
	 * @dataProvider forgeries
	 *
	 * @param callable(string): string $forge
	 */
	public function test_a_forged_key_costs_no_sql( callable $forge ): void {
		global $wpdb;
		$true   = ( new Keys() )->create( 'backend', Key::SCOPES, null );
		$access = Access::of_site();
		$forged = $forge( $true );
		$before = $wpdb->num_queries;
		try {
			$access->with_token( $forged );
			self::fail( 'let in' );
		} catch ( Refusal $refusal ) {
			self::assertSame( 'not_signed_in', $refusal->error );
		}
		self::assertSame( $before, $wpdb->num_queries );
		$access->with_token( $true );
		self::assertSame( $before + 1, $wpdb->num_queries, 'a true one is looked up once' );
	}

	/** @return array<string, array{callable}> */
	public static function forgeries(): array {
		$part  = static fn( int $at, string $new ): callable => static fn( string $true ): string =>
			implode( '.', array_replace( explode( '.', $true ), array( $at => $new ) ) );
		$zeros = str_repeat( '0', 64 );
		return array(
			'another mac'         => array( $part( 2, $zeros ) ),
			'no mac'              => array( $part( 2, '' ) ),
			'another id'          => array( $part( 0, 'nck_0123456789abcdef' ) ),
			'another random part' => array( $part( 1, $zeros ) ),
			'two parts'           => array( static fn( $true ) => substr( $true, 0, -65 ) ),
			'one more part'       => array( static fn( $true ) => "$true.$zeros" ),
			'in capitals'         => array( 'strtoupper' ),
			'a line more'         => array( static fn( $true ) => "$true\n" ),
			'nothing'             => array( static fn() => '' ),
			'alg none'            => array( static fn() => 'eyJhbGciOiJub25lIn0.e30.' ),
			'SQL'                 => array( $part( 0, "nck_' OR '1'='1" ) ),
			'the empty secret'    => array( static fn() => self::made_with( '' ) ),
			'another secret'      => array( static fn() => self::made_with( 'another' ) ),
			'the site beside it'  => array(
				static fn() => self::made_with( Secret::from( array( AUTH_KEY, AUTH_SALT ), 2 ) ),
			),
		);
	}

	private static function made_with( string $secret ): string {
		$text = 'nck_0123456789abcdef.' . str_repeat( 'a', 64 );
		return "$text." . hash_hmac( 'sha256', $text, $secret );
	}

	public function test_what_this_site_made_but_has_not_stored_is_refused(): void {
		$answer = self::ask( 'GET', 'balance', self::bearer( Token::mint( Secret::of_site() ) ) );
		self::assertRefused( 401, 'not_signed_in', $answer );
	}

	public function test_a_true_key_is_not_called_forged_while_the_database_fails(): void {
		global $wpdb;
		$token  = ( new Keys() )->create( 'backend', Key::SCOPES, null );
		$prefix = $wpdb->prefix;
		$quiet  = $wpdb->suppress_errors( true );
		// A table that is not there fails as one does that cannot be read.
		$wpdb->prefix = 'missing_';
		try {
			( Access::of_site() )->with_token( $token );
			self::fail( 'let in' );
		} catch ( Refusal $refusal ) {
			self::assertSame( 'store_unreachable', $refusal->error );
			self::assertSame( 503, $refusal->status() );
		} finally {
			$wpdb->prefix = $prefix;
			$wpdb->suppress_errors( $quiet );
		}
	}

	public function test_a_revoked_key_ends_at_once_on_both_ways(): void {
		$user  = $this->customer();
		$token = ( new Keys() )->create( 'backend', Key::SCOPES, self::account( $user ) );
		foreach ( array( false, true ) as $full ) {
			$answer = self::ask( 'GET', 'balance', self::bearer( $token ), null, $full );
			self::assertSame( 200, $answer->status );
		}
		$name = strtok( $token, '.' );
		self::assertTrue( ( new Keys() )->revoke( $name ) );
		self::assertFalse( ( new Keys() )->revoke( $name ) );
		foreach ( array( false, true ) as $full ) {
			$answer = self::ask( 'GET', 'balance', self::bearer( $token ), null, $full );
			self::assertRefused( 401, 'not_signed_in', $answer );
		}
		self::assertNotNull( ( new Keys() )->all()[0]->revoked_at, 'it is still listed' );
	}

	/**
	 * @dataProvider scopes
	 *
	 * @param string[] $allowed
	 */
	public function test_a_key_does_what_its_scope_says( string $scope, array $allowed ): void {
		$server = self::server( $this->customer(), array( $scope ) );
		$asked  = array(
			'quote'    => array( 'feature' => 'chat', 'messages' => 1 ),
			'use'      => self::body( array( 'mode' => 'strict', 'amount' => '1' ) ),
			'balance'  => null,
			'activity' => null,
		);
		foreach ( $asked as $route => $body ) {
			$answer = self::ask( null === $body ? 'GET' : 'POST', $route, $server, $body );
			$status = in_array( $route, $allowed, true ) ? 200 : 403;
			self::assertSame( $status, $answer->status, "$route: $answer->body" );
		}
	}

	/** @return array<string, array{string, string[]}> */
	public static function scopes(): array {
		return array(
			'quote' => array( 'quote', array( 'quote' ) ),
			'use'   => array( 'use', array( 'use' ) ),
			'read'  => array( 'read', array( 'balance', 'activity' ) ),
		);
	}

	/**
	 * A3: a secret that everybody knows.
	 *
	 * @dataProvider secrets
	 *
	 * @param mixed[] $texts
	 */
	public function test_a_site_without_a_secret_of_its_own_has_no_keys(
		array $texts,
		bool $good
	): void {
		self::assertSame( $good, '' !== Secret::from( $texts, 1 ) );
	}

	/** @return array<string, array{mixed[], bool}> */
	public static function secrets(): array {
		$long = str_repeat( 'a secret of its own ', 3 );
		return array(
			'two long ones'           => array( array( $long, $long ), true ),
			'none'                    => array( array( '', '' ), false ),
			'one is missing'          => array( array( $long, '' ), false ),
			'short'                   => array( array( 'secret', $long ), false ),
			'wp-config.php as it came' => array(
				array( 'put your unique phrase here', 'put your unique phrase here' ),
				false,
			),
			'half of it'              => array( array( $long, 'put your unique phrase here!!!!!!' ), false ),
			'no text'                 => array( array( $long, true ), false ),
		);
	}

	/** A3: no secret at all. */
	public function test_without_a_secret_nobody_is_let_in(): void {
		self::assertNull( Token::name_of( self::made_with( '' ), '' ) );
		$one = Secret::from( array( AUTH_KEY, AUTH_SALT ), 1 );
		self::assertSame( $one, Secret::of_site() );
		self::assertNotSame( $one, Secret::from( array( AUTH_KEY, AUTH_SALT ), 2 ) );
	}

	/**
	 * @dataProvider wrong
	 *
	 * @param string[] $scopes
	 */
	public function test_a_key_is_made_of_a_label_and_known_scopes(
		string $label,
		array $scopes
	): void {
		$this->expectException( Refusal::class );
		( new Keys() )->create( $label, $scopes, null );
	}

	/** @return array<string, array{string, string[]}> */
	public static function wrong(): array {
		return array(
			'no label'      => array( '', Key::SCOPES ),
			'a long label'  => array( str_repeat( 'a', 192 ), Key::SCOPES ),
			'no scope'      => array( 'a', array() ),
			'another scope' => array( 'a', array( 'use', 'admin' ) ),
			'no customers'  => array( 'a', array( 'alerts' ) ),
		);
	}

	public function test_only_a_key_of_the_store_names_a_user(): void {
		$user  = $this->customer( '11' );
		$other = $this->customer( '22' );
		$store = self::server();
		self::assertSame( '22', self::ask( 'GET', "balance?user=$other", $store )->json()['available'] );
		$own = self::server( $user );
		self::assertSame( '11', self::ask( 'GET', 'balance', $own )->json()['available'] );
		foreach ( array( $user, $other, 999999, 'x', '' ) as $named ) {
			self::assertRefused( 403, 'forbidden', self::ask( 'GET', "balance?user=$named", $own ) );
		}
		$nines = str_repeat( '9', 20 );
		foreach ( array( '0', '-1', '1.5', "$user%20", '1e3', "0$user", '', $nines ) as $bad ) {
			self::assertRefused( 400, 'field_invalid', self::ask( 'GET', "balance?user=$bad", $store ) );
		}
		self::assertRefused( 404, 'not_found', self::ask( 'GET', 'balance?user=999999', $store ) );
	}

	public function test_a_key_for_one_site_books_for_no_other(): void {
		$user  = $this->customer();
		$token = ( new Keys() )->create( 'shop', Key::SCOPES, self::account( $user ), 'site-1' );
		$use   = array( 'mode' => 'strict', 'amount' => '1' );
		$asked = static fn( array $more ) =>
			self::ask( 'POST', 'use', self::bearer( $token ), self::body( $use + $more ) );
		self::assertSame( 'site-1', $asked( array() )->json()['entries'][0]['site'] );
		self::assertTrue( $asked( array( 'site' => 'site-1' ) )->json()['booked'] );
		self::assertRefused( 403, 'forbidden', $asked( array( 'site' => 'site-2' ) ) );
		$items = array( self::body( $use ), self::body( $use + array( 'site' => 'site-2' ) ) );
		$both  = self::ask( 'POST', 'uses', self::bearer( $token ), array( 'items' => $items ) );
		self::assertRefused( 403, 'forbidden', $both );
		self::assertSame( '98', self::available( $user ) );
		$key = ( new Keys() )->find( strtok( $token, '.' ) );
		self::assertSame( 'site-1', Access::site( Caller::with_key( $key ), null ) );
	}

	public function test_keys_are_made_listed_and_revoked_at_the_command_line(): void {
		$user  = $this->customer( '9' );
		$task  = __DIR__ . '/tasks/key-command.php';
		$calls = array(
			array( 'create', array( 'backend' ), array( 'scopes' => 'read', 'customer' => "$user" ) ),
			array( 'create', array( 'wrong' ), array( 'scopes' => 'all' ) ),
			array( 'create', array( 'nobody' ), array( 'customer' => '999999' ) ),
			array( 'list_keys', array(), array() ),
		);
		list( $made, $wrong, $nobody, $list ) = Processes::race( $task, array( $calls ) )[0];
		list( $token, $once )                 = $made;
		self::assertSame( 'Success: Keep it now: it is not shown again.', $once );
		self::assertSame( array( 'Error: scopes are quote, use and read' ), $wrong );
		self::assertSame( array( 'Error: no such user' ), $nobody );
		$answer = self::ask( 'GET', 'balance', self::bearer( $token ) );
		self::assertSame( '9', $answer->json()['available'] );
		self::assertCount( 1, $list );
		$name = strtok( $token, '.' );
		$row  = json_decode( $list[0], true );
		self::assertSame( array( $name, 'backend', 'read' ), array_slice( array_values( $row ), 0, 3 ) );
		self::assertStringNotContainsString( substr( $token, strlen( $name ) + 1, 20 ), $list[0] );
		$calls = array_fill( 0, 2, array( 'revoke', array( $name ), array() ) );
		$said  = Processes::race( $task, array( $calls ) )[0];
		self::assertSame( array( 'Success: Revoked.' ), $said[0] );
		self::assertSame( array( 'Error: There is no key of this name that counts.' ), $said[1] );
		self::assertSame( 401, self::ask( 'GET', 'balance', self::bearer( $token ) )->status );
	}

	/**
	 * A4, A16: a header that is not there, or is another one.
	 *
	 * @dataProvider headers
	 */
	public function test_a_key_is_read_from_a_bearer_header_alone( string $shape, bool $read ): void {
		$token  = ( new Keys() )->create( 'a', Key::SCOPES, self::account( $this->customer() ) );
		$answer = Http::request(
			'GET',
			self::V1 . 'balance',
			array( 'Authorization' => sprintf( $shape, $token ) )
		);
		self::assertSame( $read ? 200 : 401, $answer->status );
	}

	/** @return array<string, array{string, bool}> */
	public static function headers(): array {
		return array(
			'as it should be' => array( 'Bearer %s', true ),
			'in lower case'   => array( 'bearer %s', true ),
			'without Bearer'  => array( '%s', false ),
			'another scheme'  => array( 'Token %s', false ),
			'with more'       => array( 'Bearer %s, Basic YTpi', false ),
			'Bearer alone'    => array( 'Bearer', false ),
		);
	}

	/** @return array{Authorization: string} */
	private static function bearer( string $token ): array {
		return array( 'Authorization' => "Bearer $token" );
	}
}
