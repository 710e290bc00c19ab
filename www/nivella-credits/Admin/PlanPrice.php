<?php
/**
 * What a plan costs, as its owner enters it.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\PlanPrices;

defined( 'ABSPATH' ) || exit;

/**
 * Two fields: a price as the currency's unit has it, and the currency. It is shown and compared
 * with packages; nothing is charged by it. The shape is that of Storage\PlanPrices.
 */
final class PlanPrice {
	/** How a price is written where nobody knows better. */
	private const PLAIN = array(
		'minor_unit'         => 2,
		'prefix'             => '',
		'decimal_separator'  => '.',
		'thousand_separator' => ',',
	);

	/**
	 * The fields.
	 *
	 * @param Controls                   $form  The form.
	 * @param ?array<string, string|int> $kept  What is kept.
	 * @param ?array<string, string|int> $shown What counts, where a product sells the plan.
	 */
	public static function fields( Controls $form, ?array $kept, ?array $shown ): string {
		$help = __(
			'For one month, shown beside the plan. Nothing is charged by it. Empty: none.',
			'nivella-credits'
		);
		if ( null !== $shown && Shown::price( $shown ) !== Shown::price( $kept ) ) {
			/* translators: %s: a price. */
			$text  = __( 'A product sells this plan, so its price counts: %s.', 'nivella-credits' );
			$help .= ' ' . sprintf( $text, Shown::price( $shown ) );
		}
		$usual = self::shape( '' )['currency'];
		$about = __( 'Three letters, such as EUR.', 'nivella-credits' );
		if ( null !== $kept && $usual !== $kept['currency'] ) {
			/* translators: 1: a currency. 2: a currency. */
			$text   = __( 'The store sells in %1$s now; this price stays in %2$s.', 'nivella-credits' );
			$about .= ' ' . sprintf( $text, $usual, $kept['currency'] );
		}
		$small = array( 'class' => 'small-text', 'autocomplete' => 'off' );
		return $form->text(
			'price',
			__( 'Price a month', 'nivella-credits' ),
			self::decimal( $kept ),
			$help,
			array( 'inputmode' => 'decimal', 'autocomplete' => 'off', 'maxlength' => 20 ),
		) . $form->text(
			'currency',
			__( 'Currency of the price', 'nivella-credits' ),
			(string) ( $kept['currency'] ?? $usual ),
			$about,
			$small + array( 'maxlength' => 3 ),
		);
	}

	/**
	 * What was entered.
	 *
	 * @param Sent                       $sent The form.
	 * @param ?array<string, string|int> $kept What is kept; it stays where it was not changed.
	 * @return ?array<string, string|int> Null: no price.
	 * @throws Refusal `plan_invalid`, naming the field.
	 */
	public static function entered( Sent $sent, ?array $kept ): ?array {
		$price    = $sent->text( 'price' );
		$currency = strtoupper( $sent->text( 'currency' ) );
		if ( '' === $price ) {
			return null;
		}
		if ( self::decimal( $kept ) === $price && ( $kept['currency'] ?? '' ) === $currency ) {
			return $kept;
		}
		if ( 1 !== preg_match( '/^[A-Z]{3}$/D', $currency ) ) {
			throw new Refusal( 'plan_invalid', 'a currency has three letters', 'currency' );
		}
		$shape = self::shape( $currency );
		$mark  = preg_quote( $shape['decimal_separator'], '/' );
		$units = $shape['minor_unit'];
		// One that has more digits than the currency was meant to have a thousands separator.
		$good = 1 === preg_match( "/^(\d{1,9})(?:(?:\.|$mark)(\d{1,9}))?$/D", $price, $found )
			&& strlen( $found[2] ?? '' ) <= $units;
		if ( ! $good ) {
			throw new Refusal( 'plan_invalid', 'a price is plain digits', 'price' );
		}
		$digits = ltrim( $found[1] . str_pad( $found[2] ?? '', $units, '0' ), '0' );
		return array( 'price' => '' === $digits ? '0' : $digits ) + $shape;
	}

	/**
	 * A price as it is entered; '' for none.
	 *
	 * @param ?array<string, string|int> $prices The price.
	 */
	private static function decimal( ?array $prices ): string {
		$plain = array( 'prefix' => '', 'suffix' => '', 'thousand_separator' => '' );
		return null === $prices ? '' : Shown::price( $plain + $prices );
	}

	/**
	 * How prices in a currency are written.
	 *
	 * @param string $currency Its three letters; '' for the store's own.
	 * @return array<string, string|int>
	 */
	private static function shape( string $currency ): array {
		$plain = self::PLAIN + array( 'currency' => $currency, 'suffix' => " $currency" );
		/**
		 * How the store writes prices.
		 *
		 * @param array  $shape    As the Store API has it of a product's prices, without `price`.
		 * @param string $currency Three letters; '' for the store's own currency.
		 */
		$told = apply_filters( 'nivella_credits_price_shape', $plain, $currency );
		$read = is_array( $told ) ? PlanPrices::read( array( 'price' => '0' ) + $told ) : null;
		return null === $read ? $plain : array_diff_key( $read, array( 'price' => '' ) );
	}
}
