<?php
/**
 * The shapes of bodies and answers.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

defined( 'ABSPATH' ) || exit;

/**
 * JSON Schema of all that goes in and out. An object has these fields and no others; of a body's
 * other fields nothing is looked at. Amounts are texts: a number of JSON is refused.
 */
final class Schemas {
	private const TEXT    = array( 'type' => 'string' );
	private const KEY     = array( 'type' => 'string', 'maxLength' => 191 );
	private const TIME    = array( 'type' => 'string', 'format' => 'date-time' );
	private const COUNT   = array( 'type' => 'integer', 'minimum' => 0 );
	private const FLAG    = array( 'type' => 'boolean' );
	private const ID      = array( 'type' => 'string', 'pattern' => '^[0-9]+$' );
	private const AMOUNT  = array( 'type' => 'string', 'pattern' => '^[0-9]{1,13}(\.[0-9]{1,6})?$' );
	private const SIGNED  = array( 'type' => 'string', 'pattern' => '^-?[0-9]{1,13}(\.[0-9]{1,6})?$' );
	private const DECIMAL = array( 'type' => 'string', 'pattern' => '^[0-9]+(\.[0-9]+)?$' );
	private const LEVELS  = array( 'ok', 'low', 'critical', 'depleted', 'unlimited' );
	private const POOLS   = array( 'allowance', 'purchase', 'bonus', 'refund', 'adjustment' );

	/**
	 * Every shape by name.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	public static function all(): array {
		return self::bodies() + self::balances() + self::bookings() + self::lists()
			+ self::receipts() + self::settings() + array(
				'Error' => self::of(
					array(
						'code'    => self::TEXT,
						'message' => self::TEXT,
						'data'    => self::of(
							array(
								'status'  => self::COUNT,
								'field'   => self::TEXT,
								'details' => array( 'type' => 'object' ),
							),
							array( 'field', 'details' )
						),
					)
				),
			);
	}

	/** @return array<string, array<string, mixed>> */
	private static function bodies(): array {
		$id     = array( 'type' => 'string', 'minLength' => 1, 'maxLength' => 191 );
		$mode   = self::one_of( 'strict', 'record' );
		$note   = array( 'reference' => self::KEY, 'site' => self::KEY, 'reason' => self::KEY );
		$charge = array( 'amount' => self::AMOUNT, 'usage' => self::ref( 'Usage' ) );
		$write  = array( 'request_id' => $id );
		$time   = array( 'occurred_at' => self::TIME );
		$loose  = array( ...array_keys( $note ), ...array_keys( $charge ), 'occurred_at' );
		$items  = array(
			'type'     => 'array',
			'items'    => self::ref( 'Use' ),
			'minItems' => 1,
			'maxItems' => 1000,
		);
		$for    = array( 'duration_ms' => self::COUNT, 'mode' => $mode );
		$counts = array( 'messages', 'call_ms', 'input_tokens', 'output_tokens', 'images' );
		$most   = array( 'maximum' => 1000000000 ) + self::COUNT;
		$about  = array( 'feature' => self::KEY, 'agent' => self::KEY, 'model' => self::KEY );
		$usage  = $about + array_fill_keys( $counts, $most );
		$use    = $write + array( 'mode' => $mode ) + $charge + $time + $note;
		$levels = array( 'low' => self::ref( 'Threshold' ), 'critical' => self::ref( 'Threshold' ) );
		return array(
			'Usage'     => self::of( $usage, array( 'agent', 'model', ...$counts ) ),
			'Use'       => self::of( $use, $loose ),
			'Uses'      => self::of( array( 'items' => $items ) ),
			'NewHold'   => self::of( $write + $for + $charge + $note, array( 'mode', ...$loose ) ),
			'Settle'    => self::of( $use, $loose ),
			'Release'   => self::of( $write + $note, $loose ),
			'NewAlerts' => self::of( $levels ),
			'Threshold' => array(
				'oneOf' => array(
					self::of( array( 'share' => array( 'maximum' => 1000 ) + self::COUNT ) ),
					self::of( array( 'amount' => self::AMOUNT ) ),
				),
			),
		);
	}

