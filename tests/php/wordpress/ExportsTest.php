<?php
/**
 * Exports: a part is never taken for the whole.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Rest\Csv;
use Nivella\Credits\Rest\Stream;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Tests\Support\RestTestCase;

final class ExportsTest extends RestTestCase {
	public function test_a_csv_that_breaks_off_says_so_in_its_last_line(): void {
		global $wpdb;
		$user = $this->customer();
		$this->use_often( $user, 120 );
		$pieces = Stream::pieces_of( $this->export( $user ) );
		$text   = '';
		$fault  = null;
		$table  = $wpdb->prefix . 'nivella_credits_entries';
		$quiet  = $wpdb->suppress_errors( true );
		try {
			foreach ( $pieces as $piece ) {
				if ( '' === $text ) {
					$wpdb->query( "RENAME TABLE `$table` TO `{$table}_gone`" );
				}
				$text .= $piece;
			}
		} catch ( \Throwable $thrown ) {
			$fault = $thrown;
		} finally {
			$wpdb->query( "RENAME TABLE `{$table}_gone` TO `$table`" );
			$wpdb->suppress_errors( $quiet );
		}
		self::assertNotNull( $fault, 'it is written to the log, too' );
		self::assertStringEndsWith( "\r\n" . Csv::BROKEN, $text );
		$whole = implode( '', iterator_to_array( Stream::pieces_of( $this->export( $user ) ), false ) );
		self::assertSame( 122, substr_count( $whole, "\r\n" ) );
		self::assertStringNotContainsString( 'INCOMPLETE', $whole );
	}

	public function test_a_history_beyond_the_totals_of_a_statement_is_refused_as_that(): void {
		global $wpdb;
		$user   = $this->customer( '1000' );
		$server = self::server( $user );
		$this->use_often( $user, 3 );
		self::assertSame( 200, self::ask( 'GET', 'statement', $server )->status );
		$most  = (string) intdiv( PHP_INT_MAX, 2 );
		$table = $wpdb->prefix . 'nivella_credits_entries';
		$wpdb->query( "UPDATE `$table` SET cost = $most WHERE kind = 'use'" );
		self::assertRefused( 400, 'amount_overflow', self::ask( 'GET', 'statement', $server ) );
	}

	/**
	 * @dataProvider cells
	 */
	public function test_a14_no_sheet_runs_a_cell( string $text, string $cell ): void {
		$user = $this->customer();
		$use  = array( 'op' => 'use', 'mode' => 'strict', 'amount' => '1', 'reference' => $text );
		Books::open()->write( self::account( $user ), self::body( $use ) );
		$line = Books::open()->activity( self::account( $user ) )['rows'][0];
		$zone = Books::open()->settings_of( self::account( $user ) )['zone'];
		self::assertStringEndsWith( ",$cell\r\n", ( new Csv( $zone ) )->line( $line ) );
	}

	/** @return array<array{string, string}> */
	public static function cells(): array {
		return array(
			array( '=1+1', "'=1+1" ),
			array( '@SUM(A1)', "'@SUM(A1)" ),
			array( 'a "b", c', '"a ""b"", c"' ),
			array( '=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"' ),
			array( 'a;b', 'a;b' ),
			array( 'a;=1', "a;'=1" ),
			array( 'plain', 'plain' ),
		);
	}

	public function test_a14_cells_are_those_that_the_dashboard_writes(): void {
		$vectors = json_decode(
			(string) file_get_contents( NIVELLA_REPO . '/tests/vectors/activity.json' ),
			true
		);
		foreach ( $vectors['guards'] as $guard ) {
			self::assertSame( $guard['cell'], Csv::cell( $guard['text'] ), json_encode( $guard['text'] ) );
		}
	}

	private function use_often( int $user, int $count ): void {
		$use   = array( 'mode' => 'strict', 'amount' => '0.1' );
		$items = array();
		for ( $n = 0; $n < $count; $n++ ) {
			$items[] = self::body( $use );
		}
		Books::open()->write( self::account( $user ), array( 'op' => 'batch', 'items' => $items ) );
	}

	private function export( int $user ): \WP_REST_Response {
		wp_set_current_user( $user );
		$path = '/nivella-credits/v1/activity.csv';
		return rest_do_request( new \WP_REST_Request( 'GET', $path ) );
	}
}
