<?php
/**
 * The functions for other plugins.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Tests\Support\JsonSchema;
use Nivella\Credits\Tests\Support\Plans;
use Nivella\Credits\Tests\Support\RestTestCase;

final class FunctionsTest extends RestTestCase {
	public function test_work_is_quoted_held_settled_used_and_released(): void {
		$user  = $this->customer();
		$usage = array( 'feature' => 'chat', 'messages' => 2 );
		$quote = nivella_credits_quote( $user, $usage );
		self::assertSame( '3', $quote['cost'] );
		$hold  = array( 'usage' => $usage, 'duration_ms' => 60000 );
		$first = nivella_credits_hold( $user, self::body( $hold ) );
		self::assertSame( '3', $first['hold']['amount'] );
		self::assertSame( '97', nivella_credits_balance( $user )['available'] );
		$spent = array( 'mode' => 'record', 'amount' => '2' );
		$done  = nivella_credits_settle( $user, $first['hold']['id'], self::body( $spent ) );
		self::assertSame( '98', $done['balance']['available'] );
		$second = nivella_credits_hold( $user, self::body( $hold ) );
		nivella_credits_release( $user, $second['hold']['id'], self::body( array() ) );
		$use = nivella_credits_use( $user, self::body( array( 'mode' => 'strict', 'amount' => '1' ) ) );
		self::assertSame( '97', $use['balance']['available'] );
		foreach ( array( 'Quote' => $quote, 'Booking' => $use ) as $shape => $answer ) {
			$value = json_decode( json_encode( $answer ) );
			self::assertSame( array(), JsonSchema::faults( $value, $shape ) );
		}
	}

	public function test_rates_that_are_saved_count_at_once(): void {
		$user  = $this->customer();
		$quote = static fn() => nivella_credits_quote(
			$user,
			array( 'feature' => 'later', 'messages' => 1 )
		);
		self::assertInstanceOf( \WP_Error::class, $quote() );
		$rate = array( 'feature' => 'later', 'unit' => 'message', 'credits' => '4' );
		Configuration::open()->save_rate_card( array( 'quantum' => '1', 'rates' => array( $rate ) ) );
		self::assertSame( '4', $quote()['cost'] ?? null );
	}

	/**
	 * @dataProvider refusals
	 *
	 * @param callable(int): mixed $call
	 */
	public function test_what_is_refused_is_an_error_with_the_shared_code(
		callable $call,
		string $code,
		int $status,
		?string $field
	): void {
		$error = $call( $this->customer() );
		self::assertInstanceOf( \WP_Error::class, $error );
		self::assertSame( $code, $error->get_error_code() );
		self::assertSame( $status, $error->get_error_data()['status'] );
		self::assertSame( $field, $error->get_error_data()['field'] ?? null );
	}

	/** @return array<string, array{callable, string, int, ?string}> */
	public static function refusals(): array {
		$use = array( 'request_id' => 'r', 'mode' => 'strict', 'amount' => '1' );
		return array(
			'nobody'            => array(
				static fn() => nivella_credits_balance( 0 ), 'not_found', 404, 'user',
			),
			'an unknown user'   => array(
				static fn() => nivella_credits_use( 999999, $use ), 'not_found', 404, 'user',
			),
			'a negative amount' => array(
				static fn( $user ) => nivella_credits_use( $user, array( 'amount' => '-1' ) + $use ),
				'amount_invalid',
				400,
				'amount',
			),
			'no request id'     => array(
				static fn( $user ) => nivella_credits_use( $user, array( 'request_id' => '' ) + $use ),
				'request_id_invalid',
				400,
				'request_id',
			),
			'an unknown hold'   => array(
				static fn( $user ) => nivella_credits_settle( $user, '99', $use ), 'not_found', 404, 'hold',
			),
			'no rate'           => array(
				static fn( $user ) => nivella_credits_quote( $user, array( 'feature' => 'x', 'images' => 1 ) ),
				'rate_not_found',
				422,
				'feature',
			),
		);
	}

	/** @return array<string, array{callable(int): mixed}> */
	public static function calls(): array {
		$use = array( 'request_id' => 'r', 'mode' => 'strict', 'amount' => '1' );
		return array(
			'balance'   => array( nivella_credits_balance( ... ) ),
			'use'       => array( static fn( int $user ) => nivella_credits_use( $user, $use ) ),
			'release'   => array(
				static fn( int $user ) => nivella_credits_release( $user, '1', array( 'request_id' => 'r' ) ),
			),
			'quote'     => array(
				static fn( int $user ) => nivella_credits_quote( $user, array( 'feature' => 'chat' ) ),
			),
			'site'      => array( nivella_credits_site( ... ) ),
			'subscribe' => array(
				static fn( int $user ) =>
					nivella_credits_subscribe( $user, 'pro', array( 'request_id' => 'r' ) ),
			),
		);
	}

	/**
	 * @dataProvider calls
	 * @group mariadb
	 *
	 * @param callable(int): mixed $call
	 */
	public function test_a_database_that_fails_is_an_error_and_stops_no_other_plugin(
		callable $call
	): void {
		global $wpdb;
		$user  = $this->customer();
		$table = $wpdb->prefix . 'nivella_credits_accounts';
		$wpdb->query( "RENAME TABLE $table TO away_accounts" );
		$quiet = $wpdb->suppress_errors( true );
		try {
			$error = $call( $user );
		} finally {
			$wpdb->suppress_errors( $quiet );
			$wpdb->query( "RENAME TABLE away_accounts TO $table" );
		}
		self::assertInstanceOf( \WP_Error::class, $error );
		self::assertSame( 'storage_unavailable', $error->get_error_code() );
		self::assertSame( 507, $error->get_error_data()['status'] );
	}

	public function test_a_user_who_cannot_be_looked_up_is_not_gone(): void {
		$user   = $this->customer();
		$broken = static fn( string $sql ): string =>
			str_contains( $sql, $GLOBALS['wpdb']->users ) ? 'SELECT broken FROM nowhere' : $sql;
		$quiet  = $GLOBALS['wpdb']->suppress_errors( true );
		wp_cache_flush();
		add_filter( 'query', $broken );
		$error = nivella_credits_balance( $user );
		remove_filter( 'query', $broken );
		$GLOBALS['wpdb']->suppress_errors( $quiet );
		self::assertSame( 'store_unreachable', $error->get_error_code() );
	}

	public function test_a_users_site_has_a_public_id_that_visitors_ask_with(): void {
		$user = $this->customer( '31' );
		$site = nivella_credits_site( $user );
		self::assertRefused( 404, 'not_found', self::ask( 'GET', "pill?site=$site" ) );
		update_option( 'nivella_credits_visitors', 'exact' );
		self::assertSame( '31', self::ask( 'GET', "pill?site=$site" )->json()['available'] );
		self::assertSame( 'not_found', nivella_credits_site( 999999 )->get_error_code() );
	}

	public function test_a_lack_of_credits_is_no_error(): void {
		$use    = self::body( array( 'mode' => 'strict', 'amount' => '6' ) );
		$answer = nivella_credits_use( $this->customer( '5' ), $use );
		self::assertSame( array( false, '1' ), array( $answer['booked'], $answer['short_by'] ) );
	}

	public function test_other_plugins_may_change_what_was_measured(): void {
		$user   = $this->customer();
		$twice  = static fn( array $usage ): array =>
			array( 'messages' => 2 * $usage['messages'] ) + $usage;
		$usage  = array( 'feature' => 'chat', 'messages' => 1 );
		$before = nivella_credits_quote( $user, $usage )['cost'];
		add_filter( 'nivella_credits_usage', $twice );
		$after = nivella_credits_quote( $user, $usage )['cost'];
		$body  = self::body( array( 'mode' => 'strict', 'usage' => $usage ) );
		$use   = nivella_credits_use( $user, $body );
		remove_filter( 'nivella_credits_usage', $twice );
		$spent = $use['entries'][0]['amount'];
		self::assertSame( array( '1.5', '3', '-3' ), array( $before, $after, $spent ) );
	}

	public function test_a_plan_is_given_renewed_changed_and_ended_by_php(): void {
		Plans::have( 'small', 'large' );
		$user = $this->user();
		$id   = static fn( string $id ): array => array( 'request_id' => $id );
		// A process that lives long looks at the plans again after some seconds.
		for ( $tries = 0; $tries < 70 && ! is_array( $known ?? null ); $tries++ ) {
			usleep( 100000 * min( 1, $tries ) );
			$known = nivella_credits_subscribe( $user, 'small', $id( 's' ) + array( 'months' => 2 ) );
		}
		for ( $again = 0; $again < 2; $again++ ) {
			$answer = nivella_credits_subscribe( $user, 'small', $id( 's' ) + array( 'months' => 2 ) );
			self::assertSame( array( true, true ), array( $answer['booked'], $answer['replayed'] ) );
			nivella_credits_renew( $user, $id( 'r' ) );
			nivella_credits_change_plan( $user, 'large', 'c' );
		}
		self::assertSame( array( 'large', null, 3 ), Plans::of_user( $user ) );
		self::assertSame( '500', nivella_credits_balance( $user )['available'] );
		self::assertTrue( nivella_credits_cancel_plan( $user, 'e' )['booked'] );
		self::assertNull( Plans::of_user( $user ) );
		$none    = array( 'months' => 0 ) + $id( 'x' );
		$refused = array(
			'plan_unknown'       => nivella_credits_subscribe( $user, 'huge', $id( 'x' ) ),
			'field_invalid'      => nivella_credits_subscribe( $user, 'small', $none ),
			'request_id_invalid' => nivella_credits_renew( $user, $id( 'order-1-item-2:plan' ) ),
			'not_found'          => nivella_credits_cancel_plan( $user, 'x' ),
		);
		foreach ( $refused as $code => $error ) {
			self::assertSame( $code, $error->get_error_code() );
		}
	}
}
