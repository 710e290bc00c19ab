<?php
/**
 * Credits that are there, or are known to come.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/** What a runway is told from, beside the pace. Immutable. */
final class Supply {
	/** Cycles that are looked ahead: two years. */
	private const CYCLES = 24;

	/**
	 * Some credits.
	 *
	 * @param int  $amount     Micro-credits, from 0.
	 * @param ?int $from_at    When they come; null: they are there.
	 * @param ?int $expires_at When what is unused of them ends; null: never.
	 * @param int  $priority   Lower burns first.
	 */
	public function __construct(
		public readonly int $amount,
		public readonly ?int $from_at = null,
		public readonly ?int $expires_at = null,
		public readonly int $priority = Burn::DEFAULT_PRIORITY,
	) {}

	/**
	 * What a balance has, in burn order, and the allowances of the cycles behind the running one, as
	 * far as they are paid for. What may roll over nobody knows yet.
	 *
	 * @param array<string, mixed> $balance As Reading gives it.
	 * @param int                  $now     Milliseconds since 1970.
	 * @param Zone                 $zone    The account's zone.
	 * @return self[]
	 */
	public static function of_balance( array $balance, int $now, Zone $zone ): array {
		$instant  = static fn( ?string $text ): ?int => null === $text ? null : Instant::parse( $text );
		$supplies = array();
		foreach ( $balance['pools'] as $pool ) {
			$supplies[] = new self(
				Amount::parse( $pool['available'] ),
				null,
				$instant( $pool['expires_at'] ),
				$pool['priority'] ?? Burn::DEFAULT_PRIORITY,
			);
		}
		$plan    = $balance['plan'];
		$started = $instant( $plan['started_at'] ?? null );
		$running = null === $started ? null : Cycle::at( $started, $zone, $now );
		if ( null === $running ) {
			return $supplies;
		}
		$allowance = Amount::parse( $plan['allowance'] );
		$paid      = $instant( $plan['paid_until'] ?? null ) ?? PHP_INT_MAX;
		for ( $index = $running + 1; $index <= $running + self::CYCLES; $index++ ) {
			$from = Cycle::start( $started, $zone, $index );
			if ( $paid <= $from ) {
				break;
			}
			$supplies[] = new self( $allowance, $from, Cycle::start( $started, $zone, $index + 1 ) );
		}
		return $supplies;
	}
}
