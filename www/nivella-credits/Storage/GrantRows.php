<?php
/**
 * Grants in the database.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Draw;
use Nivella\Credits\Ledger\Entry;
use Nivella\Credits\Ledger\Grant;

defined( 'ABSPATH' ) || exit;

/**
 * Grants between the database and the ledger. Their terms never change; their five parts do.
 */
final class GrantRows {
	/** Reads grants; a condition follows. */
	public const SELECT = self::COLUMNS . ' WHERE account = ?';

	/** Reads live grants, without a look at those that are used up, however many they are. */
	public const LIVE = self::COLUMNS . ' FORCE INDEX (live) WHERE account = ? AND live = 1';

	private const COLUMNS = 'SELECT id, kind, priority, effective_at, expires_at, amount, order_item,
		subscription, cycle, share, level, available, held, consumed, reversed, expired
		FROM {grants}';

	private const INSERT = 'INSERT INTO {grants} ( account, id, kind, priority, effective_at,
		expires_at, amount, order_item, subscription, cycle, share, level, available, held, consumed,
		reversed, expired, live ) VALUES ?';

	private const PARTS = ' ON DUPLICATE KEY UPDATE available = VALUES(available), held = VALUES(held),
		consumed = VALUES(consumed), reversed = VALUES(reversed), expired = VALUES(expired),
		live = VALUES(live)';

	private const UPDATE = 'UPDATE {grants} SET available = ?, held = ?, consumed = ?, reversed = ?,
		expired = ?, live = ? WHERE account = ? AND id = ?';

	/**
	 * From what SELECT finds.
	 *
	 * @param array<string, ?string> $row The row.
	 */
	public static function read( array $row ): Grant {
		$whole = static fn( ?string $text ): ?int => null === $text ? null : (int) $text;
		return new Grant(
			(int) $row['id'],
			(string) $row['kind'],
			(int) $row['priority'],
			(int) $row['effective_at'],
			$whole( $row['expires_at'] ),
			(int) $row['amount'],
			$row['order_item'],
			$whole( $row['subscription'] ),
			$whole( $row['cycle'] ),
			$row['share'],
			'upgrade' === $row['share'] ? (int) $row['level'] : null,
			(int) $row['available'],
			(int) $row['held'],
			(int) $row['consumed'],
			(int) $row['reversed'],
			(int) $row['expired'],
		);
	}

	/**
	 * Adds grants.
	 *
	 * @param Db      $db      The database.
	 * @param int     $account Whose they are.
	 * @param Grant[] $grants  At least one.
	 * @throws Failure A duplicate where another account has the order item.
	 */
	public static function insert( Db $db, int $account, array $grants ): void {
		$db->later( self::INSERT, self::rows( $account, $grants ) );
	}

	/**
	 * Writes the parts of grants.
	 *
	 * @param Db      $db      The database.
	 * @param int     $account Whose they are.
	 * @param Grant[] $grants  At least one.
	 */
	public static function update( Db $db, int $account, array $grants ): void {
		if ( count( $grants ) > 1 ) {
			$db->later( self::INSERT . self::PARTS, self::rows( $account, $grants ) );
			return;
		}
		$grant = array_values( $grants )[0];
		Guard::grant( $grant );
		$db->later( self::UPDATE, ...self::parts( $grant ), ...array( $account, $grant->id ) );
	}

	/**
	 * A grant as it was behind the entry that booked it.
	 *
	 * @param Grant $grant As it is now.
	 * @param Entry $entry The entry.
	 */
	public static function booked( Grant $grant, Entry $entry ): Grant {
		$parts = array_fill_keys( array( 'available', 'held', 'consumed', 'reversed', 'expired' ), 0 );

		$parts['available'] = $grant->amount;
		foreach ( $entry->draws as $draw ) {
			if ( $draw->grant === $grant->id ) {
				$parts[ $draw->from ] -= $draw->amount;
				$parts[ $draw->to ]   += $draw->amount;
			}
		}
		return new Grant( ...array( ...get_object_vars( $grant ), ...$parts ) );
	}

	/**
	 * By how much draws change what a grant has left, available and held.
	 *
	 * @param Draw $draw The draw.
	 */
	public static function change( Draw $draw ): int {
		$posted = static fn( string $part ): bool => 'available' === $part || 'held' === $part;
		$in     = $posted( $draw->to ) ? $draw->amount : 0;
		return $in - ( $posted( $draw->from ) ? $draw->amount : 0 );
	}

	/**
	 * Whole rows.
	 *
	 * @param int     $account Whose they are.
	 * @param Grant[] $grants  The grants.
	 * @return array<int, array<int, mixed>>
	 */
	private static function rows( int $account, array $grants ): array {
		$rows = array();
		foreach ( $grants as $grant ) {
			Guard::grant( $grant );
			$rows[] = array(
				$account,
				$grant->id,
				$grant->kind,
				$grant->priority,
				$grant->effective_at,
				$grant->expires_at,
				$grant->amount,
				$grant->order_item,
				$grant->subscription,
				$grant->cycle,
				$grant->share,
				// Two nulls are not the same to a unique key.
				$grant->level ?? 0,
				...self::parts( $grant ),
			);
		}
		return $rows;
	}

	/**
	 * The columns that change.
	 *
	 * @param Grant $grant The grant.
	 * @return int[]
	 */
	private static function parts( Grant $grant ): array {
		return array(
			$grant->available,
			$grant->held,
			$grant->consumed,
			$grant->reversed,
			$grant->expired,
			$grant->is_live() ? 1 : 0,
		);
	}
}
