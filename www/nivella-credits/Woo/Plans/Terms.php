<?php
/**
 * Plans that orders pay for.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Plans;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Ledger\Subscription;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\PlanSale;
use Nivella\Credits\Storage\PlanSales;
use Nivella\Credits\Woo\Grants;
use Nivella\Credits\Woo\Guests;
use Nivella\Credits\Woo\Log;
use Nivella\Credits\Woo\Orders;
use Nivella\Credits\Woo\Packages;
use Nivella\Credits\Woo\Payment;
use Nivella\Credits\Woo\Refunded;
use Nivella\Credits\Woo\Sold;

defined( 'ABSPATH' ) || exit;

/**
 * Books the plans of paid orders, once for each line in the whole store, and ends what was
 * refunded. As with credits, an order is looked at as it is, so any number of notices in any order
 * do no more than one; what a payment and a refund do is said in Decision.
 *
 * A line that cannot be booked, because its plan is gone, waits: the owner is told once, and it is
 * booked when the plan is there again and somebody looks, at the latest the daily check.
 */
final class Terms {
	/** Meta data of a line: why it waits. */
	private const WAITS = '_nivella_credits_plan_waits';
	/** Refusals that no repetition mends. */
	private const FOR_THE_OWNER = array( 'plan_unknown', 'field_invalid', 'time_invalid' );
	/** More often than any number of processes at one order needs. */
	private const TRIES = 20;

	/**
	 * Over the ledger.
	 *
	 * @param PlanSales $sales What was paid for.
	 */
	public function __construct( private readonly PlanSales $sales ) {}

	/**
	 * Books what is due for an order and is not booked yet. Nothing for a guest.
	 *
	 * @param \WC_Order $order The order, as it is now.
	 * @param ?int      $since See Payment::is_due().
	 * @return int How many lines were booked now.
	 */
	public function maybe_book( \WC_Order $order, ?int $since = null ): int {
		$customer = Grants::customer( $order );
		if ( 0 === $customer || ! Payment::is_due( $order, $since ) ) {
			return 0;
		}
		$missing = $this->missing( $order );
		if ( array() === $missing ) {
			return 0;
		}
		// As with credits: the first line decides whose all of a guest's order is.
		$claimed = Guests::has_link( $order ) && $this->is_of_another( $order, $customer );
		return $claimed ? 0 : (int) $this->book_to( $order, $missing, $customer );
	}

	/**
	 * The lines of an order that sell a plan and are not in the ledger.
	 *
	 * @param \WC_Order $order The order.
	 * @return array<int, Offer> By the line's id.
	 */
	public function missing( \WC_Order $order ): array {
		$offers = self::offers( $order );
		$booked = array() === $offers ? array() : $this->of_order( $order->get_id() );
		$is_new = static fn( int $id ): bool => ! isset( $booked[ Sold::key( $order->get_id(), $id ) ] );
		return array_filter( $offers, $is_new, ARRAY_FILTER_USE_KEY );
	}

	/**
	 * Whether somebody else has one of an order's plans.
	 *
	 * @param \WC_Order $order   The order.
	 * @param int       $user_id Who asks.
	 */
	public function is_of_another( \WC_Order $order, int $user_id ): bool {
		$account = Books::open()->account_of_user( $user_id );
		$others  = static fn( PlanSale $sale ): bool => $sale->account !== $account;
		return array() !== array_filter( $this->of_order( $order->get_id() ), $others );
	}

