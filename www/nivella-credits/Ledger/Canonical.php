<?php
/**
 * The canonical forms: the texts that digests are taken of.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * What digests are taken of: the line of an entry, and the form of a request's body.
 *
 * A line is written the same by every implementation, byte for byte, and has the same strings as
 * the statement itself: fields in a fixed order, joined by `|`; what is absent is an empty field;
 * a text is its length in bytes, `:`, and its bytes. `tests/vectors/statement.json` holds it.
 */
final class Canonical {
	private const OPS = array(
		'grant'       => 0,
		'use'         => 1,
		'hold'        => 2,
		'settle'      => 3,
		'release'     => 4,
		'reverse'     => 5,
		'reinstate'   => 6,
		'add'         => 7,
		'take'        => 8,
		'subscribe'   => 9,
		'renew'       => 10,
		'change_plan' => 11,
		'cancel'      => 12,
	);

	/**
	 * The line of an entry: `previous|seq|kind|amount|debt|waived|draws|grant|hold|lapses_at|`
	 * `rate_version|movement|occurred_at|booked_at`.
	 *
	 * What a person wrote (reference, site, reason) and what was measured is not part of it, so that
	 * it can be erased and the proof stays.
	 *
	 * @param string $previous The digest of the entry before it.
	 * @param int    $seq      Its sequence number.
	 * @param Draft  $entry    The entry.
	 * @param int    $booked   When it is written.
	 */
	public static function line( string $previous, int $seq, Draft $entry, int $booked ): string {
		$occurred = Instant::text( $entry->occurred_at );
		return $previous . '|' . $seq . '|' . $entry->kind . '|' . Amount::text( $entry->amount )
			. '|' . Amount::text( $entry->debt ) . '|' . Amount::text( $entry->waived )
			. '|' . self::draws( $entry->draws )
			. '|' . ( null === $entry->grant ? '' : self::grant( $entry->grant ) )
			. '|' . $entry->hold
			. '|' . ( null === $entry->lapses_at ? '' : Instant::text( $entry->lapses_at ) )
			. '|' . $entry->rate_version
			. '|' . ( null === $entry->movement ? '' : self::movement( $entry->movement ) )
			. '|' . $occurred
			. '|' . ( $booked === $entry->occurred_at ? $occurred : Instant::text( $booked ) );
	}

	/**
	 * The bytes of a request's body.
	 *
	 * @param Request $request The request.
	 */
	public static function request( Request $request ): string {
		return self::op( $request->op, $request->args )
			. self::optional_text( $request->reference )
			. self::optional_text( $request->site )
			. self::optional_text( $request->reason );
	}

	/**
	 * `grant:from:to:amount` of each, in their order.
	 *
	 * @param Draw[] $draws The draws.
	 */
	private static function draws( array $draws ): string {
		$texts = array();
		foreach ( $draws as $draw ) {
			$amount  = Amount::text( $draw->amount );
			$texts[] = $draw->grant . ':' . $draw->from . ':' . $draw->to . ':' . $amount;
		}
		return implode( ',', $texts );
	}

	/**
	 * `id,kind,priority,effective_at,expires_at,amount,source`.
	 *
	 * @param Grant $grant The grant.
	 */
	private static function grant( Grant $grant ): string {
		$source = '';
		if ( null !== $grant->order_item ) {
			$source = 'item,' . self::line_text( $grant->order_item );
		} elseif ( null !== $grant->subscription ) {
			$source = "cycle,$grant->subscription,$grant->cycle,$grant->share"
				. ( null === $grant->level ? '' : ",$grant->level" );
		}
		$expires = null === $grant->expires_at ? '' : Instant::text( $grant->expires_at );
		return "$grant->id,$grant->kind,$grant->priority," . Instant::text( $grant->effective_at )
			. ",$expires," . Amount::text( $grant->amount ) . ",$source";
	}

	/**
	 * `order item,number,target,bonus_target,forgiven,spared`.
	 *
	 * @param Movement $movement The movement.
	 */
	private static function movement( Movement $movement ): string {
		$amounts = array(
			$movement->target,
			$movement->bonus_target,
			$movement->forgiven,
			$movement->spared,
		);
		return self::line_text( $movement->item ) . ',' . $movement->number
			. ',' . implode( ',', array_map( Amount::text( ... ), $amounts ) );
	}

