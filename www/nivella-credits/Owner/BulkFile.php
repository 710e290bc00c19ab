<?php
/**
 * A file of credits to give.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Owner;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Customers;

defined( 'ABSPATH' ) || exit;

/**
 * Reads a CSV file: `customer` (e-mail or id), `credits`, `reason` and, where wanted, `expires`
 * (2027-01-31, the last day). A row that cannot be booked says why. Immutable.
 */
final class BulkFile {
	/** What a file may have at most. */
	public const MAX_BYTES = 2000000;
	public const MAX_ROWS  = 20000;
	/** Longer lines, and more columns, are none of ours and would fill the memory. */
	private const MAX_LINE    = 20000;
	private const MAX_COLUMNS = 50;

	private const COLUMNS    = array( 'customer', 'credits', 'reason', 'expires' );
	private const MAX_REASON = 200;

	/**
	 * One file.
	 *
	 * @param string                           $hash What tells this file from others.
	 * @param array<int, array<string, mixed>> $rows Each with `line`, `customer`, `user`, `amount`,
	 *                                               `reason`, `expires_at` and `fault`, '' for none.
	 */
	private function __construct( public readonly string $hash, public readonly array $rows ) {}

	/**
	 * Reads a file.
	 *
	 * @param string $text Its text.
	 * @throws Refusal `field_invalid`, whose message is for the owner.
	 */
	public static function read( string $text ): self {
		$hash = substr( hash( 'sha256', $text ), 0, 32 );
		if ( strlen( $text ) > self::MAX_BYTES ) {
			throw self::refused( __( 'The file is larger than 2 MB: split it.', 'nivella-credits' ) );
		}
		if ( ! mb_check_encoding( $text, 'UTF-8' ) ) {
			throw self::refused( __( 'The file is not UTF-8: save it as "CSV UTF-8".', 'nivella-credits' ) );
		}
		$records = self::records( (string) preg_replace( '/^\xEF\xBB\xBF/', '', $text ) );
		// Not array_shift(): it would count the lines anew.
		$first = array_key_first( $records );
		$heads = null === $first ? array() : array_map( 'trim', $records[ $first ] );
		$heads = array_map( 'strtolower', $heads );
		unset( $records[ $first ] );
		$missing = array_diff( array( 'customer', 'credits', 'reason' ), $heads );
		if ( array() !== $missing ) {
			/* translators: %s: names of columns. */
			$text = __( 'The first line must name the columns. Missing: %s.', 'nivella-credits' );
			throw self::refused( sprintf( $text, implode( wp_get_list_item_separator(), $missing ) ) );
		}
		if ( array() === $records ) {
			throw self::wrong_length();
		}
		return new self( $hash, self::rows( $heads, $records ) );
	}

	/** How many rows cannot be booked. */
	public function faults(): int {
		return count( array_filter( array_column( $this->rows, 'fault' ) ) );
	}

	/**
	 * All credits together.
	 *
	 * @throws Refusal `amount_overflow`.
	 */
	public function sum(): int {
		return array_reduce( array_column( $this->rows, 'amount' ), Amount::add( ... ), 0 );
	}

	/**
	 * The request id of a row: the same file has its effect once, whoever sends it.
	 *
	 * @param array<string, mixed> $row The row.
	 */
	public function request_id( array $row ): string {
		return "bulk-$this->hash-{$row['line']}";
	}

	/**
	 * Books a row without a fault.
	 *
	 * @param array<string, mixed> $row The row.
	 * @return bool Whether it was booked now; false: it had been before.
	 * @throws Refusal What the ledger refuses.
	 */
	public function book( array $row ): bool {
		$books   = Books::open();
		$expires = null === $row['expires_at'] ? array() : array( 'expires_at' => $row['expires_at'] );
		$answer  = $books->write(
			$books->account_of_user( $row['user'] ),
			array(
				'op'         => 'adjust',
				'direction'  => 'add',
				'request_id' => $this->request_id( $row ),
				'amount'     => Amount::text( $row['amount'] ),
				'reason'     => $row['reason'],
			) + $expires
		);
		return ! $answer['replayed'];
	}