	/**
	 * Books lines for a user, in the order of their ids.
	 *
	 * @param \WC_Order         $order   The order.
	 * @param array<int, Offer> $offers  By the line's id.
	 * @param int               $user_id Whose plan it becomes.
	 * @return ?int How many lines were booked now; null where somebody else has them.
	 */
	public function book_to( \WC_Order $order, array $offers, int $user_id ): ?int {
		$account = Books::open()->account_of_user( $user_id );
		$count   = 0;
		foreach ( $offers as $id => $offer ) {
			$item = $order->get_item( $id );
			try {
				if ( ! $this->sales->is_plan( $offer->plan ) ) {
					throw new Refusal( 'plan_unknown', 'the plan was deleted', 'plan' );
				}
				$key  = Sold::key( $order->get_id(), $id );
				$term = array( 'months' => $offer->months * (int) $item->get_quantity() );
				$pay  = static fn( ?Subscription $own, int $now, int $left ): array =>
					Decision::pay( $offer->plan, $term, $own, $now, $left );

				list( $sale, $new ) = $this->sales->book( $account, $key, $offer->plan, $pay );
			} catch ( Refusal $refusal ) {
				self::wait( $order, $item, $refusal );
				continue;
			}
			if ( $sale->account !== $account ) {
				return null;
			}
			if ( $new ) {
				++$count;
				Told::paid( $order->get_id(), $item->get_name(), $offer, $sale );
			}
		}
		return $count;
	}

	/**
	 * Ends what was refunded of an order, or gives it again.
	 *
	 * @param int  $order_id The order's id; it may be gone.
	 * @param bool $leaving  Whether it is about to be deleted.
	 * @return int How many lines were changed now.
	 * @throws Refusal What the ledger refuses.
	 */
	public function settle( int $order_id, bool $leaving = false ): int {
		$count = 0;
		for ( $try = 1; $try <= self::TRIES; $try++ ) {
			$stale = false;
			foreach ( $this->differences( $order_id, $leaving ) as $sale ) {
				$moved  = $this->move( $order_id, $sale );
				$stale  = $stale || ! $moved;
				$count += (int) $moved;
			}
			if ( ! $stale ) {
				break;
			}
		}
		return $count;
	}

	/**
	 * Lines that count although all their money went back, or the other way round. They are read
	 * ahead of the order: who decides on an older state of it changes nothing, and looks again.
	 *
	 * @param int  $order_id The order's id.
	 * @param bool $leaving  Whether it is about to be deleted.
	 * @return PlanSale[]
	 */
	public function differences( int $order_id, bool $leaving = false ): array {
		$booked = $this->of_order( $order_id );
		if ( array() === $booked ) {
			return array();
		}
		$order    = $leaving ? null : Orders::fresh( $order_id );
		$all      = null === $order || Payment::is_taken_back( $order );
		$refunded = $all ? null : self::refunded( $order );
		$differs  = static function ( PlanSale $sale ) use ( $order_id, $all, $refunded ): bool {
			$line          = (int) substr( $sale->id, strlen( Sold::prefix( $order_id ) ) );
			[ $part, $of ] = $all ? array( 1, 1 ) : $refunded->share( $line );
			return ( $part >= $of ) === ( PlanSale::COUNTS === $sale->state );
		};
		return array_values( array_filter( $booked, $differs ) );
	}

	/**
	 * Says so where a refund gave back a part of what a plan cost: time has no parts that would
	 * follow from money, so the owner decides.
	 *
	 * @param \WC_Order        $order  The order, as it is now.
	 * @param \WC_Order_Refund $refund The refund.
	 */
	public function ask_owner( \WC_Order $order, \WC_Order_Refund $refund ): void {
		$booked = Payment::is_taken_back( $order ) ? array() : $this->of_order( $order->get_id() );
		if ( array() === $booked ) {
			return;
		}
		$lines  = array_keys( self::offers( $order ) );
		$alone  = new Refunded( $order, array( $refund ), $lines );
		$so_far = self::refunded( $order );
		foreach ( $lines as $id ) {
			list( $part )     = $alone->share( $id );
			list( $sum, $of ) = $so_far->share( $id );
			$meant            = ( $part > 0 || $alone->is_unclear() ) && $sum < $of;
			if ( $meant && isset( $booked[ Sold::key( $order->get_id(), $id ) ] ) ) {
				Told::partly( $order->get_id(), $order->get_item( $id )->get_name() );
			}
		}
	}

