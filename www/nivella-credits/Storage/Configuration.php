<?php
/**
 * Plans, rates and policies of the store.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Fields;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Json;
use Nivella\Credits\Ledger\RateCard;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Ledger\Settings;
use Nivella\Credits\Ledger\Thresholds;
use Nivella\Credits\Ledger\Zone;

defined( 'ABSPATH' ) || exit;

/**
 * The settings under which all accounts of the store are booked, checked when they are saved.
 *
 * A rate card is a version of the prices: once it counts it never changes, and a new one can only
 * count from now on. Prices of the past are what receipts and late reports are rated by.
 */
final class Configuration {
	/** Option: `1` where a reversal that finds nothing left to take forgives the rest. */
	public const FORGIVE = 'nivella_credits_forgive_shortfall';
	/** Option: the thresholds of new accounts, as JSON. */
	public const THRESHOLDS = 'nivella_credits_thresholds';
	/** Option: names of agents, features, models and sites, and sites' companies, by keys, as JSON. */
	public const LABELS = 'nivella_credits_labels';

	/** Work is reported up to 35 days late, and rated by the card of its time. */
	private const LATE_MS = 36 * Instant::DAY_MS;
	/** Group of WordPress's cache, for one request. */
	private const CACHE = 'nivella_credits';
	/** A process that lives long looks again after so many seconds. */
	private const FRESH_S = 5;

