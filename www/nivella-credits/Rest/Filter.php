<?php
/**
 * What a reader wants to see of the activity.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/** Reads a range of days, keys, a text and a page out of an address. Nothing else is looked at. */
final class Filter {
	private const KEYS = array( 'agent', 'feature', 'model', 'type', 'site', 'company', 'search' );
	private const MOST = 100;

	/**
	 * Civil days of the account, both included; null where that end is open.
	 *
	 * @param Ask $ask The address.
	 * @return array{from: ?string, to: ?string}
	 * @throws Refusal `time_invalid`, `period_invalid`, `field_invalid`.
	 */
	public static function days( Ask $ask ): array {
		$days = array( 'from' => $ask->asked( 'from' ), 'to' => $ask->asked( 'to' ) );
		foreach ( $days as $field => $day ) {
			if ( null !== $day && ! self::is_day( $day ) ) {
				throw new Refusal( 'time_invalid', 'not a day', $field );
			}
		}
		if ( null !== $days['from'] && null !== $days['to'] && $days['from'] > $days['to'] ) {
			throw new Refusal( 'period_invalid', 'it ends before it starts', 'to' );
		}
		return $days;
	}

	/**
	 * Days and keys: what an export has.
	 *
	 * @param Ask $ask The address.
	 * @return array<string, string> Only what was asked for.
	 * @throws Refusal `time_invalid`, `period_invalid`, `field_invalid`.
	 */
	public static function rows( Ask $ask ): array {
		$wanted = self::days( $ask );
		foreach ( self::KEYS as $key ) {
			$wanted[ $key ] = $ask->asked( $key );
		}
		return array_filter( $wanted, static fn( ?string $value ): bool => null !== $value );
	}

	/**
	 * Days, keys and a page.
	 *
	 * @param Ask $ask The address.
	 * @return array<string, string|int> `limit`, where wanted `before`, and what rows() gives.
	 * @throws Refusal `time_invalid`, `period_invalid`, `field_invalid`.
	 */
	public static function page( Ask $ask ): array {
		$page = array( 'limit' => self::whole( $ask, 'limit', self::MOST ) ?? 50 );
		$till = self::whole( $ask, 'before', PHP_INT_MAX );
		return $page + ( null === $till ? array() : array( 'before' => $till ) ) + self::rows( $ask );
	}

	private static function whole( Ask $ask, string $name, int $most ): ?int {
		$text = $ask->asked( $name );
		if ( null === $text ) {
			return null;
		}
		$number = 1 === preg_match( '/^[1-9]\d{0,14}$/D', $text ) ? (int) $text : 0;
		if ( $number < 1 || $number > $most ) {
			throw new Refusal( 'field_invalid', 'a whole number from 1, in its range', $name );
		}
		return $number;
	}

	private static function is_day( string $day ): bool {
		return 1 === preg_match( '/^(\d{4})-(\d\d)-(\d\d)$/D', $day, $found )
			&& checkdate( (int) $found[2], (int) $found[3], (int) $found[1] );
	}
}
