<?php
/**
 * Order items in the database.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Item;
use Nivella\Credits\Ledger\Json;
use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/**
 * Order items between the database and the ledger. An item belongs to one account of the store.
 */
final class ItemRows {
	/** Reads items of an account; a condition follows. */
	public const SELECT = 'SELECT id, granted, bonus, movements, target, bonus_target, own, own_bonus,
		owed, lent, forgiven, spared FROM {order_items} WHERE account = ?';

	private const OF_ALL = 'SELECT account, id, granted, bonus, movements, target, bonus_target, own,
		own_bonus, owed, lent, forgiven, spared FROM {order_items} WHERE id > ?';

	private const INSERT = 'INSERT INTO {order_items} ( account, id, granted, bonus, movements, target,
		bonus_target, own, own_bonus, owed, lent, forgiven, spared ) VALUES ?';

	private const UPDATE = ' ON DUPLICATE KEY UPDATE granted = VALUES(granted), bonus = VALUES(bonus),
		movements = VALUES(movements), target = VALUES(target), bonus_target = VALUES(bonus_target),
		own = VALUES(own), own_bonus = VALUES(own_bonus), owed = VALUES(owed), lent = VALUES(lent),
		forgiven = VALUES(forgiven), spared = VALUES(spared)';

	/**
	 * From what SELECT finds.
	 *
	 * @param array<string, ?string> $row The row.
	 */
	public static function read( array $row ): Item {
		$lent = json_decode( (string) $row['lent'], true );
		$id   = (string) $row['id'];
		unset( $row['lent'], $row['id'] );
		$figures = array_map( 'intval', $row );
		return new Item( ...array( 'id' => $id, 'lent' => $lent ), ...$figures );
	}

	/**
	 * Those of whatever account whose keys begin so, in the order of their keys. Never from a cache.
	 *
	 * @param Db     $db     The database.
	 * @param string $prefix What keys begin with; it ends with `-`.
	 * @return array<string, array{int, Item}> The account and the item, by key.
	 */
	public static function with_prefix( Db $db, string $prefix ): array {
		// A range, not LIKE: SQLite finds nothing by LIKE in columns that hold bytes.
		$end = substr( $prefix, 0, -1 ) . chr( ord( '-' ) + 1 );
		$sql = self::OF_ALL . ' AND id < ? ORDER BY id';
		return self::with_accounts( $db->rows( $sql, $prefix, $end ) );
	}

	/**
	 * Some of all accounts, in the order of their keys.
	 *
	 * @param Db     $db    The database.
	 * @param string $after Only those with a later key.
	 * @param int    $most  At most so many.
	 * @return array<string, array{int, Item}> The account and the item, by key.
	 */
	public static function after( Db $db, string $after, int $most ): array {
		$sql = self::OF_ALL . ' ORDER BY id LIMIT ?';
		return self::with_accounts( $db->rows( $sql, $after, $most ) );
	}

	/**
	 * From what OF_ALL finds.
	 *
	 * @param array<int, array<string, ?string>> $rows The rows.
	 * @return array<string, array{int, Item}>
	 */
	private static function with_accounts( array $rows ): array {
		$found = array();
		foreach ( $rows as $row ) {
			$account = (int) $row['account'];
			unset( $row['account'] );
			$item               = self::read( $row );
			$found[ $item->id ] = array( $account, $item );
		}
		return $found;
	}

	/**
	 * Adds items, or writes those that are there. Their grants are written before: where another
	 * account has one of them, that has failed.
	 *
	 * @param Db     $db      The database.
	 * @param int    $account Whose they are.
	 * @param Item[] $items   At least one.
	 */
	public static function write( Db $db, int $account, array $items ): void {
		$rows = array();
		foreach ( $items as $item ) {
			Guard::key( $item->id );
			$columns         = get_object_vars( $item );
			$columns['lent'] = Json::text( $item->lent );
			$rows[]          = array( $account, ...array_values( $columns ) );
		}
		$db->later( self::INSERT . self::UPDATE, $rows );
	}

	/**
	 * What is refused of another account's order item.
	 */
	public static function of_another(): Refusal {
		$message = 'the order item was granted on another account';
		return new Refusal( 'reversal_invalid', $message, 'order_item' );
	}
}
