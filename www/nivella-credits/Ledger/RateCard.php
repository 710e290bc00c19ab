<?php
/**
 * A version of the rates.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * A rate card: what uses cost from some instant on. Immutable.
 *
 * For each unit that was measured the feature's rate for the model counts, or else its rate for any
 * model. The products are added exactly, and the sum is rounded up, once, to the card's quantum. A
 * unit for which the feature has no rate at all is not charged for; a unit that is priced only for
 * other models is refused, because work must not be free by a model's name.
 */
final class RateCard {
	/** A sum is kept in parts of 10^-9 credits that sixtieths and thousandths both fit. */
	public const PARTS = 3000;

	private const PARTS_PER_MICRO  = 3000000;
	private const PRODUCT_DECIMALS = 12;
	/** The largest number that a product's digits may be, on every side of the wire. */
	private const MAX_DIGITS   = '79228162514264337593543950335';
	private const MAX_RATES    = 1000;
	private const MAX_QUANTITY = 1000000000;
	private const MAX_CALL_MS  = 1000000000000;

	/**
	 * One card. Its rates are read when they are asked for: a card may have a thousand.
	 *
	 * @param int               $version      From 1.
	 * @param int               $effective_at From when it counts.
	 * @param int               $quantum      Micro-credits; a cost is a multiple.
	 * @param array<int, mixed> $rates        As on the wire.
	 */
	private function __construct(
		public readonly int $version,
		public readonly int $effective_at,
		public readonly int $quantum,
		private readonly array $rates,
	) {}

	/**
	 * Reads a card, but not its rates.
	 *
	 * @param mixed $wire `version`, `effective_at`, `quantum`, `rates`.
	 * @throws Refusal `snapshot_invalid` and the like, naming the field.
	 */
	public static function from_wire( mixed $wire ): self {
		$fields = Fields::of( $wire );
		return new self(
			$fields->whole( 'version', 0, 4294967295 ),
			$fields->instant( 'effective_at' ),
			$fields->amount( 'quantum' ),
			$fields->values( 'rates' ),
		);
	}

	/**
	 * As from_wire() reads it.
	 *
	 * @return array<string, mixed>
	 */
	public function to_wire(): array {
		$rate = static fn( Rate $rate ): array => $rate->to_wire();
		return array(
			'version'      => $this->version,
			'effective_at' => Instant::text( $this->effective_at ),
			'quantum'      => Amount::text( $this->quantum ),
			'rates'        => array_map( $rate, $this->rates() ),
		);
	}

	/**
	 * Checks every field against its range.
	 *
	 * @throws Refusal `rate_card_invalid`, naming the field, and what reading a rate refuses.
	 */
	public function validate(): void {
		$rates = $this->rates();
		$sane  = array_filter( $rates, static fn( Rate $rate ): bool => $rate->is_sane() );
		$what  = static fn( Rate $rate ): string => Json::text( $rate->thing() );
		$field = match ( true ) {
			0 === $this->version                                       => 'version',
			0 === $this->quantum                                       => 'quantum',
			array() === $rates, count( $rates ) > self::MAX_RATES,
			count( $sane ) < count( $rates ),
			count( array_unique( array_map( $what, $rates ) ) ) < count( $rates ) => 'rates',
			default                                                    => null,
		};
		if ( null !== $field ) {
			$message = 'the rate card is empty, has a value out of range or two rates for one thing';
			throw new Refusal( 'rate_card_invalid', $message, $field );
		}
	}

	/**
	 * What this use costs.
	 *
	 * @param Usage $usage What was measured.
	 * @throws Refusal `field_invalid` or `quantity_invalid` for a usage out of range;
	 *                 `rate_not_found` when the card has no rate for the feature, for the model, or
	 *                 for anything that was measured; `amount_out_of_range` above 10^12 credits.
	 */
	public function quote( Usage $usage ): Quote {
		self::check_usage( $usage );
		$rates = $this->rates( $usage->feature );
		if ( array() === $rates ) {
			throw self::not_found( 'feature', 'the rate card does not list this feature' );
		}
		$lines = array();
		$sum   = 0;
		foreach ( Rate::UNITS as $unit ) {
			$rate = self::choose( $rates, $unit, $usage );
			if ( null === $rate ) {
				continue;
			}
			$quantity = $rate->quantity( $usage );
			$parts    = self::product( $rate, $quantity );
			$lines[]  = array(
				'unit'     => $unit,
				'quantity' => $quantity,
				'rate'     => $rate->credits,
				'product'  => self::product_text( $parts ),
			);
			$sum      = self::sum( $sum, $parts );
		}
		if ( array() === $lines && ! self::is_nothing( $usage ) ) {
			throw self::not_found( 'feature', 'the feature has no rate for what was measured' );
		}
		return new Quote( $this->version, $this->round_up( $sum ), $lines );
	}

	/**
	 * Its rates, or those of a feature.
	 *
	 * @param ?string $feature The feature; null for all.
	 * @return Rate[]
	 */
	private function rates( ?string $feature = null ): array {
		$rates = array();
		foreach ( $this->rates as $row ) {
			$fields = Fields::of( $row );
			if ( null === $feature || $fields->text( 'feature' ) === $feature ) {
				$rates[] = Rate::from_wire( $fields );
			}
		}
		return $rates;
	}

