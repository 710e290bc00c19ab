<?php
/**
 * Plans that follow subscriptions of WooCommerce Subscriptions.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Plans;

use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Subscription;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\PlanSale;
use Nivella\Credits\Storage\PlanSales;
use Nivella\Credits\Woo\Log;
use Nivella\Credits\Woo\Retry;
use Nivella\Credits\Woo\Sold;

defined( 'ABSPATH' ) || exit;

/**
 * Where that extension is active, it says what is paid: a plan of one of its subscriptions is paid
 * until the next payment, or until the end where there is none. Each of its public hooks only means
 * that the subscription is worth a look: first payment and renewal pay up to another instant, a
 * switch has another line, and each line and instant count once.
 *
 * Cancelled or expired, the plan ends with its running cycle. On hold nothing is done: what was
 * paid goes on, what was not is not granted, and the next payment pays for the time that was missed
 * only if the extension moves its dates so. A refund alone ends nothing here; cancelling does.
 */
final class Recurring {
	/** Job: looks at a subscription again. Arguments: its id, and how often it was tried before. */
	public const JOB = 'nivella_credits_check_subscription';

	/**
	 * Whether a line of an order is of such a subscription.
	 *
	 * @param \WC_Order              $order The order.
	 * @param \WC_Order_Item_Product $item  The line.
	 */
	public static function has( \WC_Order $order, \WC_Order_Item_Product $item ): bool {
		if ( ! function_exists( 'wcs_order_contains_subscription' )
			|| ! wcs_order_contains_subscription( $order, 'any' ) ) {
			return false;
		}
		$product = $item->get_product();
		// Of a product that is gone nobody knows; the subscription's own line does.
		return ! $product instanceof \WC_Product
			|| ! class_exists( \WC_Subscriptions_Product::class )
			|| \WC_Subscriptions_Product::is_subscription( $product );
	}

	/**
	 * Something happened to a subscription.
	 *
	 * @param mixed $subscription The subscription.
	 */
	public static function changed( mixed $subscription ): void {
		self::guarded( $subscription, self::pay( ... ) );
	}

	/**
	 * A subscription is over.
	 *
	 * @param mixed $subscription The subscription.
	 */
	public static function over( mixed $subscription ): void {
		self::guarded( $subscription, self::end( ... ) );
	}

	/**
	 * Lines of subscriptions were switched.
	 *
	 * @param mixed $order The order that paid for it.
	 */
	public static function switched( mixed $order ): void {
		if ( ! $order instanceof \WC_Order
			|| ! function_exists( 'wcs_get_subscriptions_for_switch_order' ) ) {
			return;
		}
		foreach ( (array) wcs_get_subscriptions_for_switch_order( $order ) as $subscription ) {
			self::changed( $subscription );
		}
	}

	/**
	 * Books what an active subscription has paid.
	 *
	 * @param \WC_Subscription $subscription The subscription, as it is now.
	 */
	private static function pay( \WC_Subscription $subscription ): void {
		$user = (int) $subscription->get_user_id();
		if ( ! $subscription->has_status( 'active' ) || 0 === $user ) {
			return;
		}
		$sales  = PlanSales::open();
		$until  = self::paid_until( $subscription );
		$offers = self::offers( $subscription );
		if ( array() === $offers ) {
			self::end( $subscription );
			return;
		}
		if ( null === $until ) {
			$text = __( 'It has no next payment and no end, so no plan was booked.', 'nivella-credits' );
			$subscription->add_order_note( esc_html( $text ) );
			return;
		}
		$account = Books::open()->account_of_user( $user );
		$term    = array( 'paid_until' => Instant::text( $until ) );
		$before  = $sales->with_prefix( Sold::prefix( $subscription->get_id() ) );
		$ends    = array_map( static fn( $sale ): int => (int) $sale->paid_until, $before );
		$paid    = max( array( 0, ...array_values( $ends ) ) );
		foreach ( $offers as $id => $offer ) {
			if ( ! $sales->is_plan( $offer->plan ) ) {
				$name = $subscription->get_item( $id )->get_name();
				Told::waits( $subscription->get_id(), $name, $offer->plan );
				continue;
			}
			$key = Sold::key( $subscription->get_id(), $id ) . ":until-$until";
			$pay = static fn( ?Subscription $own, int $now, int $left ): array =>
				Decision::pay( $offer->plan, $term, $own, $now, $left, $paid );

			list( $sale, $new ) = $sales->book( $account, $key, $offer->plan, $pay );
			if ( $new ) {
				$name = $subscription->get_item( $id )->get_name();
				Told::paid( $subscription->get_id(), $name, $offer, $sale );
			}
		}
	}

