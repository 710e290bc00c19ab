<?php
/**
 * The runway: the shared vectors, and what a balance makes of it.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Ledger;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Fields;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Runway;
use Nivella\Credits\Ledger\Supply;
use Nivella\Credits\Ledger\Zone;
use PHPUnit\Framework\TestCase;

final class RunwayTest extends TestCase {
	private const NOW = '2026-11-21T12:00:00.000Z';

	/**
	 * @dataProvider cases
	 *
	 * @param array<string, mixed> $row
	 */
	public function test_runways_are_as_the_vectors_say( array $row, Zone $zone ): void {
		$now      = Instant::parse( $row['as_of'] );
		$instant  = static fn( ?string $at ): ?int => null === $at ? null : Instant::parse( $at );
		$supplies = array();
		foreach ( $row['supplies'] as $supply ) {
			$supplies[] = new Supply(
				Amount::parse( $supply['amount'] ),
				$instant( $supply['from_at'] ),
				$instant( $supply['expires_at'] ),
				$supply['priority'],
			);
		}
		$debt = Amount::parse( $row['debt'] );
		$span = Runway::span( self::used( $row ), $supplies, $debt, $now, $zone );
		$told = $row['runway'];
		$ends = array_flip( array( 'from', 'around', 'to' ) );
		$want = null === $told ? null : array_map( $instant, array_intersect_key( $told, $ends ) );
		self::assertSame( $want, $span );
	}

	/** @return array<string, array{array<string, mixed>, Zone}> */
	public static function cases(): array {
		$file  = dirname( __DIR__, 2 ) . '/vectors/runway.json';
		$all   = json_decode( (string) file_get_contents( $file ), true );
		$zones = array();
		foreach ( $all['zones'] as $name => $zone ) {
			$rows = array_map(
				static fn( array $row ): array => array( 'at' => $row[0], 'offset_s' => $row[1] ),
				$zone['transitions']
			);
			$zones[ $name ] = Zone::from_wire( Fields::of( array( 'transitions' => $rows ) + $zone ) );
		}
		$cases = array();
		foreach ( $all['cases'] as $n => $row ) {
			$cases[ "$n {$row['name']}" ] = array( $row, $zones[ $row['zone'] ] );
		}
		return $cases;
	}

	/** @return array<int, int> */
	private static function used( array $row ): array {
		$first = self::day( $row['first_day'] );
		$used  = array();
		foreach ( $row['used'] as $n => $amount ) {
			$used[ $first + $n ] = Amount::parse( $amount );
		}
		foreach ( $row['also'] ?? array() as list( $day, $amount ) ) {
			$at          = self::day( $day );
			$used[ $at ] = Amount::saturating_add( $used[ $at ] ?? 0, Amount::parse( $amount ) );
		}
		return $used;
	}

	private static function day( string $day ): int {
		return intdiv( Instant::parse( "{$day}T00:00:00Z" ), Instant::DAY_MS );
	}

	public function test_a_balance_runs_out_after_its_plans_next_allowances(): void {
		$plan = array(
			'allowance'  => '500',
			'started_at' => '2026-11-01T00:00:00.000Z',
			'paid_until' => '2027-01-01T00:00:00.000Z',
		);
		$runs = self::told( array( 'plan' => null ) );
		self::assertSame( '2026-12-01T12:00:00.000Z', $runs['around'] );
		self::assertLessThan( $runs['around'], $runs['from'] );
		self::assertGreaterThan( $runs['around'], $runs['to'] );
		// The allowance of December is one more; January's is not paid for.
		self::assertSame( '2026-12-06T12:00:00.000Z', self::told( array( 'plan' => $plan ) )['around'] );
	}

	/**
	 * @dataProvider silences
	 *
	 * @param array<string, mixed> $balance
	 */
	public function test_nothing_is_told_where_there_is_nothing_to_tell( array $balance ): void {
		self::assertNull( self::told( $balance ) );
	}

	/** @return array<string, array{array<string, mixed>}> */
	public static function silences(): array {
		$much = array( 'expires_at' => null, 'available' => '50000' );
		return array(
			'an unlimited plan' => array( array( 'unlimited' => true ) ),
			'nothing left'      => array( array( 'available' => '0' ) ),
			'more than a year'  => array( array( 'pools' => array( $much ) ) ),
		);
	}

	/** @return ?array<string, ?string> Of 1,000 credits and 100 a day. */
	private static function told( array $balance ): ?array {
		$pool     = array( 'available' => '1000', 'expires_at' => null );
		$balance += array(
			'unlimited' => false,
			'available' => '1000',
			'debt'      => '0',
			'pools'     => array( $pool ),
			'plan'      => null,
		);
		$now      = Instant::parse( self::NOW );
		$today    = intdiv( $now, Instant::DAY_MS );
		$used     = array_fill( $today - 40, 41, 100000000 );
		return Runway::of_balance( $balance, $used, $now, Zone::utc() );
	}
}
