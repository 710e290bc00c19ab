<?php
/**
 * The store's own ledger.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Ledger\Item;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\ItemRows;

defined( 'ABSPATH' ) || exit;

/** The ledger in the site's database. */
final class StoredBooks implements Bookkeeper {
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
		return self::sold( ItemRows::with_prefix( $this->db, Sold::prefix( $order_id ) ) );
	}

	/** As Bookkeeper says. */
	public function sold_after( string $after, int $most ): array {
		return array_values( self::sold( ItemRows::after( $this->db, $after, $most ) ) );
	}

	/**
	 * As orders see it.
	 *
	 * @param array<string, array{int, Item}> $items By the lines' keys.
	 * @return array<string, Sold>
	 */
	private static function sold( array $items ): array {
		return array_map( static fn( array $one ): Sold => new Sold( ...$one ), $items );
	}
}
