<?php
/**
 * The list of error codes is the shared one.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Ledger;

use Nivella\Credits\Ledger\Codes;
use Nivella\Credits\Ledger\Refusal;
use PHPUnit\Framework\TestCase;

final class CodesTest extends TestCase {
	public function test_codes_and_statuses_are_those_of_the_list(): void {
		$list = array_column( Vectors::of( 'error_codes' )['codes'], 'status', 'code' );
		self::assertSame( $list, Codes::ALL );
	}

	public function test_every_code_that_the_ledger_throws_is_on_the_list(): void {
		$found = array();
		foreach ( glob( NIVELLA_REPO . '/www/nivella-credits/Ledger/*.php' ) as $file ) {
			preg_match_all( "/new Refusal\(\s*'(\w+)'/", (string) file_get_contents( $file ), $thrown );
			$found = array( ...$found, ...$thrown[1] );
		}
		self::assertGreaterThan( 30, count( $found ) );
		self::assertSame( array(), array_diff( $found, array_keys( Codes::ALL ) ) );
	}

	public function test_a_refusal_has_code_field_details_and_status(): void {
		$refusal = ( new Refusal( 'hold_lapsed', 'why', null, array( 'a' => 'b' ) ) )->at( 'hold' );
		$found   = array( $refusal->error, $refusal->getMessage(), $refusal->field, $refusal->details );
		self::assertSame( array( 'hold_lapsed', 'why', 'hold', array( 'a' => 'b' ) ), $found );
		self::assertSame( 409, $refusal->status() );
		self::assertSame( 500, ( new Refusal( 'never heard of', '' ) )->status() );
	}
}
