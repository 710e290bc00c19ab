<?php
/**
 * The store in memory keeps the contract that all stores keep.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Ledger;

use Nivella\Credits\Ledger\Account;
use Nivella\Credits\Ledger\MemoryStore;

final class MemoryStoreTest extends StoreContract {
	private MemoryStore $store;

	protected function create( Account $account ): void {
		$this->store = new MemoryStore( $account );
	}

	protected function transact( callable $work ): mixed {
		return $work( $this->store );
	}
}
