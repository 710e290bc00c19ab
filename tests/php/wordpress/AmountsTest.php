<?php
/**
 * Sixty amounts that are none, on every route that writes, over both ways: refused, and no row.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Books;
use Nivella\Credits\Tests\Support\Http;
use Nivella\Credits\Tests\Support\Login;
use Nivella\Credits\Tests\Support\RestTestCase;

final class AmountsTest extends RestTestCase {
	/** As they stand in the body: texts of JSON, so that nothing makes another number of them. */
	private const HOSTILE = array(
		'"-1"', '"-0"', '"-0.1"', '"+5"', '" 10"', '"10 "', '"10abc"', '"abc"', '""', '" "',
		'"NaN"', '"nan"', '"INF"', '"-INF"', '"Infinity"', '"1e3"', '"1E3"', '"1e-3"', '"1e999"',
		'"0x10"', '"0b1"', '"1/2"', '"1_000"', '"1,000"', '"1,5"', '"1.5.5"', '".5"', '"5."', '"."',
		'"0.0000001"', '"0.1234567"', '"1000000000000.000001"', '"1000000000001"',
		'"9223372036854"', '"9223372036854775807"', '"9223372036854775808"',
		'"18446744073709551616"', '"99999999999999999999999999999999"', '"0"', '"0.0"', '"0.000000"',
		'"\u0661"', '"\uff11"', '"1\u0000"', '"1\n"', '"\t1"', '"1\u00a0"', '"½"', '"true"', '"null"',
		'1', '-1', '0', '1.5', '1e999', '10000000000000000000000', 'true', 'false', 'null', '[]',
		'["1"]', '{}', '{"amount":"1"}',
	);

	/**
	 * A10: whatever is no amount, in every route that takes one.
	 *
	 * @dataProvider routes
	 */
	public function test_no_hostile_amount_writes_anything( string $route, string $fields ): void {
		self::assertGreaterThanOrEqual( 60, count( self::HOSTILE ) );
		// More than any amount: only the amount itself can be the reason.
		$user = $this->customer( '1000000000000' );
		$this->grant( $user, '1000000000000' );
		$this->hold_of( $user );
		$server  = self::server( $user );
		$before  = array( self::rows(), self::state( $user ) );
		$answers = array();
		foreach ( array( false, true ) as $full ) {
			foreach ( array_chunk( self::HOSTILE, 8 ) as $some ) {
				$asked = array();
				foreach ( $some as $amount ) {
					$asked[ $amount ] = $this->request( $route, $fields, $amount, $server, $full );
				}
				foreach ( Http::at_once( $asked ) as $amount => $answer ) {
					$answers[ $amount ][] = $answer;
				}
			}
		}
		foreach ( $answers as $amount => $two ) {
			foreach ( $two as $answer ) {
				self::assertContains( $answer->status, array( 400, 422 ), "$amount: $answer->body" );
				self::assertArrayHasKey( 'code', $answer->json() );
			}
			self::assertSame( $two[0]->body, $two[1]->body, (string) $amount );
		}
		self::assertSame( $before, array( self::rows(), self::state( $user ) ) );
		// The body is right but for the amount: with one that is one it is booked.
		$good = Http::request( ...$this->request( $route, $fields, '"0.1"', $server, false ) );
		self::assertTrue( $good->json()['booked'], $good->body );
	}

	/** @return array<string, array{string, string}> */
	public static function routes(): array {
		return array(
			'use, strict'      => array( 'use', '"mode":"strict"' ),
			'use, recorded'    => array( 'use', '"mode":"record"' ),
			'uses'             => array( 'uses', '"mode":"record"' ),
			'hold'             => array( 'holds', '"duration_ms":60000' ),
			'settle, strict'   => array( 'holds/1/settle', '"mode":"strict"' ),
			'settle, recorded' => array( 'holds/1/settle', '"mode":"record"' ),
		);
	}

	/**
	 * @dataProvider levels
	 */
	public function test_no_hostile_amount_becomes_a_level( string $amount ): void {
		$user  = $this->customer();
		$login = Login::headers( $user );
		$body  = "{\"low\":{\"amount\":$amount},\"critical\":{\"share\":10}}";
		$json  = array( 'Content-Type' => 'application/json' );
		$said  = self::ask( 'POST', 'alerts', $login + $json, $body );
		self::assertContains( $said->status, array( 400, 422 ), $said->body );
		$kept = self::ask( 'GET', 'alerts', $login )->json();
		self::assertSame( array( 'share' => 200 ), $kept['low'] );
	}

	/** @return array<array{string}> */
	public static function levels(): array {
		$some = array( '"-1"', '"1e3"', '"NaN"', '" 10"', '"1000000000001"', '1', 'null', '[]', '{}' );
		return array_map( static fn( string $amount ): array => array( $amount ), $some );
	}

	/** @return array{string, string, array<string, string>, string} */
	private function request(
		string $route,
		string $fields,
		string $amount,
		array $server,
		bool $full
	): array {
		$id   = bin2hex( random_bytes( 8 ) );
		$use  = "{\"request_id\":\"$id\",$fields,\"amount\":$amount}";
		$body = 'uses' === $route ? "{\"items\":[$use]}" : $use;
		$json = array( 'Content-Type' => 'application/json' );
		$path = self::V1 . $route . ( $full ? '?_locale=user' : '' );
		return array( 'POST', $path, $server + $json, $body );
	}

	private function hold_of( int $user ): void {
		$hold = array( 'op' => 'hold', 'amount' => '5', 'duration_ms' => 600000 );
		Books::open()->write( self::account( $user ), self::body( $hold ) );
	}

	/** @return array<string, mixed> */
	private static function state( int $user ): array {
		return array_diff_key( Books::open()->balance( self::account( $user ) ), array( 'as_of' => 0 ) );
	}
}
