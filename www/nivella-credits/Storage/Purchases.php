<?php
/**
 * What an order did to an account.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/** Reads beside the ledger's answers what explains a balance after a purchase. */
final class Purchases {
	/** Further back a page does not look. */
	private const MOST = 5000;

	private const REPAID = 'SELECT COALESCE( SUM( -e.debt ), 0 ) AS figure FROM {requests} r
		JOIN {entries} e ON e.account = r.account
			AND e.seq >= r.first_seq AND e.seq < r.first_seq + r.booked
		WHERE r.account = ? AND r.request_id IN ? AND e.debt < 0';

	private const USED = "SELECT COALESCE( SUM( -amount ), 0 ) AS figure FROM {entries}
		WHERE account = ? AND seq > ? AND kind IN ( 'use', 'settle' )";

	/**
	 * Over a database.
	 *
	 * @param Db $db The database.
	 */
	public function __construct( private readonly Db $db ) {}

	/** The current site's. */
	public static function open(): self {
		global $wpdb;
		return new self( new Db( $wpdb ) );
	}

	/**
	 * How many entries the account of a user has; 0 without one.
	 *
	 * @param int $user_id The user.
	 * @throws Refusal When the database can't be asked.
	 */
	public function entries_of( int $user_id ): int {
		$accounts = new Accounts( $this->db );
		$account  = $accounts->find( $user_id );
		return null === $account ? 0 : $accounts->row( $account )->seq;
	}

	/**
	 * What some grants repaid of what was owed, when they were booked.
	 *
	 * @param int      $account  The account.
	 * @param string[] $requests The request ids of the grants, at least one.
	 * @return int Micro-credits.
	 * @throws Failure When the database can't be asked.
	 */
	public function repaid( int $account, array $requests ): int {
		return (int) $this->db->row( self::REPAID, $account, $requests )['figure'];
	}

	/**
	 * What was used since an account had so many entries.
	 *
	 * @param int $account The account.
	 * @param int $seq     How many it had.
	 * @return ?int Micro-credits; null after too many entries to add up for a page.
	 * @throws Refusal When the database can't be asked.
	 * @throws Failure The same.
	 */
	public function used_since( int $account, int $seq ): ?int {
		$now = ( new Accounts( $this->db ) )->row( $account )->seq;
		return $now - $seq > self::MOST
			? null
			: (int) $this->db->row( self::USED, $account, $seq )['figure'];
	}
}
