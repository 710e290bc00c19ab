<?php
/**
 * Instants, zones and cycles.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Ledger;

use Nivella\Credits\Ledger\Civil;
use Nivella\Credits\Ledger\Cycle;
use Nivella\Credits\Ledger\Fields;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Zone;
use PHPUnit\Framework\TestCase;

final class CalendarTest extends TestCase {
	/** @return array<string, array{Zone}> each zone of the vectors, as its table and by its name */
	private static function zones(): array {
		$zones = array();
		foreach ( Vectors::of( 'cycles' )['zones'] as $name => $table ) {
			$iana           = (string) preg_replace( '/ in \d+$/', '', $name );
			$zones[ $name ] = array( self::zone( $table ), Zone::from_text( $iana ) );
		}
		return $zones;
	}

	/** @param array<string, mixed> $table As in the vectors. */
	private static function zone( array $table ): Zone {
		$change = static fn( array $row ): array => array(
			'at'       => $row[0],
			'offset_s' => $row[1],
		);

		$table['transitions'] = array_map( $change, $table['transitions'] );
		return Zone::from_wire( Fields::of( $table ) );
	}

	/** A22: month ends, leap days, hours twice or missing; the vectors that Rust keeps, too. */
	public function test_cycles_start_and_end_where_the_calendar_says(): void {
		$zones = self::zones();
		$rows  = Vectors::of( 'cycles' )['cycles'];
		self::assertGreaterThan( 20, count( $rows ) );
		foreach ( $rows as $row ) {
			foreach ( $zones[ $row['zone'] ] as $zone ) {
				$starts = array_map( Instant::parse( ... ), $row['starts'] );
				$anchor = $starts[0];
				$day    = Civil::date( $zone->day_of( $anchor ) )[2];
				self::assertSame( $row['anchor_day'], $day );
				foreach ( $starts as $n => $start ) {
					$where = "cycle $n of {$row['zone']} {$row['starts'][0]} {$zone->text()}";
					self::assertSame( $start, Cycle::start( $anchor, $zone, $n ), $where );
					self::assertSame( $n, Cycle::at( $anchor, $zone, $start ), $where );
					$before = 0 === $n ? null : $n - 1;
					self::assertSame( $before, Cycle::at( $anchor, $zone, $start - 1 ), $where );
				}
			}
		}
	}

	/** A22: days of 23 to 25 hours. */
	public function test_civil_days_start_and_end_where_the_calendar_says(): void {
		$zones = self::zones();
		foreach ( Vectors::of( 'cycles' )['spans'] as $row ) {
			foreach ( $zones[ $row['zone'] ] as $zone ) {
				$start = static fn( string $date ): int =>
					$zone->start_of( ...array_map( 'intval', explode( '-', $date ) ) );
				$where = json_encode( $row ) . $zone->text();
				self::assertSame( $row['start_at'], Instant::text( $start( $row['from'] ) ), $where );
				self::assertSame( $row['end_at'], Instant::text( $start( $row['to'] ) ), $where );
				$minutes = $start( $row['to'] ) - $start( $row['from'] );
				self::assertSame( $row['minutes'] * 60000, $minutes, $where );
			}
		}
	}

	public function test_tables_that_are_no_zone_are_refused(): void {
		foreach ( Vectors::of( 'cycles' )['refused'] as $row ) {
			self::assertSame( $row['code'], Refused::by( static fn() => self::zone( $row ) )?->error );
		}
		foreach ( array( 'Mars/Olympus', '', '+25:00', 'x' ) as $text ) {
			$code = Refused::by( static fn() => Zone::from_text( $text ) )?->error;
			self::assertSame( 'zone_invalid', $code, $text );
		}
	}

	public function test_a_zone_is_stored_as_its_text_and_read_again(): void {
		foreach ( array_merge( ...array_values( self::zones() ) ) as $zone ) {
			$again = Zone::from_text( $zone->text() );
			self::assertTrue( $again->equals( $zone ), $zone->text() );
			self::assertSame( $zone->to_wire(), $again->to_wire() );
		}
		$india = Zone::from_text( '+05:30' );
		self::assertSame( 19800, $india->offset_at( 0 ) );
		self::assertSame( $india->to_wire(), Zone::from_text( $india->text() )->to_wire() );
	}

	public function test_a_named_zone_and_its_own_table_show_the_same_days(): void {
		foreach ( self::zones() as $name => list( , $named ) ) {
			$table = Zone::from_wire( Fields::of( $named->to_wire() ) );
			for ( $ms = 1767225600000; $ms < 1900000000000; $ms += 3599999 * 7 ) {
				self::assertSame( $named->day_of( $ms ), $table->day_of( $ms ), "$name $ms" );
			}
		}
	}

	public function test_instants_are_written_as_they_are_read(): void {
		$same = array(
			'1970-01-01T00:00:00Z'          => '1970-01-01T00:00:00.000Z',
			'2024-02-29T23:59:59.9999Z'     => '2024-02-29T23:59:59.999Z',
			'0001-01-01T00:00:00Z'          => '0001-01-01T00:00:00.000Z',
			'9999-12-31T23:59:59.999Z'      => '9999-12-31T23:59:59.999Z',
			'1969-12-31T23:59:59.001Z'      => '1969-12-31T23:59:59.001Z',
			'2026-11-21T02:47:48.12+05:30'  => '2026-11-20T21:17:48.120Z',
			'2026-12-15T01:00:00+01:00'     => '2026-12-15T00:00:00.000Z',
			'2026-12-15T01:00:00.5-23:59'   => '2026-12-16T00:59:00.500Z',
		);
		foreach ( $same as $text => $written ) {
			self::assertSame( $written, Instant::text( Instant::parse( $text ) ), $text );
		}
	}

	public function test_times_that_do_not_exist_are_refused(): void {
		$texts = array(
			...array( '2026-02-29T00:00:00Z', '2026-01-01 00:00:00Z', '2026-01-01T24:00:00Z' ),
			...array( '2026-01-01T00:00:00', '0000-01-01T00:00:00Z', '2026-13-01T00:00:00Z' ),
			...array( '2026-01-01T00:00:00.Z', 'x', '', '2026-01-01T00:00:00+5:30', 'now' ),
			...array( '2026-01-01T00:60:00Z', '2026-01-01T00:00:60Z', "2026-01-01T00:00:00Z\n" ),
			...array( '2026-01-01T00:00:00.1234567890Z', '2026-01-01T00:00:00+24:00' ),
			...array( '9999-12-31T23:59:59-00:01', '0001-01-01T00:00:00+00:01', '٢٠٢٦-01-01T00:00:00Z' ),
		);
		foreach ( $texts as $text ) {
			$code = Refused::by( static fn() => Instant::parse( $text ) )?->error;
			self::assertSame( 'time_invalid', $code, $text );
		}
	}
}
