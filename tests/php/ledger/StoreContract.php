<?php
/**
 * What every store must do. A test of a store extends this.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Ledger;

use Nivella\Credits\Ledger\Account;
use Nivella\Credits\Ledger\Engine;
use Nivella\Credits\Ledger\Entry;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Known;
use Nivella\Credits\Ledger\MemoryStore;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Ledger\Settings;
use Nivella\Credits\Ledger\Shapes;
use Nivella\Credits\Ledger\Store;
use PHPUnit\Framework\TestCase;

/**
 * The same commands through a plain store in memory and through the one that is tested: both must
 * answer the same and hold the same, whatever was read and written in between.
 */
abstract class StoreContract extends TestCase {
	private const NOW = 1795000000000;

	private MemoryStore $reference;
	private Settings $settings;

	/** Makes a new account with this row, which the next calls of transact() are about. */
	abstract protected function create( Account $account ): void;

	/**
	 * Runs work with the account's store in a transaction of its own, and answers what it does.
	 *
	 * What was written is kept, unless the work throws or its answer has `booked` as false: then
	 * everything is rolled back.
	 *
	 * @param callable(Store): mixed $work The work.
	 */
	abstract protected function transact( callable $work ): mixed;

	/** @return iterable<string, array{array<string, mixed>}> */
	public static function cases(): iterable {
		return CasesTest::cases();
	}

	/**
	 * @dataProvider cases
	 *
	 * @param array<string, mixed> $case Of the vectors.
	 */
	public function test_it_holds_what_a_store_in_memory_holds( array $case ): void {
		$this->begin( $case['settings'] ?? array() );
		foreach ( $case['steps'] as $step ) {
			$at = Instant::parse( $step['at'] );
			if ( isset( $step['configure'] ) ) {
				$this->settings = Settings::from_wire( $step['configure'] );
				$configure      = fn( Store $store ) =>
					( new Engine( $store, $this->settings ) )->configure( $this->settings, $at );
				$configure( $this->reference );
				$this->transact( $configure );
			}
			if ( isset( $step['do'] ) ) {
				$this->send( $step['do'], $at );
			}
			$this->compare();
		}
	}

	public function test_a_request_is_booked_once_and_may_succeed_after_a_refusal(): void {
		$this->begin( array() );
		foreach ( array( '7', 'request 7', '007', ' ', '~' ) as $id ) {
			$use   = self::spend( $id, '1' );
			$short = $this->send( $use );
			self::assertFalse( $short['booked'] );
			$grant = array( 'op' => 'grant', 'kind' => 'purchase', 'amount' => '1' );
			$this->send( $grant + array( 'request_id' => "grant-$id" ) );
			$booked = $this->send( $use );
			$again  = $this->send( $use );
			self::assertSame( array( true, false ), array( $booked['booked'], $booked['replayed'] ) );
			self::assertSame( array( 'replayed' => true ) + $booked, array( 'replayed' => true ) + $again );
			$other = $this->send( array( 'amount' => '2' ) + $use );
			self::assertSame( 'request_id_conflict', $other['code'] );
			$this->compare();
		}
	}

	public function test_a_batch_of_1000_uses_is_booked_as_one_and_replays(): void {
		$this->begin( array() );
		$grant = array( 'op' => 'grant', 'kind' => 'purchase', 'amount' => '400' );
		foreach ( range( 1, 3 ) as $n ) {
			$this->send( $grant + array( 'request_id' => "grant-$n" ) );
		}
		$spend = static fn( int $n ): array => self::spend( (string) $n, '1' );
		$items = array_map( $spend, range( 1, 1000 ) );
		$batch = array(
			'op'    => 'batch',
			'items' => $items,
		);
		$much  = array( self::spend( 'much', '202' ), ...array_slice( $items, 1 ) );
		$short = $this->send( array( 'items' => $much ) + $batch );
		self::assertFalse( $short['booked'] );
		self::assertCount( 1000, $this->send( $batch )['items'] );
		$this->compare();
		$again = array_column( $this->send( $batch )['items'], 'replayed' );
		self::assertSame( array_fill( 0, 1000, true ), $again );
		$this->compare();
	}

	public function test_what_is_not_there_is_not_found(): void {
		$this->begin( array() );
		$found = $this->transact(
			static fn( Store $store ): array => array(
				$store->hold( 1 ),
				$store->grants( array( 1, 2 ) ),
				$store->grants_of_item( 'x' ),
				$store->items( array( 'x', '7' ) ),
				$store->open_holds(),
				$store->live_grants(),
				$store->entries( 1, 10 ),
				$store->grants_after( 0, 10 ),
				$store->claim( array( 'x' => str_repeat( '0', 64 ) ) ),
			)
		);
		self::assertSame( array( null, ...array_fill( 0, 8, array() ) ), $found );
	}

