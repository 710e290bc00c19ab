<?php
/**
 * Runway: when the credits run out at the account's pace.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * Steps 4 and 5 of the method that src/core/runway describes, held to the same vectors: the
 * supplies drain day by day, at the expected pace and at both ends of what is likely.
 */
final class Runway {
	private const YEAR    = 365;
	private const HORIZON = 730;

	/**
	 * What can be used, in burn order: `priority`, `rest` in units, `from` and `until`.
	 *
	 * @var array<int, array{priority: int, rest: int, from: int, until: int}>
	 */
	private array $stores = array();

	/**
	 * When civil days begin, each looked up once.
	 *
	 * @var array<int, int>
	 */
	private array $starts = array();

	/**
	 * A runway to be told.
	 *
	 * @param Pace     $pace     The pace.
	 * @param Supply[] $supplies In burn order, those to come anywhere among them.
	 * @param int      $debt     Micro-credits; it is repaid from the first.
	 * @param int      $now      Milliseconds since 1970.
	 * @param Zone     $zone     The account's zone.
	 */
	private function __construct(
		private readonly Pace $pace,
		array $supplies,
		int $debt,
		private readonly int $now,
		private readonly Zone $zone,
	) {
		$debt = intdiv( $debt, $pace->unit );
		foreach ( array( false, true ) as $coming ) {
			foreach ( $supplies as $supply ) {
				$debt = $this->add( $supply, $coming, $debt );
			}
		}
	}

	/**
	 * When a balance runs out.
	 *
	 * @param array<string, mixed> $balance As Reading gives it.
	 * @param array<int, int>      $used    Micro-credits that past days used, by days since 1970.
	 * @param int                  $now     The time from which it is told.
	 * @param Zone                 $zone    The account's zone.
	 * @return ?array{from: string, around: string, to: ?string} null where there is too little to say,
	 *         nothing left, a plan that covers all use, or more than a year's supply.
	 */
	public static function of_balance( array $balance, array $used, int $now, Zone $zone ): ?array {
		if ( $balance['unlimited'] || '0' === $balance['available'] ) {
			return null;
		}
		$debt = Amount::parse( $balance['debt'] );
		$span = self::span( $used, Supply::of_balance( $balance, $now, $zone ), $debt, $now, $zone );
		$text = static fn( ?int $at ): ?string => null === $at ? null : Instant::text( $at );
		return null === $span ? null : array_map( $text, $span );
	}

	/**
	 * When supplies run out.
	 *
	 * @param array<int, int> $used     Micro-credits that past days used, by days since 1970.
	 * @param Supply[]        $supplies In burn order, those to come anywhere among them.
	 * @param int             $debt     Micro-credits.
	 * @param int             $now      The time from which it is told.
	 * @param Zone            $zone     The account's zone.
	 * @return ?array{from: int, around: int, to: ?int} `to` is null beyond two years.
	 */
	public static function span(
		array $used,
		array $supplies,
		int $debt,
		int $now,
		Zone $zone
	): ?array {
		$pace = Pace::read( $used, $zone->day_of( $now ) );
		if ( null === $pace ) {
			return null;
		}
		$runway             = new self( $pace, $supplies, $debt, $now, $zone );
		[ $around, $ahead ] = $runway->drained( 1000, self::YEAR );
		$spread             = null === $around ? null : $pace->spread( $ahead );
		if ( null === $spread || 0 === self::cover( $runway->stores, $now ) ) {
			return null;
		}
		return array(
			'from'   => $runway->drained( $spread[1], self::HORIZON )[0] ?? $around,
			'around' => $around,
			'to'     => $runway->drained( $spread[0], self::HORIZON )[0],
		);
	}

	/**
	 * Adds a supply where it burns: those at hand as given, less debt; each that is to come before
	 * the first that ends later.
	 *
	 * @param Supply $supply The supply.
	 * @param bool   $coming Whether those are added that are to come, or the others.
	 * @param int    $debt   What is owed, in units.
	 * @return int What is still owed.
	 */
	private function add( Supply $supply, bool $coming, int $debt ): int {
		$from  = max( $this->now, $supply->from_at ?? $this->now );
		$until = $supply->expires_at ?? PHP_INT_MAX;
		if ( ( $from > $this->now ) !== $coming || $until <= $from ) {
			return $debt;
		}
		$amount = intdiv( max( 0, $supply->amount ), $this->pace->unit );
		$repaid = $coming ? 0 : min( $amount, $debt );
		$store  = array(
			'priority' => $supply->priority,
			'rest'     => $amount - $repaid,
			'from'     => $from,
			'until'    => $until,
		);
		$place  = 0;
		while ( isset( $this->stores[ $place ] ) ) {
			$other = $this->stores[ $place ];
			$order = array( $other['priority'], $other['until'] ) <=> array( $supply->priority, $until );
			if ( $coming && $order > 0 ) {
				break;
			}
			++$place;
		}
		array_splice( $this->stores, $place, 0, array( $store ) );
		return $debt - $repaid;
	}

