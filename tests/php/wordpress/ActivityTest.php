<?php
/**
 * The activity: pages by sequence number, filters, a search, and rows without what a model counted.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Tests\Support\Configured;
use Nivella\Credits\Tests\Support\WordPressTestCase;

final class ActivityTest extends WordPressTestCase {
	private const DAY  = 86400000;
	private const NOW  = 1795000000000;
	private const CARD = array(
		'version'      => 7,
		'effective_at' => '2020-01-01T00:00:00Z',
		'quantum'      => '0.01',
		'rates'        => array(
			array( 'feature' => 'chat', 'unit' => 'message', 'credits' => '1' ),
			array( 'feature' => 'chat', 'unit' => 'input_tokens', 'credits' => '0.5' ),
			array( 'feature' => 'chat', 'unit' => 'output_tokens', 'credits' => '0.25' ),
			array( 'feature' => 'voice', 'unit' => 'call_minute', 'credits' => '3' ),
		),
	);

	private Configured $own;

	protected function setUp(): void {
		parent::setUp();
		$this->own      = new Configured( array( 'rate_cards' => array( self::CARD ) ) );
		$this->own->now = self::NOW;
		$grant          = array( 'kind' => 'purchase', 'amount' => '100000', 'order_item' => 'i' );
		$this->send( 'grant', 'g', $grant );
	}

	private function books(): Books {
		return $this->own->books();
	}

	private function send( string $op, string $id, array $more ): array {
		$command = array( 'op' => $op, 'request_id' => $id ) + $more;
		return $this->books()->write( $this->own->account, $command );
	}

	/** Uses of three agents and two features on some days, one in each. */
	private function work( int $count ): void {
		for ( $n = 1; $n <= $count; $n++ ) {
			$this->own->now += intdiv( self::DAY, 4 );
			$voice           = 0 === $n % 2;
			$this->send(
				'use',
				"u$n",
				array(
					'mode'      => 'strict',
					'site'      => 'site-' . $n % 2,
					'reference' => "Talk Ünder $n",
					'usage'     => array(
						'feature' => $voice ? 'voice' : 'chat',
						'agent'   => 'agent-' . $n % 3,
						'model'   => 'swift',
					) + ( $voice ? array( 'call_ms' => 60000 ) : array( 'messages' => 1 ) ),
				)
			);
		}
	}

	private function page( array $page ): array {
		return $this->books()->activity( $this->own->account, $page );
	}

	/** @return int[] sequence numbers of all pages */
	private function all( array $filter ): array {
		$seqs = array();
		for ( $before = null; ; ) {
			$page = $this->page( $filter + array_filter( array( 'before' => $before ) ) );
			$seqs = array( ...$seqs, ...array_column( $page['rows'], 'seq' ) );
			if ( null === $page['next'] ) {
				return $seqs;
			}
			$before = $page['next'];
		}
	}

	public function test_pages_follow_each_other_without_gaps(): void {
		$this->work( 24 );
		self::assertSame( range( 25, 1 ), $this->all( array( 'limit' => 4 ) ) );
		self::assertSame( range( 25, 1 ), $this->all( array( 'limit' => 5 ) ) );
		$first = $this->page( array( 'limit' => 4 ) );
		$this->work( 0 );
		$this->send( 'use', 'later', array( 'mode' => 'strict', 'amount' => '1' ) );
		$second = $this->page( array( 'limit' => 4, 'before' => $first['next'] ) );
		self::assertSame( array( 21, 20, 19, 18 ), array_column( $second['rows'], 'seq' ) );
	}

	public function test_filters_leave_what_fits(): void {
		$this->work( 24 );
		$rows   = $this->page( array( 'limit' => 100 ) )['rows'];
		$fitted = static fn( string $key, string $value ): array => array_column(
			array_filter( $rows, static fn( array $row ): bool => $row[ $key ] === $value ),
			'seq'
		);
		$all    = array( 'agent' => 'agent-1', 'feature' => 'voice', 'site' => 'site-1' );
		$all   += array( 'type' => 'call', 'model' => 'swift', 'company' => '' );
		foreach ( $all as $key => $value ) {
			$found = $this->all( array( $key => $value, 'limit' => 3 ) );
			self::assertNotSame( array(), $found, $key );
			self::assertSame( $fitted( $key, $value ), $found, $key );
		}
		self::assertSame( array(), $this->all( array( 'agent' => 'AGENT-1' ) ) );
		self::assertSame( array(), $this->all( array( 'agent' => "' OR ''='" ) ) );
		self::assertSame( array(), $this->all( array( 'company' => 'x' ) ) );
	}

	public function test_the_company_is_that_of_the_site(): void {
		$names = array( 'site-1' => 'Tea & Ünion' );
		update_option( Configuration::LABELS, wp_json_encode( array( 'company' => $names ) ) );
		$this->work( 8 );
		$rows = $this->page( array( 'limit' => 100 ) )['rows'];
		foreach ( $rows as $row ) {
			self::assertSame( $names[ $row['site'] ] ?? '', $row['company'] );
		}
		$of = static fn( string $company ): array => array_column(
			array_filter( $rows, static fn( array $row ): bool => $row['company'] === $company ),
			'seq'
		);
		self::assertCount( 4, $of( 'Tea & Ünion' ) );
		self::assertSame( $of( 'Tea & Ünion' ), $this->all( array( 'company' => 'Tea & Ünion' ) ) );
		self::assertSame( $of( '' ), $this->all( array( 'company' => '' ) ) );
		self::assertSame( $of( 'Tea & Ünion' ), $this->all( array( 'search' => 'ünion' ) ) );
		$sums = $this->books()->rollups( $this->own->account )['rows'];
		foreach ( $sums as $sum ) {
			self::assertSame( $names[ $sum['site'] ] ?? '', $sum['company'] );
		}
		self::assertNotSame( array(), $sums );
	}

	public function test_more_sums_than_an_answer_has_are_refused_with_the_day_that_fits(): void {
		global $wpdb;
		$table = $wpdb->prefix . 'nivella_credits_rollups';
		$first = intdiv( self::NOW, self::DAY ) - 60;
		for ( $day = 0; $day <= 50; $day++ ) {
			$at   = $first + $day;
			$rows = array();
			for ( $n = 0; $n < 1000; $n++ ) {
				$rows[] = "({$this->own->account},$at,'s$n','','','','message',1,0,1,0,1,0,0)";
			}
			$wpdb->query( "INSERT INTO `$table` VALUES " . implode( ',', $rows ) );
		}
		try {
			$this->books()->rollups( $this->own->account );
			self::fail( 'cut, or too much' );
		} catch ( Refusal $refusal ) {
			self::assertSame( 'period_invalid', $refusal->error );
			$to = $refusal->details['to'];
			self::assertSame( gmdate( 'Y-m-d', ( $first + 49 ) * 86400 ), $to );
		}
		$fits = $this->books()->rollups( $this->own->account, null, $to )['rows'];
		self::assertCount( 50000, $fits );
		$next = gmdate( 'Y-m-d', ( $first + 50 ) * 86400 );
		self::assertCount( 1000, $this->books()->rollups( $this->own->account, $next )['rows'] );
	}

	public function test_days_are_civil_days_and_both_are_included(): void {
		$this->work( 24 );
		$rows = $this->page( array( 'limit' => 100 ) )['rows'];
		$day  = substr( $rows[10]['occurred_at'], 0, 10 );
		$due  = array_filter( $rows, static fn( array $row ): bool =>
			str_starts_with( $row['occurred_at'], $day ) );
		self::assertCount( 4, $due );
		$seqs = array_column( $due, 'seq' );
		self::assertSame( $seqs, $this->all( array( 'from' => $day, 'to' => $day, 'limit' => 3 ) ) );
		self::assertSame( array(), $this->all( array( 'to' => '2020-01-01' ) ) );
		self::assertSame( range( 25, 1 ), $this->all( array( 'from' => '2020-01-01' ) ) );
		$old = gmdate( 'Y-m-d\TH:i:s\Z', intdiv( self::NOW, 1000 ) - 20 * 86400 );
		$this->send( 'use', 'late', array( 'mode' => 'strict', 'amount' => '1', 'occurred_at' => $old ) );
		self::assertSame( array( 26 ), $this->all( array( 'to' => substr( $old, 0, 10 ) ) ) );
	}

	public function test_a_search_looks_into_numbers_details_and_sites(): void {
		$this->work( 12 );
		self::assertSame( array( 8 ), $this->all( array( 'search' => 'talk üNDER 7' ) ) );
		self::assertSame( range( 13, 2 ), $this->all( array( 'search' => 'Ü' ) ) );
		self::assertSame( array(), $this->all( array( 'search' => 'under' ) ) );
		self::assertSame( array(), $this->all( array( 'search' => '100%' ) ) );
		self::assertSame( array(), $this->all( array( 'search' => '_' ) ) );
	}

	public function test_what_a_model_counted_is_in_no_row_receipt_or_statement(): void {
		$usage  = array( 'feature' => 'chat', 'messages' => 2 );
		$tokens = array( 'input_tokens' => 1234567, 'output_tokens' => 7654321 );
		$use    = array( 'mode' => 'record', 'usage' => $usage + $tokens );
		$answer = $this->send( 'use', 'u', $use );
		self::assertSame( 1234567, $answer['entries'][0]['usage']['input_tokens'] );
		$again = $this->send( 'use', 'u', $use );
		self::assertSame( $answer['entries'], $again['entries'], 'who sent them gets them again' );
		$receipt = $this->books()->receipt( $this->own->account, 2 );
		$lines   = array_column( $receipt['rate']['lines'], 'product', 'unit' );
		self::assertSame( array( 'message' => '2', 'work' => '2530.86375' ), $lines );
		$statement = $this->books()->statement( $this->own->account );
		$said      = json_encode( array( $receipt, $this->page( array() ) ) )
			. implode( '', iterator_to_array( $statement, false ) );
		self::assertStringNotContainsString( '1234567', $said );
		self::assertStringNotContainsString( '7654321', $said );
		self::assertStringNotContainsString( 'tokens', $said );
	}

	public function test_a_released_hold_is_listed_by_what_it_was_about(): void {
		$usage = array( 'feature' => 'chat', 'agent' => 'writer', 'messages' => 1 );
		$hold  = $this->send(
			'hold',
			'h',
			array( 'usage' => $usage, 'duration_ms' => 1000, 'reference' => 'talk', 'site' => 's' )
		);
		$this->send( 'release', 'r', array( 'hold' => $hold['hold']['id'] ) );
		$row = $this->page( array() )['rows'][0];
		self::assertSame( 'release', $row['kind'] );
		self::assertSame( 'writer talk s', "{$row['agent']} {$row['details']} {$row['site']}" );
	}

	/** @return array<string, array{array<string, mixed>, string}> */
	public static function wrong(): array {
		return array(
			'a page of 0'         => array( array( 'limit' => 0 ), 'field_invalid' ),
			'a page of 101'       => array( array( 'limit' => 101 ), 'field_invalid' ),
			'a page of a million' => array( array( 'limit' => '1000000' ), 'field_invalid' ),
			'a fraction'          => array( array( 'limit' => 1.5 ), 'field_invalid' ),
			'before nothing'      => array( array( 'before' => 0 ), 'field_invalid' ),
			'before a text'       => array( array( 'before' => '1e3' ), 'field_invalid' ),
			'no day'              => array( array( 'from' => '2026-02-30' ), 'time_invalid' ),
			'a day and more'      => array( array( 'to' => '2026-02-01T00:00' ), 'time_invalid' ),
			'turned round'        =>
				array( array( 'from' => '2026-02-02', 'to' => '2026-02-01' ), 'period_invalid' ),
			'a list'              => array( array( 'agent' => array( 'x' ) ), 'field_invalid' ),
			'a long search'       => array( array( 'search' => str_repeat( 'x', 192 ) ), 'field_invalid' ),
			'no UTF-8'            => array( array( 'search' => "\xff" ), 'field_invalid' ),
		);
	}

	/** @dataProvider wrong */
	public function test_what_cannot_be_asked_is_refused( array $page, string $code ): void {
		try {
			$this->page( $page );
			self::fail( 'nothing was refused' );
		} catch ( Refusal $refusal ) {
			self::assertSame( $code, $refusal->error );
		}
	}
}
