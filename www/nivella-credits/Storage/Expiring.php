<?php
/**
 * Grants whose time is nearly over.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

defined( 'ABSPATH' ) || exit;

/** What is left of grants that expire soon; a plan's allowance, which always does, is not told. */
final class Expiring {
	private const WHICH = "live = 1 AND kind <> 'allowance' AND available > 0
		AND expires_at > ? AND expires_at <= ?";

	/**
	 * Over the database.
	 *
	 * @param Db $db The database.
	 */
	public function __construct( private readonly Db $db ) {}

	/** Of the current site. */
	public static function open(): self {
		global $wpdb;
		return new self( new Db( $wpdb ) );
	}

	/**
	 * Accounts that have any, some at a time.
	 *
	 * @param int $after The last account ahead of them.
	 * @param int $from  Expiring later than this, in ms since 1970.
	 * @param int $until And not later than this.
	 * @param int $most  At most so many.
	 * @return int[]
	 */
	public function accounts( int $after, int $from, int $until, int $most ): array {
		$sql  = 'SELECT DISTINCT account FROM {grants} WHERE account > ? AND ' . self::WHICH
			. ' ORDER BY account LIMIT ?';
		$rows = $this->db->rows( $sql, $after, $from, $until, $most );
		return array_map( 'intval', array_column( $rows, 'account' ) );
	}

	/**
	 * What of an account expires, soonest first.
	 *
	 * @param int $account The account.
	 * @param int $from    Expiring later than this, in ms since 1970.
	 * @param int $until   And not later than this.
	 * @return array<array{int, int}> When, and micro-credits.
	 */
	public function of_account( int $account, int $from, int $until ): array {
		$sql  = 'SELECT expires_at, available FROM {grants} WHERE account = ? AND ' . self::WHICH
			. ' ORDER BY expires_at, id';
		$rows = $this->db->rows( $sql, $account, $from, $until );
		return array_map( static fn( $row ) => array_map( 'intval', array_values( $row ) ), $rows );
	}
}
