<?php
/**
 * Credits follow the money that goes back.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Ledger\Wide;

defined( 'ABSPATH' ) || exit;

/**
 * Brings what is booked of an order's lines to where its refunds and its status say it should be,
 * in either direction. It looks at the order as it is, never at what has just happened, so it is
 * right after any events in any order, and repeating it changes nothing.
 *
 * The movements of a line are numbered, and the number is the request's id. It is read ahead of the
 * order: who decides on an older state of the order than somebody who has booked meanwhile has a
 * number that is taken, is refused, and looks again.
 */
final class Reversals {
	/** More often than any number of processes at one order needs. */
	private const TRIES = 20;

	/**
	 * Over a ledger.
	 *
	 * @param Bookkeeper $books The ledger.
	 */
	public function __construct( private readonly Bookkeeper $books ) {}

	/**
	 * Books the difference between what is and what should be.
	 *
	 * @param int  $order_id The order's id; it may be gone.
	 * @param bool $leaving  Whether it is about to be deleted.
	 * @return int How many movements were booked now.
	 * @throws Refusal What the ledger refuses.
	 */
	public function settle( int $order_id, bool $leaving = false ): int {
		$count = 0;
		for ( $try = 1;; $try++ ) {
			try {
				foreach ( $this->differences( $order_id, $leaving ) as list( $sold, $share ) ) {
					$count += $this->book( $order_id, $sold, $share );
				}
				return $count;
			} catch ( Refusal $refusal ) {
				if ( 'request_id_conflict' !== $refusal->error || $try >= self::TRIES ) {
					throw $refusal;
				}
			}
		}
	}

	/**
	 * Lines whose reversal is not where it should be, and the share that should be reversed.
	 *
	 * @param int  $order_id The order's id.
	 * @param bool $leaving  Whether it is about to be deleted.
	 * @return array<array{Sold, array{int, int}}>
	 */
	public function differences( int $order_id, bool $leaving = false ): array {
		$sold = $this->books->sold_of_order( $order_id );
		if ( array() === $sold ) {
			return array();
		}
		$order    = $leaving ? null : Orders::fresh( $order_id );
		$all      = null === $order || Payment::is_taken_back( $order );
		$refunded = $all ? null : self::refunded( $order );
		$found    = array();
		foreach ( $sold as $line ) {
			$share = $all ? array( 1, 1 ) : $refunded->share( $line->ids()[1] ?? 0 );
			$item  = $line->item;
			$to    = Wide::share( $item->granted, ...$share );
			$bonus = Wide::share( $item->bonus, ...$share );
			if ( $item->target !== $to || $item->bonus_target !== $bonus ) {
				$found[] = array( $line, $share );
			}
		}
		return $found;
	}

	/**
	 * What went back of an order.
	 *
	 * @param \WC_Order $order The order, as it is now.
	 */
	public static function refunded( \WC_Order $order ): Refunded {
		$packages = array_keys( Orders::packages( $order ) );
		return new Refunded( $order, Orders::refunds( $order->get_id() ), $packages );
	}

	/**
	 * Books one movement; 1 if it was not booked before.
	 *
	 * @param int             $order_id The order's id.
	 * @param Sold            $sold     What was booked of the line.
	 * @param array{int, int} $share    The share that should be reversed.
	 */
	private function book( int $order_id, Sold $sold, array $share ): int {
		$item                  = $sold->item;
		list( $refunded, $of ) = $share;

		$falls  = Wide::share( $item->granted, ...$share ) <= $item->target
			&& Wide::share( $item->bonus, ...$share ) <= $item->bonus_target;
		$answer = $this->books->write(
			$sold->account,
			array(
				'op'         => $falls ? 'reinstate' : 'reverse',
				'request_id' => sprintf( '%s:movement:%d', $item->id, $item->movements + 1 ),
				'order_item' => $item->id,
				'refunded'   => Amount::text( $refunded ),
				'of'         => Amount::text( $of ),
				'reference'  => "order $order_id",
			)
		);
		if ( $answer['replayed'] ) {
			return 0;
		}
		Notes::moved( $order_id, $answer['entries'], $sold );
		return 1;
	}
}
