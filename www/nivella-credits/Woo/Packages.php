<?php
/**
 * Which products give credits, and which lines of an order.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/**
 * Reads packages from products, and keeps with each line of an order what was promised when it was
 * bought: later changes of the product do not change what was sold. The category Tokens only lists
 * packages; what a product gives is its credits.
 */
final class Packages {
	/** Meta data of products, variations and lines: credits of one piece, a plain decimal. */
	public const CREDITS = '_nivella_credits_credits';
	/** Bonus credits of one piece. */
	public const BONUS = '_nivella_credits_bonus';
	/** Days from the payment on; empty: for ever. */
	public const VALIDITY = '_nivella_credits_validity_days';

	/**
	 * What one piece of a product gives. A variation without credits of its own gives what its
	 * product gives.
	 *
	 * @param \WC_Product $product The product or variation.
	 * @throws Refusal What can't be read.
	 */
	public static function of_product( \WC_Product $product ): Package {
		$own = '' === self::text( $product, self::CREDITS ) ? Stored::parent( $product ) : $product;
		return null === $own ? Package::none() : self::read( $own );
	}

	/**
	 * Whether a product is a package; one that can't be read is none.
	 *
	 * @param mixed $product Whatever the store has.
	 */
	public static function is_package( mixed $product ): bool {
		try {
			return $product instanceof \WC_Product && self::of_product( $product )->gives();
		} catch ( Refusal ) {
			return false;
		}
	}

	/**
	 * What one piece of a line gives. A line without a promise of its own (made in the admin or by
	 * REST) takes that of the product, and keeps it from then on.
	 *
	 * @param \WC_Order_Item_Product $item A saved line.
	 * @throws Refusal What can't be read.
	 */
	public static function of_item( \WC_Order_Item_Product $item ): Package {
		if ( '' !== self::text( $item, self::CREDITS ) ) {
			return self::read( $item );
		}
		$product = $item->get_product();
		if ( ! $product instanceof \WC_Product ) {
			return Package::none();
		}
		$package = self::of_product( $product );
		self::promise( $item, $package, $product );
		$item->save_meta_data();
		return $package;
	}

	/**
	 * The checkout makes a line: it is given the promise.
	 *
	 * @param mixed $item The line.
	 */
	public static function sold( mixed $item ): void {
		$product = $item instanceof \WC_Order_Item_Product ? $item->get_product() : null;
		if ( ! $product instanceof \WC_Product ) {
			return;
		}
		try {
			self::promise( $item, self::of_product( $product ), $product );
		} catch ( \Throwable $fault ) {
			// Nothing may stop a checkout. Without a promise the line is read when it is paid.
			Log::error( 'the credits of a product can not be read', $fault, $product->get_id() );
		}
	}

	/**
	 * A line was added in the admin, by REST or by another plugin.
	 *
	 * @param int   $id   The line's id.
	 * @param mixed $item The line.
	 */
	public static function at_new_line( int $id, mixed $item ): void {
		$sold = $item instanceof \WC_Order_Item_Product && '' === $item->get_meta( '_refunded_item_id' );
		if ( ! $sold || $item->get_quantity() <= 0 ) {
			return;
		}
		try {
			self::of_item( $item );
		} catch ( \Throwable $fault ) {
			Log::error( "the credits of line $id can not be read", $fault, $item->get_order_id() );
		}
	}

	/**
	 * Writes what was promised: "0" for what is no package, so that it never becomes one. With it goes
	 * the plan that the product sells.
	 */
	private static function promise(
		\WC_Order_Item_Product $item,
		Package $package,
		\WC_Product $product
	): void {
		Plans\Offer::promise( $item, $product );
		$item->update_meta_data( self::CREDITS, Amount::text( $package->credits ) );
		if ( $package->bonus > 0 ) {
			$item->update_meta_data( self::BONUS, Amount::text( $package->bonus ) );
		}
		if ( null !== $package->validity_days ) {
			$item->update_meta_data( self::VALIDITY, (string) $package->validity_days );
		}
	}

	/** What the meta data of a product or line say. */
	private static function read( \WC_Product|\WC_Order_Item_Product $of ): Package {
		$texts = array( self::CREDITS, self::BONUS, self::VALIDITY );
		return Package::parse( ...array_map( static fn( $key ) => self::text( $of, $key ), $texts ) );
	}

	/** One value; what is no text can't be read as a number. */
	private static function text( \WC_Product|\WC_Order_Item_Product $of, string $key ): string {
		return Stored::text( $of, $key ) ?? 'none';
	}
}
