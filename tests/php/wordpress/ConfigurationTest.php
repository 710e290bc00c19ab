<?php
/**
 * Plans, rate cards and zones: checked when they are saved, and never changed in retrospect.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Tests\Support\WordPressTestCase;

final class ConfigurationTest extends WordPressTestCase {
	private const PLAN = array(
		'key'       => 'team',
		'name'      => 'Team',
		'level'     => 1,
		'allowance' => '500',
		'features'  => array(),
	);

	private Configuration $configuration;
	private int $account;

	protected function setUp(): void {
		parent::setUp();
		$this->configuration = new Configuration( new Db( $GLOBALS['wpdb'] ) );
		$this->account       = Books::open()->account_of_user( $this->user() );
	}

	/** @return array<string, mixed> */
	private static function card( string $credits, array $more = array() ): array {
		$rate = array( 'feature' => 'chat', 'unit' => 'message', 'credits' => $credits );
		return $more + array( 'quantum' => '0.01', 'rates' => array( $rate ) );
	}

	private static function cost(): string {
		$usage = array( 'feature' => 'chat', 'messages' => 1 );
		$user  = Books::open();
		return $user->quote( $user->account_of_user( 4242 ), $usage )['cost'];
	}

	public function test_a_card_counts_from_its_time_on(): void {
		$first = $this->configuration->save_rate_card( self::card( '1' ) );
		self::assertSame( 1, $first['version'] );
		self::assertSame( '1', self::cost() );
		$later = array( 'effective_at' => gmdate( 'Y-m-d\TH:i:s\Z', time() + 3600 ) );
		$second = $this->configuration->save_rate_card( self::card( '2', $later ) );
		self::assertSame( 2, $second['version'] );
		self::assertSame( '1', self::cost() );
		self::assertSame( 1, Books::open()->rate_card()['version'] );
		usleep( 2000 );
		$refused = fn() => $this->configuration->save_rate_card( self::card( '3' ) );
		self::assertSame( 'rate_card_invalid', self::refused( $refused ), 'ahead of the one to come' );
		// What does not count yet may be replaced.
		$again = self::card( '4', array( 'version' => 2 ) + $later );
		$this->configuration->save_rate_card( $again );
		self::assertCount( 2, Books::open()->settings_of( $this->account )['rate_cards'] );
	}

	public function test_a_card_that_counts_is_never_changed_and_the_past_has_no_new_one(): void {
		$this->configuration->save_rate_card( self::card( '1' ) );
		usleep( 2000 );
		$same = self::card( '2', array( 'version' => 1 ) );
		$same = fn() => $this->configuration->save_rate_card( $same );
		self::assertSame( 'rate_card_invalid', self::refused( $same ) );
		$past = array( 'effective_at' => gmdate( 'Y-m-d\TH:i:s\Z', time() - 60 ) );
		$late = fn() => $this->configuration->save_rate_card( self::card( '2', $past ) );
		self::assertSame( 'rate_card_invalid', self::refused( $late ) );
		self::assertSame( '1', self::cost() );
		$this->configuration->save_rate_card( self::card( '2' ) );
		self::assertSame( '2', self::cost() );
	}

	public function test_what_cannot_be_a_card_is_refused(): void {
		$none = array( 'quantum' => '1', 'rates' => array() );
		$none = fn() => $this->configuration->save_rate_card( $none );
		self::assertSame( 'rate_card_invalid', self::refused( $none ) );
		$sign = fn() => $this->configuration->save_rate_card( self::card( '-1' ) );
		self::assertNotSame( 'nothing was refused', self::refused( $sign ) );
	}

	public function test_a_plan_that_somebody_has_stays(): void {
		$this->configuration->save_plans( array( self::PLAN ) );
		$answer = Books::open()->write(
			$this->account,
			array( 'op' => 'subscribe', 'request_id' => 's', 'plan' => 'team' )
		);
		self::assertSame( '500', $answer['balance']['available'] );
		$without = fn() => $this->configuration->save_plans( array() );
		self::assertSame( 'plan_invalid', self::refused( $without ) );
		$richer = array( 'allowance' => '600' ) + self::PLAN;
		$this->configuration->save_plans( array( $richer, array( 'key' => 'solo' ) + self::PLAN ) );
		$plans = Books::open()->plans()['plans'];
		self::assertSame( array( 'team', 'solo' ), array_column( $plans, 'key' ) );
		self::assertSame( '600', $plans[0]['allowance'] );
	}

	/** @group mariadb */
	public function test_each_site_of_a_network_has_its_own_prices_within_one_request(): void {
		global $wpdb;
		$own = $wpdb->prefix;
		$this->configuration->save_rate_card( self::card( '1' ) );
		foreach ( array( 'plans', 'rate_cards' ) as $table ) {
			$wpdb->query( "CREATE TABLE wq_nivella_credits_$table LIKE {$own}nivella_credits_$table" );
		}
		$prices = fn(): array => array_column(
			$this->configuration->settings()->to_wire()['rate_cards'][0]['rates'] ?? array(),
			'credits'
		);
		try {
			self::assertSame( array( '1' ), $prices() );
			// As switch_to_blog() does.
			$wpdb->prefix = 'wq_';
			self::assertSame( array(), $prices() );
		} finally {
			$wpdb->prefix = $own;
			$wpdb->query( 'DROP TABLE wq_nivella_credits_plans, wq_nivella_credits_rate_cards' );
		}
		self::assertSame( array( '1' ), $prices() );
	}

	public function test_a_plan_says_what_it_costs_where_that_is_known(): void {
		$prices = array(
			'price'              => '900',
			'minor_unit'         => 2,
			'currency'           => 'USD',
			'prefix'             => '$',
			'suffix'             => '',
			'decimal_separator'  => '.',
			'thousand_separator' => ',',
		);
		$solo   = array( 'key' => 'solo', 'level' => 0 ) + self::PLAN;
		$this->configuration->save_plans( array( self::PLAN + array( 'prices' => $prices ), $solo ) );
		$plans = Books::open()->plans()['plans'];
		self::assertSame( $prices, $plans[0]['prices'] );
		self::assertArrayNotHasKey( 'prices', $plans[1] );
		$dear = array( 'price' => '2500' ) + $prices;
		$tell = static fn( ?array $told, string $plan ): mixed =>
			'solo' === $plan ? $dear : array( 'price' => 'a lot' );
		add_filter( 'nivella_credits_plan_prices', $tell, 10, 2 );
		$plans = Books::open()->plans()['plans'];
		self::assertSame( $dear, $plans[1]['prices'] );
		self::assertArrayNotHasKey( 'prices', $plans[0], 'what cannot be read is not told' );
		$wrong = array( self::PLAN + array( 'prices' => array( 'price' => -1 ) + $prices ) );
		$save  = fn() => $this->configuration->save_plans( $wrong );
		self::assertSame( 'plan_invalid', self::refused( $save ) );
	}

	/** A23: the zone of the site is changed. */
	public function test_a_new_account_has_the_zone_of_the_site_and_keeps_it(): void {
		update_option( 'timezone_string', 'Asia/Kathmandu' );
		$account = Books::open()->account_of_user( $this->user() );
		update_option( 'timezone_string', 'Europe/Berlin' );
		$offset = static function ( int $id ): int {
			$zone = Books::open()->rollups( $id )['zone'];
			return end( $zone['transitions'] )['offset_s'] ?? $zone['base_offset_s'];
		};
		self::assertSame( 20700, $offset( $account ) );
	}

	/** A23: the clock on the wall of the database, of PHP and of the site is another one each. */
	public function test_instants_are_the_same_whatever_zones_database_php_and_site_are_in(): void {
		global $wpdb;
		$account = Books::open()->account_of_user( $this->user() );
		$own     = date_default_timezone_get();
		$grant   = array( 'op' => 'grant', 'kind' => 'refund', 'amount' => '1' );
		$booked  = array();
		try {
			foreach ( array( '-11:00', '+13:45' ) as $zone ) {
				$wpdb->query( "SET time_zone = '$zone'" );
				// phpcs:ignore WordPress.DateTime.RestrictedFunctions -- another plugin does so.
				date_default_timezone_set( '-11:00' === $zone ? 'Pacific/Kiritimati' : 'Pacific/Niue' );
				update_option( 'timezone_string', 'Asia/Kathmandu' );
				$booked[] = Books::open()->write( $account, $grant + array( 'request_id' => $zone ) );
			}
		} finally {
			date_default_timezone_set( $own ); // phpcs:ignore WordPress.DateTime.RestrictedFunctions
			$wpdb->query( "SET time_zone = 'SYSTEM'" );
		}
		foreach ( $booked as $answer ) {
			$at = strtotime( $answer['entries'][0]['booked_at'] );
			self::assertEqualsWithDelta( time(), $at, 30 );
		}
	}

	private static function refused( callable $call ): string {
		try {
			$call();
		} catch ( Refusal $refusal ) {
			return $refusal->error;
		}
		return 'nothing was refused';
	}
}
