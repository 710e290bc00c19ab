<?php
/**
 * The activity as CSV.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

use Nivella\Credits\Ledger\Civil;
use Nivella\Credits\Ledger\Instant;

defined( 'ABSPATH' ) || exit;

/**
 * RFC 4180, times with the account's offset, no cell that a sheet would run. The same columns as
 * the dashboard writes and reads.
 */
final class Csv {
	public const HEADER = 'seq,occurred_at,booked_at,kind,type,agent,feature,model,site,company,'
		. "credits,amount,waived,messages,call_seconds,images,rate_version,reason,details\r\n";

	/** The last line of an export that could not be finished; a whole one has none like it. */
	public const BROKEN = "\"INCOMPLETE: not all entries could be read, please export again\"\r\n";

	/** The places at which a sheet would begin to run what follows. */
	private const RUNS = '/^(?=\'*[=+\-@\t\r])|(?<=[;\t\r\n])(?=\'*[=+\-@])/D';

	/**
	 * A writer.
	 *
	 * @param array<string, mixed> $zone The account's: `base_offset_s`, `transitions`.
	 */
	public function __construct( private readonly array $zone ) {}

	/**
	 * One row of the activity.
	 *
	 * @param array<string, mixed> $row As the REST answers it.
	 */
	public function line( array $row ): string {
		$texts = array( 'kind', 'type', 'agent', 'feature', 'model', 'site', 'company' );
		$cells = array(
			$row['seq'],
			$this->moment( $row['occurred_at'] ),
			$this->moment( $row['booked_at'] ),
		);
		foreach ( $texts as $name ) {
			$cells[] = self::cell( $row[ $name ] );
		}
		array_push( $cells, $row['credits'], $row['amount'], $row['waived'], $row['messages'] );
		array_push( $cells, self::seconds( $row['call_ms'] ), $row['images'] );
		array_push( $cells, $row['rate_version'] ?? '', self::cell( $row['reason'] ) );
		$cells[] = self::cell( $row['details'] );
		return implode( ',', $cells ) . "\r\n";
	}

	/**
	 * A text that a person or another program made. What a sheet would run gets an apostrophe ahead,
	 * at the beginning and behind what sheets may split at: where a comma is the sign of decimals,
	 * that is the semicolon. So does what has apostrophes ahead of such a sign: every text comes back.
	 *
	 * @param string $text The text.
	 */
	public static function cell( string $text ): string {
		$safe = (string) preg_replace( self::RUNS, "'", $text );
		return 1 === preg_match( '/[",\r\n]/', $safe )
			? '"' . str_replace( '"', '""', $safe ) . '"'
			: $safe;
	}

	/**
	 * Exact seconds.
	 *
	 * @param int $ms Milliseconds.
	 */
	private static function seconds( int $ms ): string {
		$part = rtrim( str_pad( (string) ( $ms % 1000 ), 3, '0', STR_PAD_LEFT ), '0' );
		return intdiv( $ms, 1000 ) . ( '' === $part ? '' : ".$part" );
	}

	/**
	 * A moment by the account's wall: milliseconds only where there are some.
	 *
	 * @param string $text RFC 3339 in UTC.
	 */
	private function moment( string $text ): string {
		$ms     = Instant::parse( $text );
		$offset = $this->offset_at( $text );
		$wall   = substr( Instant::text( $ms + $offset * 1000 ), 0, -1 );
		$whole  = str_ends_with( $wall, '.000' ) ? substr( $wall, 0, -4 ) : $wall;
		// Offsets of old times had seconds; the nearest minute is written.
		$minutes = Civil::floor_div( abs( $offset ) + 30, 60 );
		$sign    = $offset < 0 ? '-' : '+';
		return $whole . $sign . sprintf( '%02d:%02d', intdiv( $minutes, 60 ), $minutes % 60 );
	}

	private function offset_at( string $text ): int {
		$offset = $this->zone['base_offset_s'];
		foreach ( $this->zone['transitions'] as $transition ) {
			// Both are RFC 3339 in UTC with milliseconds, so that texts compare as times.
			if ( $transition['at'] > $text ) {
				break;
			}
			$offset = $transition['offset_s'];
		}
		return $offset;
	}
}
