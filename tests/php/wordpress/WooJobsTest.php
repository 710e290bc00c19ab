<?php
/**
 * Jobs that come again and again: who has them planned, and how often that is looked after. And
 * those that come once more because something failed.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Plugin\Activation;
use Nivella\Credits\Storage\Outbox;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\DailyCheck;
use Nivella\Credits\Woo\Jobs;
use Nivella\Credits\Woo\JobsCheck;
use Nivella\Credits\Woo\Retry;
use Nivella\Credits\Woo\Sync;

final class WooJobsTest extends WooTestCase {
	private const JOBS = array( DailyCheck::JOB, Outbox::JOB );

	protected function setUp(): void {
		parent::setUp();
		require_once ABSPATH . 'wp-admin/includes/class-wp-screen.php';
		require_once ABSPATH . 'wp-admin/includes/screen.php';
		self::lose();
		Jobs::look_again();
	}

	protected function tearDown(): void {
		unset( $GLOBALS['current_screen'] );
		parent::tearDown();
	}

	public function test_an_owner_has_lost_jobs_planned_and_a_visitor_does_not_wait_for_it(): void {
		Jobs::plan();
		self::assertSame( array( false, false ), self::planned() );
		set_current_screen( 'dashboard' );
		Jobs::plan();
		self::assertSame( array( true, true ), self::planned() );
	}

	public function test_it_is_looked_after_once_an_hour(): void {
		set_current_screen( 'dashboard' );
		Jobs::plan();
		self::lose();
		$before = $GLOBALS['wpdb']->num_queries;
		Jobs::plan();
		self::assertSame( $before, $GLOBALS['wpdb']->num_queries );
		self::assertSame( array( false, false ), self::planned() );
		foreach ( array( -HOUR_IN_SECONDS, DAY_IN_SECONDS ) as $away ) {
			update_option( 'nivella_credits_jobs_looked_at', time() + $away );
			self::lose();
			Jobs::plan();
			self::assertSame( array( true, true ), self::planned(), "last looked at $away" );
		}
	}

	public function test_switched_off_no_job_comes_again_and_switched_on_they_do(): void {
		set_current_screen( 'dashboard' );
		Jobs::plan();
		as_enqueue_async_action( Sync::JOB, array( 1, 0 ), Sync::GROUP );
		do_action( 'deactivate_nivella-credits/nivella-credits.php', false );
		self::assertSame( array( false, false ), self::planned() );
		self::assertTrue( as_has_scheduled_action( Sync::JOB ), 'what is done once waits' );
		Activation::activate();
		Jobs::plan();
		self::assertSame( array( true, true ), self::planned() );
	}

	public function test_where_health_finds_none_the_next_page_has_them_planned(): void {
		set_current_screen( 'dashboard' );
		Jobs::plan();
		self::lose();
		self::assertStringContainsString( 'It is when an admin page is opened', JobsCheck::look()->text );
		Jobs::plan();
		self::assertSame( array( true, true ), self::planned() );
	}

	/** @return array<string, array{callable, int[]}> How it is tried again, after which minutes. */
	public static function retries(): array {
		return array(
			'a booking' => array( Retry::booking( ... ), array( 1, 4, 16, 64, 256, 1024, 4096, 16384 ) ),
			'a mail'    => array( Retry::mail( ... ), array( 5, 20, 80, 320, 1280 ) ),
		);
	}

	/**
	 * @dataProvider retries
	 *
	 * @param int[] $minutes
	 */
	public function test_what_failed_is_tried_again_later_and_later_and_not_for_ever(
		callable $again,
		array $minutes
	): void {
		$job  = 'nivella_credits_tried';
		$when = static fn( int $tries ): mixed =>
			as_next_scheduled_action( $job, array( 'about', $tries ), Sync::GROUP );
		foreach ( $minutes as $tries => $after ) {
			$again( $job, array( 'about' ), $tries );
			$at = $when( $tries + 1 );
			self::assertIsInt( $at, "try $tries" );
			self::assertEqualsWithDelta( time() + $after * MINUTE_IN_SECONDS, $at, 5, "try $tries" );
		}
		$last = count( $minutes );
		$again( $job, array( 'about' ), $last );
		self::assertFalse( $when( $last + 1 ), 'no more' );
	}

	private static function lose(): void {
		array_map( 'as_unschedule_all_actions', self::JOBS );
	}

	/** @return bool[] */
	private static function planned(): array {
		return array_map( static fn( string $job ) => as_has_scheduled_action( $job ), self::JOBS );
	}
}
