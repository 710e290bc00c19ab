<?php
/**
 * Exports of the whole store.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Plugin\Capabilities;
use Nivella\Credits\Rest\Clock;
use Nivella\Credits\Rest\Csv;
use Nivella\Credits\Storage\AccountList;
use Nivella\Credits\Storage\AccountQuery;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\EntryExport;

defined( 'ABSPATH' ) || exit;

/** Files that are sent as they are read, however long. No cell of them is run by a sheet. */
final class Exports {
	private const ACCOUNTS = 500;
	private const ENTRIES  = 1000;

	/** Every account. */
	public static function accounts(): void {
		Action::send(
			'export_accounts',
			Capabilities::VIEW,
			static fn(): array => array( self::name( 'accounts' ), 'text/csv', self::account_lines() )
		);
	}

	/** Every entry. */
	public static function entries(): void {
		Action::send(
			'export_entries',
			Capabilities::VIEW,
			static fn(): array => array( self::name( 'entries' ), 'text/csv', self::entry_lines() )
		);
	}

	/** @return \Generator<string> */
	private static function account_lines(): \Generator {
		$heads = array( 'account', 'user', 'email', 'name', 'available', 'held', 'debt', 'plan' );
		$query = new AccountQuery( 'id', true );
		yield self::line( array( ...$heads, 'opened_at', 'last_entry_at' ) );
		do {
			$now  = Clock::now();
			$page = AccountList::open()->page( $query, self::ACCOUNTS, $now );
			cache_users( array_filter( array_column( $page['rows'], 'user_id' ) ) );
			$text = '';
			foreach ( $page['rows'] as $row ) {
				$text .= self::account_line( $row, $now );
			}
			yield $text;
			$query = null === $page['next'] ? null : $query->behind( $page['next'] );
		} while ( null !== $query );
	}

	/**
	 * The line of an account.
	 *
	 * @param array<string, mixed> $row Of AccountList.
	 * @param int                  $now Now.
	 */
	private static function account_line( array $row, int $now ): string {
		$due   = null !== $row['due_at'] && $row['due_at'] <= $now;
		$now   = $due ? Books::open()->balance( $row['id'] ) : array(
			'plan' => array( 'key' => $row['plan'] ),
		);
		$user  = null === $row['user_id'] ? false : get_userdata( $row['user_id'] );
		$cells = array( (string) $row['id'], (string) $row['user_id'] );
		array_push(
			$cells,
			false === $user ? '' : $user->user_email,
			Shown::customer( $row['user_id'] ),
		);
		foreach ( array( 'available', 'held', 'debt' ) as $figure ) {
			$cells[] = $now[ $figure ] ?? Amount::text( $row[ $figure ] );
		}
		$last = $row['last_at'];
		array_push( $cells, $now['plan']['key'] ?? '', Instant::text( $row['created_at'] ) );
		return self::line( array( ...$cells, null === $last ? '' : Instant::text( $last ) ) );
	}

	/** @return \Generator<string> */
	private static function entry_lines(): \Generator {
		yield self::line( EntryExport::COLUMNS );
		$export = EntryExport::open();
		for ( $rows = $export->after( 0, 0, self::ENTRIES ); array() !== $rows; ) {
			$text = '';
			foreach ( $rows as $row ) {
				$text .= self::line( array_values( $row ) );
			}
			yield $text;
			$last = end( $rows );
			$rows = $export->after( (int) $last['account'], (int) $last['seq'], self::ENTRIES );
		}
	}

	/**
	 * A line. Figures may begin with a minus; every other cell is one that no sheet runs.
	 *
	 * @param string[] $cells Its cells.
	 */
	private static function line( array $cells ): string {
		$safe = static fn( string $cell ): string =>
			1 === preg_match( '/^-?\d+(\.\d+)?$/D', $cell ) ? $cell : Csv::cell( $cell );
		return implode( ',', array_map( $safe, $cells ) ) . "\r\n";
	}

	/**
	 * The name of a file.
	 *
	 * @param string $what What it has.
	 */
	private static function name( string $what ): string {
		return "credits-$what-" . wp_date( 'Y-m-d' ) . '.csv';
	}
}
