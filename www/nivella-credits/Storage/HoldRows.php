<?php
/**
 * Holds in the database.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Draw;
use Nivella\Credits\Ledger\Hold;
use Nivella\Credits\Ledger\Json;
use Nivella\Credits\Ledger\Usage;

defined( 'ABSPATH' ) || exit;

/**
 * Holds between the database and the ledger, each with its draws. Only their state ever changes.
 */
final class HoldRows {
	/** Reads holds; a condition follows. */
	public const SELECT = 'SELECT id, state, draws, lapses_at, expected, site, reference FROM {holds}
		WHERE account = ?';

	private const INSERT = 'INSERT INTO {holds}
		( account, id, state, draws, opened_at, lapses_at, expected, site, reference ) VALUES ?
		ON DUPLICATE KEY UPDATE state = VALUES(state)';

	/**
	 * From what SELECT finds.
	 *
	 * @param array<string, ?string> $row The row.
	 */
	public static function read( array $row ): Hold {
		$draws = array();
		foreach ( json_decode( (string) $row['draws'], true ) as $draw ) {
			$draws[] = new Draw( ...$draw );
		}
		$expected = null === $row['expected'] ? null : json_decode( $row['expected'], true );
		return new Hold(
			(int) $row['id'],
			(string) $row['state'],
			$draws,
			(int) $row['lapses_at'],
			null === $expected ? null : new Usage( ...$expected ),
			$row['site'],
			$row['reference'],
		);
	}

	/**
	 * Adds holds, or writes the state of those that are there.
	 *
	 * @param Db     $db      The database.
	 * @param int    $account Whose they are.
	 * @param Hold[] $holds   At least one.
	 * @param int    $now     When those that are new were opened.
	 */
	public static function write( Db $db, int $account, array $holds, int $now ): void {
		$rows = array();
		foreach ( $holds as $hold ) {
			Guard::key( $hold->site );
			Guard::key( $hold->reference );
			$rows[] = array(
				$account,
				$hold->id,
				$hold->state,
				Json::text( array_map( 'get_object_vars', $hold->draws ) ),
				$now,
				$hold->lapses_at,
				null === $hold->usage ? null : Json::text( get_object_vars( $hold->usage ) ),
				$hold->site,
				$hold->reference,
			);
		}
		$db->later( self::INSERT, $rows );
	}
}
