<?php
/**
 * Amounts: what is read, what is written, and what does not fit.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Ledger;

use Nivella\Credits\Ledger\Amount;
use PHPUnit\Framework\TestCase;

final class AmountTest extends TestCase {
	/** @return array<array{string, int}> */
	public static function amounts(): array {
		return array(
			array( '0', 0 ),
			array( '1', 1000000 ),
			array( '1.2', 1200000 ),
			array( '0.000001', 1 ),
			array( '0.1', 100000 ),
			array( '2341', 2341000000 ),
			array( '999999999999.999999', 999999999999999999 ),
			array( '1000000000000', 1000000000000000000 ),
		);
	}

	/** @dataProvider amounts */
	public function test_an_amount_is_read_and_written_exactly( string $text, int $micro ): void {
		self::assertSame( $micro, Amount::parse( $text ) );
		self::assertSame( $text, Amount::text( $micro ) );
		self::assertSame( 0 === $micro ? 0 : -$micro, Amount::parse_signed( "-$text" ) );
		self::assertSame( 0 === $micro ? '0' : "-$text", Amount::text( -$micro ) );
	}

	public function test_other_ways_to_write_an_amount_mean_the_same(): void {
		$same = array(
			'1.20'                     => 1200000,
			'007'                      => 7000000,
			'0.10'                     => 100000,
			'1.000000'                 => 1000000,
			'0000000000000000000001.5' => 1500000,
		);
		foreach ( $same as $text => $micro ) {
			self::assertSame( $micro, Amount::parse( $text ), $text );
		}
	}

	/** @return array<string, array{string, string}> */
	public static function hostile(): array {
		$invalid = array(
			...array( '', ' ', '.', '-', '+', '-1', '+5', '-0', ' 10', '10 ', "10\n", "\n10", "10\0" ),
			...array( '1.', '.5', '1.2.3', '1..2', '1.1234567', '0.0000001', '1.0000000' ),
			...array( '1e3', '1E3', '1e999', '10abc', 'abc', 'NaN', 'nan', 'INF', '-INF', 'Infinity' ),
			...array( '1,000', '1 000', '1_000', '0x10', '0b1', '1/2', '1%', '$1', '١', '１', '½' ),
			...array( 'null', 'true', '[]', '{}', '--1', '1-', '1+1', "1'", '"1"', '1;', '𝟏' ),
		);
		$beyond  = array(
			...array( '1000000000000.000001', '1000000000001', '9223372036854.775807' ),
			...array( '9223372036854.775808', '18446744073709551616', '99999999999999999999' ),
			...array( '99999999999999999999x', str_repeat( '9', 70000 ), '9223372036854775807.1' ),
		);
		$codes   = array_fill_keys( $invalid, 'amount_invalid' )
			+ array_fill_keys( $beyond, 'amount_out_of_range' );
		$cases   = array();
		foreach ( $codes as $text => $code ) {
			$name           = json_encode( substr( (string) $text, 0, 30 ) ) . strlen( (string) $text );
			$cases[ $name ] = array( (string) $text, $code );
		}
		return $cases;
	}

	/** @dataProvider hostile */
	public function test_anything_else_is_refused( string $text, string $code ): void {
		self::assertSame( $code, Refused::by( static fn() => Amount::parse( $text ) )?->error );
	}

	public function test_the_largest_sums_are_read_back(): void {
		self::assertSame( '9223372036854.775807', Amount::text( PHP_INT_MAX ) );
		self::assertSame( PHP_INT_MAX, Amount::parse_signed( '9223372036854.775807' ) );
		self::assertSame( '-9223372036854.775808', Amount::text( PHP_INT_MIN ) );
	}

	public function test_sums_that_do_not_fit_are_refused_and_never_floats(): void {
		self::assertSame( 3, Amount::add( 1, 2 ) );
		self::assertSame( PHP_INT_MAX, Amount::saturating_add( PHP_INT_MAX, 1 ) );
		$sums = array(
			static fn() => Amount::add( PHP_INT_MAX, 1 ),
			static fn() => Amount::add( PHP_INT_MIN, -1 ),
			static fn() => Amount::sub( PHP_INT_MIN, 1 ),
			static fn() => Amount::sub( 0, PHP_INT_MIN ),
		);
		foreach ( $sums as $sum ) {
			self::assertSame( 'amount_overflow', Refused::by( $sum )?->error );
		}
	}

	public function test_displays_round_down(): void {
		foreach ( Vectors::of( 'rounding' )['displays'] as $row ) {
			$shown = Amount::floor( Amount::parse_signed( $row['amount'] ) );
			self::assertSame( $row['shown'], (string) $shown, $row['amount'] );
		}
	}
}
