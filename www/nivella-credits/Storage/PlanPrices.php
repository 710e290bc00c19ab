<?php
/**
 * What a cycle of a plan costs.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/**
 * Prices in the shape in which the Store API has a product's, so that a page compares both: `price`
 * (whole minor units, in digits), `minor_unit`, `currency`, `prefix`, `suffix`,
 * `decimal_separator`, `thousand_separator`. Nothing is ever charged by them.
 */
final class PlanPrices {
	private const TEXTS = array(
		'currency',
		'prefix',
		'suffix',
		'decimal_separator',
		'thousand_separator',
	);

	/**
	 * Plans with their prices. What another plugin makes of them counts where it can be read.
	 *
	 * @param array<int, array<string, mixed>> $plans Without prices.
	 * @param array<string, mixed>             $kept  Prices, by the plan's key.
	 * @return array<int, array<string, mixed>>
	 */
	public static function add( array $plans, array $kept ): array {
		foreach ( $plans as $n => $plan ) {
			$key = $plan['key'];
			// Described in functions.php.
			$told   = apply_filters( 'nivella_credits_plan_prices', $kept[ $key ] ?? null, $key );
			$prices = self::read( $told );
			if ( null !== $prices ) {
				$plans[ $n ]['prices'] = $prices;
			}
		}
		return $plans;
	}

	/**
	 * Refuses what cannot be read.
	 *
	 * @param mixed $prices Prices.
	 * @throws Refusal `plan_invalid`.
	 */
	public static function check( mixed $prices ): void {
		if ( null === self::read( $prices ) ) {
			throw new Refusal( 'plan_invalid', 'prices are as those of a product', 'prices' );
		}
	}

	/**
	 * Reads prices that another plugin may have made.
	 *
	 * @param mixed $prices As above.
	 * @return ?array<string, string|int> These fields alone; null for anything else.
	 */
	public static function read( mixed $prices ): ?array {
		$prices = is_array( $prices ) ? $prices : array();
		$price  = $prices['price'] ?? null;
		$unit   = $prices['minor_unit'] ?? null;
		if ( ! is_string( $price ) || 1 !== preg_match( '/^\d{1,18}$/D', $price )
			|| ! is_int( $unit ) || $unit < 0 || $unit > 9 ) {
			return null;
		}
		$read = array( 'price' => $price, 'minor_unit' => $unit );
		foreach ( self::TEXTS as $name ) {
			$text = $prices[ $name ] ?? null;
			if ( ! is_string( $text ) || strlen( $text ) > 32 ) {
				return null;
			}
			$read[ $name ] = $text;
		}
		return '' === $read['currency'] ? null : $read;
	}
}