	/**
	 * Which rate prices this unit of the usage; null where nothing of it is charged.
	 *
	 * @param Rate[] $rates Of the feature.
	 * @param string $unit  The unit.
	 * @param Usage  $usage What was measured.
	 * @throws Refusal `rate_not_found` where only other models have a price.
	 */
	private static function choose( array $rates, string $unit, Usage $usage ): ?Rate {
		$own    = null;
		$any    = null;
		$others = null;
		foreach ( $rates as $rate ) {
			if ( $rate->unit !== $unit ) {
				continue;
			}
			if ( $rate->model === $usage->model ) {
				$own ??= $rate;
			} elseif ( null === $rate->model ) {
				$any = $rate;
			} else {
				$others ??= $rate;
			}
		}
		$rate = $own ?? $any ?? $others;
		if ( null === $rate || 0 === $rate->quantity( $usage ) ) {
			return null;
		}
		return $rate !== $others ? $rate
			: throw self::not_found( 'model', 'the rate card does not list this model' );
	}

	/**
	 * Rate times quantity, exactly, in parts.
	 *
	 * @param Rate $rate     The rate.
	 * @param int  $quantity How much.
	 */
	private static function product( Rate $rate, int $quantity ): int|Wide {
		$parts   = $rate->parts();
		$product = $rate->nano * $quantity * $parts;
		return is_int( $product )
			? $product
			: Wide::of( $rate->nano )->times( $quantity )->times( $parts );
	}

	/**
	 * The sum, exactly.
	 *
	 * @param int|Wide $a Parts.
	 * @param int|Wide $b Parts.
	 */
	private static function sum( int|Wide $a, int|Wide $b ): int|Wide {
		if ( is_int( $a ) && is_int( $b ) && is_int( $a + $b ) ) {
			return $a + $b;
		}
		$wide = static fn( int|Wide $number ): Wide => is_int( $number ) ? Wide::of( $number ) : $number;
		return $wide( $a )->plus( $wide( $b ) );
	}

	/**
	 * A product in credits, at 12 decimals rounded up where thirds remain.
	 *
	 * @param int|Wide $parts The product.
	 * @throws Refusal `amount_out_of_range` beyond what a decimal holds.
	 */
	private static function product_text( int|Wide $parts ): string {
		// A part is a third of the product's last decimal.
		$digits = is_int( $parts )
			? (string) ( intdiv( $parts, 3 ) + ( $parts % 3 > 0 ? 1 : 0 ) )
			: $parts->divided_up( 3 )->digits();
		$padded = str_pad( $digits, self::PRODUCT_DECIMALS + 1, '0', STR_PAD_LEFT );
		$whole  = substr( $padded, 0, -self::PRODUCT_DECIMALS );
		$rest   = rtrim( substr( $padded, -self::PRODUCT_DECIMALS ), '0' );
		$number = ltrim( $whole . $rest, '0' );
		$longer = strlen( $number ) <=> strlen( self::MAX_DIGITS );
		if ( $longer > 0 || ( 0 === $longer && strcmp( $number, self::MAX_DIGITS ) > 0 ) ) {
			throw self::too_much();
		}
		return '' === $rest ? $whole : $whole . '.' . $rest;
	}

	/**
	 * The one rounding: up to a multiple of the quantum.
	 *
	 * @param int|Wide $parts The sum.
	 * @throws Refusal `amount_out_of_range` above 10^12 credits.
	 */
	private function round_up( int|Wide $parts ): int {
		if ( is_int( $parts ) ) {
			$rest  = $parts % self::PARTS_PER_MICRO;
			$micro = intdiv( $parts, self::PARTS_PER_MICRO ) + ( $rest > 0 ? 1 : 0 );
		} else {
			$wide = $parts->divided_up( self::PARTS_PER_MICRO );
			if ( $wide->exceeds( (string) Amount::MAX_MOVEMENT ) ) {
				throw self::too_much();
			}
			$micro = (int) $wide->digits();
		}
		$quanta = intdiv( $micro, $this->quantum ) + ( $micro % $this->quantum > 0 ? 1 : 0 );
		$cost   = $quanta * $this->quantum;
		return is_int( $cost ) && $cost <= Amount::MAX_MOVEMENT ? $cost : throw self::too_much();
	}

	/**
	 * Checks what was measured against its range.
	 *
	 * @param Usage $usage What was measured.
	 * @throws Refusal `field_invalid` or `quantity_invalid`, naming the field.
	 */
	public static function check_usage( Usage $usage ): void {
		$keys = array(
			'feature' => $usage->feature,
			'agent'   => '' === $usage->agent ? 'none' : $usage->agent,
			'model'   => $usage->model ?? 'none',
		);
		foreach ( $keys as $field => $key ) {
			if ( ! Texts::is_key( $key ) ) {
				$message = 'a key is 1 to 191 bytes without control characters';
				throw new Refusal( 'field_invalid', $message, $field );
			}
		}
		$most = array( 'call_ms' => self::MAX_CALL_MS );
		foreach ( array( 'messages', 'call_ms', 'input_tokens', 'output_tokens', 'images' ) as $field ) {
			if ( $usage->$field > ( $most[ $field ] ?? self::MAX_QUANTITY ) ) {
				$message = 'a quantity is at most 10^9, a call at most 10^12 ms';
				throw new Refusal( 'quantity_invalid', $message, $field );
			}
		}
	}

	/**
	 * Whether nothing was measured.
	 *
	 * @param Usage $usage What was measured.
	 */
	private static function is_nothing( Usage $usage ): bool {
		$tokens = $usage->input_tokens | $usage->output_tokens;
		return 0 === ( $usage->messages | $usage->call_ms | $tokens | $usage->images );
	}

	/**
	 * A price that is missing.
	 *
	 * @param string $field   What it is missing for.
	 * @param string $message For developers.
	 */
	private static function not_found( string $field, string $message ): Refusal {
		return new Refusal( 'rate_not_found', $message, $field );
	}

	/**
	 * A cost above the limit.
	 */
	private static function too_much(): Refusal {
		return new Refusal( 'amount_out_of_range', 'a cost is at most 10^12 credits' );
	}
}