	/** @return array<string, array<string, mixed>> */
	private static function balances(): array {
		$never  = self::or_null( self::TIME );
		$level  = self::one_of( ...self::LEVELS );
		$pool   = array(
			'priority'   => array( 'type' => 'integer' ),
			'kind'       => self::one_of( ...self::POOLS ),
			'available'  => self::AMOUNT,
			'held'       => self::AMOUNT,
			'expires_at' => $never,
		);
		$plan   = array(
			'key'           => self::TEXT,
			'name'          => self::TEXT,
			'allowance'     => self::AMOUNT,
			'cycle_ends_at' => self::TIME,
			'started_at'    => self::TIME,
			'paid_until'    => self::TIME,
		);
		$more   = array( 'started_at', 'paid_until' );
		$runway = array( 'from' => self::TIME, 'around' => self::TIME, 'to' => $never );
		return array(
			'Balance' => self::of(
				array(
					'version'         => self::COUNT,
					'as_of'           => self::TIME,
					'available'       => self::AMOUNT,
					'posted'          => self::SIGNED,
					'held'            => self::AMOUNT,
					'debt'            => self::AMOUNT,
					'unlimited'       => self::FLAG,
					'unlimited_until' => $never,
					'pools'           => self::many( self::of( $pool, array( 'priority' ) ) ),
					'level'           => $level,
					'alert'           => $level,
					'plan'            => self::or_null( self::of( $plan, $more ) ),
					'runway'          => self::or_null( self::of( $runway, array( 'around' ) ) ),
					'account'         => self::TEXT,
				)
			),
			'Pill'    => self::of(
				array(
					'version'   => self::COUNT,
					'as_of'     => self::TIME,
					'show'      => self::one_of( 'exact', 'rounded', 'level' ),
					'level'     => $level,
					'available' => self::ID,
				),
				array( 'available' )
			),
		);
	}

	/** @return array<string, array<string, mixed>> */
	private static function bookings(): array {
		$ways  = array( 'from' => self::TEXT, 'to' => self::TEXT );
		$draw  = array( 'grant' => self::ID, 'amount' => self::AMOUNT ) + $ways;
		$more  = array(
			'debt'         => self::SIGNED,
			'waived'       => self::AMOUNT,
			'draws'        => self::many( self::of( $draw ) ),
			'grant'        => self::ID,
			'hold'         => self::ID,
			'lapses_at'    => self::TIME,
			'usage'        => self::ref( 'Usage' ),
			'rate_version' => self::COUNT,
			'reference'    => self::TEXT,
			'site'         => self::TEXT,
			'reason'       => self::TEXT,
			'request_id'   => self::TEXT,
			'request_hash' => self::TEXT,
		);
		$entry = array(
			'seq'         => self::COUNT,
			'kind'        => self::TEXT,
			'amount'      => self::SIGNED,
			'occurred_at' => self::TIME,
			'booked_at'   => self::TIME,
		);
		// What a customer's own page holds has a name that it alone is told.
		$id   = array( 'type' => 'string', 'pattern' => '^[0-9]+(-[0-9a-f]{32})?$' );
		$hold = array( 'id' => $id, 'amount' => self::AMOUNT, 'lapses_at' => self::TIME );
		$ends = array( 'balance' => self::ref( 'Balance' ), 'as_of' => self::TIME );
		$no   = array( 'reason' => self::TEXT, 'short_by' => self::AMOUNT );
		$done = array( 'entries' => self::many( self::ref( 'Entry' ) ), 'replayed' => self::FLAG );
		$yes  = array( 'booked' => self::FLAG );
		$line = array(
			'unit'     => self::TEXT,
			'quantity' => self::COUNT,
			'rate'     => self::DECIMAL,
			'product'  => self::DECIMAL,
		);
		return array(
			'Entry'   => self::of( $entry + $more, array_keys( $more ) ),
			'Booking' => self::of(
				$yes + $no + $done + array( 'hold' => self::of( $hold ) ) + $ends,
				array( 'reason', 'short_by', 'entries', 'replayed', 'hold' )
			),
			'Batch'   => self::of(
				$yes + $no + array( 'items' => self::many( self::of( $done ) ) ) + $ends,
				array( 'reason', 'short_by', 'items' )
			),
			'Quote'   => self::of(
				array(
					'cost'         => self::AMOUNT,
					'rate_version' => self::COUNT,
					'lines'        => self::many( self::of( $line ) ),
					'as_of'        => self::TIME,
				)
			),
		);
	}

