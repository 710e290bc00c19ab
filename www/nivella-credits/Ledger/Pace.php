<?php
/**
 * The pace of an account: what a coming day is expected to use, and how far that may be off.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * Steps 1 to 3 of the method that src/core/runway describes, and the interval of step 5, held to
 * the same vectors. Whole numbers only; every division rounds down. Immutable.
 */
final class Pace {
	/** Days that are looked at, today not counted. */
	public const DAYS = 182;

	private const RECENT     = 28;
	private const LEAST_USED = 4;
	private const LEAST_DAYS = 7;
	private const MOST_UNITS = 1000000000000;
	/** Over how many days each memory takes its mean, and the error that it starts with. */
	private const MEMORIES  = array( 7, 28, 182 );
	private const HANDICAPS = array( 2000, 2000, 0 );
	private const WORST     = 3000;
	private const LONGEST   = 28;
	private const WEEKS     = 8;
	private const FLAT      = 2;
	/** Ratios that are taken to have been seen before anything was, in thousandths. */
	private const GIVEN = array( 800, 1250, 800, 1250 );

	/**
	 * What the first 0, 1, 2 … days used together, in units.
	 *
	 * @var int[]
	 */
	private array $sums = array( 0 );

	/**
	 * How much each memory counts.
	 *
	 * @var int[]
	 */
	private array $weights;

	/**
	 * What each of the next seven days uses, today first, in units.
	 *
	 * @var int[]
	 */
	private array $week;

	/**
	 * A pace.
	 *
	 * @param int[] $days What each full day used, in units.
	 * @param int   $unit Micro-credits in one unit: a power of ten.
	 */
	private function __construct( array $days, public readonly int $unit ) {
		foreach ( $days as $used ) {
			$this->sums[] = end( $this->sums ) + $used;
		}
		$this->weights = $this->weighed();
		$this->week    = self::week_after( $days, $this->level( count( $days ) ) );
	}

	/**
	 * Reads the pace from what each civil day used.
	 *
	 * @param array<int, int> $used  Micro-credits by days since 1970.
	 * @param int             $today The day that is not over.
	 * @return ?self null where there is too little to say.
	 */
	public static function read( array $used, int $today ): ?self {
		$oldest = $today - self::DAYS;
		$is_use = static fn( int $micro, int $day ): bool =>
			$micro > 0 && $day >= $oldest && $day < $today;
		$used   = array_filter( $used, $is_use, ARRAY_FILTER_USE_BOTH );
		if ( array() === $used ) {
			return null;
		}
		$recent = array_filter( array_keys( $used ), static fn( $day ) => $day >= $today - self::RECENT );
		$first  = min( array_keys( $used ) );
		if ( $today - $first < self::LEAST_DAYS || count( $recent ) < self::LEAST_USED ) {
			return null;
		}
		$unit = 1;
		while ( intdiv( max( $used ), $unit ) > self::MOST_UNITS ) {
			$unit *= 10;
		}
		$days = array();
		for ( $day = $first; $day < $today; $day++ ) {
			$days[] = intdiv( $used[ $day ] ?? 0, $unit );
		}
		return new self( $days, $unit );
	}

	/**
	 * What the day so many days after today is expected to use as a whole, in units.
	 *
	 * @param int $ahead How many days, from 0.
	 */
	public function expected( int $ahead ): int {
		return $this->week[ $ahead % 7 ];
	}

	/**
	 * Between how many thousandths of the pace the days until this one are likely to be.
	 *
	 * @param int $ahead So many days after today.
	 * @return ?array{int, int} null where that is too much apart to be worth saying.
	 */
	public function spread( int $ahead ): ?array {
		$days   = $ahead + 1;
		$most   = max( 2, min( self::LONGEST, intdiv( $this->count(), 3 ) ) );
		$window = min( $days, $most );
		$ratios = self::GIVEN;
		for ( $day = self::LEAST_DAYS; $day + $window <= $this->count(); $day++ ) {
			$told = $this->level( $day );
			if ( $told > 0 ) {
				$came     = $this->mean( $day, $day + $window );
				$ratios[] = min( 10000, intdiv( $came * 1000, $told ) );
			}
		}
		sort( $ratios );
		$tail  = intdiv( count( $ratios ), 10 );
		$low   = min( 950, max( 100, $ratios[ $tail ] ) );
		$high  = max( 1052, $ratios[ count( $ratios ) - 1 - $tail ] );
		$drift = intdiv( $days * 15, 10 );
		$low   = intdiv( 1000000, intdiv( 1000000, $low ) + $drift );
		$high += $drift;
		return $high <= $low * 4 ? array( $low, $high ) : null;
	}

	private function count(): int {
		return count( $this->sums ) - 1;
	}

	/**
	 * The mean of some days.
	 *
	 * @param int $from The first.
	 * @param int $to   The one behind the last.
	 */
	private function mean( int $from, int $to ): int {
		return intdiv( $this->sums[ $to ] - $this->sums[ $from ], max( 1, $to - $from ) );
	}

	/**
	 * The level as it would have been told on this day.
	 *
	 * @param int $day The day.
	 */
	private function level( int $day ): int {
		$sum = 0;
		foreach ( self::MEMORIES as $n => $memory ) {
			$sum += $this->weights[ $n ] * $this->mean( max( 0, $day - $memory ), $day );
		}
		return intdiv( $sum, array_sum( $this->weights ) );
	}

	/**
	 * Compares what each memory would have said with what came, and weighs it by its error.
	 *
	 * @return int[]
	 */
	private function weighed(): array {
		$window = max( self::LEAST_DAYS, min( self::LONGEST, intdiv( $this->count(), 6 ) ) );
		$errors = self::HANDICAPS;
		for ( $day = self::LEAST_DAYS; $day + $window <= $this->count(); $day++ ) {
			$came = $this->mean( $day, $day + $window );
			foreach ( self::MEMORIES as $n => $memory ) {
				$told          = max( 1, $this->mean( max( 0, $day - $memory ), $day ) );
				$errors[ $n ] += min( self::WORST, intdiv( abs( $told - $came ) * 1000, $told ) );
			}
		}
		$least   = min( $errors );
		$weights = array();
		foreach ( $errors as $error ) {
			$ratio = $error > 0 ? intdiv( $least * 1000, $error ) : 1000;
			// To the 16th power.
			for ( $n = 0; $n < 4; $n++ ) {
				$ratio = intdiv( $ratio * $ratio, 1000 );
			}
			$weights[] = $ratio + 1;
		}
		return $weights;
	}

	/**
	 * What each of the seven days after these is expected to use.
	 *
	 * @param int[] $days  What each full day used.
	 * @param int   $level The level of use.
	 * @return int[]
	 */
	private static function week_after( array $days, int $level ): array {
		$sums  = array_fill( 0, 7, 0 );
		$weeks = min( self::WEEKS, intdiv( count( $days ), 7 ) );
		foreach ( array_slice( $days, count( $days ) - $weeks * 7 ) as $n => $used ) {
			$sums[ $n % 7 ] += $used;
		}
		$total = array_sum( $sums );
		$day   = static function ( int $sum ) use ( $total, $weeks, $level ): int {
			$share = $total > 0 ? intdiv( $sum * 7000, $total ) : 1000;
			$mixed = intdiv( $weeks * $share + self::FLAT * 1000, $weeks + self::FLAT );
			return intdiv( $level * $mixed, 1000 );
		};
		return array_map( $day, $sums );
	}
}