	/**
	 * Lets the supplies drain.
	 *
	 * @param int $share Thousandths of the pace.
	 * @param int $most  So many days behind today.
	 * @return array{?int, int} When nothing was left, null: not by then; and the days until that one.
	 */
	private function drained( int $share, int $most ): array {
		$stores = $this->stores;
		$today  = $this->zone->day_of( $this->now );
		$at     = $this->now;
		$start  = $this->start_of( $today );
		for ( $ahead = 0; $ahead <= $most; $ahead++ ) {
			$end  = $this->start_of( $today + $ahead + 1 );
			$rate = intdiv( $this->pace->expected( $ahead ) * $share, 1000 );
			$out  = $this->drain_day( $stores, $at, $start, $end, $rate );
			if ( null !== $out ) {
				return array( $out, $ahead );
			}
			$start = $end;
			$at    = max( $at, $end );
		}
		return array( null, $most );
	}

	/**
	 * When a civil day begins.
	 *
	 * @param int $day The day, as days since 1970.
	 */
	private function start_of( int $day ): int {
		return $this->starts[ $day ] ??= $this->zone->start_of( ...Civil::date( $day ) );
	}

	/**
	 * Uses the supplies evenly through one civil day, from one change of them to the next.
	 *
	 * @param array<int, array<string, int>> $stores What is left.
	 * @param int                            $at     From this time on.
	 * @param int                            $start  The day's start.
	 * @param int                            $end    Its end.
	 * @param int                            $rate   What the day uses as a whole, in units.
	 * @return ?int When nothing was left; null where something is.
	 */
	private function drain_day( array &$stores, int $at, int $start, int $end, int $rate ): ?int {
		$seconds = intdiv( $end - $start, 1000 );
		$used    = static fn( int $time ): int => $seconds > 0
			? intdiv( $rate * intdiv( $time - $start, 1000 ), $seconds )
			: 0;
		while ( $at < $end ) {
			$there = self::cover( $stores, $at );
			if ( 0 === $there ) {
				return $at;
			}
			$next = self::next_change( $stores, $at, $end );
			$burn = $used( $next ) - $used( $at );
			if ( $burn > $there ) {
				// The first second by which all of it is used: rounded up.
				$after = intdiv( ( $used( $at ) + $there ) * $seconds + $rate - 1, $rate );
				return max( $at, $start + $after * 1000 );
			}
			self::burn( $stores, $at, $burn );
			$at = $next;
		}
		return null;
	}

	/**
	 * When something comes or ends.
	 *
	 * @param array<int, array<string, int>> $stores What there is.
	 * @param int                            $at     After this time.
	 * @param int                            $end    At the latest.
	 */
	private static function next_change( array $stores, int $at, int $end ): int {
		foreach ( $stores as $store ) {
			foreach ( array( $store['from'], $store['until'] ) as $change ) {
				$end = $change > $at && $change < $end ? $change : $end;
			}
		}
		return $end;
	}

	/**
	 * What can be used at this time, in units.
	 *
	 * @param array<int, array<string, int>> $stores What there is.
	 * @param int                            $at     The time.
	 */
	private static function cover( array $stores, int $at ): int {
		$sum = 0;
		foreach ( $stores as $store ) {
			$open = $store['from'] <= $at && $at < $store['until'];
			$sum  = $open ? Amount::saturating_add( $sum, $store['rest'] ) : $sum;
		}
		return $sum;
	}

	/**
	 * Uses what there is at this time, in burn order.
	 *
	 * @param array<int, array<string, int>> $stores What is left.
	 * @param int                            $at     The time.
	 * @param int                            $rest   How much, in units.
	 */
	private static function burn( array &$stores, int $at, int $rest ): void {
		foreach ( $stores as $n => $store ) {
			if ( $store['from'] <= $at && $at < $store['until'] ) {
				$taken                = min( $store['rest'], $rest );
				$stores[ $n ]['rest'] = $store['rest'] - $taken;
				$rest                -= $taken;
			}
		}
	}
}
