<?php
/**
 * What a buyer is told of the plans of an order.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Plans;

use Nivella\Credits\Storage\PlanSale;
use Nivella\Credits\Storage\PlanSales;
use Nivella\Credits\Woo\Payment;
use Nivella\Credits\Woo\Sold;

defined( 'ABSPATH' ) || exit;

/** For the page after the checkout: a sentence for each line with a plan, as it is booked now. */
final class Placed {
	/**
	 * The sentences, as HTML; '' where an order sells no plan.
	 *
	 * @param \WC_Order $order The order.
	 * @param bool      $own   Whether its customer reads it: nobody else is told what is booked.
	 */
	public static function markup( \WC_Order $order, bool $own ): string {
		$offers = Terms::offers( $order );
		if ( array() === $offers ) {
			return '';
		}
		$sales = PlanSales::open()->with_prefix( Sold::prefix( $order->get_id() ) );
		$html  = '';
		foreach ( $offers as $id => $offer ) {
			$sale = $sales[ Sold::key( $order->get_id(), $id ) ] ?? null;
			$text = null === $sale || ! $own
				? self::unbooked( $order, $offer, null !== $sale )
				: self::booked( $offer, $sale );
			if ( '' !== $text ) {
				$html .= '<p class="nivella-credits-result alignwide">' . esc_html( $text ) . '</p>';
			}
		}
		return $html;
	}

	/**
	 * Of a line that is not booked, or that is nothing of the reader's.
	 *
	 * @param \WC_Order $order  The order.
	 * @param Offer     $offer  What the line sells.
	 * @param bool      $booked Whether it is booked all the same.
	 */
	private static function unbooked( \WC_Order $order, Offer $offer, bool $booked ): string {
		$text = match ( true ) {
			$booked || ( Payment::is_taken_back( $order ) && Payment::was_paid( $order ) ),
			$order->has_status( array( 'cancelled', 'failed', 'refunded' ) ) => '',
			null === Payment::paid_at( $order )
				/* translators: %s: name of a plan. */
				=> __( 'Your plan %s counts from the moment the order is paid.', 'nivella-credits' ),
			0 === (int) $order->get_customer_id()
				/* translators: %s: name of a plan. */
				=> __(
					'Your plan %s counts once you claim it by the link that we mail you.',
					'nivella-credits'
				),
			/* translators: %s: name of a plan. */
			default => __( 'Your plan %s does not count yet. The store looks after it.', 'nivella-credits' ),
		};
		return sprintf( $text, $offer->name() );
	}

	/**
	 * Of a line that is booked.
	 *
	 * @param Offer    $offer What it sells.
	 * @param PlanSale $sale  What is booked.
	 */
	private static function booked( Offer $offer, PlanSale $sale ): string {
		$before = Told::name( $sale->plan_before ?? $sale->plan );
		$until  = Told::day( $sale->paid_until );
		$text   = match ( true ) {
			PlanSale::COUNTS !== $sale->state
				/* translators: 1: name of a plan. */
				=> __( 'What this order paid for the plan %1$s does not count any more.', 'nivella-credits' ),
			Decision::BEGAN === $sale->outcome
				/* translators: 1: name of a plan, 2: a date. */
				=> __( 'Your plan %1$s began, and is paid until %2$s.', 'nivella-credits' ),
			Decision::RENEWED === $sale->outcome
				/* translators: 1: name of a plan, 2: a date. */
				=> __( 'Your plan %1$s goes on, and is paid until %2$s.', 'nivella-credits' ),
			Decision::CHANGED === $sale->outcome
				/* translators: 1: name of a plan, 2: a date, 3: name of the plan before. */
				=> __( 'Your plan changes from %3$s to %1$s, and is paid until %2$s.', 'nivella-credits' ),
			/* translators: 1: name of a plan, 3: name of the plan before. */
			default => __(
				'Your plan %1$s does not count yet, because you have the plan %3$s. The store was asked what is meant, and will change it or give your money back.',
				'nivella-credits'
			),
		};
		return sprintf( $text, $offer->name(), $until, $before );
	}
}
