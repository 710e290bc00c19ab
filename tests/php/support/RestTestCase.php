<?php
/**
 * A test of the REST interface over HTTP.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

use Nivella\Credits\Lane\Rating;
use Nivella\Credits\Rest\Counter;
use Nivella\Credits\Rest\Key;
use Nivella\Credits\Rest\Keys;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Storage\Db;

/** A store with prices, customers with credits, servers with keys. */
abstract class RestTestCase extends WordPressTestCase {
	protected const V1   = '/wp-json/nivella-credits/v1/';
	private const TABLES = array( 'entries', 'grants', 'draws', 'holds', 'requests' );

	protected function setUp(): void {
		parent::setUp();
		update_option( Rating::OPTION, 'free' );
		Counter::of_site()->clear();
		global $wpdb;
		( new Configuration( new Db( $wpdb ) ) )->save_rate_card(
			array(
				'quantum' => '0.1',
				'rates'   => array(
					array( 'feature' => 'chat', 'unit' => 'message', 'credits' => '1.5' ),
					array( 'feature' => 'chat', 'unit' => 'input_tokens', 'credits' => '0.001' ),
				),
			)
		);
	}

	/** A customer with so many credits; the user's id. */
	protected function customer( string $credits = '100' ): int {
		$user = $this->user();
		if ( '0' !== $credits ) {
			$this->grant( $user, $credits );
		}
		return $user;
	}

	protected function grant( int $user, string $credits ): void {
		$books = Books::open();
		$books->write(
			$books->account_of_user( $user ),
			array(
				'op'         => 'grant',
				'request_id' => 'grant-' . bin2hex( random_bytes( 6 ) ),
				'kind'       => 'refund',
				'amount'     => $credits,
			)
		);
	}

	/** The account of a user. */
	protected static function account( int $user ): int {
		return Books::open()->account_of_user( $user );
	}

	/** What a user has. */
	protected static function available( int $user ): string {
		return Books::open()->balance( self::account( $user ) )['available'];
	}

	/**
	 * The header of a server with a new key.
	 *
	 * @param ?int     $user   The only user that it is for; null: the whole store.
	 * @param string[] $scopes What it may do.
	 * @return array{Authorization: string}
	 */
	protected static function server( ?int $user = null, array $scopes = Key::SCOPES ): array {
		$account = null === $user ? null : self::account( $user );
		$token   = ( new Keys() )->create( 'test', $scopes, $account );
		return array( 'Authorization' => "Bearer $token" );
	}

	/** A request of the REST interface; `full` keeps it off the fast lane. */
	protected static function ask(
		string $method,
		string $route,
		array $headers = array(),
		mixed $body = null,
		bool $full = false
	): Answer {
		$more = $full ? ( str_contains( $route, '?' ) ? '&' : '?' ) . '_locale=user' : '';
		return Http::request( $method, self::V1 . $route . $more, $headers, $body );
	}

	/**
	 * A command's body with a new request id.
	 *
	 * @param array<string, mixed> $fields Its fields.
	 * @return array<string, mixed>
	 */
	protected static function body( array $fields ): array {
		return array( 'request_id' => 'r-' . bin2hex( random_bytes( 8 ) ) ) + $fields;
	}

	/** How many rows the ledger has, of all accounts; events leave the outbox by themselves. */
	protected static function rows(): int {
		global $wpdb;
		$count = 0;
		foreach ( self::TABLES as $table ) {
			$name   = $wpdb->prefix . "nivella_credits_$table";
			$count += (int) $wpdb->get_var( "SELECT COUNT(*) FROM `$name`" );
		}
		return $count;
	}

	/** That an answer is this coded refusal. */
	protected static function assertRefused( int $status, string $code, Answer $answer ): void {
		$said = array( $answer->status, $answer->json()['code'] ?? null );
		self::assertSame( array( $status, $code ), $said, $answer->body );
		self::assertSame( $status, $answer->json()['data']['status'] );
	}
}
