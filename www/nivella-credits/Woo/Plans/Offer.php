<?php
/**
 * What a product sells of a plan.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Plans;

use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Woo\Stored;

defined( 'ABSPATH' ) || exit;

/**
 * A plan for so many months, sold by one piece of a product. Immutable. Each line of an order keeps
 * what was promised when it was bought, as packages do; see Packages.
 */
final class Offer {
	/** Meta data of products, variations and lines: the plan's key. */
	public const PLAN = '_nivella_credits_plan';
	/** Months that one piece pays for; empty: 1. */
	public const MONTHS = '_nivella_credits_plan_months';
	/** As many as the ledger takes at once. */
	public const MOST_MONTHS = 1200;

	/**
	 * One offer.
	 *
	 * @param string $plan   The plan's key.
	 * @param int    $months Months, at least 1.
	 */
	private function __construct( public readonly string $plan, public readonly int $months ) {}

	/**
	 * What a product sells; null for none. A variation without a plan of its own sells that of its
	 * product.
	 *
	 * @param mixed $product Whatever the store has.
	 */
	public static function of_product( mixed $product ): ?self {
		if ( ! $product instanceof \WC_Product ) {
			return null;
		}
		$own = '' === self::text( $product, self::PLAN ) ? Stored::parent( $product ) : $product;
		return null === $own ? null : self::read( $own );
	}

	/**
	 * What a line has promised; null for none. It is promised with the credits of the line.
	 *
	 * @param \WC_Order_Item_Product $item A saved line.
	 */
	public static function of_item( \WC_Order_Item_Product $item ): ?self {
		return self::read( $item );
	}

	/**
	 * Writes what is promised to a line that is made.
	 *
	 * @param \WC_Order_Item_Product $item    The line.
	 * @param \WC_Product            $product The product.
	 */
	public static function promise( \WC_Order_Item_Product $item, \WC_Product $product ): void {
		$offer = self::of_product( $product );
		if ( null !== $offer ) {
			$item->update_meta_data( self::PLAN, $offer->plan );
			$item->update_meta_data( self::MONTHS, (string) $offer->months );
		}
	}

	/**
	 * Whole months; null for what can't be that. Nothing at all is 1.
	 *
	 * @param string $text As an owner types it.
	 */
	public static function months( string $text ): ?int {
		if ( '' === $text ) {
			return 1;
		}
		$fits = 1 === preg_match( '/^\d{1,4}$/D', $text );
		return $fits && $text >= 1 && $text <= self::MOST_MONTHS ? (int) $text : null;
	}

	/**
	 * The plan as it is now; null where it is gone.
	 *
	 * @return ?array<string, mixed> Its wire shape.
	 */
	public function plan(): ?array {
		return Configuration::plans()[ $this->plan ] ?? null;
	}

	/**
	 * The plan's name; its key where it is gone.
	 */
	public function name(): string {
		return (string) ( $this->plan()['name'] ?? $this->plan );
	}

	/** What the meta data of a product or line say. Months that can't be read count as 1. */
	private static function read( \WC_Product|\WC_Order_Item_Product $of ): ?self {
		$plan = self::text( $of, self::PLAN );
		if ( '' === $plan ) {
			return null;
		}
		return new self( $plan, self::months( self::text( $of, self::MONTHS ) ) ?? 1 );
	}

	/** One value; nothing of what is no text. */
	private static function text( \WC_Product|\WC_Order_Item_Product $of, string $key ): string {
		return Stored::text( $of, $key ) ?? '';
	}
}