	public function test_texts_come_back_as_they_were(): void {
		$this->begin( array() );
		$texts = array( "O'Brien \\ \"%_", 'Zoë', '😀 𝟏', '<b>&amp;', str_repeat( 'é', 95 ) );
		foreach ( $texts as $n => $text ) {
			$note  = array( 'reference' => $text, 'site' => $text, 'reason' => $text );
			$grant = array( 'op' => 'grant', 'kind' => 'purchase', 'amount' => '1', 'order_item' => $text );
			$this->send( $grant + array( 'request_id' => "grant-$n" ) + $note );
			$this->send( self::spend( "use-$n", '0' ) + $note );
			$hold = array( 'op' => 'hold', 'amount' => '1', 'duration_ms' => 1000 );
			$this->send( $hold + array( 'request_id' => "hold-$n" ) + $note );
			$this->compare();
		}
	}

	/** @param array<string, mixed> $settings As on the wire. */
	private function begin( array $settings ): void {
		$this->settings  = Settings::from_wire( $settings );
		$this->reference = Vectors::account( $settings );
		$this->create( $this->reference->account );
	}

	/**
	 * Sends a command to both.
	 *
	 * @param array<string, mixed> $command The command.
	 * @return array<string, mixed>
	 */
	private function send( array $command, int $at = self::NOW ): array {
		$apply = fn( Store $store ): array =>
			( new Engine( $store, $this->settings ) )->apply( $command, $at );
		$due   = self::answer( fn() => $apply( $this->reference ) );
		$found = self::answer( fn() => $this->transact( $apply ) );
		self::assertSame( $due, $found, (string) json_encode( $command ) );
		return $found;
	}

	/** @return array<string, mixed> */
	private static function answer( callable $call ): array {
		try {
			return $call();
		} catch ( Refusal $refusal ) {
			return array(
				'code'  => $refusal->error,
				'field' => $refusal->field,
			);
		}
	}

	/** @return array<string, mixed> */
	private static function spend( string $id, string $amount ): array {
		return array(
			'op'         => 'use',
			'request_id' => $id,
			'mode'       => 'strict',
			'amount'     => $amount,
		);
	}

	/** Both must hold the same. */
	private function compare(): void {
		$items = array_map( 'strval', array_keys( $this->reference->items ) );
		$read  = fn( Store $store ): array => array(
			'account'     => $store->account( false ),
			'live grants' => self::by_id( $store->live_grants() ),
			'grants'      => self::by_id( $store->grants( array_keys( $this->reference->grants ) ) ),
			'all grants'  => $store->grants_after( 0, 1000 ),
			'two grants'  => $store->grants_after( 1, 2 ),
			'items'       => self::by_id( $store->items( $items ) ),
			'sold'        => array_map(
				static fn( string $id ): array => self::by_id( $store->grants_of_item( $id ) ),
				$items,
			),
			'open holds'  => self::by_id( $store->open_holds() ),
			'holds'       => array_map( $store->hold( ... ), array_keys( $this->reference->holds ) ),
			'entries'     => array_map( self::plain( ... ), $store->entries( 1, 5000 ) ),
			'two entries' => array_map( self::plain( ... ), $store->entries( 2, 2 ) ),
			'claimed'     => $this->claimed( $store ),
			// What was claimed is not to be kept.
			'booked'      => false,
		);
		$found = $this->transact( $read );
		foreach ( $read( $this->reference ) as $name => $due ) {
			self::assertEquals( $due, $found[ $name ], $name );
		}
	}

	/**
	 * What the store knows of all booked requests.
	 *
	 * @return array<string, Known>
	 */
	private function claimed( Store $store ): array {
		$hash   = str_repeat( '0', 64 );
		$hashes = array_map( static fn(): string => $hash, $this->reference->requests );
		$found  = array() === $hashes ? array() : $store->claim( $hashes );
		ksort( $found );
		return $found;
	}

	/**
	 * Rows by their ids, in order.
	 *
	 * @param object[] $rows The rows.
	 * @return array<string|int, object>
	 */
	private static function by_id( array $rows ): array {
		$rows = array_column( $rows, null, 'id' );
		ksort( $rows );
		return $rows;
	}

	/**
	 * An entry without what a store need not give back.
	 *
	 * @return array<string, mixed>
	 */
	private static function plain( Entry $entry ): array {
		$own = get_object_vars( $entry );
		unset( $own['about'] );
		// Of the grant that it books only the terms are its own.
		$own['grant'] = null === $entry->grant
			? null
			: array( $entry->grant->id, Shapes::terms( $entry->grant ) );
		return $own;
	}
}
