<?php
/**
 * The store's own ledger.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\ItemRows;

defined( 'ABSPATH' ) || exit;

/** The ledger in the site's database. */
final class StoredBooks implements Bookkeeper {
	private const COLUMNS = 'SELECT id, account, granted, bonus, movements, target, bonus_target, own,
		own_bonus, owed, lent, forgiven, spared FROM {order_items}';

	private readonly Books $books;
	private readonly Db $db;

	/** The ledger of the current site. */
	public function __construct() {
		global $wpdb;
		$this->books = Books::open();
		$this->db    = new Db( $wpdb );
	}

	/** As Bookkeeper says. */
	public function account_of_user( int $user_id ): int {
		return $this->books->account_of_user( $user_id );
	}

	/** As Bookkeeper says. */
	public function write( int $account, array $command ): array {
		return $this->books->write( $account, $command );
	}

	/** As Bookkeeper says. */
	public function sold_of_order( int $order_id ): array {
		$first = Sold::prefix( $order_id );
		// A range, not LIKE: SQLite finds nothing by LIKE in columns that hold bytes.
		$end = substr( $first, 0, -1 ) . chr( ord( '-' ) + 1 );
		$sql = self::COLUMNS . ' WHERE id > ? AND id < ? ORDER BY id';
		return self::read( $this->db->rows( $sql, $first, $end ) );
	}

	/** As Bookkeeper says. */
	public function sold_after( string $after, int $most ): array {
		$sql = self::COLUMNS . ' WHERE id > ? ORDER BY id LIMIT ?';
		return array_values( self::read( $this->db->rows( $sql, $after, $most ) ) );
	}

	/**
	 * From rows.
	 *
	 * @param array<int, array<string, ?string>> $rows The rows.
	 * @return array<string, Sold> By the lines' keys.
	 */
	private static function read( array $rows ): array {
		$found = array();
		foreach ( $rows as $row ) {
			$account = (int) $row['account'];
			unset( $row['account'] );
			$found[ (string) $row['id'] ] = new Sold( $account, ItemRows::read( $row ) );
		}
		return $found;
	}
}
