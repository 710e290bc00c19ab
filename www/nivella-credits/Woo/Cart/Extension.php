<?php
/**
 * What the Store API says of a cart's credits.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Cart;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Woo\StoreApi;

defined( 'ABSPATH' ) || exit;

/**
 * `extensions["nivella-credits"]` of a cart and of its lines. A line says what one piece gives, as
 * its product does, and what the whole line gives; a cart the sum. Amounts are decimal texts, and
 * null where they are not known; what is no package says nothing. Never a balance: browsers keep
 * these answers, and other origins of the same site may read them.
 */
final class Extension {
	/** Tells the Store API, where the store has one. */
	public static function register(): void {
		StoreApi::extend( 'cart-item', array( self::class, 'of_line' ), array( self::class, 'line' ) );
		StoreApi::extend( 'cart', array( self::class, 'of_cart' ), array( self::class, 'cart' ) );
	}

	/**
	 * What a line gives.
	 *
	 * @param mixed $line As the store's cart keeps it.
	 * @return array<string, string|int|null>
	 */
	public static function of_line( mixed $line ): array {
		try {
			list( $package ) = Contents::line( (array) $line );
			if ( ! $package->gives() ) {
				return array();
			}
			$sum = Contents::of( array( (array) $line ) );
			return StoreApi::of_package( $package ) + array(
				'line_credits' => null === $sum ? null : Amount::text( $sum->credits ),
				'line_bonus'   => null === $sum ? null : Amount::text( $sum->bonus ),
			);
		} catch ( \Throwable ) {
			// The store would hand on what another plugin said.
			return array();
		}
	}

	/**
	 * What the whole cart gives.
	 *
	 * @return array<string, ?string>
	 */
	public static function of_cart(): array {
		try {
			$sum = Contents::now();
		} catch ( \Throwable ) {
			$sum = null;
		}
		return array(
			'credits' => null === $sum ? null : Amount::text( $sum->credits ),
			'bonus'   => null === $sum ? null : Amount::text( $sum->bonus ),
		);
	}

	/**
	 * The fields of a line.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	public static function line(): array {
		$amount = array( 'string', 'null' );
		return StoreApi::schema() + array(
			'line_credits' => StoreApi::field( 'Credits of all pieces; null: not known.', $amount ),
			'line_bonus'   => StoreApi::field( 'Credits on top of them.', $amount ),
		);
	}

	/**
	 * The fields of a cart.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	public static function cart(): array {
		$amount = array( 'string', 'null' );
		return array(
			'credits' => StoreApi::field( 'Credits of all packages; null: not known.', $amount ),
			'bonus'   => StoreApi::field( 'Credits on top of them.', $amount ),
		);
	}
}
