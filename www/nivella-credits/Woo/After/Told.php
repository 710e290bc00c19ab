<?php
/**
 * An outcome in words.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\After;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Page\Fallback;
use Nivella\Credits\Page\Figure;
use Nivella\Credits\Storage\Books;

defined( 'ABSPATH' ) || exit;

/** What the page says without scripts: exact booked figures, and no word of what is not known. */
final class Told {
	/**
	 * The text, not escaped.
	 *
	 * @param \WC_Order $order   The order.
	 * @param Outcome   $outcome What became of its credits.
	 * @param bool      $own     Whether the reader is its customer.
	 */
	public static function text( \WC_Order $order, Outcome $outcome, bool $own ): string {
		if ( Outcome::SUCCESS === $outcome->state ) {
			return implode( ' ', $own ? self::own( $outcome ) : self::others( $outcome ) );
		}
		return self::said( $outcome->state, $order->get_order_number() );
	}

	/** Of what is not booked. */
	private static function said( string $state, string $order ): string {
		$text = match ( $state ) {
			/* translators: %s: number of the order. */
			Outcome::WAITING   => __( 'Order %s is paid. Your credits are being added.', 'nivella-credits' ),
			Outcome::CLAIM     => implode(
				' ',
				array(
					/* translators: %s: number of the order. */
					__( 'Order %s is paid. We mail you a link:', 'nivella-credits' ),
					__( 'open it and sign in, and the credits are yours.', 'nivella-credits' ),
				)
			),
			Outcome::PENDING   => implode(
				' ',
				array(
					/* translators: %s: number of the order. */
					__( 'Order %s is placed.', 'nivella-credits' ),
					__( 'Your credits arrive the moment the payment clears.', 'nivella-credits' ),
				)
			),
			/* translators: %s: number of the order. */
			Outcome::FAILED    => __(
				'The payment of order %s did not go through, so no credits were added.',
				'nivella-credits'
			),
			/* translators: %s: number of the order. */
			Outcome::CANCELLED => __( 'Order %s is cancelled. It added no credits.', 'nivella-credits' ),
			/* translators: %s: number of the order. */
			default            => __( 'The credits of order %s were taken back.', 'nivella-credits' ),
		};
		return sprintf( $text, $order );
	}

	/**
	 * Of booked credits, to their owner.
	 *
	 * @return string[]
	 */
	private static function own( Outcome $outcome ): array {
		$said = array( self::added( $outcome->credits ) );
		if ( $outcome->repaid > 0 ) {
			/* translators: %s: number of credits. */
			$text   = __( '%s of them repaid what was owed.', 'nivella-credits' );
			$said[] = sprintf( $text, Figure::text( $outcome->repaid ) );
		}
		if ( Fallback::is_kept_by_nobody( headers_list() ) ) {
			/* translators: %s: the balance, such as "7,341 Credits". */
			$text   = __( 'You now have: %s.', 'nivella-credits' );
			$said[] = sprintf( $text, Fallback::text( Books::open()->balance( $outcome->account ) ) );
		}
		if ( (int) $outcome->used > 0 ) {
			/* translators: %s: number of credits. */
			$text   = __( 'Used since your order: %s.', 'nivella-credits' );
			$said[] = sprintf( $text, Figure::text( (int) $outcome->used ) );
		}
		return $said;
	}

	/**
	 * To somebody else whom the store shows the order: what it did, and nothing of the account.
	 *
	 * @return string[]
	 */
	private static function others( Outcome $outcome ): array {
		return array( self::added( $outcome->credits ) );
	}

	/** How many. */
	private static function added( int $micro ): string {
		$count = Figure::count( Amount::text( $micro ) );
		/* translators: %s: number of credits. */
		$text = _n( '%s credit added.', '%s credits added.', $count, 'nivella-credits' );
		return sprintf( $text, Figure::text( $micro ) );
	}
}
