<?php
/**
 * What is wrong with rates that were entered.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\RateCard;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Owner\Faults;
use Nivella\Credits\Rest\Clock;

defined( 'ABSPATH' ) || exit;

/** The ledger refuses a card as a whole; this finds the field, and says what belongs there. */
final class RateFault {
	/** For each column something that is right, in the order in which a row is tried with them. */
	private const RIGHT = array(
		'credits'     => '1',
		'feature'     => 'x',
		'increment_s' => 60,
		'model'       => 'x',
	);

	/**
	 * What the owner is told.
	 *
	 * @param Refusal                          $refusal What the ledger said.
	 * @param array<int, array<string, mixed>> $rates   The rates that it was about.
	 * @return array{string, ?string} The text, and the field of the form; null: none of its own.
	 */
	public static function of( Refusal $refusal, array $rates ): array {
		return match ( $refusal->field ) {
			'effective_at' => array(
				__(
					'Rates count from now on at the earliest, and after every version before.',
					'nivella-credits'
				),
				'effective',
			),
			'version'      => array(
				__( 'Each version counts from a later time.', 'nivella-credits' ),
				null,
			),
			'quantum'      => array(
				__( 'Costs are rounded up to more than 0, in plain digits: 0.01.', 'nivella-credits' ),
				'quantum',
			),
			default        => self::in_rows( $rates ) ?? array( Faults::text( $refusal ), null ),
		};
	}

	/**
	 * The first row that is wrong.
	 *
	 * @param array<int, array<string, mixed>> $rates The rows.
	 * @return ?array{string, ?string} As of() gives it; null where each is right.
	 */
	private static function in_rows( array $rates ): ?array {
		$seen = array();
		foreach ( $rates as $n => $rate ) {
			$thing  = wp_json_encode( array( $rate['feature'], $rate['model'] ?? null, $rate['unit'] ) );
			$column = self::column( $rate );
			$text   = null === $column ? null : self::text( $column );
			if ( isset( $seen[ $thing ] ) && null === $column ) {
				$column = 'feature';
				$text   = __( 'another row has this feature, model and unit.', 'nivella-credits' );
			}
			if ( null !== $column ) {
				/* translators: 1: the number of a row. 2: what is wrong with it. */
				$row = __( 'Row %1$d: %2$s', 'nivella-credits' );
				return array( sprintf( $row, $n + 1, $text ), "rates[$n][$column]" );
			}
			$seen[ $thing ] = true;
		}
		return array() === $rates
			? array( __( 'Give at least one feature its credits.', 'nivella-credits' ), null )
			: null;
	}

	/**
	 * The column that is wrong: with something right in it, and in those before, the row is right.
	 *
	 * @param array<string, mixed> $rate The row.
	 * @return ?string Null where nothing is wrong.
	 */
	private static function column( array $rate ): ?string {
		if ( self::is_right( $rate ) ) {
			return null;
		}
		foreach ( self::RIGHT as $column => $value ) {
			$rate = array( $column => $value ) + $rate;
			if ( self::is_right( $rate ) ) {
				return $column;
			}
		}
		return 'feature';
	}

	/**
	 * Whether the ledger takes a row.
	 *
	 * @param array<string, mixed> $rate The row.
	 */
	private static function is_right( array $rate ): bool {
		$card = array( 'version' => 1, 'effective_at' => Clock::text(), 'quantum' => '1' );
		try {
			RateCard::from_wire( $card + array( 'rates' => array( $rate ) ) )->validate();
			return true;
		} catch ( Refusal ) {
			return false;
		}
	}

	/**
	 * What belongs into a column.
	 *
	 * @param string $column The column.
	 */
	private static function text( string $column ): string {
		return match ( $column ) {
			'credits'     => __(
				'write the credits in plain digits, with a point and at most 9 decimals: 0.05.',
				'nivella-credits'
			),
			'increment_s' => __( 'a step of a call is 1 to 3,600 seconds.', 'nivella-credits' ),
			'model'       => __( 'a key of a model has at most 191 bytes.', 'nivella-credits' ),
			default       => __(
				'write the key of the feature, of at most 191 bytes.',
				'nivella-credits'
			),
		};
	}
}
