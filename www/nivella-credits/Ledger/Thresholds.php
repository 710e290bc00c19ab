<?php
/**
 * Where the levels begin.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * Two thresholds, each a share of the base or a number of credits. Immutable.
 */
final class Thresholds {
	/**
	 * Both, checked. A share is in permille, an amount in micro-credits.
	 *
	 * @param bool $low_is_share      Whether `low` is a share.
	 * @param int  $low               Where `low` begins.
	 * @param bool $critical_is_share Whether `critical` is a share.
	 * @param int  $critical          Where `critical` begins.
	 */
	private function __construct(
		private readonly bool $low_is_share,
		private readonly int $low,
		private readonly bool $critical_is_share,
		private readonly int $critical,
	) {}

	/**
	 * Low at 20 %, critical at 5 %.
	 */
	public static function usual(): self {
		return new self( true, 200, true, 50 );
	}

	/**
	 * From `{low, critical}`, each `{share}` in permille or `{amount}` in credits; the amount counts
	 * where both stand.
	 *
	 * @param Fields $fields The two.
	 * @throws Refusal `field_invalid` and the like, naming `low` or `critical`.
	 */
	public static function from_wire( Fields $fields ): self {
		[ $low_is_share, $low ]           = self::threshold( $fields, 'low' );
		[ $critical_is_share, $critical ] = self::threshold( $fields, 'critical' );
		$ordered                          = $low_is_share !== $critical_is_share || $critical <= $low;
		$field                            = match ( true ) {
			! self::is_sane( $low_is_share, $low )                              => 'low',
			! self::is_sane( $critical_is_share, $critical ) || ! $ordered => 'critical',
			default                                                             => null,
		};
		if ( null !== $field ) {
			$message = 'thresholds are 0 to 100 percent or 0 to 10^12 credits, critical <= low';
			throw new Refusal( 'field_invalid', $message, $field );
		}
		return new self( $low_is_share, $low, $critical_is_share, $critical );
	}

	/**
	 * As from_wire() reads it.
	 *
	 * @return array{low: array<string, int|string>, critical: array<string, int|string>}
	 */
	public function to_wire(): array {
		$one = static fn( bool $is_share, int $at ): array => $is_share
			? array( 'share' => $at )
			: array( 'amount' => Amount::text( $at ) );
		return array(
			'low'      => $one( $this->low_is_share, $this->low ),
			'critical' => $one( $this->critical_is_share, $this->critical ),
		);
	}

	/**
	 * The text to store.
	 */
	public function text(): string {
		return Json::text( $this->to_wire() );
	}

	/**
	 * From the stored text.
	 *
	 * @param string $text What text() gave.
	 * @throws Refusal What from_wire() refuses.
	 */
	public static function from_text( string $text ): self {
		return self::from_wire( Fields::of( json_decode( $text, true ) ) );
	}

	/**
	 * The level of so many credits: `ok`, `low`, `critical` or `depleted`.
	 *
	 * @param int $credits Micro-credits.
	 * @param int $base    What shares are of; 0 for none.
	 */
	public function level( int $credits, int $base ): string {
		return match ( true ) {
			$credits <= 0 => 'depleted',
			$credits <= self::from_base( $this->critical_is_share, $this->critical, $base ) => 'critical',
			$credits <= self::from_base( $this->low_is_share, $this->low, $base ) => 'low',
			default => 'ok',
		};
	}

	/**
	 * Where a threshold lies.
	 *
	 * @param bool $is_share Whether it is a share.
	 * @param int  $at       The share or the amount.
	 * @param int  $base     What shares are of.
	 */
	private static function from_base( bool $is_share, int $at, int $base ): int {
		return $is_share ? Wide::share( $base, $at, 1000 ) : $at;
	}

	/**
	 * Whether a threshold is in range.
	 *
	 * @param bool $is_share Whether it is a share.
	 * @param int  $at       The share or the amount.
	 */
	private static function is_sane( bool $is_share, int $at ): bool {
		return $at >= 0 && $at <= ( $is_share ? 1000 : Amount::MAX_MOVEMENT );
	}

	/**
	 * Reads one of the two.
	 *
	 * @param Fields $fields Both.
	 * @param string $name   Its name, which a refusal has as its field.
	 * @return array{bool, int}
	 */
	private static function threshold( Fields $fields, string $name ): array {
		$one = $fields->nested( $name );
		return Fields::accept_at(
			$name,
			static fn(): array => $one->has( 'amount' )
				? array( false, $one->amount( 'amount' ) )
				: array( true, $one->whole( 'share', 0, 65535 ) ),
		);
	}
}
