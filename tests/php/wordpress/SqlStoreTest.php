<?php
/**
 * The store in SQL keeps the contract that all stores keep.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Ledger\Account;
use Nivella\Credits\Storage\AccountRows;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\SqlStore;
use Nivella\Credits\Tests\Ledger\StoreContract;
use Nivella\Credits\Tests\Support\Snapshot;

final class SqlStoreTest extends StoreContract {
	private Db $db;
	private int $account;

	protected function setUp(): void {
		Snapshot::restore();
		$this->db = new Db( $GLOBALS['wpdb'] );
	}

	protected function create( Account $account ): void {
		$insert = fn() => AccountRows::insert( $this->db, null, 0, $account );
		$this->db->transaction( $insert );
		$this->account = (int) $this->db->row( 'SELECT MAX( id ) AS id FROM {accounts}' )['id'];
	}

	protected function transact( callable $work ): mixed {
		return $this->db->transaction(
			fn() => $work( new SqlStore( $this->db, $this->account ) ),
			static fn( mixed $answer ): bool =>
				! is_array( $answer ) || false !== ( $answer['booked'] ?? true ),
		);
	}
}
