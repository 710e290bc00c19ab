<?php
/**
 * Credits for paid orders.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/**
 * Books what a paid order's packages give: once for each line, however many processes are told of
 * the payment and however often. That a line was granted is a unique key in the ledger, written
 * with the grant; nothing else is asked.
 */
final class Grants {
	/**
	 * Over a ledger.
	 *
	 * @param Bookkeeper $books The ledger.
	 */
	public function __construct( private readonly Bookkeeper $books ) {}

	/**
	 * Grants what is due for an order and is not booked yet. Nothing for a guest.
	 *
	 * @param \WC_Order $order The order, as it is now.
	 * @param ?int      $since See Payment::is_due().
	 * @return int How many lines were granted now.
	 */
	public function maybe_grant( \WC_Order $order, ?int $since = null ): int {
		$customer = self::customer( $order );
		if ( 0 === $customer || ! Payment::is_due( $order, $since ) ) {
			return 0;
		}
		$missing = $this->missing( $order );
		if ( array() === $missing || $this->is_being_claimed( $order, $customer ) ) {
			return 0;
		}
		return (int) $this->grant_to( $order, $missing, $customer );
	}

	/**
	 * Whether somebody else is about to claim all of a guest's order: the first line decides. Read
	 * behind what is missing, so that no line is taken from under a claim that goes on.
	 *
	 * @param \WC_Order $order    The order.
	 * @param int       $customer Who has become its customer.
	 */
	private function is_being_claimed( \WC_Order $order, int $customer ): bool {
		if ( ! Guests::has_link( $order ) ) {
			return false;
		}
		$account = $this->books->account_of_user( $customer );
		foreach ( $this->books->sold_of_order( $order->get_id() ) as $sold ) {
			if ( $sold->account !== $account ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The packages of an order that are not in the ledger.
	 *
	 * @param \WC_Order $order The order.
	 * @return array<int, Package> By the line's id.
	 */
	public function missing( \WC_Order $order ): array {
		$packages = Orders::packages( $order );
		$sold     = array() === $packages ? array() : $this->books->sold_of_order( $order->get_id() );
		$is_new   = static fn( int $id ): bool => ! isset( $sold[ Sold::key( $order->get_id(), $id ) ] );
		return array_filter( $packages, $is_new, ARRAY_FILTER_USE_KEY );
	}

	/**
	 * Grants lines to a user, in the order of their ids.
	 *
	 * @param \WC_Order           $order    The order.
	 * @param array<int, Package> $packages By the line's id.
	 * @param int                 $user_id  Whose credits they become.
	 * @return ?int How many lines were granted now; null where somebody else has them.
	 */
	public function grant_to( \WC_Order $order, array $packages, int $user_id ): ?int {
		$account = $this->books->account_of_user( $user_id );
		$count   = 0;
		foreach ( $packages as $id => $package ) {
			$command = self::command( $order, $id, $package );
			try {
				$answer = $this->books->write( $account, $command );
			} catch ( Refusal $refusal ) {
				// Somebody was quicker: the same order with another second of payment, or, with a
				// guest's order, another customer.
				$sold = $this->books->sold_of_order( $order->get_id() )[ $command['order_item'] ] ?? null;
				if ( null === $sold ) {
					throw $refusal;
				}
				if ( $sold->account !== $account ) {
					return null;
				}
				continue;
			}
			if ( ! $answer['replayed'] ) {
				++$count;
				Notes::granted( $order, $id, $command );
			}
		}
		return $count;
	}

	/**
	 * The customer of an order; 0 for a guest and for a user who is no more.
	 *
	 * @param \WC_Order $order The order.
	 */
	public static function customer( \WC_Order $order ): int {
		$id = (int) $order->get_customer_id();
		return $id > 0 && false !== get_userdata( $id ) ? $id : 0;
	}

	/**
	 * The request id of a line's grant.
	 *
	 * @param string $key The line's key in the ledger.
	 */
	public static function request_id( string $key ): string {
		return "$key:grant";
	}

	/**
	 * What is booked for a line: the same each time, so that a repetition is known as one.
	 *
	 * @return array<string, string>
	 */
	private static function command( \WC_Order $order, int $id, Package $package ): array {
		$quantity = (int) $order->get_item( $id )->get_quantity();
		$key      = Sold::key( $order->get_id(), $id );
		$command  = array(
			'op'         => 'grant',
			'request_id' => self::request_id( $key ),
			'kind'       => 'purchase',
			'order_item' => $key,
			'reference'  => "order {$order->get_id()}",
		);

		list( $credits, $bonus ) = $package->times( $quantity );
		$command['amount']       = Amount::text( $credits );
		if ( $bonus > 0 ) {
			$command['bonus'] = Amount::text( $bonus );
		}
		if ( null !== $package->validity_days ) {
			$paid_at               = Payment::paid_at( $order ) ?? time();
			$end                   = $paid_at * 1000 + $package->validity_days * Instant::DAY_MS;
			$command['expires_at'] = Instant::text( $end );
		}
		return $command;
	}
}
