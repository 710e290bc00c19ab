<?php
/**
 * All that one write changes.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * What is to be written in one transaction: all of it or nothing.
 *
 * Nothing in it depends on what else the store holds, so each list is one multi-row statement.
 */
final class Changes {
	/**
	 * One write.
	 *
	 * @param Account              $account        The account's row after it.
	 * @param array<string, Known> $requests       The booked requests by id, of those that were
	 *                                             claimed before.
	 * @param Entry[]              $entries        To append, with their draws.
	 * @param Grant[]              $new_grants     To insert. (order item, kind) is unique in the
	 *                                             whole store, and so is (account, subscription,
	 *                                             cycle, share, level).
	 * @param Grant[]              $changed_grants Their five parts are to be written; terms never
	 *                                             change.
	 * @param Hold[]               $new_holds      To insert, with their draws.
	 * @param Hold[]               $changed_holds  Their state is to be written.
	 * @param Item[]               $items          To insert or replace.
	 * @param bool                 $subscribed     Whether the account's subscription is new or
	 *                                             changed.
	 * @param Rollup[]             $rollups        To add to the days' sums, one for each key.
	 * @param Event[]              $events         For the outbox.
	 */
	public function __construct(
		public readonly Account $account,
		public readonly array $requests,
		public readonly array $entries,
		public readonly array $new_grants,
		public readonly array $changed_grants,
		public readonly array $new_holds,
		public readonly array $changed_holds,
		public readonly array $items,
		public readonly bool $subscribed,
		public readonly array $rollups,
		public readonly array $events,
	) {}
}
