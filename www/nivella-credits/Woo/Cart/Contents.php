<?php
/**
 * The credits in a cart.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Cart;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Page\Figure;
use Nivella\Credits\Woo\Package;
use Nivella\Credits\Woo\Packages;

defined( 'ABSPATH' ) || exit;

/** What the packages of a cart give when they are paid, in micro-credits. Immutable. */
final class Contents {
	/** A cart holds fewer lines of at most 10^12 credits than would fill an integer. */
	private const MOST = 9000000000000000000;

	/**
	 * The credits of a cart.
	 *
	 * @param int $credits Without the bonus.
	 * @param int $bonus   On top of them.
	 */
	private function __construct( public readonly int $credits, public readonly int $bonus ) {}

	/**
	 * Of the cart of this visit. Null where there is none, or where the credits of a line can't be
	 * read: then they are not known, which is not zero.
	 */
	public static function now(): ?self {
		$cart = function_exists( 'WC' ) ? WC()->cart : null;
		return $cart instanceof \WC_Cart ? self::of( $cart->get_cart() ) : null;
	}

	/**
	 * Of these lines.
	 *
	 * @param array<array<string, mixed>> $lines As the store's cart keeps them.
	 */
	public static function of( array $lines ): ?self {
		$credits = 0;
		$bonus   = 0;
		try {
			foreach ( $lines as $line ) {
				list( $package, $quantity ) = self::line( $line );
				list( $more, $on_top )      = $package->times( $quantity );
				if ( $credits + $bonus > self::MOST - $more - $on_top ) {
					return null;
				}
				$credits += $more;
				$bonus   += $on_top;
			}
		} catch ( Refusal ) {
			return null;
		}
		return new self( $credits, $bonus );
	}

	/**
	 * What one piece of a line gives, and how many there are. A product whose credits can't be read
	 * is no package, as on its own page.
	 *
	 * @param array<string, mixed> $line As the store's cart keeps it.
	 * @return array{Package, int}
	 */
	public static function line( array $line ): array {
		$product  = $line['data'] ?? null;
		$quantity = is_numeric( $line['quantity'] ?? null ) ? (int) $line['quantity'] : 0;
		$sold     = $quantity > 0 && Packages::is_package( $product );
		return array( $sold ? Packages::of_product( $product ) : Package::none(), max( 1, $quantity ) );
	}

	/** Whether any of it is a package. */
	public function gives(): bool {
		return $this->credits > 0;
	}

	/** What the page says without scripts. */
	public function text(): string {
		$credits = Figure::text( $this->credits );
		if ( 0 === $this->bonus ) {
			/* translators: %s: number of credits. */
			return sprintf( __( 'Credits in this order: %s', 'nivella-credits' ), $credits );
		}
		/* translators: 1: number of credits, 2: number of credits on top of them. */
		$text = __( 'Credits in this order: %1$s, and %2$s as a bonus', 'nivella-credits' );
		return sprintf( $text, $credits, Figure::text( $this->bonus ) );
	}

	/** What a buyer without an account must know. */
	public static function guest_text(): string {
		$texts = array(
			__( 'Without an account: once the order is paid we mail you a link.', 'nivella-credits' ),
			__( 'Open it and sign in, and the credits are yours.', 'nivella-credits' ),
		);
		return implode( ' ', $texts );
	}
}
