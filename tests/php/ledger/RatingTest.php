<?php
/**
 * Rating: the vectors, what is refused, and numbers beyond 64 bits.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Ledger;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Command;
use Nivella\Credits\Ledger\Fields;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Quote;
use Nivella\Credits\Ledger\Rate;
use Nivella\Credits\Ledger\RateCard;
use Nivella\Credits\Ledger\Settings;
use Nivella\Credits\Ledger\Wide;
use PHPUnit\Framework\TestCase;

final class RatingTest extends TestCase {
	/** @return array<string, mixed> */
	private static function card( string $name ): array {
		return Vectors::of( 'rating' )['cards'][ $name ];
	}

	/**
	 * @param array<string, mixed> $card  As on the wire.
	 * @param array<string, mixed> $usage As on the wire.
	 */
	private static function quote( array $card, array $usage ): Quote {
		return RateCard::from_wire( $card )->quote( Command::usage( Fields::of( $usage ) ) );
	}

	/** @param array<string, mixed> $rate As on the wire. */
	private static function card_of( array $rate, string $quantum = '0.000001' ): array {
		return array(
			'version'      => 1,
			'effective_at' => '2026-11-01T00:00:00Z',
			'quantum'      => $quantum,
			'rates'        => array( $rate ),
		);
	}

	public function test_uses_cost_what_the_rate_card_says(): void {
		$rows = Vectors::of( 'rating' )['quotes'];
		self::assertGreaterThan( 20, count( $rows ) );
		foreach ( $rows as $row ) {
			RateCard::from_wire( self::card( $row['card'] ) )->validate();
			$quote = self::quote( self::card( $row['card'] ), $row['usage'] )->to_wire();
			$due   = array(
				'cost'         => $row['cost'],
				'rate_version' => $row['rate_version'],
				'lines'        => $row['lines'],
			);
			self::assertNull( Vectors::lacks( $due, $quote ), json_encode( $row ) );
		}
	}

	public function test_what_has_no_price_is_refused_and_never_free(): void {
		foreach ( Vectors::of( 'rating' )['refused'] as $row ) {
			$refused = Refused::by( fn() => self::quote( self::card( $row['card'] ), $row['usage'] ) );
			$found   = array( $refused?->error, $refused?->field );
			self::assertSame( array( $row['code'], $row['field'] ?? null ), $found, $row['rule'] );
		}
	}

	public function test_cards_out_of_range_are_refused(): void {
		foreach ( Vectors::of( 'rating' )['invalid_cards'] as $row ) {
			$settings = array( 'rate_cards' => array( $row['card'] ) );
			$refused  = Refused::by( static fn() => Settings::from_wire( $settings ) );
			// What can't be read as a rate is refused for that.
			$of_text = 'decimal_invalid' === $refused?->error && 'credits' === $refused->field;
			$due     = array( $row['code'], $row['field'] );
			$found   = array( $refused?->error, $refused?->field );
			self::assertSame( $due, $of_text ? $due : $found, $row['rule'] );
		}
	}

	public function test_each_version_counts_from_its_instant(): void {
		$versions = Vectors::of( 'rating' )['versions'];
		$card     = static fn( array $own ): array =>
			$own + self::card_of( array( 'feature' => 'chat', 'unit' => 'use', 'credits' => '1' ) );
		$cards    = array_map( $card, $versions['cards'] );
		$settings = Settings::from_wire( array( 'rate_cards' => $cards ) );
		foreach ( $versions['at'] as $row ) {
			$at      = Instant::parse( $row['at'] );
			$version = null;
			$refused = Refused::by(
				static function () use ( $settings, $at, &$version ): void {
					$version = $settings->card_at( $at )->version;
				}
			);
			self::assertSame( $row['version'], $version, $row['at'] );
			self::assertSame( null === $version ? 'rate_not_found' : null, $refused?->error );
		}
		foreach ( $versions['refused'] as $row ) {
			// Settings without any card have no rates, which is no fault.
			if ( array() === $row['cards'] ) {
				continue;
			}
			$cards   = array( 'rate_cards' => array_map( $card, $row['cards'] ) );
			$refused = Refused::by( static fn() => Settings::from_wire( $cards ) );
			self::assertSame( 'rate_card_invalid', $refused?->error, $row['rule'] );
		}
	}

	public function test_rates_are_read_strictly(): void {
		foreach ( Vectors::of( 'rating' )['rates']['read'] as list( $written, $value ) ) {
			self::assertSame( Rate::parse( $value )[0], Rate::parse( $written )[0], $written );
		}
		foreach ( Vectors::of( 'rating' )['rates']['refused'] as $text ) {
			$refused = Refused::by( static fn() => Rate::parse( $text ) );
			self::assertSame( 'decimal_invalid', $refused?->error, $text );
		}
		self::assertSame( array( 7500000000, '7.50' ), Rate::parse( '007.50' ) );
	}

	public function test_charges_round_up_once(): void {
		foreach ( Vectors::of( 'rounding' )['charges'] as $row ) {
			$rate  = array( 'feature' => 'chat', 'unit' => 'use', 'credits' => $row['exact'] );
			$quote = self::quote( self::card_of( $rate, $row['quantum'] ), array( 'feature' => 'chat' ) );
			self::assertSame( $row['cost'], Amount::text( $quote->cost ), json_encode( $row ) );
		}
	}

	public function test_the_largest_products_are_exact_or_refused(): void {
		$rate  = array( 'feature' => 'chat', 'unit' => 'message', 'credits' => '999.999999999' );
		$most  = array( 'feature' => 'chat', 'messages' => 1000000000 );
		$quote = self::quote( self::card_of( $rate ), $most )->to_wire();
		self::assertSame( '999999999999', $quote['cost'] );
		self::assertSame( '999999999999', $quote['lines'][0]['product'] );

		$above = array( 'credits' => '1000.000000001' ) + $rate;
		$refused = Refused::by( fn() => self::quote( self::card_of( $above ), $most ) );
		self::assertSame( 'amount_out_of_range', $refused?->error );

		$dearest = array( 'credits' => '1000000000' ) + $rate;
		$refused = Refused::by( fn() => self::quote( self::card_of( $dearest ), $most ) );
		self::assertSame( 'amount_out_of_range', $refused?->error );
	}

	/** Compared with sums of decimal digits, which share no idea with limbs and bits. */
	public function test_wide_numbers_are_exact(): void {
		mt_srand( 7 );
		for ( $n = 0; $n < 2000; $n++ ) {
			$a = mt_rand( 0, PHP_INT_MAX ) >> mt_rand( 0, 62 );
			$b = mt_rand( 0, PHP_INT_MAX ) >> mt_rand( 0, 62 );
			$c = ( mt_rand( 0, PHP_INT_MAX ) >> mt_rand( 0, 62 ) ) + 1;
			$d = mt_rand( 1, 1000000000 );

			$product = Digits::times( (string) $a, (string) $b );
			$wide    = Wide::of( $a )->times( $b );
			self::assertSame( $product, $wide->digits(), "$a * $b" );
			$sum = Digits::plus( $product, (string) $c );
			self::assertSame( $sum, $wide->plus( Wide::of( $c ) )->digits(), "$a * $b + $c" );
			self::assertTrue( $wide->plus( Wide::of( $c ) )->exceeds( $product ) );
			self::assertFalse( $wide->exceeds( $sum ) );
			self::assertFalse( $wide->exceeds( $product ) );

			// What times the divisor is the number or just above it.
			$quotient = $wide->divided_up( $d );
			self::assertFalse( Wide::of( 0 )->plus( $wide )->exceeds( $quotient->times( $d )->digits() ) );
			$rest = $quotient->times( $d );
			self::assertFalse( $rest->exceeds( Digits::plus( $product, (string) ( $d - 1 ) ) ) );
		}
	}

	public function test_a_share_is_rounded_down_exactly(): void {
		mt_srand( 8 );
		for ( $n = 0; $n < 2000; $n++ ) {
			$amount = mt_rand( 0, Amount::MAX_MOVEMENT ) >> mt_rand( 0, 59 );
			$whole  = ( mt_rand( 0, Amount::MAX_MOVEMENT - 1 ) >> mt_rand( 0, 59 ) ) + 1;
			$part   = mt_rand( 0, $whole );
			$share  = Wide::share( $amount, $part, $whole );
			$exact  = Wide::of( $amount )->times( $part );
			// share * whole <= amount * part < (share + 1) * whole.
			self::assertFalse( Wide::of( $share )->times( $whole )->exceeds( $exact->digits() ) );
			self::assertTrue( Wide::of( $share + 1 )->times( $whole )->exceeds( $exact->digits() ) );
		}
		self::assertSame( PHP_INT_MAX, Wide::share( PHP_INT_MAX, 1000, 1000 ) );
	}
}