	/**
	 * The records of a text, by the line that they begin in.
	 *
	 * @param string $text The text.
	 * @return array<int, string[]>
	 * @throws Refusal `field_invalid`, before what is too much fills the memory.
	 */
	private static function records( string $text ): array {
		$first  = (string) strtok( $text, "\r\n" );
		$counts = array_map(
			static fn( string $sign ): int => substr_count( $first, $sign ),
			array( ',' => ',', ';' => ';', "\t" => "\t" )
		);
		arsort( $counts );
		// phpcs:disable WordPress.WP.AlternativeFunctions -- memory, which is read like a file.
		$stream = fopen( 'php://temp', 'r+' );
		fwrite( $stream, str_replace( array( "\r\n", "\r" ), "\n", $text ) );
		rewind( $stream );
		$records = array();
		$line    = 1;
		while ( true ) {
			$start  = ftell( $stream );
			$record = fgetcsv( $stream, self::MAX_LINE, (string) key( $counts ), '"', '' );
			if ( false === $record ) {
				break;
			}
			$end = ftell( $stream );
			if ( count( $record ) > self::MAX_COLUMNS || $end - $start >= self::MAX_LINE ) {
				$text = __( 'A line is too long, or has too many columns.', 'nivella-credits' );
				throw self::refused( $text );
			}
			if ( count( $records ) > self::MAX_ROWS ) {
				throw self::wrong_length();
			}
			if ( array( null ) !== $record ) {
				$records[ $line ] = array_map( 'strval', $record );
			}
			fseek( $stream, $start );
			$line += substr_count( (string) fread( $stream, $end - $start ), "\n" );
		}
		fclose( $stream );
		// phpcs:enable
		return $records;
	}

	/**
	 * The rows, checked.
	 *
	 * @param string[]             $heads   Names of the columns.
	 * @param array<int, string[]> $records By line.
	 * @return array<int, array<string, mixed>>
	 */
	private static function rows( array $heads, array $records ): array {
		$rows = array();
		foreach ( $records as $line => $record ) {
			$row = array( 'line' => $line );
			foreach ( self::COLUMNS as $column ) {
				$at             = array_search( $column, $heads, true );
				$row[ $column ] = false === $at ? '' : trim( $record[ $at ] ?? '' );
			}
			$rows[] = $row;
		}
		$users = Customers::open()->named( array_column( $rows, 'customer' ) );
		return array_map(
			static fn( array $row ): array => self::checked(
				$row,
				$users[ strtolower( $row['customer'] ) ] ?? null,
			),
			$rows
		);
	}

	/**
	 * A row with what is to be booked of it.
	 *
	 * @param array<string, mixed> $row  As it stands in the file.
	 * @param ?int                 $user Whom it names.
	 * @return array<string, mixed>
	 */
	private static function checked( array $row, ?int $user ): array {
		$checked = array( 'user' => $user, 'amount' => 0, 'expires_at' => null, 'fault' => '' );
		try {
			$checked['amount'] = Amount::parse( $row['credits'] );
			Amount::check( $checked['amount'], 'credits' );
			$checked['expires_at'] = '' === $row['expires'] ? null : Day::end( $row['expires'], 'expires' );
		} catch ( Refusal $refusal ) {
			$checked['fault'] = Faults::text( $refusal );
		}
		$late = null !== $checked['expires_at']
			&& $checked['expires_at'] <= gmdate( 'Y-m-d\TH:i:s.v\Z' );
		if ( null === $user ) {
			$checked['fault'] = __( 'There is no such customer.', 'nivella-credits' );
		} elseif ( '' === $row['reason'] || mb_strlen( $row['reason'] ) > self::MAX_REASON ) {
			$checked['fault'] = __( 'A reason has 1 to 200 letters.', 'nivella-credits' );
		} elseif ( '' === $checked['fault'] && $late ) {
			$checked['fault'] = __( 'The last day has passed.', 'nivella-credits' );
		}
		return $checked + $row;
	}

	/** A file without rows, or with too many. */
	private static function wrong_length(): Refusal {
		return self::refused( __( 'A file has 1 to 20,000 rows.', 'nivella-credits' ) );
	}

	/**
	 * A file that cannot be read.
	 *
	 * @param string $text For the owner.
	 */
	private static function refused( string $text ): Refusal {
		return new Refusal( 'field_invalid', $text, 'file' );
	}
}
