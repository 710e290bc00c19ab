<?php
/**
 * The limits of requests on the owner's screen: what is chosen counts, what cannot be is refused.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Rest\Limits;
use Nivella\Credits\Tests\Support\AdminTestCase;

final class AdminLimitsTest extends AdminTestCase {
	/** @return array<string, array{array<string, string>, array<string, int>|string}> */
	public static function limits(): array {
		return array(
			'as they are'    => array( array(), array() ),
			'a server’s'     => array( array( 'limit_server' => '5' ), array( 'server' => 5 ) ),
			'none'           => array( array( 'limit_visitor' => '0' ), array( 'visitor' => 0 ) ),
			'below zero'     => array( array( 'limit_customer' => '-1' ), 'A limit is a whole number' ),
			'abc'            => array( array( 'limit_refused' => 'abc' ), 'A limit is a whole number' ),
			'not a header'   => array( array( 'address_header' => 'X Y' ), 'A header has letters' ),
		);
	}

	/** @dataProvider limits */
	public function test_the_most_requests_in_a_minute_are_the_owners(
		array $entered,
		array|string $kept
	): void {
		$page = $this->shop_manager()->open( 'nivella-credits-policies' );
		$page->send( 'save_policies', $entered );
		$text = is_string( $kept ) ? $kept : 'The policies were saved.';
		self::assertStringContainsString( $text, $page->notice() );
		wp_cache_flush();
		$limits = is_string( $kept ) ? array() : $kept;
		self::assertSame( $limits, get_option( Limits::OPTION ) );
		self::assertSame( $limits['server'] ?? 60000, Limits::chosen( 'server' ) );
		self::assertSame( '', get_option( Limits::PROXY ) );
	}
}