	/** @return array<string, array<string, mixed>> */
	private static function lists(): array {
		$texts  = array( 'agent', 'feature', 'model', 'type', 'site', 'company' );
		$keys   = array_fill_keys( $texts, self::TEXT );
		$sums   = array( 'credits' => self::AMOUNT, 'waived' => self::AMOUNT )
			+ array_fill_keys( array( 'messages', 'call_ms', 'images' ), self::COUNT );
		$row    = array( 'seq' => self::COUNT, 'kind' => self::TEXT ) + $keys + array(
			'occurred_at'  => self::TIME,
			'booked_at'    => self::TIME,
			'details'      => self::TEXT,
			'reason'       => self::TEXT,
			'amount'       => self::SIGNED,
			'rate_version' => self::or_null( self::COUNT ),
			'request_id'   => self::TEXT,
		) + $sums;
		$names  = array( 'type' => 'object', 'additionalProperties' => self::TEXT );
		$labels = self::of( array_fill_keys( array( 'agent', 'feature', 'model', 'site' ), $names ) );
		$rollup = array( 'day' => self::TEXT ) + $keys + $sums
			+ array( 'uses' => self::COUNT, 'failed' => self::COUNT );
		$shift  = array( 'at' => self::TIME, 'offset_s' => array( 'type' => 'integer' ) );
		$zone   = array(
			'base_offset_s' => array( 'type' => 'integer' ),
			'transitions'   => self::many( self::of( $shift ) ),
		);
		return array(
			'Row'      => self::of( $row ),
			'Rollups'  => self::of(
				array(
					'as_of'       => self::TIME,
					'zone'        => self::of( $zone ),
					'through_seq' => self::COUNT,
					'rows'        => self::many( self::of( $rollup ) ),
					'labels'      => $labels,
				),
				array( 'labels' )
			),
			'Activity' => self::of(
				array(
					'rows'   => self::many( self::ref( 'Row' ) ),
					'next'   => self::or_null( self::COUNT ),
					'as_of'  => self::TIME,
					'labels' => $labels,
				),
				array( 'labels' )
			),
		);
	}

	/** @return array<string, array<string, mixed>> */
	private static function receipts(): array {
		$line = array(
			'unit'     => self::TEXT,
			'quantity' => self::COUNT,
			'rate'     => self::DECIMAL,
			'product'  => self::DECIMAL,
		);
		$draw = array_fill_keys( array( 'amount', 'before', 'after' ), self::AMOUNT ) + array(
			'grant'        => self::ID,
			'kind'         => self::one_of( ...self::POOLS ),
			'effective_at' => self::TIME,
			'expires_at'   => self::or_null( self::TIME ),
		);
		$rate = array(
			'version'      => self::COUNT,
			'effective_at' => self::TIME,
			'quantum'      => self::AMOUNT,
			'lines'        => self::many( self::of( $line, array( 'quantity', 'rate' ) ) ),
		);
		$hold = array( 'id' => self::ID, 'amount' => self::AMOUNT, 'booked_at' => self::TIME );
		$name = self::of( array( 'name' => self::TEXT, 'text' => self::TEXT ) );
		$sold = array_fill_keys( array( 'store', 'order', 'package', 'price' ), self::TEXT ) + array(
			'at'         => self::TIME,
			'credits'    => self::AMOUNT,
			'bonus'      => self::AMOUNT,
			'expires_at' => self::or_null( self::TIME ),
			'lines'      => self::many( $name ),
		);
		return array(
			'Receipt'   => self::of(
				array(
					'row'      => self::ref( 'Row' ),
					'rate'     => self::or_null( self::of( $rate ) ),
					'draws'    => self::many( self::of( $draw ) ),
					'hold'     => self::or_null( self::of( $hold ) ),
					'reason'   => self::TEXT,
					'purchase' => self::or_null( self::of( $sold ) ),
					'as_of'    => self::TIME,
				)
			),
			// Its own text says what it is, and proves it: tests/vectors/statement.json.
			'Statement' => array( 'type' => 'object' ),
		);
	}

