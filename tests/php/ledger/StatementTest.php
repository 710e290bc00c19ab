<?php
/**
 * Statements: the canonical form of entries, and their JSON. That the text of a whole statement is
 * the Rust engine's, byte for byte, the differential test says.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Ledger;

use Nivella\Credits\Ledger\Canonical;
use Nivella\Credits\Ledger\Digest;
use Nivella\Credits\Ledger\Draft;
use Nivella\Credits\Ledger\Engine;
use Nivella\Credits\Ledger\Settings;
use Nivella\Credits\Ledger\Statement;
use PHPUnit\Framework\TestCase;

final class StatementTest extends TestCase {
	public function test_every_entry_has_the_canonical_form_of_its_vector(): void {
		$vectors = Vectors::of( 'statement' );
		self::assertSame( $vectors['genesis']['text'], Digest::GENESIS );
		self::assertSame( $vectors['genesis']['digest'], Digest::genesis() );
		self::assertSame( Digest::of( Digest::GENESIS ), Digest::genesis() );
		$previous = Digest::genesis();
		self::assertGreaterThan( 15, count( $vectors['entries'] ) );
		foreach ( $vectors['entries'] as $case ) {
			$name  = $case['name'];
			$entry = Wire::entry( $case['entry'] );
			$line  = Canonical::line( $previous, $entry->seq, Draft::of( $entry ), $entry->booked_at );
			self::assertSame( $case['canonical'], $line, $name );
			self::assertSame( $entry->digest, Digest::of( $line ), $name );
			$row = Statement::row( $entry );
			self::assertSame( $case['entry'], $row, $name );
			unset( $row['details'] );
			self::assertSame( $case['details_canonical'], Statement::json( $row ), $name );
			$previous = $entry->digest;
		}
	}

	public function test_a_statement_says_nothing_of_requests_and_model_tokens(): void {
		$rate     = array( 'feature' => 'chat', 'unit' => 'output_tokens', 'credits' => '1' );
		$rates    = array(
			'version'      => 1,
			'effective_at' => '2026-01-01T00:00:00Z',
			'quantum'      => '0.1',
			'rates'        => array( $rate ),
		);
		$settings = Settings::from_wire( array( 'rate_cards' => array( $rates ) ) );
		$store    = Vectors::account( array() );
		$usage    = array( 'feature' => 'chat', 'input_tokens' => 77777, 'output_tokens' => 88888 );
		$use      = array( 'op' => 'use', 'request_id' => 'r-1', 'mode' => 'record', 'usage' => $usage );
		( new Engine( $store, $settings ) )->apply( $use, 1795000000000 );
		$text = implode( '', iterator_to_array( ( new Statement( $store, '7', 0 ) )->text(), false ) );
		self::assertSame( 88888, $store->entries[0]->usage->output_tokens );
		foreach ( array( '77777', '88888', 'tokens', 'request', 'r-1' ) as $secret ) {
			self::assertStringNotContainsString( $secret, $text );
		}
		$read = json_decode( $text, true, 16, JSON_THROW_ON_ERROR );
		self::assertSame( '-88.9', $read['entries'][0]['amount'] );
		self::assertSame( 'chat', $read['entries'][0]['usage']['feature'] );
	}

	public function test_entries_that_do_not_add_up_give_no_statement(): void {
		$store = Vectors::account( array() );
		$grant = array( 'op' => 'grant', 'request_id' => 'g', 'kind' => 'purchase', 'amount' => '1' );
		( new Engine( $store, Settings::from_wire( array() ) ) )->apply( $grant, 0 );
		$whole = static fn() => iterator_to_array( ( new Statement( $store, '', 0 ) )->text(), false );
		self::assertNull( Refused::by( $whole ) );
		$store->entries = array();
		self::assertSame( 'snapshot_invalid', Refused::by( $whole )?->error );
	}
}
