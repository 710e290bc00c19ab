<?php
/**
 * Levels: by shares and by amounts, and what is told when one is crossed.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Ledger;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Engine;
use Nivella\Credits\Ledger\Event;
use Nivella\Credits\Ledger\Fields;
use Nivella\Credits\Ledger\Level;
use Nivella\Credits\Ledger\MemoryStore;
use Nivella\Credits\Ledger\Settings;
use Nivella\Credits\Ledger\Thresholds;
use PHPUnit\Framework\TestCase;

final class LevelsTest extends TestCase {
	private const NOW = 1795000000000;

	/** @param array<string, mixed> $row Of the vectors. */
	private static function level( array $row, string $available ): string {
		$base = null === $row['base'] ? 0 : Amount::parse_signed( $row['base'] );
		return Thresholds::from_wire( Fields::of( $row ) )
			->level( Amount::parse_signed( $available ), $base );
	}

	public function test_levels_are_as_the_vectors_say(): void {
		foreach ( Vectors::of( 'levels' )['levels'] as $row ) {
			self::assertSame( $row['level'], self::level( $row, $row['available'] ), $row['name'] );
		}
		foreach ( Vectors::of( 'levels' )['refused'] as $row ) {
			$refused = Refused::by( static fn() => Thresholds::from_wire( Fields::of( $row ) ) );
			$found   = array( $refused?->error, $refused?->field );
			self::assertSame( array( $row['error'], $row['field'] ), $found, $row['name'] );
		}
	}

	public function test_a_crossing_is_said_once(): void {
		foreach ( Vectors::of( 'levels' )['crossings'] as $row ) {
			$before = null;
			$said   = array();
			foreach ( $row['available'] as $available ) {
				$now    = self::level( $row, $available );
				$said[] = null === $before ? null : Level::crossing( $before, $now );
				$before = $now;
			}
			self::assertSame( $row['said'], $said, $row['name'] );
		}
	}

	public function test_thresholds_are_stored_as_a_text_and_read_again(): void {
		$choices = array(
			'{"low":{"share":255},"critical":{"share":50}}',
			'{"low":{"amount":"500"},"critical":{"share":3}}',
			'{"low":{"share":200},"critical":{"amount":"0.5"}}',
		);
		foreach ( $choices as $text ) {
			self::assertSame( $text, Thresholds::from_text( $text )->text() );
		}
		self::assertSame( '{"low":{"share":200},"critical":{"share":50}}', Thresholds::usual()->text() );
	}

	/** @param array<string, mixed> $command A command without its request id. */
	private static function send( MemoryStore $store, array $command, int $at = self::NOW ): array {
		$id = 'request-' . ( $store->account->seq + 1 );
		return ( new Engine( $store, Settings::from_wire( self::PLANS ) ) )
			->apply( $command + array( 'request_id' => $id ), $at );
	}

	private const PLANS = array(
		'plans' => array(
			array( 'key' => 'free', 'name' => 'Free', 'level' => 0, 'allowance' => '0' ),
			array( 'key' => 'all', 'name' => 'All', 'level' => 9, 'allowance' => '0', 'unlimited' => true ),
		),
	);

	/** @return Event[] the levels that were told so far */
	private static function levels( MemoryStore $store ): array {
		$level = static fn( Event $event ): bool => 'granted' !== $event->kind;
		return array_values( array_filter( $store->events, $level ) );
	}

	/** @return string[] what they were */
	private static function told( MemoryStore $store ): array {
		return array_map( static fn( Event $event ): string => $event->kind, self::levels( $store ) );
	}

	/**
	 * Settings with chosen thresholds.
	 *
	 * @param array<string, string|int> $low      Where `low` begins.
	 * @param array<string, string|int> $critical Where `critical` begins.
	 */
	private static function settings( array $low, array $critical ): Settings {
		$thresholds = array( 'low' => $low, 'critical' => $critical );
		return Settings::from_wire( array( 'thresholds' => $thresholds ) + self::PLANS );
	}

	private static function thousand( ?string $expires_at = null ): MemoryStore {
		$store = Vectors::account( self::PLANS );
		$grant = array( 'op' => 'grant', 'kind' => 'purchase', 'amount' => '1000' );
		self::send( $store, $grant + array( 'expires_at' => $expires_at ) );
		// Days of use would be the base; the customer's own amounts stay what they are.
		$low    = array( 'amount' => '200' );
		$chosen = self::settings( $low, array( 'amount' => '50' ) );
		( new Engine( $store, Settings::from_wire( self::PLANS ) ) )->configure( $chosen, self::NOW );
		return $store;
	}

	public function test_each_crossing_goes_to_the_outbox_once_with_its_write(): void {
		$store = self::thousand();
		$use   = static fn( string $amount ): array =>
			array( 'op' => 'use', 'mode' => 'record', 'amount' => $amount );
		$steps = array(
			array( $use( '700' ), array() ),
			array( $use( '150' ), array( 'low' ) ),
			array( $use( '1' ), array() ),
			array( $use( '100' ), array( 'critical' ) ),
			array( $use( '49' ), array( 'depleted' ) ),
			array( $use( '5' ), array() ),
			array( array( 'op' => 'grant', 'kind' => 'refund', 'amount' => '5' ), array() ),
			array( array( 'op' => 'grant', 'kind' => 'refund', 'amount' => '900' ), array( 'recovered' ) ),
			array( $use( '900' ), array( 'depleted' ) ),
		);
		$all   = array();
		foreach ( $steps as $n => list( $command, $told ) ) {
			$answer = self::send( $store, $command );
			$all    = array( ...$all, ...$told );
			self::assertSame( $all, self::told( $store ), "step $n" );
			$last = array_reverse( self::levels( $store ) )[0] ?? null;
			if ( array() !== $told ) {
				self::assertSame( $store->account->seq, $last->seq );
				self::assertSame( $answer['balance'], $last->payload );
			}
		}
	}

	public function test_a_hold_crosses_nothing_before_it_is_settled(): void {
		$store = self::thousand();
		$hold  = array( 'op' => 'hold', 'amount' => '900', 'duration_ms' => 1000 );
		self::send( $store, $hold );
		self::assertSame( 'low', self::send( $store, array( 'op' => 'touch' ) )['balance']['level'] );
		self::send( $store, array( 'op' => 'release', 'hold' => '1' ) );
		self::assertSame( array(), self::told( $store ) );
		self::send( $store, $hold );
		$settle = array( 'op' => 'settle', 'hold' => '2', 'mode' => 'strict', 'amount' => '900' );
		self::send( $store, $settle );
		self::assertSame( array( 'low' ), self::told( $store ) );
	}

	public function test_what_time_has_done_is_told_at_the_next_touch_once(): void {
		$store = self::thousand( '2027-01-01T00:00:00Z' );
		$later = self::NOW + 400 * 86400000;
		$seq   = $store->account->seq;
		( new Engine( $store, Settings::from_wire( self::PLANS ) ) )->balance( $later );
		self::assertSame( array(), self::told( $store ), 'a read tells nothing' );
		self::send( $store, array( 'op' => 'touch' ), $later );
		self::send( $store, array( 'op' => 'touch' ), $later );
		self::assertSame( array( 'depleted' ), self::told( $store ) );
		self::assertSame( $seq + 1, $store->account->seq );
	}

	public function test_the_first_grant_of_an_account_is_no_recovery(): void {
		$store = Vectors::account( self::PLANS );
		self::send( $store, array( 'op' => 'touch' ) );
		self::send( $store, array( 'op' => 'subscribe', 'plan' => 'free', 'open_ended' => true ) );
		self::send( $store, array( 'op' => 'grant', 'kind' => 'purchase', 'amount' => '10' ) );
		self::assertSame( array(), self::told( $store ) );
	}

	public function test_under_an_unlimited_plan_nothing_runs_out(): void {
		$store = self::thousand();
		self::send( $store, array( 'op' => 'subscribe', 'plan' => 'all', 'months' => 1 ) );
		$take = array( 'op' => 'adjust', 'direction' => 'take', 'amount' => '1000', 'reason' => 'x' );
		self::send( $store, $take );
		self::assertSame( array(), self::told( $store ) );
		self::send( $store, array( 'op' => 'touch' ), self::NOW + 40 * 86400000 );
		self::assertSame( array( 'depleted' ), self::told( $store ), 'the plan is over' );
	}

	public function test_chosen_thresholds_count_from_then_on_and_write_no_entry(): void {
		$store   = self::thousand();
		$version = $store->account->version;
		$seq     = $store->account->seq;
		$chosen  = self::settings( array( 'share' => 1000 ), array( 'share' => 0 ) );
		( new Engine( $store, $chosen ) )->configure( $chosen, self::NOW );
		self::assertSame( array( 'low' ), self::told( $store ) );
		self::assertSame( $version + 1, $store->account->version );
		self::assertSame( $seq, $store->account->seq );
	}
}
