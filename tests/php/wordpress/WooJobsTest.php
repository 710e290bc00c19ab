<?php
/**
 * Jobs that come again and again: who has them planned, and how often that is looked after.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Plugin\Activation;
use Nivella\Credits\Storage\Outbox;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\DailyCheck;
use Nivella\Credits\Woo\Jobs;
use Nivella\Credits\Woo\JobsCheck;
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

	private static function lose(): void {
		array_map( 'as_unschedule_all_actions', self::JOBS );
	}

	/** @return bool[] */
	private static function planned(): array {
		return array_map( static fn( string $job ) => as_has_scheduled_action( $job ), self::JOBS );
	}
}
