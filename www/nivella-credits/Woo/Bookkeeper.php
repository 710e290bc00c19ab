<?php
/**
 * What orders need of the ledger.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

defined( 'ABSPATH' ) || exit;

/** The ledger, as far as orders see it. */
interface Bookkeeper {
	/**
	 * The account of a user; made where it is missing.
	 *
	 * @param int $user_id The user's id.
	 */
	public function account_of_user( int $user_id ): int;

	/**
	 * Books a command as a whole or not at all.
	 *
	 * @param int                  $account The account's id.
	 * @param array<string, mixed> $command In wire shape.
	 * @return array<string, mixed> The answer.
	 * @throws \Nivella\Credits\Ledger\Refusal A coded refusal.
	 */
	public function write( int $account, array $command ): array;

	/**
	 * What is booked of the lines of one order, on whatever account. Never from a cache.
	 *
	 * @param int $order_id The order's id.
	 * @return array<string, Sold> By the ledger's keys of the lines.
	 */
	public function sold_of_order( int $order_id ): array;

	/**
	 * What is booked of all lines, in the order of their keys.
	 *
	 * @param string $after Only those with a later key.
	 * @param int    $most  At most so many.
	 * @return Sold[]
	 */
	public function sold_after( string $after, int $most ): array;
}
