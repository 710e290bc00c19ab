<?php
/**
 * Draws in the database.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Changes;
use Nivella\Credits\Ledger\Draw;

defined( 'ABSPATH' ) || exit;

/**
 * What each grant gave, by entry. Beside it stands what the grant had left then, so that a receipt
 * needs no later entry.
 */
final class DrawRows {
	private const INSERT = 'INSERT INTO {draws}
		( account, seq, n, grant_id, from_part, to_part, amount, remains ) VALUES ?';

	private const SELECT = 'SELECT seq, grant_id, from_part, to_part, amount FROM {draws}
		WHERE account = ? AND seq >= ? AND seq < ? ORDER BY seq, n';

	/**
	 * Adds the draws of a write's entries.
	 *
	 * @param Db      $db      The database.
	 * @param int     $account Whose they are.
	 * @param Changes $changes The write.
	 */
	public static function insert( Db $db, int $account, Changes $changes ): void {
		$remains = array();
		foreach ( array( ...$changes->new_grants, ...$changes->changed_grants ) as $grant ) {
			$remains[ $grant->id ] = $grant->available + $grant->held;
		}
		// What a grant has now is known; so the last draw comes first.
		$rows = array();
		foreach ( array_reverse( $changes->entries ) as $entry ) {
			foreach ( array_reverse( $entry->draws, true ) as $n => $draw ) {
				$left   = $remains[ $draw->grant ];
				$rows[] = array( $account, $entry->seq, $n, ...self::values( $draw ), $left );

				$remains[ $draw->grant ] = $left - GrantRows::change( $draw );
			}
		}
		foreach ( array_chunk( array_reverse( $rows ), 1000 ) as $some ) {
			$db->later( self::INSERT, $some );
		}
	}

	/**
	 * The draws of entries that follow each other, by sequence number.
	 *
	 * @param Db  $db      The database.
	 * @param int $account Whose they are.
	 * @param int $first   The first entry.
	 * @param int $end     The one behind the last.
	 * @return array<int, Draw[]>
	 */
	public static function of_entries( Db $db, int $account, int $first, int $end ): array {
		$draws = array();
		foreach ( $db->rows( self::SELECT, $account, $first, $end ) as $row ) {
			$draws[ (int) $row['seq'] ][] = new Draw(
				(int) $row['grant_id'],
				(string) $row['from_part'],
				(string) $row['to_part'],
				(int) $row['amount'],
			);
		}
		return $draws;
	}

	/**
	 * The columns of a draw.
	 *
	 * @param Draw $draw The draw.
	 * @return array<int, int|string>
	 */
	private static function values( Draw $draw ): array {
		return array( $draw->grant, $draw->from, $draw->to, $draw->amount );
	}
}
