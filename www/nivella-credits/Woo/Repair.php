<?php
/**
 * Finds what the hooks have missed.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Storage\PlanSale;
use Nivella\Credits\Storage\PlanSales;

defined( 'ABSPATH' ) || exit;

/**
 * Looks through paid orders for credits that were not granted, and through the ledger for lines
 * whose order says something else, or is gone. It books by the same keys as the hooks do, so it may
 * run at any time, beside them and beside itself.
 */
final class Repair {
	private const PAGE = 50;
	/** What `after` begins with where it is about plans. */
	private const PLANS = 'plans:';

	/**
	 * The parts.
	 *
	 * @param Bookkeeper $books The ledger.
	 * @param Sync       $sync  The one that looks at orders.
	 */
	public function __construct(
		private readonly Bookkeeper $books,
		private readonly Sync $sync,
	) {}

	/**
	 * Paid orders with packages that are not granted, or plans (how many lines) that are not booked.
	 * Guests' orders have the customer 0.
	 *
	 * @param int $since Paid at this second or later.
	 * @param int $page  Which page of the paid orders, from 1.
	 * @return array{more: bool, orders: array<int, array<string, int>>} Whether there are more pages;
	 *         by the order's id `customer`, `credits` and `bonus` (micro-credits), `plans`.
	 */
	public function missing( int $since, int $page ): array {
		$ids    = self::paid( $since, $page );
		$orders = array();
		foreach ( $ids as $id ) {
			$order = Orders::fresh( $id );
			if ( null === $order || ! Payment::is_due( $order, $since ) ) {
				continue;
			}
			$sums = array(
				'customer' => Grants::customer( $order ),
				'credits'  => 0,
				'bonus'    => 0,
				'plans'    => count( $this->sync->plans->missing( $order ) ),
			);
			foreach ( $this->sync->grants->missing( $order ) as $item => $package ) {
				$quantity                = (int) $order->get_item( $item )->get_quantity();
				list( $credits, $bonus ) = $package->times( $quantity );
				$sums['credits']         = Amount::add( $sums['credits'], $credits );
				$sums['bonus']           = Amount::add( $sums['bonus'], $bonus );
			}
			if ( $sums['credits'] + $sums['plans'] > 0 ) {
				$orders[ $id ] = $sums;
			}
		}
		return array( 'more' => count( $ids ) === self::PAGE, 'orders' => $orders );
	}

	/**
	 * Books one page of what missing() finds.
	 *
	 * @param int $since Paid at this second or later.
	 * @param int $page  From 1.
	 * @return array{more: bool, booked: int}
	 */
	public function grant( int $since, int $page ): array {
		$found  = $this->missing( $since, $page );
		$booked = 0;
		foreach ( array_keys( $found['orders'] ) as $id ) {
			$booked += $this->guarded( $id, fn(): int => $this->sync->bring( $id, false, $since ) );
		}
		return array( 'more' => $found['more'], 'booked' => $booked );
	}

	/**
	 * Lines in the ledger whose reversal is not where their order says, or whose order is gone:
	 * packages first, then plans.
	 *
	 * @param string $after '' for the beginning, or what `next` was.
	 * @param bool   $book  Whether to book the difference.
	 * @param bool   $gone  Whether an order that is not found counts as deleted. Where orders move to
	 *                      other tables, or come back from a backup, all of them are not found.
	 * @return array{next: ?string, keys: string[], gone: string[]} Where to go on, the lines, and
	 *         those that were left because their order is gone.
	 */
	public function astray( string $after, bool $book, bool $gone ): array {
		$of_plans = str_starts_with( $after, self::PLANS );
		$settles  = $of_plans ? $this->sync->plans : $this->sync->reversals;
		$keys     = array();
		$left     = array();

		list( $orders, $next ) = $of_plans
			? $this->page_of_plans( substr( $after, strlen( self::PLANS ) ) )
			: $this->page( $after );
		foreach ( $orders as $id ) {
			$this->guarded(
				$id,
				function () use ( $id, $book, $gone, $settles, &$keys, &$left ): int {
					$found = $settles->differences( $id );
					$key   = static fn( PlanSale|array $one ): string =>
						$one instanceof PlanSale ? $one->id : $one[0]->item->id;
					$lines = array_map( $key, $found );
					if ( array() !== $found && ! $gone && null === Orders::fresh( $id ) ) {
						array_push( $left, ...$lines );
						return 0;
					}
					array_push( $keys, ...$lines );
					return $book && array() !== $found ? $settles->settle( $id ) : 0;
				}
			);
		}
		return array( 'next' => $next, 'keys' => $keys, 'gone' => $left );
	}

	/**
	 * Orders of one page of packages that are in the ledger.
	 *
	 * @param string $after Only lines with a later key.
	 * @return array{int[], string} And where to go on: behind the last one with plans.
	 */
	private function page( string $after ): array {
		$page   = $this->books->sold_after( $after, self::PAGE );
		$orders = array();
		foreach ( $page as $sold ) {
			$after    = $sold->item->id;
			$orders[] = $sold->ids()[0] ?? 0;
		}
		$next = count( $page ) === self::PAGE ? $after : self::PLANS;
		return array( array_unique( array_filter( $orders ) ), $next );
	}

	/**
	 * Orders of one page of plans that are in the ledger. Those of subscriptions have no order.
	 *
	 * @param string $after Only lines with a later key.
	 * @return array{int[], ?string} And where to go on.
	 */
	private function page_of_plans( string $after ): array {
		$page   = PlanSales::open()->after( $after, self::PAGE );
		$orders = array();
		foreach ( $page as $sale ) {
			$after    = $sale->id;
			$orders[] = Sold::ids_of( $sale->id )[0] ?? null;
		}
		$next = count( $page ) === self::PAGE ? self::PLANS . $after : null;
		return array( array_unique( array_filter( $orders ) ), $next );
	}

	/** One order that can't be read does not stop the others. */
	private function guarded( int $order_id, callable $do ): int {
		try {
			return $do();
		} catch ( \Throwable $fault ) {
			Log::error( 'an order could not be checked', $fault, $order_id );
			return 0;
		}
	}

	/**
	 * Paid orders that were changed since, and some more; the oldest first.
	 *
	 * @return int[]
	 */
	private static function paid( int $since, int $page ): array {
		$found = wc_get_orders(
			array(
				'type'          => 'shop_order',
				'status'        => array( 'processing', 'completed' ),
				// Whoever pays changes the order, even where the date of payment was lost.
				'date_modified' => ">=$since",
				'orderby'       => 'ID',
				'order'         => 'ASC',
				'limit'         => self::PAGE,
				'paged'         => $page,
				'return'        => 'ids',
			)
		);
		return array_map( 'intval', (array) $found );
	}
}
