<?php
/**
 * What one piece of a product gives.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/** The credits of one piece, in micro-credits. Immutable. Credits of 0: no package. */
final class Package {
	/** A hundred years: beyond it a validity is a slip of the pen. */
	private const MOST_DAYS = 36500;

	/**
	 * One package.
	 *
	 * @param int  $credits       Micro-credits; 0 for what is no package.
	 * @param int  $bonus         Micro-credits on top.
	 * @param ?int $validity_days How many days they last from the payment on; null: for ever.
	 */
	private function __construct(
		public readonly int $credits,
		public readonly int $bonus = 0,
		public readonly ?int $validity_days = null,
	) {}

	/** What is no package. */
	public static function none(): self {
		return new self( 0 );
	}

	/**
	 * Reads what an owner typed. Nothing at all is no package.
	 *
	 * @param string $credits  A plain decimal, at most 6 decimals.
	 * @param string $bonus    The same.
	 * @param string $validity Whole days.
	 * @throws Refusal `amount_invalid`, `amount_out_of_range` or `field_invalid`.
	 */
	public static function parse( string $credits, string $bonus, string $validity ): self {
		$micro = '' === $credits ? 0 : Amount::parse( $credits );
		if ( 0 === $micro ) {
			return self::none();
		}
		if ( '' !== $validity && ! self::is_validity( $validity ) ) {
			throw new Refusal( 'field_invalid', 'a validity is 1 to 36500 days', 'validity_days' );
		}
		$days = '' === $validity || 0 === (int) $validity ? null : (int) $validity;
		return new self( $micro, '' === $bonus ? 0 : Amount::parse( $bonus ), $days );
	}

	/** Whether it gives anything. */
	public function gives(): bool {
		return $this->credits > 0;
	}

	/**
	 * Credits and bonus of several pieces.
	 *
	 * @param int $quantity Pieces, above 0.
	 * @return array{int, int} Micro-credits.
	 * @throws Refusal `amount_out_of_range` above 10^12 credits.
	 */
	public function times( int $quantity ): array {
		$credits = self::product( $this->credits, $quantity );
		return array( $credits, self::product( $this->bonus, $quantity ) );
	}

	/** A product that stays within one movement. */
	private static function product( int $micro, int $quantity ): int {
		if ( $micro > intdiv( Amount::MAX_MOVEMENT, $quantity ) ) {
			throw new Refusal( 'amount_out_of_range', 'a line is at most 10^12 credits', 'amount' );
		}
		return $micro * $quantity;
	}

	/** Digits only; 0 says for ever. */
	private static function is_validity( string $text ): bool {
		return 1 === preg_match( '/^\d{1,5}$/D', $text ) && (int) $text <= self::MOST_DAYS;
	}
}
