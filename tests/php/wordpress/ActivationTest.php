<?php
/**
 * The plugin's beginning and end, and that the tests' own means work.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Automattic\WooCommerce\Utilities\FeaturesUtil;
use Nivella\Credits\Plugin\Activation;
use Nivella\Credits\Plugin\Requirements;
use Nivella\Credits\Tests\Support\Http;
use Nivella\Credits\Tests\Support\Processes;
use Nivella\Credits\Tests\Support\WordPressTestCase;
use Nivella\Credits\Woo\Requirement;

final class ActivationTest extends WordPressTestCase {
	private const PLUGIN = 'nivella-credits/nivella-credits.php';

	public function test_it_is_active_and_pages_are_served_with_it(): void {
		self::assertTrue( is_plugin_active( self::PLUGIN ) );
		self::assertSame( 10, has_action( 'plugins_loaded', array( Requirement::class, 'check' ) ) );
		$answer = Http::request( 'GET', '/wp-json/' );
		self::assertSame( 200, $answer->status, $answer->body );
		self::assertSame( 'Nivella Store', $answer->json()['name'] );
	}

	/**
	 * @dataProvider versions
	 */
	public function test_below_its_requirements_it_refuses( string $missing, mixed ...$have ): void {
		self::assertSame( $missing, Requirements::missing( ...$have ) );
	}

	/** @return array<string, array{string, string, int, string}> */
	public static function versions(): array {
		return array(
			'the oldest that will do'   => array( '', '8.1.0', 8, '6.7' ),
			'newer'                     => array( '', '8.4.1', 8, '7.1.4' ),
			'a release candidate'       => array( '', '8.2.0', 8, '6.7-RC2' ),
			'an older PHP'              => array( 'php', '8.0.30', 8, '6.9' ),
			'32 bits'                   => array( '64bit', '8.2.0', 4, '6.9' ),
			'an older WordPress'        => array( 'wordpress', '8.2.0', 8, '6.6.2' ),
			'a much older WordPress'    => array( 'wordpress', '8.2.0', 8, '5.9' ),
			'PHP is said first'         => array( 'php', '7.4.0', 4, '5.9' ),
			'two digits are a number'   => array( '', '8.10.0', 8, '6.10' ),
		);
	}

	public function test_below_its_requirements_the_owner_reads_why(): void {
		remove_all_actions( 'admin_notices' );
		self::assertFalse( Requirements::refuse( '6.7' ) );
		self::assertTrue( Requirements::refuse( '6.6' ) );
		ob_start();
		do_action( 'admin_notices' );
		$said = (string) ob_get_clean();
		self::assertStringContainsString( 'needs WordPress 6.7 or later', $said );
	}

	/**
	 * @dataProvider stores
	 */
	public function test_an_older_store_is_not_enough( bool $enough, ?string $version ): void {
		self::assertSame( $enough, Requirement::met( $version ) );
	}

	/** @return array<string, array{bool, ?string}> */
	public static function stores(): array {
		return array(
			'none'       => array( false, null ),
			'older'      => array( false, '9.8.5' ),
			'the oldest' => array( true, '9.9.0' ),
			'beta of it' => array( true, '9.9.0-beta.1' ),
			'newer'      => array( true, '10.2.1' ),
		);
	}

	public function test_the_store_is_told_what_it_is_compatible_with(): void {
		$told = FeaturesUtil::get_compatible_features_for_plugin( self::PLUGIN );
		self::assertContains( 'custom_order_tables', $told['compatible'] );
		self::assertContains( 'cart_checkout_blocks', $told['compatible'] );
		self::assertSame( array(), $told['incompatible'] );
	}

	/**
	 * On SQLite the same instant is kept in another form.
	 *
	 * @group mariadb
	 */
	public function test_the_first_activation_is_remembered(): void {
		$first = get_option( Activation::FIRST_ACTIVE_AT );
		self::assertMatchesRegularExpression( '/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/', $first );
		update_option( Activation::FIRST_ACTIVE_AT, '2020-01-02T03:04:05Z', false );
		Activation::activate();
		self::assertSame( '2020-01-02T03:04:05Z', get_option( Activation::FIRST_ACTIVE_AT ) );
	}

	public function test_an_update_brings_what_is_new_and_leaves_what_the_owner_chose(): void {
		require_once ABSPATH . 'wp-admin/includes/class-wp-screen.php';
		require_once ABSPATH . 'wp-admin/includes/screen.php';
		$first = get_option( Activation::FIRST_ACTIVE_AT );
		update_option( 'nivella_credits_version', '0.0.9', true );
		update_option( 'nivella_credits_fast_lane', 'no' );
		delete_option( 'nivella_credits_visitors' );
		delete_option( 'nivella_credits_capabilities' );
		get_role( 'administrator' )->remove_cap( 'nivella_credits_manage' );
		get_role( 'administrator' )->remove_cap( 'nivella_credits_serve' );
		Activation::update();
		self::assertFalse( get_option( 'nivella_credits_visitors' ), 'no visitor waits for it' );
		set_current_screen( 'dashboard' );
		Activation::update();
		unset( $GLOBALS['current_screen'] );
		self::assertSame( 'off', get_option( 'nivella_credits_visitors' ) );
		self::assertSame( 'no', get_option( 'nivella_credits_fast_lane' ) );
		self::assertSame( $first, get_option( Activation::FIRST_ACTIVE_AT ) );
		$role = get_role( 'administrator' );
		self::assertTrue( $role->has_cap( 'nivella_credits_manage' ) );
		self::assertFalse( $role->has_cap( 'nivella_credits_serve' ), 'what was taken away stays so' );
		$role->add_cap( 'nivella_credits_serve' );
		self::assertSame( NIVELLA_CREDITS_VERSION, get_option( 'nivella_credits_version' ) );
	}

	/**
	 * @dataProvider choices
	 * @group mariadb
	 */
	public function test_deleting_the_plugin_keeps_the_ledger_unless_chosen(
		string $choice,
		bool $kept
	): void {
		$task   = __DIR__ . '/tasks/uninstall.php';
		$result = Processes::race( $task, array( $choice ) )[0];
		$own = preg_grep( '/^other_nivella_credits_/', $result['tables'] );
		self::assertSame( $kept, array() !== $own, implode( ', ', $own ) );
		foreach ( array( '', '_transient_', '_transient_timeout_' ) as $kind ) {
			$name = 'nivella_credits_' . ( '' === $kind ? 'version' : 'notice' );
			self::assertSame( $kept, in_array( $kind . $name, $result['options'], true ), $kind );
		}
		$mail = 'woocommerce_nivella_credits_low_settings';
		self::assertSame( $kept, in_array( $mail, $result['options'], true ) );
		foreach ( $result['meta'] as $table => $keys ) {
			$note = 'usermeta' === $table ? 'nivella_credits_mails_off' : '_nivella_credits_amount';
			self::assertSame( $kept, in_array( $note, $keys, true ), $table );
			self::assertSame( array(), array_diff( array( '_price', 'nickname' ), $keys ), $table );
		}
		self::assertSame( $kept, $result['may'] );
		// Nobody is there any more to do what was planned.
		$jobs = array( 'cron' => false, 'own' => false, 'of others' => true );
		self::assertSame( $jobs, $result['jobs'] );
		// What is not its own stays in any case.
		self::assertContains( 'other_nivellacredits_entries', $result['tables'] );
		self::assertContains( 'nivellacredits_version', $result['options'] );
	}

	/** @return array<string, array{string, bool}> */
	public static function choices(): array {
		return array(
			'nothing chosen'   => array( '', true ),
			'chosen to stay'   => array( '0', true ),
			'chosen to delete' => array( '1', false ),
		);
	}
}
