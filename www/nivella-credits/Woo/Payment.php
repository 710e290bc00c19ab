<?php
/**
 * Whether an order is paid, and whether it counts.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Plugin\Activation;

defined( 'ABSPATH' ) || exit;

/** Reads one order's state; books nothing. */
final class Payment {
	/** An order in these is paid. A plugin's status for part payments is not among them. */
	private const PAID = array( 'processing', 'completed' );
	/**
	 * A paid order that gets into these gives its credits back until it is paid again. Gateways put
	 * disputed orders on hold.
	 */
	private const TAKEN_BACK = array(
		'pending',
		'on-hold',
		'cancelled',
		'failed',
		'refunded',
		'trash',
	);
	/** Meta data of an order whose payment is disputed: when, RFC 3339. */
	public const DISPUTED = '_nivella_credits_disputed';

	/**
	 * When an order was paid, in seconds since 1970; null while it is not.
	 *
	 * Cash on delivery is paid when the order is completed, whatever date the store has set before. A
	 * process that was killed may leave a paid order without its date: then the day on which it was
	 * made stands in.
	 *
	 * @param \WC_Order $order The order.
	 */
	public static function paid_at( \WC_Order $order ): ?int {
		$cash = 'cod' === $order->get_payment_method();
		/**
		 * Filters the statuses of an order that is paid.
		 *
		 * @param string[] $statuses Without `wc-`.
		 */
		$paid = self::listed( apply_filters( 'nivella_credits_paid_statuses', self::PAID ), self::PAID );
		if ( ! $order->has_status( $cash ? array( 'completed' ) : $paid ) ) {
			return null;
		}
		$date = $cash ? $order->get_date_completed() : $order->get_date_paid();
		return ( $date ?? $order->get_date_created() )?->getTimestamp();
	}

	/**
	 * Whether credits are due for an order: paid, not disputed, and not before the plugin was first
	 * active, unless the owner asks for older ones.
	 *
	 * @param \WC_Order $order The order.
	 * @param ?int      $since Paid at this second or later; null: since the plugin was first active.
	 */
	public static function is_due( \WC_Order $order, ?int $since = null ): bool {
		$at = self::paid_at( $order );
		return null !== $at && $at >= ( $since ?? self::first_active_at() )
			&& '' === $order->get_meta( self::DISPUTED ) && ! self::is_taken_back( $order );
	}

	/**
	 * Whether all credits of an order go back, whatever its refunds say.
	 *
	 * @param \WC_Order $order The order.
	 */
	public static function is_taken_back( \WC_Order $order ): bool {
		/**
		 * Filters the statuses in which a paid order gives all its credits back.
		 *
		 * @param string[] $statuses Without `wc-`.
		 */
		$told = apply_filters( 'nivella_credits_taken_back_statuses', self::TAKEN_BACK );
		return $order->has_status( self::listed( $told, self::TAKEN_BACK ) )
			|| '' !== $order->get_meta( self::DISPUTED );
	}

	/**
	 * The statuses that another plugin told. What is no list of them counts for nothing: with it no
	 * order would be paid any more, or none taken back.
	 *
	 * @param mixed    $told  What it told.
	 * @param string[] $usual Those without it.
	 * @return string[]
	 */
	private static function listed( mixed $told, array $usual ): array {
		return is_array( $told ) && array_filter( $told, 'is_string' ) === $told ? $told : $usual;
	}

	/**
	 * Whether an order is paid, or was once.
	 *
	 * @param \WC_Order $order The order.
	 */
	public static function was_paid( \WC_Order $order ): bool {
		return null !== $order->get_date_paid() || null !== $order->get_date_completed()
			|| null !== self::paid_at( $order );
	}

	/** When the plugin was first active, in seconds since 1970. */
	public static function first_active_at(): int {
		$text = (string) get_option( Activation::FIRST_ACTIVE_AT, '' );
		$at   = '' === $text ? false : strtotime( $text );
		// Without that date nothing old is granted by itself.
		return false === $at ? time() : $at;
	}
}
