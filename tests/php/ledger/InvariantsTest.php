<?php
/**
 * The checks of the other tests are tested: what breaks an invariant is found.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Ledger;

use Nivella\Credits\Ledger\Account;
use Nivella\Credits\Ledger\Entry;
use Nivella\Credits\Ledger\Engine;
use Nivella\Credits\Ledger\Grant;
use Nivella\Credits\Ledger\Hold;
use Nivella\Credits\Ledger\Item;
use Nivella\Credits\Ledger\Known;
use Nivella\Credits\Ledger\MemoryStore;
use Nivella\Credits\Ledger\Rollup;
use Nivella\Credits\Ledger\Settings;
use PHPUnit\Framework\TestCase;

final class InvariantsTest extends TestCase {
	private static function account(): MemoryStore {
		$store    = Vectors::account( array() );
		$sale     = array( 'op' => 'grant', 'kind' => 'purchase', 'order_item' => 'i' )
			+ array( 'amount' => '100', 'bonus' => '10' );
		$commands = array(
			$sale,
			array( 'op' => 'hold', 'amount' => '20', 'duration_ms' => 1000 ),
			array( 'op' => 'use', 'mode' => 'strict', 'amount' => '30' ),
			array( 'op' => 'hold', 'amount' => '5', 'duration_ms' => 1000 ),
			array( 'op' => 'release', 'hold' => '2' ),
			array( 'op' => 'reverse', 'order_item' => 'i', 'refunded' => '1', 'of' => '2' ),
		);
		foreach ( $commands as $n => $command ) {
			( new Engine( $store, Settings::from_wire( array() ) ) )
				->apply( $command + array( 'request_id' => "r$n" ), 0 );
		}
		return $store;
	}

	/** @return array<string, array{callable(MemoryStore): void}> */
	public static function faults(): array {
		$with = static fn( object $of, array $changed ): object =>
			new $of( ...array_merge( get_object_vars( $of ), $changed ) );
		$entry = static fn( int $n, array $changed ): callable =>
			static function ( MemoryStore $store ) use ( $with, $n, $changed ): void {
				$store->entries[ $n ] = $with( $store->entries[ $n ], $changed );
			};
		$row   = static fn( string $rows, string|int $key, array $changed ): callable =>
			static function ( MemoryStore $store ) use ( $with, $rows, $key, $changed ): void {
				$store->$rows[ $key ] = $with( $store->$rows[ $key ], $changed );
			};
		$account = static fn( array $changed ): callable =>
			static function ( MemoryStore $store ) use ( $with, $changed ): void {
				$store->account = $with( $store->account, $changed );
			};
		$without = static fn( string $rows ): callable =>
			static function ( MemoryStore $store ) use ( $rows ): void {
				array_pop( $store->$rows );
			};
		return array(
			'another amount'          => array( $entry( 3, array( 'amount' => -30000001 ) ) ),
			'another time'            => array( $entry( 3, array( 'booked_at' => 1 ) ) ),
			'another digest'          => array( $entry( 3, array( 'digest' => str_repeat( '0', 64 ) ) ) ),
			'a gap'                   => array( $entry( 3, array( 'seq' => 5 ) ) ),
			'another request'         => array( $entry( 3, array( 'request_id' => 'r0' ) ) ),
			'another cost'            => array( $entry( 3, array( 'cost' => 1 ) ) ),
			'an entry is missing'     => array( $without( 'entries' ) ),
			'more available'          => array( $account( array( 'available' => 1 ) ) ),
			'debt'                    => array( $account( array( 'debt' => 1 ) ) ),
			'another last digest'     => array( $account( array( 'digest' => '' ) ) ),
			'a part of a grant'       => array( $row( 'grants', 1, array( 'consumed' => 1 ) ) ),
			'the amount of a grant'   => array( $row( 'grants', 1, array( 'amount' => 11000000 ) ) ),
			'a grant is missing'      => array( $without( 'grants' ) ),
			'a hold that is resolved' => array( $row( 'holds', 1, array( 'state' => Hold::RESOLVED ) ) ),
			'a hold that is open'     => array( $row( 'holds', 2, array( 'state' => Hold::OPEN ) ) ),
			'a hold is missing'       => array( $without( 'holds' ) ),
			'the target of an item'   => array( $row( 'items', 'i', array( 'target' => 1 ) ) ),
			'what an item took'       => array( $row( 'items', 'i', array( 'own' => 60000000 ) ) ),
			'an item is missing'      => array( $without( 'items' ) ),
			'a sum of a day'          => array(
				static function ( MemoryStore $store ): void {
					$key                    = array_key_first( $store->rollups );
					$store->rollups[ $key ] = $store->rollups[ $key ]->plus( array( 0, 0, 1, 0, 0, 0, 0 ) );
				},
			),
			'a sum is missing'        => array( $without( 'rollups' ) ),
			'a request is missing'    => array( $without( 'requests' ) ),
			'a request of two'        => array( $row( 'requests', 'r2', array( 'count' => 2 ) ) ),
		);
	}

	public function test_a_true_account_keeps_them_all(): void {
		self::assertNull( ( new Invariants() )->fault( self::account() ) );
	}

	/**
	 * @dataProvider faults
	 *
	 * @param callable(MemoryStore): void $tamper Breaks something.
	 */
	public function test_what_breaks_one_is_found( callable $tamper ): void {
		$store = self::account();
		$tamper( $store );
		self::assertNotNull( ( new Invariants() )->fault( $store ) );
	}
}
