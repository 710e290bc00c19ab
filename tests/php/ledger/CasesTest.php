<?php
/**
 * The ledger's vectors: commands and what they must answer, the same for every implementation.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Ledger;

use Nivella\Credits\Ledger\Engine;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\MemoryStore;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Ledger\Settings;
use Nivella\Credits\Ledger\Shapes;
use PHPUnit\Framework\TestCase;

final class CasesTest extends TestCase {
	/** @return iterable<string, array{array<string, mixed>}> */
	public static function cases(): iterable {
		foreach ( array( 'burn', 'holds', 'reversal', 'allowance', 'commands' ) as $file ) {
			foreach ( Vectors::of( $file )['cases'] as $case ) {
				yield "$file: {$case['name']}" => array( $case );
			}
		}
	}

	/**
	 * @dataProvider cases
	 *
	 * @param array<string, mixed> $case The case.
	 */
	public function test_the_ledger_answers_as_the_vectors_say( array $case ): void {
		$settings   = $case['settings'] ?? array();
		$store      = Vectors::account( $settings );
		$invariants = new Invariants();
		foreach ( $case['steps'] as $n => $step ) {
			$settings = $step['configure'] ?? $settings;
			$where    = 'step ' . ( $n + 1 ) . ' ' . json_encode( $step );
			self::assertNull( $this->step( $store, Settings::from_wire( $settings ), $step ), $where );
			self::assertNull( $invariants->fault( $store ), $where );
		}
		self::assertGreaterThan( 0, count( $case['steps'] ) );
	}

	/** @return iterable<string, array{array<string, mixed>}> */
	public static function refused(): iterable {
		foreach ( Vectors::of( 'commands' )['refused'] as $n => $row ) {
			yield "refused $n" => array( $row );
		}
	}

	/**
	 * @dataProvider refused
	 *
	 * @param array<string, mixed> $row The command, and the error.
	 */
	public function test_commands_that_cannot_be_are_refused_and_change_nothing( array $row ): void {
		$settings = Settings::from_wire( Vectors::of( 'commands' )['cases'][0]['settings'] );
		$store    = Vectors::account( Vectors::of( 'commands' )['cases'][0]['settings'] );
		$before   = serialize( $store );
		$at       = Instant::parse( '2026-11-01T00:00:00.000Z' );
		$found    = self::send( $store, $settings, $row['do'], $at );
		self::assertNull( Vectors::lacks( $row['error'], $found ), json_encode( $row ) );
		self::assertSame( $before, serialize( $store ) );
	}

	/** @return array<string, array{array<mixed>}> */
	public static function of_other_types(): array {
		$use = array(
			'op'         => 'use',
			'request_id' => 'r',
			'mode'       => 'strict',
			'amount'     => '1',
		);
		return array(
			'an amount that is a number'    => array( array( 'amount' => 1 ) + $use ),
			'an amount that is a fraction'  => array( array( 'amount' => 1.5 ) + $use ),
			'an amount that is a list'      => array( array( 'amount' => array( '1' ) ) + $use ),
			'an amount that is yes'         => array( array( 'amount' => true ) + $use ),
			'a request id that is a number' => array( array( 'request_id' => 7 ) + $use ),
			'a mode that is a list'         => array( array( 'mode' => array( 'strict' ) ) + $use ),
			'a usage that is a text'        => array( array_merge( $use, array( 'usage' => 'x' ) ) ),
			'a time that is a number'       => array( $use + array( 'occurred_at' => 1 ) ),
			'a duration with a fraction'    =>
				array( array( 'op' => 'hold', 'duration_ms' => 1.5 ) + $use ),
			'a duration below 0'            =>
				array( array( 'op' => 'hold', 'duration_ms' => -1 ) + $use ),
			'a batch that is a text'        => array( array( 'op' => 'batch', 'items' => 'all' ) ),
			'a batch of texts'              =>
				array( array( 'op' => 'batch', 'items' => array( 'x' ) ) ),
			'a list'                        => array( array( 'use' ) ),
		);
	}

	/**
	 * @dataProvider of_other_types
	 *
	 * @param array<mixed> $command The command.
	 */
	public function test_values_of_other_types_are_refused_and_change_nothing( array $command ): void {
		$store  = Vectors::account( array() );
		$before = serialize( $store );
		$found  = self::send( $store, Settings::from_wire( array() ), $command, 0 );
		self::assertSame( 'snapshot_invalid', $found['code'] ?? $found );
		self::assertSame( $before, serialize( $store ) );
	}

	/**
	 * Takes one step, and says what is not as expected.
	 *
	 * @param array<string, mixed> $step The step.
	 */
	private function step( MemoryStore $store, Settings $settings, array $step ): ?string {
		$at     = Instant::parse( $step['at'] );
		$engine = new Engine( $store, $settings );
		if ( isset( $step['configure'] ) ) {
			$engine->configure( $settings, $at );
		}
		if ( isset( $step['do'] ) ) {
			$before = serialize( $store );
			$found  = self::send( $store, $settings, $step['do'], $at );
			if ( ( isset( $step['error'] ) || false === ( $found['booked'] ?? null ) )
				&& serialize( $store ) !== $before ) {
				return ' has changed something';
			}
			return Vectors::lacks( $step['error'] ?? $step['answer'], $found );
		}
		$grants = array();
		foreach ( $store->grants as $grant ) {
			$grants[] = array( 'id' => (string) $grant->id )
				+ Shapes::terms( $grant ) + Shapes::parts( $grant );
		}
		$found = array(
			'grants'  => $grants,
			'balance' => $engine->balance( $at ),
		);
		$lacks = null;
		foreach ( array_intersect_key( $step, $found ) as $name => $due ) {
			$lacks ??= Vectors::lacks( $due, $found[ $name ] );
		}
		return $lacks;
	}

	/**
	 * The answer, or the refusal.
	 *
	 * @param array<string, mixed> $command The command.
	 * @return array<string, mixed>
	 */
	private static function send(
		MemoryStore $store,
		Settings $settings,
		array $command,
		int $at
	): array {
		try {
			return ( new Engine( $store, $settings ) )->apply( $command, $at );
		} catch ( Refusal $refusal ) {
			return array(
				'code'  => $refusal->error,
				'field' => $refusal->field,
			);
		}
	}
}