	/** @return array<string, array<string, mixed>> */
	private static function settings(): array {
		$rate     = array(
			'feature'     => self::TEXT,
			'model'       => self::TEXT,
			'unit'        => self::TEXT,
			'credits'     => self::DECIMAL,
			'increment_s' => self::COUNT,
		);
		$plan     = array(
			'key'          => self::TEXT,
			'name'         => self::TEXT,
			'level'        => array( 'type' => 'integer' ),
			'allowance'    => self::AMOUNT,
			'unlimited'    => self::FLAG,
			'rollover_cap' => self::AMOUNT,
			'features'     => self::many( self::TEXT ),
		);
		$texts    = array( 'price', 'currency', 'prefix', 'suffix' );
		$marks    = array( 'decimal_separator', 'thousand_separator' );
		$prices   = array_fill_keys( array( ...$texts, ...$marks ), self::TEXT );
		$plan    += array( 'prices' => self::of( $prices + array( 'minor_unit' => self::COUNT ) ) );
		$may_miss = array( 'unlimited', 'rollover_cap', 'features', 'prices' );
		return array(
			'RateCard' => self::of(
				array(
					'version'      => self::COUNT,
					'effective_at' => self::TIME,
					'quantum'      => self::AMOUNT,
					'rates'        => self::many( self::of( $rate, array( 'model', 'increment_s' ) ) ),
					'as_of'        => self::TIME,
				)
			),
			'Plans'    => self::of(
				array(
					'plans' => self::many( self::of( $plan, $may_miss ) ),
					'as_of' => self::TIME,
				)
			),
			'Messages' => self::messages(),
			'Alerts'   => self::of(
				array(
					'low'      => self::ref( 'Threshold' ),
					'critical' => self::ref( 'Threshold' ),
					'balance'  => self::ref( 'Balance' ),
					'as_of'    => self::TIME,
				),
				array( 'balance' )
			),
		);
	}

	/**
	 * An object with these fields and no others.
	 *
	 * @param array<string, mixed> $fields   Their shapes.
	 * @param string[]             $optional Those that may be missing.
	 * @return array<string, mixed>
	 */
	private static function of( array $fields, array $optional = array() ): array {
		return array(
			'type'                 => 'object',
			'properties'           => $fields,
			'required'             => array_values( array_diff( array_keys( $fields ), $optional ) ),
			'additionalProperties' => false,
		);
	}

	/** @return array<string, mixed> */
	private static function many( array $shape ): array {
		return array( 'type' => 'array', 'items' => $shape );
	}

	/** @return array<string, mixed> */
	private static function one_of( string ...$words ): array {
		return array( 'type' => 'string', 'enum' => $words );
	}

	/** @return array<string, mixed> */
	private static function or_null( array $shape ): array {
		return array( 'type' => array( $shape['type'], 'null' ) ) + $shape;
	}

	/** @return array<string, string> */
	private static function ref( string $name ): array {
		return array( '$ref' => "#/components/schemas/$name" );
	}

	/** @return array<string, mixed> Texts by key; where a form depends on a number, by numbers. */
	private static function messages(): array {
		$text  = array( 'type' => 'string' );
		$forms = array( 'type' => 'object', 'additionalProperties' => $text );
		$each  = array( 'oneOf' => array( $text, $forms ) );
		return array( 'type' => 'object', 'additionalProperties' => $each );
	}
}
