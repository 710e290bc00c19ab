<?php
/**
 * One line of a rate card.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * The price of one unit of one feature, for one model or for all that are not listed. Immutable.
 */
final class Rate {
	/** The units, in the order of a quote's lines. */
	public const UNITS =
		array( 'message', 'call_minute', 'input_tokens', 'output_tokens', 'image', 'use' );

	private const NANO_PER_CREDIT = 1000000000;
	private const MAX_NANO        = 1000000000000000000;
	private const MAX_INCREMENT_S = 3600;
	private const MAX_U32         = 4294967295;

	/**
	 * One rate.
	 *
	 * @param string  $feature     The feature that it prices.
	 * @param ?string $model       The model that it prices; null for every one not listed.
	 * @param string  $unit        One of UNITS.
	 * @param int     $increment_s Of a call minute: each started increment is charged.
	 * @param int     $nano        Credits in 10^-9, for one message, minute, 1,000 tokens and so on.
	 * @param string  $credits     The same as a decimal.
	 */
	private function __construct(
		public readonly string $feature,
		public readonly ?string $model,
		public readonly string $unit,
		public readonly int $increment_s,
		public readonly int $nano,
		public readonly string $credits,
	) {}

	/**
	 * Reads a rate.
	 *
	 * @param Fields $fields `feature`, `unit`, `credits`, [`model`, `increment_s`].
	 * @throws Refusal `rate_card_invalid`, `decimal_invalid` and the like, naming the field.
	 */
	public static function from_wire( Fields $fields ): self {
		// A call minute is charged whole unless the card says otherwise.
		$increment_s = $fields->optional_whole( 'increment_s', 0, self::MAX_U32 ) ?? 60;
		$unit        = $fields->text( 'unit' );

		[ $nano, $credits ] =
			Fields::accept_at( 'credits', fn(): array => self::parse( $fields->text( 'credits' ) ) );

		$feature = $fields->text( 'feature' );
		$model   = $fields->optional_text( 'model' );
		if ( ! in_array( $unit, self::UNITS, true ) ) {
			throw new Refusal( 'rate_card_invalid', 'no such unit', 'unit' );
		}
		return new self( $feature, $model, $unit, $increment_s, $nano, $credits );
	}

	/**
	 * As from_wire() reads it.
	 *
	 * @return array<string, mixed>
	 */
	public function to_wire(): array {
		$model = null === $this->model ? array() : array( 'model' => $this->model );
		$each  = 'call_minute' === $this->unit ? array( 'increment_s' => $this->increment_s ) : array();
		return array( 'feature' => $this->feature ) + $model + array( 'unit' => $this->unit )
			+ $each + array( 'credits' => $this->credits );
	}

	/**
	 * Reads the number of a rate: plain digits with at most 9 decimals, up to 10^9.
	 *
	 * @param string $text The text.
	 * @return array{int, string} In 10^-9 credits, and as a decimal without leading zeros.
	 * @throws Refusal `decimal_invalid` for anything else.
	 */
	public static function parse( string $text ): array {
		if ( 1 === preg_match( '/^0*(\d{1,10})(?:\.(\d{1,9}))?$/D', $text, $found ) ) {
			$decimals = $found[2] ?? '';
			$nano     = (int) $found[1] * self::NANO_PER_CREDIT + (int) str_pad( $decimals, 9, '0' );
			if ( is_int( $nano ) && $nano <= self::MAX_NANO ) {
				return array( $nano, '' === $decimals ? $found[1] : $found[1] . '.' . $decimals );
			}
		}
		throw new Refusal( 'decimal_invalid', 'a rate is at most 10^9, in plain digits' );
	}

	/**
	 * How much of its unit was used; of calls, how many increments were started.
	 *
	 * @param Usage $usage What was measured.
	 */
	public function quantity( Usage $usage ): int {
		$each = max( 1, $this->increment_s ) * 1000;
		return match ( $this->unit ) {
			'message'       => $usage->messages,
			'call_minute'   => intdiv( $usage->call_ms + $each - 1, $each ),
			'input_tokens'  => $usage->input_tokens,
			'output_tokens' => $usage->output_tokens,
			'image'         => $usage->images,
			default         => 1,
		};
	}

	/**
	 * Parts of 10^-9 credits in one unit of the quantity; RateCard::PARTS are one.
	 */
	public function parts(): int {
		return match ( $this->unit ) {
			'input_tokens', 'output_tokens' => intdiv( RateCard::PARTS, 1000 ),
			'call_minute'                   => intdiv( RateCard::PARTS, 60 ) * $this->increment_s,
			default                         => RateCard::PARTS,
		};
	}

	/**
	 * What it is the price of: a card has one rate for each.
	 *
	 * @return array{string, string, ?string}
	 */
	public function thing(): array {
		return array( $this->unit, $this->feature, $this->model );
	}

	/**
	 * Whether keys and increment are in range.
	 */
	public function is_sane(): bool {
		return Texts::is_key( $this->feature )
			&& ( null === $this->model || Texts::is_key( $this->model ) )
			&& ( 'call_minute' !== $this->unit
				|| ( $this->increment_s >= 1 && $this->increment_s <= self::MAX_INCREMENT_S ) );
	}
}
