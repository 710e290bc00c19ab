<?php
/**
 * Many servers at once over HTTP: a small share in every test run, all of it with NIVELLA_FULL.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Db;
use Nivella\Credits\Tests\Support\Checked;
use Nivella\Credits\Tests\Support\Figures;
use Nivella\Credits\Tests\Support\Http;
use Nivella\Credits\Tests\Support\RestTestCase;

final class OverHttpTest extends RestTestCase {
	private const AT_ONCE = 8;

	/** @return array<string, array{string, int, int}> The end of the address; rounds, all and few. */
	public static function ways(): array {
		return array(
			'the fast lane'  => array( '', 100, 2 ),
			'the full route' => array( '?_locale=user', 100, 1 ),
		);
	}

	/** @dataProvider ways */
	public function test_40_debits_of_10_from_100_pass_10_times(
		string $way,
		int $all,
		int $few
	): void {
		for ( $round = Figures::of( $all, $few ); $round > 0; $round-- ) {
			$user   = $this->customer( '100' );
			$key    = self::server( $user );
			$use    = array( 'mode' => 'strict', 'amount' => '10' );
			$bodies = array_map( static fn(): array => self::body( $use ), range( 1, 40 ) );
			$booked = 0;
			foreach ( array_chunk( $bodies, self::AT_ONCE ) as $at_once ) {
				foreach ( self::send( "use$way", $key, $at_once ) as $answer ) {
					self::assertSame( 200, $answer->status, $answer->body );
					$booked += (int) $answer->json()['booked'];
				}
			}
			self::assertSame( array( 10, '0' ), array( $booked, self::available( $user ) ) );
			$this->assert_sound( $user );
		}
	}

	/** @dataProvider ways */
	public function test_the_same_key_from_8_senders_has_one_effect(
		string $way,
		int $all,
		int $few
	): void {
		$user = $this->customer( '1000' );
		$key  = self::server( $user );
		for ( $round = Figures::of( $all, $few * 4 ); $round > 0; $round-- ) {
			$body    = self::body( array( 'mode' => 'strict', 'amount' => '1' ) );
			$before  = self::rows();
			$answers = self::send( "use$way", $key, array_fill( 0, self::AT_ONCE, $body ) );
			$entries = array();
			$fresh   = 0;
			foreach ( $answers as $answer ) {
				self::assertSame( 200, $answer->status, $answer->body );
				$entries[] = $answer->json()['entries'];
				$fresh    += (int) ! $answer->json()['replayed'];
			}
			self::assertSame( 1, $fresh );
			self::assertSame( array_fill( 0, self::AT_ONCE, $entries[0] ), $entries );
			$once  = self::rows();
			$other = self::send( "use$way", $key, array( array( 'amount' => '2' ) + $body ) )[0];
			self::assertRefused( 409, 'request_id_conflict', $other );
			self::assertGreaterThan( $before, $once );
			self::assertSame( $once, self::rows() );
		}
		$this->assert_sound( $user );
	}

	/**
	 * @param array<string, string>            $key    The sender's header.
	 * @param array<int, array<string, mixed>> $bodies What is sent at once.
	 * @return array<int, \Nivella\Credits\Tests\Support\Answer>
	 */
	private static function send( string $route, array $key, array $bodies ): array {
		$asked = static fn( array $body ): array => array( 'POST', self::V1 . $route, $key, $body );
		return Http::at_once( array_map( $asked, $bodies ) );
	}

	private function assert_sound( int $user ): void {
		global $wpdb;
		self::assertNull( Checked::fault( new Db( $wpdb ), self::account( $user ) ) );
	}
}
