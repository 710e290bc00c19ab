<?php
/**
 * Whose account is whose.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Account;
use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/**
 * Accounts of WordPress users. A user has one, and keeps it.
 */
final class Accounts {
	/**
	 * The accounts of the site.
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
	 * The account of a user; made when missing. Two at once make one.
	 *
	 * @param int $user_id The user.
	 * @throws Refusal `not_signed_in` for no user.
	 */
	public function of_user( int $user_id ): int {
		if ( $user_id < 1 ) {
			throw new Refusal( 'not_signed_in', 'an account belongs to a user' );
		}
		$id = $this->find( $user_id );
		if ( null === $id ) {
			$fresh = Account::fresh( Configuration::zone(), Configuration::thresholds() );
			$this->db->transaction(
				fn( int $now ) => AccountRows::insert( $this->db, $user_id, $now, $fresh )
			);
			$id = $this->find( $user_id )
				?? throw new Refusal( 'storage_unavailable', 'the account was not kept' );
		}
		return $id;
	}

	/**
	 * The account of a user; null where there is none yet.
	 *
	 * @param int $user_id The user.
	 */
	public function find( int $user_id ): ?int {
		return $this->figure( 'SELECT id AS figure FROM {accounts} WHERE user_id = ?', $user_id );
	}

	/**
	 * The user of an account; null for an unknown one.
	 *
	 * @param int $account The account.
	 */
	public function user( int $account ): ?int {
		return $this->figure( 'SELECT user_id AS figure FROM {accounts} WHERE id = ?', $account );
	}

	/**
	 * Accounts in the order of their ids.
	 *
	 * @param int $after Only those behind this one.
	 * @param int $most  At most so many.
	 * @return int[]
	 * @throws Failure Where the database refuses.
	 */
	public function after( int $after, int $most ): array {
		$sql = 'SELECT id FROM {accounts} WHERE id > ? ORDER BY id LIMIT ?';
		return array_map( 'intval', array_column( $this->db->rows( $sql, $after, $most ), 'id' ) );
	}

	/**
	 * Before when nothing that time does is due; null: nothing ever is.
	 *
	 * @param int $account The account.
	 * @throws Refusal `not_found`.
	 */
	public function due_at( int $account ): ?int {
		return $this->row( $account )->due_at;
	}

	/**
	 * An account's row.
	 *
	 * @param int $account The account.
	 * @throws Refusal `not_found`.
	 */
	public function row( int $account ): Account {
		try {
			return ( new SqlStore( $this->db, $account ) )->account( false );
		} catch ( Failure $failure ) {
			throw $failure->refusal();
		}
	}

	/**
	 * One number.
	 *
	 * @param string $sql   The statement.
	 * @param int    $value Its value.
	 */
	private function figure( string $sql, int $value ): ?int {
		try {
			$figure = $this->db->row( $sql, $value )['figure'] ?? null;
		} catch ( Failure $failure ) {
			throw $failure->refusal();
		}
		return null === $figure ? null : (int) $figure;
	}
}
