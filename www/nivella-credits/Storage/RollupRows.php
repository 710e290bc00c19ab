<?php
/**
 * Sums of days in the database.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Rollup;

defined( 'ABSPATH' ) || exit;

/**
 * Adds to the sums of days. They grow within the database, so nothing of them is read.
 */
final class RollupRows {
	private const INSERT = 'INSERT INTO {rollups} ( account, day, site, agent, feature, model, type,
		uses, failed, credits, waived, messages, call_ms, images ) VALUES ?
		ON DUPLICATE KEY UPDATE uses = uses + VALUES(uses)';

	/** The other sums. */
	private const SUMS = array( 'failed', 'credits', 'waived', 'messages', 'call_ms', 'images' );

	/** How each of them grows; a full one stays full. By CASE: SQLite has no LEAST of 64 bits. */
	private const GROWS = ', %1$s = CASE WHEN %1$s > 9223372036854775807 - VALUES(%1$s)
		THEN 9223372036854775807 ELSE %1$s + VALUES(%1$s) END';

	/**
	 * Adds to sums.
	 *
	 * @param Db       $db      The database.
	 * @param int      $account Whose they are.
	 * @param Rollup[] $rollups What to add; at least one.
	 */
	public static function add( Db $db, int $account, array $rollups ): void {
		$rows = array();
		foreach ( $rollups as $rollup ) {
			$rows[] = array( $account, ...$rollup->keys(), ...$rollup->sums() );
		}
		$sql = self::INSERT;
		foreach ( self::SUMS as $sum ) {
			// Most uses add to two of them.
			if ( array() !== array_filter( array_column( $rollups, $sum ) ) ) {
				$sql .= sprintf( self::GROWS, $sum );
			}
		}
		$db->later( $sql, $rows );
	}
}
