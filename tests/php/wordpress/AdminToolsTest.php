<?php
/**
 * Exports of the whole store, and credits for many by a file: looked at first, booked once.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Owner\BulkFile;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\EntryExport;
use Nivella\Credits\Tests\Support\AdminBrowser;
use Nivella\Credits\Tests\Support\AdminTestCase;

final class AdminToolsTest extends AdminTestCase {
	private const PAGE = 'nivella-credits-tools';

	/** @return array<int, string[]> */
	private static function csv( string $text ): array {
		$stream = fopen( 'php://temp', 'r+' );
		fwrite( $stream, $text );
		rewind( $stream );
		for ( $rows = array(); false !== ( $row = fgetcsv( $stream, null, ',', '"', '' ) ); ) {
			$rows[] = $row;
		}
		return $rows;
	}

	private function mail( int $account ): string {
		return get_userdata( Books::open()->user_of_account( $account ) )->user_email;
	}

	private function tools(): AdminBrowser {
		return $this->shop_manager()->open( self::PAGE );
	}

	/** A14: names of customers, in the owner's export. */
	public function test_accounts_are_exported_with_cells_that_no_sheet_runs(): void {
		$first  = $this->account( '12.5', array( 'display_name' => '=HYPERLINK("x")' ) );
		$second = $this->account( '0' );
		self::book( $second, array( 'op' => 'use', 'mode' => 'record', 'amount' => '3' ) );
		$page = $this->tools();
		$rows = self::csv( $page->visit( $page->link( 'Accounts (CSV)' ) )->html );
		self::assertSame( 'account', $rows[0][0] );
		$by = array_column( $rows, null, 0 );
		self::assertSame( "'=HYPERLINK(\"x\")", $by[ $first ][3] );
		self::assertSame( array( '12.5', '0', '0' ), array_slice( $by[ $first ], 4, 3 ) );
		self::assertSame( array( '0', '0', '3' ), array_slice( $by[ $second ], 4, 3 ) );
		self::assertSame( $this->mail( $first ), $by[ $first ][2] );
	}

	/** @return array<string, array{string, string}> A name, and its cell. */
	public static function names(): array {
		return array(
			'a tab'               => array( "\t=1", "'\t'=1" ),
			'a carriage return'   => array( "\r=1", "'\r'=1" ),
			'another line'        => array( "a\n=1", "a\n'=1" ),
			// Where a comma is the sign of decimals, sheets split lines at semicolons.
			'another cell'        => array( 'a;=1+1;b', "a;'=1+1;b" ),
			'more than one'       => array( ';-1;@x;+;', ";'-1;'@x;'+;" ),
			'with an apostrophe'  => array( "a;'=1", "a;''=1" ),
			'a figure'            => array( '-5', '-5' ),
			'nothing of the kind' => array( 'a; b = c', 'a; b = c' ),
		);
	}

	/**
	 * A14: beginnings of cells in any country's sheet.
	 *
	 * @dataProvider names
	 */
	public function test_a_name_is_run_by_no_sheet( string $name, string $cell ): void {
		$account = $this->account( '1' );
		$user    = Books::open()->user_of_account( $account );
		$wpdb    = $GLOBALS['wpdb'];
		$wpdb->update( $wpdb->users, array( 'display_name' => $name ), array( 'ID' => $user ) );
		clean_user_cache( $user );
		$page = $this->tools();
		$rows = self::csv( $page->visit( $page->link( 'Accounts (CSV)' ) )->html );
		self::assertSame( $cell, array_column( $rows, 3, 0 )[ $account ] );
	}

	public function test_entries_are_exported_once_each_in_pieces_of_any_size(): void {
		$accounts = array( $this->account( '10' ), $this->account( '20' ), $this->account( '0' ) );
		foreach ( array( 0, 0, 1, 0 ) as $n ) {
			$use = array( 'op' => 'use', 'mode' => 'strict', 'amount' => '1', 'reference' => '@cmd' );
			self::book( $accounts[ $n ], $use );
		}
		$expected = array( "$accounts[0]:1", "$accounts[0]:2", "$accounts[0]:3", "$accounts[0]:4" );
		$expected = array( ...$expected, "$accounts[1]:1", "$accounts[1]:2" );
		foreach ( array( 1, 2, 3, 100 ) as $size ) {
			$found  = array();
			$export = EntryExport::open();
			for ( $at = array( 0, 0 ); array() !== ( $rows = $export->after( $at[0], $at[1], $size ) ); ) {
				foreach ( $rows as $row ) {
					$at      = array( (int) $row['account'], (int) $row['seq'] );
					$found[] = "$at[0]:$at[1]";
				}
			}
			self::assertSame( $expected, $found, "pieces of $size" );
		}
		$page = $this->tools();
		$rows = self::csv( $page->visit( $page->link( 'All entries (CSV)' ) )->html );
		self::assertSame( EntryExport::COLUMNS, $rows[0] );
		self::assertCount( 7, $rows );
		self::assertSame( '-1', $rows[2][ array_search( 'amount', $rows[0], true ) ] );
		self::assertSame( "'@cmd", $rows[2][ array_search( 'details', $rows[0], true ) ] );
	}

	public function test_a_file_is_looked_at_and_then_booked_once(): void {
		$one  = $this->account( '0' );
		$two  = $this->user();
		$file = "\xEF\xBB\xBFCustomer;Credits;Reason;Expires\r\n"
			. strtoupper( $this->mail( $one ) ) . ";500.25;\"Sorry; <b>really</b>\";2031-05-31\r\n\r\n"
			. "$two;7;Prize;\r\n";
		$page = $this->tools()->upload( 'bulk_upload', 'file', 'grant.csv', $file );
		self::assertStringContainsString( 'Nothing is booked yet', $page->notice() );
		self::assertStringContainsString( 'Rows: 2. Credits in all: 507.25.Line', $page->text() );
		self::assertStringContainsString( 'Sorry; <b>really</b>', $page->text() );
		self::assertSame( array( '2', '4' ), array_column( $page->rows( "//div[@id='bulk']" ), 0 ) );
		self::assertSame( '0', self::available( $one ) );
		$confirm = $page->fields( 'bulk_confirm' );
		$page->post( $confirm );
		self::assertSame( '2 rows are booked.', $page->notice() );
		self::assertSame( '500.25', self::available( $one ) );
		self::assertSame( '7', self::available( Books::open()->account_of_user( $two ) ) );
		self::assertStringContainsString( 'not here any more', $page->post( $confirm )->notice() );
		// The same file, from somebody else: harmless.
		$page = $this->tools()->upload( 'bulk_upload', 'file', 'other-name.csv', $file );
		self::assertSame( '2 rows are booked.', $page->send( 'bulk_confirm' )->notice() );
		self::assertSame( '500.25', self::available( $one ) );
		$page->open( 'nivella-credits', array( 'account' => $one ) );
		self::assertStringContainsString( 'by bulk grant', $page->text() );
	}

	/** @return array<string, array{string, string, int}> A row, what is wrong, and in which line. */
	public static function wrong_rows(): array {
		return array(
			'nobody'       => array( 'x@example.com,5,why,', 'no such customer', 2 ),
			'a part'       => array( 'example.com,5,why,', 'no such customer', 2 ),
			'abc'          => array( '{mail},abc,why,', 'plain digits', 2 ),
			'-5'           => array( '{mail},-5,why,', 'plain digits', 2 ),
			'zero'         => array( '{mail},0,why,', 'above 0', 2 ),
			'10^15'        => array( '{mail},1000000000000000,why,', 'at most 1,000', 2 ),
			'a comma'      => array( '{mail},"1,5",why,', 'plain digits', 2 ),
			'no reason'    => array( '{mail},5,,', 'A reason has', 2 ),
			'no date'      => array( '{mail},5,why,31.12.2031', 'This is no date', 2 ),
			'a past date'  => array( '{mail},5,why,2020-01-31', 'The last day has passed', 2 ),
			'too short'    => array( '{mail}', 'A reason has', 2 ),
			'a later line' => array( "{mail},5,\"two\nlines\",\n{mail},x,why,", 'plain digits', 4 ),
		);
	}

	/** @dataProvider wrong_rows */
	public function test_one_wrong_row_keeps_all_from_being_booked(
		string $row,
		string $text,
		int $line
	): void {
		$account = $this->account( '0' );
		$mail    = $this->mail( $account );
		$file    = "customer,credits,reason,expires\n" . str_replace( '{mail}', $mail, $row )
			. "\n$mail,5,fine,";
		$page    = $this->tools()->upload( 'bulk_upload', 'file', 'grant.csv', $file );
		$rows    = $page->rows( "//div[@id='bulk']" );
		self::assertCount( 1, $rows, 'those that are wrong are shown' );
		self::assertSame( (string) $line, $rows[0][0] );
		self::assertStringContainsString( $text, $rows[0][5] );
		self::assertFalse( $page->has( 'bulk_confirm' ) );
		$hash  = substr( hash( 'sha256', $file ), 0, 32 );
		$fake  = array( 'action' => 'nivella_credits_bulk_confirm', 'hash' => $hash );
		$nonce = array( '_wpnonce' => $page->nonce( 'bulk_confirm' ) );
		$page->post( $fake + $nonce + array( '_wp_http_referer' => $page->path ) );
		self::assertStringContainsString( 'mend the file first', $page->notice() );
		self::assertSame( '0', self::available( $account ) );
		$page->open( self::PAGE )->send( 'bulk_discard' );
		self::assertSame( 'The file was discarded.', $page->notice() );
		self::assertTrue( $page->has( 'bulk_upload' ) );
	}

	/** @return array<string, array{string, string}> */
	public static function wrong_files(): array {
		return array(
			'empty'         => array( '', 'Missing: customer, credits, reason' ),
			'no heads'      => array( "a@example.com,5,why\n", 'Missing: customer' ),
			'a head less'   => array( "customer,credits\nx,1\n", 'Missing: reason' ),
			'heads alone'   => array( "customer,credits,reason\n", '1 to 20,000 rows' ),
			'not UTF-8'     => array( "customer,credits,reason\nx,1,M\xFCller\n", 'not UTF-8' ),
			'too large'     => array( str_repeat( 'x', 2000001 ), 'at most 2 MB' ),
			'too many rows' => array(
				"customer,credits,reason\n" . str_repeat( "1,1,x\n", 20001 ),
				'1 to 20,000 rows',
			),
			'short rows'    => array(
				"customer,credits,reason\n" . str_repeat( "1\n", 980000 ),
				'1 to 20,000 rows',
			),
			'many cells'    => array(
				"customer,credits,reason\n" . str_repeat( ',', 1900000 ) . "\n",
				'too many columns',
			),
			'many heads'    => array(
				'customer,credits,reason' . str_repeat( ',', 1900000 ) . "\n1,2,x\n",
				'too many columns',
			),
		);
	}

	/** @dataProvider wrong_files */
	public function test_a_file_that_cannot_be_read_is_refused( string $file, string $text ): void {
		$page = $this->tools()->upload( 'bulk_upload', 'file', 'grant.csv', $file );
		self::assertStringContainsString( $text, $page->notice() );
		self::assertFalse( $page->has( 'bulk_discard' ), 'nothing is kept of it' );
	}

	/** @dataProvider wrong_files */
	public function test_a_file_takes_no_more_memory_than_a_site_has( string $file ): void {
		$before = memory_get_usage();
		// PHP 8.1 cannot say what this alone took.
		$reset = 'memory_reset_peak_usage';
		$known = function_exists( $reset ) && null === $reset();
		try {
			BulkFile::read( $file );
			self::fail( 'it was read' );
		} catch ( Refusal ) {
			$took = $known ? memory_get_peak_usage() - $before : 0;
		}
		self::assertLessThan( 60000000, $took, 'bytes' );
	}

	public function test_a_customer_who_left_meanwhile_is_told_of(): void {
		require_once ABSPATH . 'wp-admin/includes/user.php';
		$user = $this->user( 'shop_manager' );
		$both = array( $this->account( '0' ), $this->account( '0' ) );
		$gone = $this->user();
		$file = "customer,credits,reason\n" . $this->mail( $both[0] ) . ",5,a\n$gone,5,b\n"
			. $this->mail( $both[1] ) . ",6,c\n";
		$page = ( new AdminBrowser( $user ) )->open( self::PAGE );
		$page->upload( 'bulk_upload', 'file', 'grant.csv', $file );
		wp_delete_user( $gone );
		$fields = $page->fields( 'bulk_confirm' );
		self::assertStringContainsString( 'mend the file first', $page->post( $fields )->notice() );
		self::assertSame( '0', self::available( $both[0] ), 'nothing was begun' );
		// It was begun before: the rest goes on.
		wp_cache_flush();
		$name = "nivella_credits_bulk_$user";
		set_transient( $name, array( 'at' => 1 ) + get_transient( $name ), 600 );
		$page->post( $fields );
		self::assertStringContainsString( '2 rows are booked', $page->notice() );
		self::assertStringContainsString( 'Line 3 was not booked: There is no such', $page->notice() );
		self::assertSame( '0', self::available( $both[0] ) );
		self::assertSame( '6', self::available( $both[1] ) );
	}
}