	private const CARDS = 'SELECT version, card FROM {rate_cards} WHERE effective_at >= COALESCE(
		( SELECT MAX( c.effective_at ) FROM {rate_cards} c WHERE c.effective_at <= ? ), 0 )
		ORDER BY version';

	/** How often this process has changed settings: what anyone has read before is outdated. */
	private static int $changes = 0;

	/**
	 * The settings that were read, when, ahead of which change, and of which site: a network may
	 * switch within a request.
	 *
	 * @var ?array{Settings, int, int, string}
	 */
	private ?array $read = null;

	/**
	 * The store's settings.
	 *
	 * @param Db        $db    The database.
	 * @param ?\Closure $clock For tests: makes another time of the server's, as Books has it.
	 */
	public function __construct(
		private readonly Db $db,
		private readonly ?\Closure $clock = null
	) {}

	/** The current site's. */
	public static function open(): self {
		global $wpdb;
		return new self( new Db( $wpdb ) );
	}

	/**
	 * Everything by which something is booked now.
	 *
	 * @throws Refusal `storage_unavailable` and the like.
	 */
	public function settings(): Settings {
		$fresh = $this->read_of_late();
		if ( null === $fresh ) {
			$now        = time() * 1000;
			$now        = null === $this->clock ? $now : ( $this->clock )( $now );
			$fresh      = $this->since( $now - self::LATE_MS );
			$this->read = array( $fresh, hrtime( true ), self::$changes, $this->db->table( '' ) );
		}
		return $fresh;
	}

	/**
	 * Enough for a balance: nothing is rated for it, and plans are only asked for where the account
	 * has one.
	 */
	public function for_balance(): Settings {
		return $this->read_of_late() ?? Settings::stored( self::chosen(), $this->plan_values( ... ) );
	}

	/** The settings where they were read a moment ago, for the same site. */
	private function read_of_late(): ?Settings {
		list( $settings, $at, $change, $site ) = $this->read ?? array( null, 0, 0, '' );

		$fresh = hrtime( true ) - $at <= self::FRESH_S * 1000000000 && self::$changes === $change;
		return $fresh && $site === $this->db->table( '' ) ? $settings : null;
	}

	/**
	 * The same with every rate card that there ever was.
	 */
	public function history(): Settings {
		return $this->since( PHP_INT_MIN );
	}

	/**
	 * A rate card by its version; null for an unknown one.
	 *
	 * @param int $version Its version.
	 */
	public function card( int $version ): ?RateCard {
		$row = $this->db->row( 'SELECT card FROM {rate_cards} WHERE version = ?', $version );
		return null === $row ? null : RateCard::from_wire( self::value( $row['card'] ) );
	}

	/**
	 * Replaces the plans.
	 *
	 * @param array<int, array<string, mixed>> $plans All of them, as src/wire/ledger_settings.rs;
	 *                                                where wanted with `prices`, see PlanPrices.
	 * @throws Refusal `plan_invalid`, also where a plan that somebody has would be missing.
	 */
	public function save_plans( array $plans ): void {
		Settings::from_wire( array( 'plans' => $plans ) );
		array_map( PlanPrices::check( ... ), array_filter( array_column( $plans, 'prices' ) ) );
		$keys = array_column( $plans, 'key' );
		$rows = array();
		foreach ( array_values( $plans ) as $place => $plan ) {
			$rows[] = array( $plan['key'], $place, Json::text( $plan ) );
		}
		$this->db->transaction(
			function () use ( $keys, $rows ): void {
				$used = $this->db->rows(
					'SELECT DISTINCT s.plan FROM {subscriptions} s JOIN {accounts} a
					ON a.id = s.account AND a.subscriptions = s.number'
				);
				if ( array() !== array_diff( array_column( $used, 'plan' ), $keys ) ) {
					$message = 'a plan that somebody has cannot be removed';
					throw new Refusal( 'plan_invalid', $message, 'plans' );
				}
				$this->db->run( 'DELETE FROM {plans}' );
				if ( array() !== $rows ) {
					$this->db->run( 'INSERT INTO {plans} ( plan_key, place, plan ) VALUES ?', $rows );
				}
			}
		);
		++self::$changes;
		wp_cache_delete( 'plans', self::CACHE );
	}

	/**
	 * The current site's plans as pages name them, kept for the rest of the request.
	 *
	 * @return array<string, array<string, mixed>> By key.
	 */
	public static function plans(): array {
		wp_cache_add_non_persistent_groups( self::CACHE );
		$kept = wp_cache_get( 'plans', self::CACHE );
		if ( ! is_array( $kept ) ) {
			$kept = array_column( self::open()->settings()->to_wire()['plans'], null, 'key' );
			wp_cache_set( 'plans', $kept, self::CACHE );
		}
		return $kept;
	}

	/**
	 * What a cycle of each plan costs, where it was saved with the plan.
	 *
	 * @return array<string, ?array<string, string|int>> By the plan's key.
	 */
	public function plan_prices(): array {
		$prices = array();
		foreach ( $this->db->rows( 'SELECT plan_key, plan FROM {plans}' ) as $row ) {
			$prices[ $row['plan_key'] ] = self::value( $row['plan'] )['prices'] ?? null;
		}
		return $prices;
	}

	/**
	 * Adds a rate card, or replaces one that does not count yet.
	 *
	 * @param array<string, mixed> $card The card; without `version` the next one, without
	 *                                   `effective_at` from now on.
	 * @return array<string, mixed> The card as it is kept.
	 * @throws Refusal `rate_card_invalid`, also for one that would count in the past.
	 */
	public function save_rate_card( array $card ): array {
		$kept = $this->db->transaction(
			function ( int $now ) use ( $card ): array {
				$rows  = $this->db->rows( 'SELECT version, effective_at, card FROM {rate_cards} FOR UPDATE' );
				$last  = array_map( 'intval', array_column( $rows, 'version' ) );
				$card += array(
					'version'      => max( array( 0, ...$last ) ) + 1,
					'effective_at' => Instant::text( $now ),
				);
				$cards = array();
				foreach ( $rows as $row ) {
					if ( (int) $row['version'] === $card['version'] ) {
						self::refuse_past( (int) $row['effective_at'], $now );
						continue;
					}
					$cards[] = self::value( $row['card'] );
				}
				$read = RateCard::from_wire( $card );
				if ( array() !== $cards ) {
					self::refuse_past( $read->effective_at, $now );
				}
				Settings::from_wire( array( 'rate_cards' => array( ...$cards, $card ) ) );
				$this->db->run(
					'REPLACE INTO {rate_cards} ( version, effective_at, card ) VALUES ?',
					array( array( $read->version, $read->effective_at, Json::text( $read->to_wire() ) ) ),
				);
				return $read->to_wire();
			}
		);

		++self::$changes;
		return $kept;
	}

	/**
	 * The zone of a new account: the site's own.
	 */
	public static function zone(): Zone {
		return Zone::from_text( wp_timezone()->getName() );
	}

	/**
	 * Names of agents, features, models and sites by their keys.
	 *
	 * @return array<string, object>
	 */
	public static function labels(): array {
		$kept   = self::option( self::LABELS );
		$labels = array();
		foreach ( array( 'agent', 'feature', 'model', 'site' ) as $kind ) {
			$labels[ $kind ] = (object) ( $kept[ $kind ] ?? array() );
		}
		return $labels;
	}

	/**
	 * Names of the companies that sites belong to, by the sites' keys: `company` of the labels.
	 *
	 * @return array<string, string>
	 */
	public static function companies(): array {
		$kept = self::option( self::LABELS )['company'] ?? array();
		return is_array( $kept ) ? array_filter( $kept, 'is_string' ) : array();
	}

	/**
	 * The thresholds of a new account.
	 */
	public static function thresholds(): Thresholds {
		$kept = self::option( self::THRESHOLDS );
		return isset( $kept['low'] ) ? Thresholds::from_wire( Fields::of( $kept ) ) : Thresholds::usual();
	}

	/**
	 * The settings, with rate cards from some time on.
	 *
	 * @param int $since The card that counted then, and later ones.
	 * @throws Refusal Where the database refuses.
	 */
	private function since( int $since ): Settings {
		try {
			$plans = $this->plan_values();
			$cards = $this->db->rows( self::CARDS, $since );
		} catch ( Failure $failure ) {
			throw $failure->refusal();
		}
		$cards = array_map( self::value( ... ), array_column( $cards, 'card' ) );
		$kept  = array( 'plans' => $plans, 'rate_cards' => $cards );
		return Settings::stored( self::chosen() + $kept );
	}

	/**
	 * All plans in their order.
	 *
	 * @return array<int, array<string, mixed>>
	 * @throws Failure Where the database refuses.
	 */
	private function plan_values(): array {
		$rows = $this->db->rows( 'SELECT plan FROM {plans} ORDER BY place' );
		return array_map( self::value( ... ), array_column( $rows, 'plan' ) );
	}

	/**
	 * What is kept among WordPress's options.
	 *
	 * @return array<string, mixed>
	 */
	private static function chosen(): array {
		return array(
			'zone'              => self::zone()->text(),
			'forgive_shortfall' => '1' === (string) get_option( self::FORGIVE, '' ),
			'thresholds'        => self::thresholds()->to_wire(),
		);
	}

	/**
	 * Refuses an instant of the past.
	 *
	 * @param int $at  The instant.
	 * @param int $now Now.
	 */
	private static function refuse_past( int $at, int $now ): void {
		if ( $at < $now ) {
			$message = 'a rate card counts from now on at the earliest, and then never changes';
			throw new Refusal( 'rate_card_invalid', $message, 'effective_at' );
		}
	}

	/**
	 * An option that is kept as JSON.
	 *
	 * @param string $name Its name.
	 * @return array<string, mixed>
	 */
	private static function option( string $name ): array {
		return (array) json_decode( (string) get_option( $name, '' ), true );
	}

	/**
	 * A stored value.
	 *
	 * @param ?string $json Its text.
	 */
	private static function value( ?string $json ): mixed {
		return json_decode( (string) $json, true );
	}
}
