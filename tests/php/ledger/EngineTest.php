<?php
/**
 * What the engine asks of its store, and what it hands back to be written.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Ledger;

use Nivella\Credits\Ledger\Engine;
use Nivella\Credits\Ledger\MemoryStore;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Ledger\Settings;
use Nivella\Credits\Tests\Support\Cost;
use PHPUnit\Framework\TestCase;

final class EngineTest extends TestCase {
	private const NOW = 1795000000000;
	private const DAY = 86400000;

	private MemoryStore $store;
	private SpyStore $spy;

	protected function setUp(): void {
		$this->store = Vectors::account( array() );
		$item        = array( 'order_item' => 'item-1', 'bonus' => '10' );
		foreach ( range( 1, 5 ) as $n ) {
			$grant = array( 'op' => 'grant', 'kind' => 'purchase', 'amount' => '100' );
			$this->send( $grant + ( 1 === $n ? $item : array() ), "grant-$n" );
		}
		$this->send( array( 'op' => 'hold', 'amount' => '5', 'duration_ms' => self::DAY ), 'hold-1' );
	}

	/** @param array<string, mixed> $command A command without its request id. */
	private function send( array $command, string $id, int $now = self::NOW ): array {
		$this->spy = new SpyStore( $this->store );
		return ( new Engine( $this->spy, Settings::from_wire( array() ) ) )
			->apply( $command + array( 'request_id' => $id ), $now );
	}

	public function test_many_holds_that_lapse_meanwhile_cost_each_the_same(): void {
		$cost = array();
		foreach ( array( 'few' => array( 1, 100 ), 'many' => array( 101, 999 ) ) as $name => $range ) {
			foreach ( range( ...$range ) as $n ) {
				$hold = array( 'op' => 'hold', 'amount' => '0.01', 'duration_ms' => 1 + $n % 7 );
				$this->send( $hold, "many-$n" );
			}
			$cost[ $name ] = Cost::of(
				function (): void {
					$later = new Engine( $this->store, Settings::from_wire( array() ) );
					$held  = $later->balance( self::NOW + 1000 )['held'];
					self::assertSame( '5', $held, 'the first is still open' );
				}
			);
		}
		// Ten times as many: each against each would be a hundred times the work.
		self::assertLessThan( 40 * $cost['few'], $cost['many'] );
	}

	public function test_a_thousand_holds_are_open_at_once_and_no_more(): void {
		$hold = array( 'op' => 'hold', 'amount' => '0.01', 'duration_ms' => self::DAY );
		foreach ( range( 2, 999 ) as $n ) {
			$this->send( $hold, "open-$n" );
		}
		$this->send( array( 'duration_ms' => 5 ) + $hold, 'short' );
		$refused = function ( string $id, int $now = self::NOW ) use ( $hold ): string {
			try {
				return (string) $this->send( $hold, $id, $now )['booked'];
			} catch ( Refusal $refusal ) {
				return $refusal->error;
			}
		};
		self::assertSame( 'too_many_holds', $refused( 'more' ) );
		self::assertTrue( $this->send( $hold, 'open-2' )['replayed'], 'what was booked is still told' );
		self::assertSame( '1', $refused( 'more', self::NOW + 5 ), 'one has lapsed' );
		self::assertSame( 'too_many_holds', $refused( 'again', self::NOW + 5 ) );
		$this->send( array( 'op' => 'release', 'hold' => '1' ), 'release', self::NOW + 5 );
		self::assertSame( '1', $refused( 'again', self::NOW + 5 ), 'one was released' );
	}

	/** @return array<string, array{array<string, mixed>, string[]}> */
	public static function commands(): array {
		$use   = array( 'op' => 'use', 'mode' => 'strict', 'amount' => '1' );
		$item  = static fn( int $n ): array => $use + array( 'request_id' => "b$n" );
		$items = array_map( $item, range( 1, 300 ) );
		$free  = array( 'amount' => '0', 'reason' => 'no reply' );
		$plain = array( 'claim', 'lock', 'live_grants', 'write' );
		$by_id = array( 'claim', 'lock', 'live_grants', 'hold' );
		return array(
			'a use'               => array( $use, $plain ),
			'a use of all grants' => array( array( 'amount' => '333' ) + $use, $plain ),
			'a use that failed'   => array( $free + $use, $plain ),
			'a batch'             => array( array( 'op' => 'batch', 'items' => $items ), $plain ),
			'a hold'              =>
				array( array( 'op' => 'hold', 'amount' => '5', 'duration_ms' => 1000 ), $plain ),
			'a settlement'        => array(
				array( 'op' => 'settle', 'hold' => '1', 'mode' => 'strict', 'amount' => '4' ),
				array( ...$by_id, 'items', 'write' ),
			),
			'a release'           =>
				array( array( 'op' => 'release', 'hold' => '1' ), array( ...$by_id, 'items', 'write' ) ),
			'a use that is short' =>
				array( array( 'amount' => '1000' ) + $use, array( 'claim', 'lock', 'live_grants' ) ),
			'a grant'             =>
				array( array( 'op' => 'grant', 'kind' => 'refund', 'amount' => '1' ), $plain ),
			'a sale'              => array(
				array( 'op' => 'grant', 'kind' => 'purchase', 'amount' => '1', 'order_item' => 'i' ),
				array( 'claim', 'lock', 'live_grants', 'items', 'write' ),
			),
			'a reversal'          => array(
				array( 'op' => 'reverse', 'order_item' => 'item-1' ),
				array( 'claim', 'lock', 'live_grants', 'items', 'grants_of_item', 'write' ),
			),
			'a touch for nothing' => array( array( 'op' => 'touch' ), array( 'lock', 'live_grants' ) ),
		);
	}

	/**
	 * @dataProvider commands
	 *
	 * @param array<string, mixed> $command The command.
	 * @param string[]             $calls   What it may ask of the store.
	 */
	public function test_a_command_asks_its_store_for_little( array $command, array $calls ): void {
		$this->send( $command, 'request' );
		self::assertSame( $calls, $this->spy->calls );
	}

	public function test_a_replay_reads_the_first_answer_and_locks_nothing(): void {
		$use = array( 'op' => 'use', 'mode' => 'strict', 'amount' => '1' );
		$this->send( $use, 'r' );
		$this->send( $use, 'r' );
		self::assertSame( array( 'claim', 'account', 'entries', 'live_grants' ), $this->spy->calls );
	}

	public function test_a_balance_reads_the_row_and_the_live_grants(): void {
		$spy = new SpyStore( $this->store );
		( new Engine( $spy, Settings::from_wire( array() ) ) )->balance( self::NOW );
		self::assertSame( array( 'account', 'live_grants' ), $spy->calls );
		$spy = new SpyStore( $this->store );
		( new Engine( $spy, Settings::from_wire( array() ) ) )->balance( self::NOW + self::DAY );
		$due = array( 'account', 'live_grants', 'open_holds', 'items' );
		self::assertSame( $due, $spy->calls, 'a lapse is due' );
	}

	public function test_a_long_history_changes_nothing_of_what_is_read_and_written(): void {
		$use = array( 'op' => 'use', 'mode' => 'strict', 'amount' => '0.01' );
		for ( $n = 0; $n < 2000; $n++ ) {
			$this->send( $use, "use-$n" );
		}
		$this->send( $use, 'last' );
		self::assertSame( array( 'claim', 'lock', 'live_grants', 'write' ), $this->spy->calls );
		$written = $this->spy->written;
		self::assertCount( 1, $written->entries );
		self::assertCount( 1, $written->changed_grants );
		self::assertCount( 1, $written->account->days );
		self::assertCount( 1, $written->rollups );
		$other = array( 'new_grants', 'new_holds', 'changed_holds', 'items', 'events' );
		foreach ( $other as $rows ) {
			self::assertSame( array(), $written->$rows, $rows );
		}
		self::assertSame( array( 'last' ), array_keys( $written->requests ) );
	}

	public function test_days_are_kept_for_a_month_and_no_longer(): void {
		$use = array( 'op' => 'use', 'mode' => 'strict', 'amount' => '1' );
		for ( $day = 0; $day < 100; $day++ ) {
			$this->send( $use, "day-$day", self::NOW + $day * self::DAY );
			self::assertLessThanOrEqual( 36, count( $this->store->account->days ) );
		}
		self::assertSame( array_fill( 0, 30, 1000000 ), array_values( $this->store->account->days ) );
	}

	public function test_a_settlement_that_names_nothing_is_about_what_its_hold_was_about(): void {
		$rates    = array(
			'version'      => 1,
			'effective_at' => '2026-01-01T00:00:00Z',
			'quantum'      => '0.1',
			'rates'        => array( array( 'feature' => 'chat', 'unit' => 'message', 'credits' => '1' ) ),
		);
		$settings = Settings::from_wire( array( 'rate_cards' => array( $rates ) ) );
		$engine   = new Engine( $this->store, $settings );
		$usage    = array( 'feature' => 'chat', 'agent' => 'nox', 'model' => 'deep', 'messages' => 3 );
		$note     = array( 'request_id' => 'h', 'site' => 's', 'reference' => 'talk 7' );
		$hold     = array( 'op' => 'hold', 'usage' => $usage, 'duration_ms' => 1000 );
		$ticket   = $engine->apply( $hold + $note, self::NOW )['hold'];
		$failed   = array( 'mode' => 'strict', 'amount' => '0', 'reason' => 'no reply' );
		$settle   = array( 'op' => 'settle', 'request_id' => 't', 'hold' => $ticket['id'] );
		$engine->apply( $settle + $failed, self::NOW );

		$about = get_object_vars( end( $this->store->entries )->about );
		$due   = array( 'agent' => 'nox', 'feature' => 'chat', 'model' => 'deep', 'type' => 'message' );
		self::assertSame( $due + array( 'site' => 's', 'details' => 'talk 7' ), $about );
		$rollup = end( $this->store->rollups );
		self::assertSame( array( 1, 1, 0, 0, 0, 0, 0 ), $rollup->sums(), 'it failed' );
		$keys = array( 's', 'nox', 'chat', 'deep', 'message' );
		self::assertSame( $keys, array_slice( $rollup->keys(), 1 ) );
	}

	public function test_a_use_is_summed_on_the_day_on_which_it_happened(): void {
		$use = array( 'op' => 'use', 'mode' => 'strict', 'amount' => '1' );
		$this->send( $use + array( 'occurred_at' => '2026-11-01T12:00:00Z' ), 'a' );
		$this->send( $use + array( 'occurred_at' => '2026-11-01T23:59:59.999Z' ), 'b' );
		$this->send( $use + array( 'occurred_at' => '2026-11-02T00:00:00Z' ), 'c' );
		$days = array_column( $this->store->rollups, 'uses', 'day' );
		self::assertSame( array( 20758 => 2, 20759 => 1 ), $days );
	}

	public function test_a_plain_use_costs_less_than_25000_steps_of_a_loop(): void {
		$use = array( 'op' => 'use', 'mode' => 'strict', 'amount' => '0.01' );
		$this->send( $use, 'warm' );
		$uses  = function ( int $round ) use ( $use ): void {
			for ( $n = 0; $n < 50; $n++ ) {
				$this->send( $use, "use-$round-$n" );
			}
		};
		$steps = static function (): void {
			for ( $n = 0, $sum = 0; $n < 50 * 25000; $n++ ) {
				$sum = ( $sum * 31 + $n ) % 1000003;
			}
		};
		self::assertLessThan( Cost::of( $steps, 20 ), Cost::of( $uses, 20 ) );
	}
}