	/**
	 * Ends the plan of a subscription, if it is what runs.
	 *
	 * @param \WC_Subscription $subscription The subscription.
	 */
	private static function end( \WC_Subscription $subscription ): void {
		$sales = PlanSales::open();
		$paid  = $sales->with_prefix( Sold::prefix( $subscription->get_id() ) );
		// The last one first: the others are over with it.
		usort( $paid, static fn( $a, $b ): int => $b->paid_until <=> $a->paid_until );
		foreach ( $paid as $sale ) {
			if ( PlanSale::COUNTS !== $sale->state ) {
				continue;
			}
			$done = '';
			$ran  = null;
			// What it had paid before goes, too; what others have paid stays.
			$all   = self::without_before( $sale );
			$alone = static function ( ?Subscription $own, int $now ) use (
				$all,
				&$done,
				&$ran
			): array {
				list( $done, $commands ) = Decision::end( $all, false, $own, $now );

				$ran = $own;
				return array( array() === $commands ? PlanSale::KEPT : PlanSale::ENDED, $commands );
			};
			if ( $sales->move( $sale, $alone ) && ! in_array( $done, array( '', Decision::OVER ), true ) ) {
				Told::moved( $subscription->get_id(), $done, $sale, $ran );
			}
		}
	}

	/**
	 * A payment as if nothing had been paid before it.
	 *
	 * @param PlanSale $sale The payment.
	 */
	private static function without_before( PlanSale $sale ): PlanSale {
		return new PlanSale( ...array( 'paid_from' => null ) + get_object_vars( $sale ) );
	}

	/**
	 * The lines of a subscription that sell a plan.
	 *
	 * @param \WC_Subscription $subscription The subscription.
	 * @return array<int, Offer> By the line's id.
	 */
	private static function offers( \WC_Subscription $subscription ): array {
		$found = array();
		foreach ( $subscription->get_items() as $id => $item ) {
			if ( ! $item instanceof \WC_Order_Item_Product ) {
				continue;
			}
			$offer = Offer::of_item( $item ) ?? Offer::of_product( $item->get_product() );
			if ( null !== $offer ) {
				$found[ (int) $id ] = $offer;
			}
		}
		ksort( $found );
		return $found;
	}

	/**
	 * Until when a subscription is paid, in milliseconds since 1970; null where it does not say.
	 *
	 * @param \WC_Subscription $subscription The subscription.
	 */
	private static function paid_until( \WC_Subscription $subscription ): ?int {
		foreach ( array( 'next_payment', 'end' ) as $date ) {
			$at = (int) $subscription->get_time( $date );
			if ( $at > time() ) {
				return $at * 1000;
			}
		}
		return null;
	}

	/**
	 * Looks at a subscription again.
	 *
	 * @param int $id    The subscription's id.
	 * @param int $tries How often it was tried before.
	 */
	public static function again( int $id, int $tries = 0 ): void {
		$found = function_exists( 'wcs_get_subscription' ) ? wcs_get_subscription( $id ) : false;
		if ( false !== $found && null !== $found ) {
			$over = $found->has_status( array( 'cancelled', 'expired' ) );
			self::guarded( $found, $over ? self::end( ... ) : self::pay( ... ), $tries );
		}
	}

	/**
	 * Looks at a subscription. Whatever goes wrong stops no payment: it is logged, and looked at
	 * again.
	 *
	 * @param mixed    $subscription The subscription.
	 * @param callable $look         What looks.
	 * @param int      $tries        How often it was tried before.
	 */
	private static function guarded( mixed $subscription, callable $look, int $tries = 0 ): void {
		if ( ! class_exists( \WC_Subscription::class ) || ! $subscription instanceof \WC_Subscription ) {
			return;
		}
		try {
			$look( $subscription );
		} catch ( \Throwable $fault ) {
			$id = $subscription->get_id();
			Log::error( 'the plan of a subscription was not booked', $fault, $id );
			Retry::booking( self::JOB, array( $id ), $tries );
		}
	}
}
