<?php
/**
 * What the engine reads and writes.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * One account's storage within one transaction, or within one snapshot for a read.
 *
 * The engine reads what a command needs and nothing twice, decides, and calls write() at most once,
 * at the end. Who opened the transaction commits it after a booked answer and rolls it back after a
 * refusal or an error: nothing of it stays then, claimed request ids included.
 *
 * Round trips of a plain use: claim, account, live_grants, and the statements of one write. Nothing
 * that is read is as long as the history: a use costs the same at 10 and at 400,000 entries.
 */
interface Store {
	/**
	 * Claims request ids for this transaction, before anything is locked. Another transaction that
	 * claims one of them waits until this one ends. As keys, ids that are numbers are integers: PHP
	 * makes them so.
	 *
	 * @param array<string, string> $hashes The digest of the body by request id, 1 to 1,000.
	 * @return array<string, Known> Those that were booked before, by id; the others are claimed.
	 */
	public function claim( array $hashes ): array;

	/**
	 * The account's row.
	 *
	 * @param bool $lock Whether it is about to be written: locked until the transaction ends.
	 */
	public function account( bool $lock ): Account;

	/**
	 * Every grant with something available or held, in any order.
	 *
	 * @return Grant[]
	 */
	public function live_grants(): array;

	/**
	 * Grants by id, live or not. Unknown ids are left out.
	 *
	 * @param int[] $ids Their ids.
	 * @return Grant[]
	 */
	public function grants( array $ids ): array;

	/**
	 * The grants of an order item, live or not: its purchase, its bonus, both or none.
	 *
	 * @param string $order_item The store's id of it.
	 * @return Grant[]
	 */
	public function grants_of_item( string $order_item ): array;

	/**
	 * Order items by id. Those for which nothing was granted on this account are left out.
	 *
	 * @param string[] $ids The store's ids of them.
	 * @return Item[]
	 */
	public function items( array $ids ): array;

	/**
	 * Every hold whose state is open, with its draws.
	 *
	 * @return Hold[]
	 */
	public function open_holds(): array;

	/**
	 * A hold in whatever state, with its draws; null for an unknown id.
	 *
	 * @param int $id Its id.
	 */
	public function hold( int $id ): ?Hold;

	/**
	 * Entries that follow each other, with draws and booked grants, by sequence number.
	 *
	 * @param int $first The first one's sequence number.
	 * @param int $count At most so many.
	 * @return Entry[]
	 */
	public function entries( int $first, int $count ): array;

	/**
	 * Grants in the order of their ids, live or not, for a statement.
	 *
	 * @param int $after Only those with a higher id.
	 * @param int $most  At most so many.
	 * @return Grant[]
	 */
	public function grants_after( int $after, int $most ): array;

	/**
	 * Writes everything that a command has changed.
	 *
	 * @param Changes $changes What to write.
	 * @throws Refusal `reversal_invalid` where an order item was granted on another account.
	 */
	public function write( Changes $changes ): void;
}