	/**
	 * The lines of an order that sell a plan by themselves, in the order of their ids. Those of
	 * subscriptions of WooCommerce Subscriptions follow these.
	 *
	 * @param \WC_Order $order The order.
	 * @return array<int, Offer> By the line's id.
	 */
	public static function offers( \WC_Order $order ): array {
		$found = array();
		foreach ( $order->get_items() as $id => $item ) {
			if ( ! $item instanceof \WC_Order_Item_Product || (int) $item->get_quantity() <= 0 ) {
				continue;
			}
			// A line of an older time is given its promise.
			Packages::of_item( $item );
			$offer = Offer::of_item( $item );
			if ( null !== $offer && ! Recurring::has( $order, $item ) ) {
				$found[ (int) $id ] = $offer;
			}
		}
		ksort( $found );
		return $found;
	}

	/**
	 * What is booked of an order's lines.
	 *
	 * @param int $order_id The order's id.
	 * @return array<string, PlanSale> By the lines' keys.
	 */
	private function of_order( int $order_id ): array {
		return $this->sales->with_prefix( Sold::prefix( $order_id ) );
	}

	/** How much of an order's plans went back. */
	private static function refunded( \WC_Order $order ): Refunded {
		$lines = array_keys( self::offers( $order ) );
		return new Refunded( $order, Orders::refunds( $order->get_id() ), $lines );
	}

	/**
	 * Ends what a line has paid for, or gives it again.
	 *
	 * @param int      $order_id The order's id.
	 * @param PlanSale $sale     The line, as it was read ahead of the order.
	 * @return bool Whether it was done.
	 */
	private function move( int $order_id, PlanSale $sale ): bool {
		$ends   = PlanSale::COUNTS === $sale->state;
		$known  = $this->sales->is_plan( (string) ( $ends ? $sale->plan_before : $sale->plan ) );
		$done   = '';
		$after  = null;
		$decide = static function ( ?Subscription $own, int $now ) use (
			$sale,
			$ends,
			$known,
			&$done,
			&$after
		): array {
			if ( ! $ends && PlanSale::KEPT === $sale->state ) {
				$done = '';
				return array( PlanSale::COUNTS, array() );
			}
			list( $done, $commands ) = $ends
				? Decision::end( $sale, $known, $own, $now )
				: Decision::again( $sale, $known, $own, $now );

			$after = $own;
			$state = array() === $commands ? PlanSale::KEPT : PlanSale::ENDED;
			return array( $ends ? $state : PlanSale::COUNTS, $commands );
		};
		if ( ! $this->sales->move( $sale, $decide ) ) {
			return false;
		}
		if ( '' !== $done ) {
			Told::moved( $order_id, $done, $sale, $after );
		}
		return true;
	}

	/**
	 * A line cannot be booked. Only a plan that is gone, or a term that cannot be, is a matter of the
	 * owner's; the rest is tried again.
	 *
	 * @param \WC_Order              $order   The order.
	 * @param \WC_Order_Item_Product $item    The line.
	 * @param Refusal                $refusal Why.
	 * @throws Refusal What may pass.
	 */
	private static function wait(
		\WC_Order $order,
		\WC_Order_Item_Product $item,
		Refusal $refusal
	): void {
		if ( ! in_array( $refusal->error, self::FOR_THE_OWNER, true ) ) {
			throw $refusal;
		}
		if ( $refusal->error === $item->get_meta( self::WAITS ) ) {
			return;
		}
		$item->update_meta_data( self::WAITS, $refusal->error );
		$item->save_meta_data();
		Log::error( 'a plan that was paid for could not be booked', $refusal, $order->get_id() );
		Told::waits( $order->get_id(), $item->get_name(), (string) $item->get_meta( Offer::PLAN ) );
	}
}
