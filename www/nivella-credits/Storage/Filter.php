<?php
/**
 * What a reader wants to see of the activity.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Civil;
use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/**
 * A range of days, keys, a text, and a page. Immutable.
 */
final class Filter {
	public const MOST = 100;

	private const KEYS       = array( 'agent', 'feature', 'model', 'type', 'site', 'company' );
	private const USUAL      = 50;
	private const MAX_SEARCH = 191;

	/**
	 * One filter.
	 *
	 * @param ?int                  $from   The first day, as days since 1970; null: any.
	 * @param ?int                  $to     The last day, included; null: any.
	 * @param array<string, string> $keys   What these keys have to be.
	 * @param string                $search A text in lower case; empty: any.
	 * @param int                   $limit  At most so many rows.
	 * @param int                   $before Only entries before this one.
	 */
	private function __construct(
		public readonly ?int $from,
		public readonly ?int $to,
		public readonly array $keys,
		public readonly string $search,
		public readonly int $limit,
		public readonly int $before,
	) {}

	/**
	 * Reads a filter.
	 *
	 * @param array<string, mixed> $wire `from`, `to`, `limit`, `before`, `search` and the keys; all of
	 *                                   them may be left out.
	 * @throws Refusal `field_invalid`, `time_invalid`, `period_invalid`, naming the field.
	 */
	public static function from_wire( array $wire ): self {
		$from = self::day( $wire, 'from' );
		$to   = self::day( $wire, 'to' );
		if ( null !== $from && null !== $to && $from > $to ) {
			throw new Refusal( 'period_invalid', 'it ends before it starts', 'to' );
		}
		$keys = array();
		foreach ( self::KEYS as $key ) {
			if ( isset( $wire[ $key ] ) ) {
				$keys[ $key ] = self::text( $wire, $key );
			}
		}
		return new self(
			$from,
			$to,
			$keys,
			mb_strtolower( self::text( $wire, 'search' ), 'UTF-8' ),
			self::whole( $wire, 'limit', self::USUAL, self::MOST ),
			self::whole( $wire, 'before', PHP_INT_MAX, PHP_INT_MAX ),
		);
	}

	/**
	 * Whether any entry may fit, whatever it is of.
	 */
	public function is_open(): bool {
		return null === $this->from && null === $this->to
			&& array() === $this->keys && '' === $this->search;
	}

	/**
	 * The same before another entry.
	 *
	 * @param int $before The entry.
	 */
	public function before( int $before ): self {
		$all = get_object_vars( $this );
		return new self( ...array( ...$all, 'before' => $before ) );
	}

	/**
	 * A civil day.
	 *
	 * @param array<string, mixed> $wire The filter.
	 * @param string               $name Its name.
	 */
	private static function day( array $wire, string $name ): ?int {
		if ( ! isset( $wire[ $name ] ) ) {
			return null;
		}
		$is_day = 1 === preg_match( '/^(\d{4})-(\d\d)-(\d\d)$/D', self::text( $wire, $name ), $found );
		$parts  = $is_day ? array_map( 'intval', array_slice( $found, 1 ) ) : array();
		if ( ! $is_day || ! Civil::exists( ...$parts ) ) {
			throw new Refusal( 'time_invalid', 'not a day', $name );
		}
		return Civil::days( ...$parts );
	}

	/**
	 * A text that is not too long.
	 *
	 * @param array<string, mixed> $wire The filter.
	 * @param string               $name Its name.
	 */
	private static function text( array $wire, string $name ): string {
		$text = $wire[ $name ] ?? '';
		if ( ! is_string( $text ) || strlen( $text ) > self::MAX_SEARCH
			|| ! mb_check_encoding( $text, 'UTF-8' ) ) {
			throw new Refusal( 'field_invalid', 'a text of at most 191 bytes', $name );
		}
		return $text;
	}

	/**
	 * A count, as a number or in digits.
	 *
	 * @param array<string, mixed> $wire  The filter.
	 * @param string               $name  Its name.
	 * @param int                  $usual Where it is left out.
	 * @param int                  $most  The highest.
	 */
	private static function whole( array $wire, string $name, int $usual, int $most ): int {
		$value = $wire[ $name ] ?? $usual;
		if ( is_string( $value ) && 1 === preg_match( '/^[1-9]\d{0,17}$/D', $value ) ) {
			$value = (int) $value;
		}
		if ( ! is_int( $value ) || $value < 1 || $value > $most ) {
			throw new Refusal( 'field_invalid', 'a whole number within its range', $name );
		}
		return $value;
	}
}
