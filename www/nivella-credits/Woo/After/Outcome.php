<?php
/**
 * What became of an order's credits.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\After;

use Nivella\Credits\Storage\Purchases;
use Nivella\Credits\Woo\Grants;
use Nivella\Credits\Woo\Orders;
use Nivella\Credits\Woo\Payment;
use Nivella\Credits\Woo\Sold;
use Nivella\Credits\Woo\StoredBooks;

defined( 'ABSPATH' ) || exit;

/** As the ledger has it, in micro-credits. Immutable. */
final class Outcome {
	/** All credits of the order are booked. */
	public const SUCCESS = 'success';
	/** They are due and not all booked yet; that is tried again. */
	public const WAITING = 'waiting';
	/** They are due, and wait for whoever reads the order's mail. */
	public const CLAIM = 'claim';
	/** The order is not paid yet. */
	public const PENDING = 'pending';
	/** Its payment did not go through. */
	public const FAILED = 'failed';
	/** It is cancelled, and nothing was booked. */
	public const CANCELLED = 'cancelled';
	/** All that was booked was taken back. */
	public const REVERSED = 'reversed';

	/**
	 * An outcome.
	 *
	 * @param string $state   One of the above.
	 * @param int    $credits What was booked, its bonus included.
	 * @param int    $repaid  What of them repaid debt.
	 * @param ?int   $used    What was used since the order was placed; null: not known.
	 * @param int    $account Whose they are; 0 for nobody's.
	 */
	private function __construct(
		public readonly string $state,
		public readonly int $credits = 0,
		public readonly int $repaid = 0,
		public readonly ?int $used = null,
		public readonly int $account = 0,
	) {}

	/**
	 * Of an order; null where it has no packages, or none that this plugin has to do with.
	 *
	 * @param \WC_Order $order The order.
	 */
	public static function of( \WC_Order $order ): ?self {
		$packages = Orders::packages( $order );
		if ( array() === $packages ) {
			return null;
		}
		$sold = ( new StoredBooks() )->sold_of_order( $order->get_id() );
		if ( array() === $sold ) {
			$state = self::without_credits( $order );
			return null === $state ? null : new self( $state );
		}
		return count( $sold ) < count( $packages ) && Payment::is_due( $order )
			? new self( self::WAITING )
			: self::booked( $order, $sold );
	}

	/**
	 * Of an order with booked lines.
	 *
	 * @param \WC_Order           $order The order.
	 * @param array<string, Sold> $sold  The lines, by the ledger's keys.
	 */
	private static function booked( \WC_Order $order, array $sold ): self {
		$credits = 0;
		$gone    = 0;
		foreach ( $sold as $line ) {
			$credits += $line->item->granted + $line->item->bonus;
			$gone    += $line->item->reversed();
		}
		if ( $gone >= $credits ) {
			return new self( self::REVERSED );
		}
		$account   = reset( $sold )->account;
		$purchases = Purchases::open();
		$requests  = array_map( array( Grants::class, 'request_id' ), array_keys( $sold ) );
		$entries   = Placed::entries( $order );
		return new self(
			self::SUCCESS,
			$credits,
			$purchases->repaid( $account, $requests ),
			null === $entries ? null : $purchases->used_since( $account, $entries ),
			$account,
		);
	}

	/** The state of an order of which nothing is booked; null for one that is none of our business. */
	private static function without_credits( \WC_Order $order ): ?string {
		if ( Payment::is_due( $order ) ) {
			return 0 === Grants::customer( $order ) ? self::CLAIM : self::WAITING;
		}
		if ( null !== Payment::paid_at( $order ) ) {
			// Paid before there were credits.
			return null;
		}
		if ( $order->has_status( 'failed' ) ) {
			return self::FAILED;
		}
		return $order->has_status( array( 'cancelled', 'refunded', 'trash' ) )
			? self::CANCELLED
			: self::PENDING;
	}
}
