<?php
/**
 * Users by what an owner types.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/**
 * Finds users by id, e-mail address, login or name. What an index finds is found by it; only a part
 * of a name is looked for in every user's row, and that in one table without sorting.
 *
 * The table is WordPress's own, and so is the way to it: the plugin's way is for tables whose texts
 * are bytes.
 */
final class Customers {
	/** More than so many are told to be too many. */
	public const MOST = 500;

	private const BY_INDEX = 'SELECT ID AS id FROM %i WHERE user_login LIKE %s
		UNION SELECT ID FROM %i WHERE user_nicename LIKE %s
		UNION SELECT ID FROM %i WHERE user_email LIKE %s LIMIT %d';

	private const BY_NAME = 'SELECT ID AS id FROM %i WHERE display_name LIKE %s LIMIT %d';

	/**
	 * The users of the site.
	 *
	 * @param \wpdb $wpdb WordPress's database.
	 */
	public function __construct( private readonly \wpdb $wpdb ) {}

	/** The current site's. */
	public static function open(): self {
		global $wpdb;
		return new self( $wpdb );
	}

	/**
	 * Users that fit, in no order; one more than MOST where there are more.
	 *
	 * @param string $text A user's id, the beginning of an address or login, or a part of a name.
	 * @return int[]
	 * @throws Refusal `store_unreachable` where they could not be looked up.
	 */
	public function find( string $text ): array {
		$users = $this->wpdb->users;
		$start = $this->wpdb->esc_like( $text ) . '%';
		$most  = self::MOST + 1;
		$each  = array( $users, $start );
		$found = 1 === preg_match( '/^[1-9]\d{0,17}$/D', $text ) ? array( (int) $text ) : array();
		$found = array(
			...$found,
			...$this->ids( self::BY_INDEX, ...$each, ...$each, ...$each, ...array( $most ) ),
		);
		// Nobody's name is an address or a number.
		if ( 1 !== preg_match( '/@|^\d+$/D', $text ) && count( $found ) <= self::MOST ) {
			$found = array( ...$found, ...$this->ids( self::BY_NAME, $users, "%$start", $most ) );
		}
		return array_slice( array_values( array_unique( $found ) ), 0, $most );
	}

	/**
	 * Users by what names exactly one: an id, or the whole e-mail address.
	 *
	 * @param string[] $names Many of them.
	 * @return array<string, int> Ids by name, in lower case; who is not there, or not of this site, is
	 *                            left out.
	 * @throws Refusal `store_unreachable` where they could not be looked up.
	 */
	public function named( array $names ): array {
		$found = array();
		foreach ( array_chunk( array_unique( $names ), self::MOST ) as $some ) {
			$ids  = array( 0, ...array_map( 'intval', preg_grep( '/^[1-9]\d{0,17}$/D', $some ) ) );
			$id   = implode( ',', array_fill( 0, count( $ids ), '%d' ) );
			$mail = implode( ',', array_fill( 0, count( $some ), '%s' ) );
			$sql  = "SELECT ID AS id, user_email AS email FROM %i
				WHERE ID IN ( $id ) OR user_email IN ( $mail )";
			foreach ( $this->rows( $sql, $this->wpdb->users, ...$ids, ...$some ) as $row ) {
				$found[ strtolower( $row['email'] ) ] = (int) $row['id'];
				$found[ (string) $row['id'] ]         = (int) $row['id'];
			}
		}
		return is_multisite() ? array_filter( $found, 'is_user_member_of_blog' ) : $found;
	}

	/**
	 * Ids that a statement finds.
	 *
	 * @param string     $sql       The statement.
	 * @param string|int ...$values Its values.
	 * @return int[]
	 */
	private function ids( string $sql, string|int ...$values ): array {
		return array_map( 'intval', array_column( $this->rows( $sql, ...$values ), 'id' ) );
	}

	/**
	 * Rows that a statement finds.
	 *
	 * @param string     $sql       The statement.
	 * @param string|int ...$values Its values.
	 * @return array<int, array<string, string>>
	 * @throws Refusal `store_unreachable`.
	 */
	private function rows( string $sql, string|int ...$values ): array {
		// phpcs:ignore WordPress.DB.PreparedSQL -- prepared here; every search is another one.
		$rows = $this->wpdb->get_results( $this->wpdb->prepare( $sql, ...$values ), ARRAY_A );
		if ( ! is_array( $rows ) || '' !== $this->wpdb->last_error ) {
			throw new Refusal( 'store_unreachable', 'users could not be looked up' );
		}
		return $rows;
	}
}
