<?php
/**
 * Users by what an owner types.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

defined( 'ABSPATH' ) || exit;

/**
 * Finds users by id, e-mail address, login or name. What an index finds is found by it; only a part
 * of a name is looked for in every user's row, and that in one table without sorting.
 */
final class Customers {
	/** More than so many are told to be too many. */
	public const MOST = 500;

	private const BY_INDEX = 'SELECT ID AS id FROM `%1$s` WHERE user_login LIKE ?
		UNION SELECT ID FROM `%1$s` WHERE user_nicename LIKE ?
		UNION SELECT ID FROM `%1$s` WHERE user_email LIKE ? LIMIT %2$d';

	private const BY_NAME = 'SELECT ID AS id FROM `%1$s` WHERE display_name LIKE ? LIMIT %2$d';

	/**
	 * The users of the site.
	 *
	 * @param Db    $db   The database.
	 * @param \wpdb $wpdb WordPress's own, which knows where users are.
	 */
	public function __construct( private readonly Db $db, private readonly \wpdb $wpdb ) {}

	/** The current site's. */
	public static function open(): self {
		global $wpdb;
		return new self( new Db( $wpdb ), $wpdb );
	}

	/**
	 * Users that fit, in no order; one more than MOST where there are more.
	 *
	 * @param string $text A user's id, the beginning of an address or login, or a part of a name.
	 * @return int[]
	 * @throws Failure Where the database refuses.
	 */
	public function find( string $text ): array {
		$found = 1 === preg_match( '/^[1-9]\d{0,17}$/D', $text ) ? array( (int) $text ) : array();
		$start = $this->wpdb->esc_like( $text ) . '%';
		$found = array( ...$found, ...$this->ids( self::BY_INDEX, $start, $start, $start ) );
		// Nobody's name is an address or a number.
		if ( 1 !== preg_match( '/@|^\d+$/D', $text ) && count( $found ) <= self::MOST ) {
			$found = array( ...$found, ...$this->ids( self::BY_NAME, "%$start" ) );
		}
		return array_slice( array_values( array_unique( $found ) ), 0, self::MOST + 1 );
	}

	/**
	 * Users by what names exactly one: an id, or the whole e-mail address.
	 *
	 * @param string[] $names Many of them.
	 * @return array<string, int> Ids by name, in lower case; who is not there, or not of this site, is
	 *                            left out.
	 * @throws Failure Where the database refuses.
	 */
	public function named( array $names ): array {
		$found = array();
		foreach ( array_chunk( array_unique( $names ), self::MOST ) as $some ) {
			$ids   = array_map( 'intval', preg_grep( '/^[1-9]\d{0,17}$/D', $some ) );
			$sql   = "SELECT ID AS id, user_email AS email FROM `{$this->wpdb->users}`
				WHERE ID IN ? OR user_email IN ?";
			$rows  = $this->db->rows( $sql, array( 0, ...$ids ), array_values( $some ) );
			foreach ( $rows as $row ) {
				$found[ strtolower( (string) $row['email'] ) ] = (int) $row['id'];
				$found[ (string) $row['id'] ]                  = (int) $row['id'];
			}
		}
		return is_multisite() ? array_filter( $found, 'is_user_member_of_blog' ) : $found;
	}

	/**
	 * Ids that a statement finds.
	 *
	 * @param string $sql       The statement.
	 * @param string ...$values Its values.
	 * @return int[]
	 */
	private function ids( string $sql, string ...$values ): array {
		$text = sprintf( $sql, $this->wpdb->users, self::MOST + 1 );
		return array_map( 'intval', array_column( $this->db->rows( $text, ...$values ), 'id' ) );
	}
}
