<?php
/**
 * How long the credits last, in the balance that is answered.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Rest\Access;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\DaySums;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Tests\Support\Login;
use Nivella\Credits\Tests\Support\RestTestCase;

final class RunwayTest extends RestTestCase {
	public function test_a_balance_says_how_long_it_lasts_on_every_way(): void {
		$user   = $this->customer( '300' );
		$server = self::server( $user );
		self::assertNull( self::ask( 'GET', 'balance', $server )->json()['runway'], 'nobody knows yet' );
		$this->use_for_days( $user, 12 );
		$lane = self::ask( 'GET', 'balance', $server );
		$full = self::ask( 'GET', 'balance', Login::headers( $user ) );
		$told = $lane->json()['runway'];
		self::assertSame( $told, $full->json()['runway'] );
		self::assertSame( $told, nivella_credits_balance( $user )['runway'] );
		// 180 are left, at 10 a day.
		$days = ( Instant::parse( $told['around'] ) - time() * 1000 ) / Instant::DAY_MS;
		self::assertEqualsWithDelta( 18, $days, 1.5 );
		self::assertLessThan( $told['around'], $told['from'] );
		self::assertGreaterThan( $told['around'], $told['to'] );
		$again = self::ask( 'GET', 'balance', $server );
		self::assertSame( $lane->headers['etag'], $again->headers['etag'] );
	}

	public function test_a_customers_own_page_is_told_after_each_use(): void {
		update_option( Access::CUSTOMERS_METER, 'yes' );
		$user = $this->customer( '300' );
		$this->use_for_days( $user, 12 );
		$use    = self::body( array( 'mode' => 'strict', 'amount' => '1' ) );
		$answer = self::ask( 'POST', 'use', Login::headers( $user ), $use )->json();
		self::assertArrayHasKey( 'around', $answer['balance']['runway'] );
	}

	public function test_many_rollups_are_added_up_once_a_day(): void {
		global $wpdb;
		$account = self::account( $this->customer() );
		$today   = intdiv( time(), 86400 );
		$rows    = array();
		for ( $n = 0; $n < 1100; $n++ ) {
			$day    = $today - 1 - $n % 11;
			$rows[] = "($account,$day,'site $n','','','','message',1,0,2000000,0,1,0,0)";
		}
		$table = $wpdb->prefix . 'nivella_credits_rollups';
		$wpdb->query( "INSERT INTO `$table` VALUES " . implode( ',', $rows ) );
		$sums = new DaySums( new Db( $wpdb ) );
		$all  = array_fill( $today - 11, 11, 200000000 );
		self::assertSame( $all, $sums->of( $account, $today ) );
		$wpdb->query( "UPDATE `$table` SET credits = credits * 2" );
		self::assertSame( $all, $sums->of( $account, $today ), 'kept for the day' );
		$next = array_fill( $today - 11, 11, 400000000 );
		self::assertSame( $next, $sums->of( $account, $today + 1 ), 'and anew on the next' );
	}

	/** Uses 10 credits on each of the last days. */
	private function use_for_days( int $user, int $days ): void {
		for ( $day = 1; $day <= $days; $day++ ) {
			$at  = Instant::text( ( time() - $day * 86400 ) * 1000 );
			$use = array( 'op' => 'use', 'mode' => 'strict', 'amount' => '10', 'occurred_at' => $at );
			Books::open()->write( self::account( $user ), self::body( $use ) );
		}
	}
}
