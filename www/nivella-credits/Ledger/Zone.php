<?php
/**
 * A time zone: which offset from UTC counts when.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * A time zone, by its name or by a table of its offsets. Immutable.
 *
 * Civil days have 24 hours only most of the time: 23, 25, 23.5, and once, in Samoa, 0. Times are
 * milliseconds since 1970, days are days since 1970, offsets are seconds east of UTC.
 */
final class Zone {
	private const MAX_OFFSET_S = 64800;
	private const MAX_CHANGES  = 1000;
	/** The table of a named zone: the years 2000 to 2100. */
	private const FIRST_S = 946684800;
	private const LAST_S  = 4133980800;

	/**
	 * Zones by their texts: one request asks for the same one again and again.
	 *
	 * @var array<string, self>
	 */
	private static array $known = array();

	/**
	 * The table: the offset before the first change, and each change with the offset from then on.
	 * A named zone makes it when it is first asked for.
	 *
	 * @var ?array{int, int[], int[]}
	 */
	private ?array $table;

	/**
	 * A zone, from a name or a table.
	 *
	 * @param string                    $text  Its text, as it is stored.
	 * @param ?\DateTimeZone            $named The zone with this name; null for a table.
	 * @param ?array{int, int[], int[]} $table The table; null for a name.
	 */
	private function __construct(
		private readonly string $text,
		private readonly ?\DateTimeZone $named,
		?array $table,
	) {
		$this->table = $table;
	}

	/**
	 * UTC.
	 */
	public static function utc(): self {
		return self::from_text( 'UTC' );
	}

	/**
	 * A zone from its text: what text() gave, an IANA name as `Europe/Berlin`, or an offset as
	 * `+05:30`.
	 *
	 * @param string $text The text.
	 * @throws Refusal `zone_invalid` for any other text.
	 */
	public static function from_text( string $text ): self {
		return self::$known[ $text ] ??= self::read( $text );
	}

	/**
	 * A zone from its table on the wire: `base_offset_s` and `transitions` of `{at, offset_s}`.
	 *
	 * @param Fields $fields The table.
	 * @throws Refusal `zone_invalid` for more than 1,000 changes, changes that do not strictly
	 *                 ascend, or an offset of more than 18 hours.
	 */
	public static function from_wire( Fields $fields ): self {
		$at_ms = array();
		$after = array();
		foreach ( $fields->optional_list( 'transitions' ) as $change ) {
			$at_ms[] = Fields::accept_at( 'zone', fn() => Instant::parse( $change->text( 'at' ) ) );
			$after[] = $change->whole( 'offset_s' );
		}
		return self::of_table( $fields->whole( 'base_offset_s' ), $at_ms, $after );
	}

	/**
	 * The text to store: its name, or its table.
	 */
	public function text(): string {
		return $this->text;
	}

	/**
	 * Its table on the wire. Of a named zone it has the years 2000 to 2100.
	 *
	 * @return array{base_offset_s: int, transitions: array<array{at: string, offset_s: int}>}
	 */
	public function to_wire(): array {
		[ $base, $at_ms, $after ] = $this->table();
		$row                      = static fn( int $at, int $offset ): array => array(
			'at'       => Instant::text( $at ),
			'offset_s' => $offset,
		);
		return array(
			'base_offset_s' => $base,
			'transitions'   => array_map( $row, $at_ms, $after ),
		);
	}

	/**
	 * Seconds east of UTC. A change's own instant has its new offset.
	 *
	 * @param int $ms When.
	 */
	public function offset_at( int $ms ): int {
		if ( null !== $this->named ) {
			$second = Civil::floor_div( $ms, 1000 );
			return $this->named->getTransitions( $second, $second )[0]['offset'];
		}
		return $this->offset_after( $this->passed( $ms ) );
	}

	/**
	 * The civil day that a calendar on the wall shows.
	 *
	 * @param int $ms When.
	 */
	public function day_of( int $ms ): int {
		return Civil::floor_div( $ms + $this->offset_at( $ms ) * 1000, Instant::DAY_MS );
	}

