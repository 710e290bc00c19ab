<?php
/**
 * What the plugin costs where there is nothing of it to see. Milliseconds are measured by the
 * bench `pages`; queries are always as many, so they are held here.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Tests\Support\Meter;
use Nivella\Credits\Tests\Support\PlainPages;
use Nivella\Credits\Tests\Support\WooTestCase;

final class PageCostTest extends WooTestCase {
	/** As tests/bench/budgets.mjs has it. */
	private const QUERIES = 3;

	public function test_a_page_without_credits_costs_a_few_queries_at_most(): void {
		wp_set_current_user( 1 );
		$pages   = PlainPages::make();
		$readers = array( 'guest' => new Meter( 0 ), 'customer' => new Meter( $this->user() ) );
		$over    = array();
		$look    = static function ( string $name, Meter $reader, string $path ) use ( &$over ): void {
			// What a first visit makes or keeps is not what a page costs, nor what the store itself
			// does only in some seconds.
			$reader->visit( $path, false );
			$reader->visit( $path, true );
			for ( $tries = 0; $tries < 3; $tries++ ) {
				list( $count, $queries ) = $reader->added( $path );
				if ( $count <= self::QUERIES ) {
					return;
				}
			}
			$over[] = "$name: $count more: " . implode( '; ', $queries );
		};
		foreach ( $readers as $who => $reader ) {
			PlainPages::fill_cart( $reader, $pages );
			foreach ( $pages as $name => $path ) {
				$look( "$name, $who", $reader, $path );
			}
		}
		$look( 'dashboard, owner', new Meter( 1 ), '/wp-admin/index.php' );
		self::assertSame( array(), $over );
	}
}