	/**
	 * A text of others, with its length.
	 *
	 * @param string $text The text.
	 */
	private static function line_text( string $text ): string {
		return strlen( $text ) . ':' . $text;
	}

	/**
	 * An operation and its fields.
	 *
	 * @param string               $op   The operation.
	 * @param array<string, mixed> $args Its fields.
	 */
	private static function op( string $op, array $args ): string {
		$op  = 'adjust' === $op ? $args['direction'] : $op;
		$tag = pack( 'P', self::OPS[ $op ] );
		return $tag . match ( $op ) {
			'grant'                => self::op_grant( $args ),
			'use'                  => self::charged( $args ) . self::time( $args['occurred_at'] ),
			'hold'                 => self::charged( $args ) . pack( 'P', $args['duration_ms'] ),
			'settle'               => pack( 'P', $args['hold'] ) . self::charged( $args )
				. self::time( $args['occurred_at'] ),
			'release'              => pack( 'P', $args['hold'] ),
			'reverse', 'reinstate' => self::item( $args ),
			'add'                  => pack( 'P', $args['amount'] ) . self::time( $args['expires_at'] ),
			'take'                 => pack( 'P', $args['amount'] ),
			'subscribe'            => self::text( $args['plan'] ) . self::term( $args )
				. self::time( $args['started_at'] ),
			'renew'                => self::term( $args ),
			'change_plan'          => self::text( $args['plan'] ),
			default                => '',
		};
	}

	/**
	 * The fields of a grant.
	 *
	 * @param array<string, mixed> $args The fields.
	 */
	private static function op_grant( array $args ): string {
		return pack( 'P', $args['amount'] ) . self::text( $args['kind'] )
			. pack( 'P', $args['bonus'] ) . self::optional_text( $args['order_item'] )
			. pack( 'P', $args['priority'] )
			. self::time( $args['effective_at'] ) . self::time( $args['expires_at'] );
	}

	/**
	 * Mode and charge.
	 *
	 * @param array<string, mixed> $args The fields.
	 */
	private static function charged( array $args ): string {
		$mode  = pack( 'P', 'record' === $args['mode'] ? 1 : 0 );
		$usage = $args['usage'];
		if ( null === $usage ) {
			return $mode . pack( 'PP', 0, $args['amount'] );
		}
		return $mode . pack( 'P', 1 ) . self::text( $usage->feature ) . self::text( $usage->agent )
			. self::optional_text( $usage->model )
			. pack( 'P2', $usage->messages, $usage->call_ms )
			. pack( 'P3', $usage->input_tokens, $usage->output_tokens, $usage->images );
	}

	/**
	 * An order item and the share of it, in lowest terms, so that equal shares are written alike.
	 *
	 * @param array<string, mixed> $args The fields.
	 */
	private static function item( array $args ): string {
		[ $a, $b ] = array( $args['of'], $args['refunded'] );
		while ( 0 !== $b ) {
			[ $a, $b ] = array( $b, $a % $b );
		}
		return self::text( $args['order_item'] )
			. pack( 'PP', intdiv( $args['refunded'], $a ), intdiv( $args['of'], $a ) );
	}

	/**
	 * How long a subscription is paid for.
	 *
	 * @param array<string, mixed> $args The fields.
	 */
	private static function term( array $args ): string {
		return match ( true ) {
			null !== $args['months'] => pack( 'PP', 0, $args['months'] ),
			null !== $args['until']  => pack( 'PP', 1, $args['until'] ),
			default                  => pack( 'PP', 2, 0 ),
		};
	}

	/**
	 * A text with its length.
	 *
	 * @param string $text The text.
	 */
	private static function text( string $text ): string {
		return pack( 'P', strlen( $text ) ) . $text;
	}

	/**
	 * A text that may be missing.
	 *
	 * @param ?string $text The text.
	 */
	private static function optional_text( ?string $text ): string {
		return pack( 'P', null === $text ? 0 : 1 ) . self::text( $text ?? '' );
	}

	/**
	 * A time that may be missing.
	 *
	 * @param ?int $at The time.
	 */
	private static function time( ?int $at ): string {
		return pack( 'PP', null === $at ? 0 : 1, $at ?? 0 );
	}
}