	/**
	 * The first instant of a civil day.
	 *
	 * Where the clock skips midnight, the day starts with the skip; where midnight comes twice, it
	 * starts with the first. A day that was skipped altogether starts where the next one does.
	 *
	 * @param int $year  The year.
	 * @param int $month The month.
	 * @param int $day   The day.
	 * @throws Refusal `time_invalid` for a date that does not exist.
	 */
	public function start_of( int $year, int $month, int $day ): int {
		if ( ! Civil::exists( $year, $month, $day ) ) {
			throw new Refusal( 'time_invalid', 'no such date within the years 1 to 9999' );
		}
		$midnight = Civil::days( $year, $month, $day ) * Instant::DAY_MS;
		$at_ms    = $this->table()[1];
		// No clock shows this midnight before the easternmost one does. From there on the first
		// stretch of one offset wins in which a clock shows midnight or later.
		$passed = $this->passed( $midnight - self::MAX_OFFSET_S * 1000 );
		$start  = $midnight - $this->offset_after( $passed ) * 1000;
		while ( isset( $at_ms[ $passed ] ) && $start >= $at_ms[ $passed ] ) {
			$from  = $at_ms[ $passed ];
			$start = max( $from, $midnight - $this->offset_after( ++$passed ) * 1000 );
		}
		return Instant::checked( $start );
	}

	/**
	 * Whether both have the same text.
	 *
	 * @param self $other The other zone.
	 */
	public function equals( self $other ): bool {
		return $this->text === $other->text;
	}

	/**
	 * Reads a text for the first time.
	 *
	 * @param string $text The text.
	 */
	private static function read( string $text ): self {
		if ( '{' === ( $text[0] ?? '' ) ) {
			return self::from_wire( Fields::of( json_decode( $text, true ) ) );
		}
		if ( 1 === preg_match( '/^([+-])(\d\d):(\d\d)$/D', $text, $found ) ) {
			$offset = (int) $found[2] * 3600 + (int) $found[3] * 60;
			return self::of_table( '-' === $found[1] ? -$offset : $offset, array(), array() );
		}
		try {
			$named = new \DateTimeZone( $text );
		} catch ( \Exception ) {
			$named = null;
		}
		// An abbreviation as `EST` has no changes that are known.
		if ( false === ( $named?->getTransitions( 0, 0 ) ?? false ) ) {
			throw new Refusal( 'zone_invalid', 'no such time zone', 'zone' );
		}
		return new self( $text, $named, null );
	}

	/**
	 * A zone from its checked table.
	 *
	 * @param int   $base  The offset before the first change.
	 * @param int[] $at_ms When it changes.
	 * @param int[] $after The offset from then on.
	 */
	private static function of_table( int $base, array $at_ms, array $after ): self {
		if ( count( $at_ms ) > self::MAX_CHANGES ) {
			throw new Refusal( 'zone_invalid', 'a zone has at most 1,000 transitions', 'zone' );
		}
		foreach ( array( $base, ...$after ) as $offset ) {
			if ( abs( $offset ) > self::MAX_OFFSET_S ) {
				throw new Refusal( 'zone_invalid', 'an offset is at most 18 hours', 'zone' );
			}
		}
		for ( $n = 1; $n < count( $at_ms ); $n++ ) {
			if ( $at_ms[ $n - 1 ] >= $at_ms[ $n ] ) {
				throw new Refusal( 'zone_invalid', 'transitions strictly ascend', 'zone' );
			}
		}
		$zone = new self( '', null, array( $base, $at_ms, $after ) );
		return new self( Json::text( $zone->to_wire() ), null, $zone->table );
	}

	/**
	 * The table.
	 *
	 * @return array{int, int[], int[]}
	 */
	private function table(): array {
		if ( null === $this->table ) {
			$rows        = $this->named->getTransitions( self::FIRST_S, self::LAST_S );
			$base        = array_shift( $rows )['offset'];
			$at_ms       = array_map( static fn( array $row ): int => $row['ts'] * 1000, $rows );
			$this->table = array( $base, $at_ms, array_column( $rows, 'offset' ) );
		}
		return $this->table;
	}

	/**
	 * How many changes count at this instant.
	 *
	 * @param int $ms When.
	 */
	private function passed( int $ms ): int {
		$at_ms = $this->table()[1];
		$low   = 0;
		$high  = count( $at_ms );
		while ( $low < $high ) {
			$middle = ( $low + $high ) >> 1;
			if ( $at_ms[ $middle ] <= $ms ) {
				$low = $middle + 1;
			} else {
				$high = $middle;
			}
		}
		return $low;
	}

	/**
	 * The offset after so many changes.
	 *
	 * @param int $passed How many.
	 */
	private function offset_after( int $passed ): int {
		return 0 === $passed ? $this->table()[0] : $this->table()[2][ $passed - 1 ];
	}
}
