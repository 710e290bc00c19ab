<?php
/**
 * Commands as they come.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * A write, applied as a whole or not at all: one flat object whose `op` says which fields count.
 *
 * Beside `op` there are `request_id` and, where wanted, `reference`, `site` and `reason`. Fields in
 * brackets may be left out.
 *
 * - `touch` has no other field and no request id: it books what time has done.
 * - `grant`: `kind` (purchase, bonus or refund), `amount`, [`bonus`, `order_item`, `priority`,
 *   `effective_at`, `expires_at`].
 * - `use`: `mode` (strict or record), `amount` or `usage`, [`occurred_at`].
 * - `batch`: `items`, each with the fields of a `use` and a request id; it has none of its own.
 * - `hold`: `amount` or `usage`, `duration_ms`, [`mode`, else strict].
 * - `settle`: `hold`, `mode`, `amount` or `usage`, [`occurred_at`].
 * - `release`: `hold`.
 * - `reverse`, `reinstate`: `order_item`, [`refunded` and `of`: money or pieces, cumulative;
 *   without them everything is reversed, or everything reinstated].
 * - `adjust`: `direction` (add or take), `amount`, `reason`, [`expires_at` of what is added].
 * - `subscribe`: `plan`, [`months`, `paid_until` or `open_ended`, else 1 month; `started_at`].
 * - `renew`: [`months`, `paid_until` or `open_ended`, else 1 month].
 * - `change_plan`: `plan`.
 * - `cancel`: no other field.
 *
 * Amounts are plain decimal strings, ids are strings, instants are RFC 3339. An amount of `"0"` is
 * a use or settle that failed, and needs its `reason`.
 */
final class Command {
	public const TOUCH = 'touch';
	public const ONE   = 'one';
	public const BATCH = 'batch';

	private const MAX_BATCH = 1000;
	private const MAX_U32   = 4294967295;
	private const KINDS     = array( 'allowance', 'purchase', 'bonus', 'refund', 'adjustment' );

	/**
	 * One command.
	 *
	 * @param string    $kind     One of the constants.
	 * @param Request[] $requests None, one, or those of the batch.
	 */
	private function __construct(
		public readonly string $kind,
		public readonly array $requests,
	) {}

	/**
	 * Reads the fields that the operation has; the others are not looked at.
	 *
	 * @param array<string, mixed> $wire The command.
	 * @throws Refusal `field_invalid` for an unknown operation or word and for a field that is
	 *                 missing; `snapshot_invalid` for one of another type; `amount_invalid`,
	 *                 `amount_out_of_range`, `time_invalid`, `reversal_invalid`,
	 *                 `request_id_invalid`. All name the field.
	 */
	public static function from_wire( array $wire ): self {
		$fields = Fields::of( $wire );
		return match ( $fields->optional_text( 'op' ) ) {
			'touch' => new self( self::TOUCH, array() ),
			'batch' => self::batch( $fields ),
			default => new self( self::ONE, array( self::checked( self::request( $fields ) ) ) ),
		};
	}

	/**
	 * Reads a usage.
	 *
	 * @param Fields $fields `feature`, [`agent`, `model`, and the quantities].
	 * @throws Refusal `snapshot_invalid`, naming the field.
	 */
	public static function usage( Fields $fields ): Usage {
		$quantity = static fn( string $name ): int => $fields->optional_whole( $name, 0 ) ?? 0;
		return new Usage(
			$fields->text( 'feature' ),
			$fields->optional_text( 'agent' ) ?? '',
			$fields->optional_text( 'model' ),
			$quantity( 'messages' ),
			$quantity( 'call_ms' ),
			$quantity( 'input_tokens' ),
			$quantity( 'output_tokens' ),
			$quantity( 'images' ),
		);
	}

	/**
	 * Uses, each with its own request id.
	 *
	 * @param Fields $fields The command.
	 * @throws Refusal What a use refuses, and `field_invalid` unless they are 1 to 1,000.
	 */
	private static function batch( Fields $fields ): self {
		$requests = array();
		foreach ( $fields->optional_list( 'items' ) as $item ) {
			$requests[] = self::with_note( $item, 'use', self::use_args( $item ) );
		}
		if ( array() === $requests || count( $requests ) > self::MAX_BATCH ) {
			throw new Refusal( 'field_invalid', 'a batch is 1 to 1,000 uses', 'items' );
		}
		return new self( self::BATCH, $requests );
	}

	/**
	 * One request.
	 *
	 * @param Fields $fields The command.
	 */
	private static function request( Fields $fields ): Request {
		$op   = $fields->optional_text( 'op' ) ?? '';
		$args = match ( $op ) {
			'grant'       => self::grant_args( $fields ),
			'use'         => self::use_args( $fields ),
			'hold'        => self::hold_args( $fields ),
			'settle'      => self::settle_args( $fields ),
			'release'     => array( 'hold' => self::hold_id( $fields ) ),
			'reverse'     => self::item_args( $fields, array( 1, 1 ) ),
			'reinstate'   => self::item_args( $fields, array( 0, 1 ) ),
			'adjust'      => self::adjust_args( $fields ),
			'subscribe'   => array( 'plan' => $fields->required( 'plan' ) ) + self::term( $fields )
				+ array( 'started_at' => $fields->optional_instant( 'started_at' ) ),
			'renew'       => self::term( $fields ),
			'change_plan' => array( 'plan' => $fields->required( 'plan' ) ),
			'cancel'      => array(),
			default       => throw self::unknown( 'op' ),
		};
		return self::with_note( $fields, $op, $args );
	}

	/**
	 * The request with the texts that stand beside the figures.
	 *
	 * @param Fields               $fields The command.
	 * @param string               $op     The operation.
	 * @param array<string, mixed> $args   Its fields.
	 */
	private static function with_note( Fields $fields, string $op, array $args ): Request {
		$reference = $fields->optional_text( 'reference' );
		$site      = $fields->optional_text( 'site' );
		$reason    = $fields->optional_text( 'reason' );
		// A missing id is refused like an empty one.
		$id = $fields->optional_text( 'request_id' ) ?? '';
		return new Request( $id, $op, $args, $reference, $site, $reason );
	}

	/**
	 * The request, if its id can be one.
	 *
	 * @param Request $request The request.
	 * @throws Refusal `request_id_invalid`.
	 */
	private static function checked( Request $request ): Request {
		Texts::check_request_id( $request->id );
		return $request;
	}

	/**
	 * The fields of a grant.
	 *
	 * @param Fields $fields The command.
	 * @return array<string, mixed>
	 */
	private static function grant_args( Fields $fields ): array {
		$kind = $fields->required( 'kind' );
		in_array( $kind, self::KINDS, true ) || throw self::unknown( 'kind' );
		return array(
			'kind'         => $kind,
			'amount'       => $fields->required_amount( 'amount' ),
			'bonus'        => $fields->optional_amount( 'bonus' ),
			'order_item'   => $fields->optional_text( 'order_item' ),
			'priority'     => $fields->optional_whole( 'priority', 0, 255 ) ?? Burn::DEFAULT_PRIORITY,
			'effective_at' => $fields->optional_instant( 'effective_at' ),
			'expires_at'   => $fields->optional_instant( 'expires_at' ),
		);
	}

	/**
	 * The fields of a use.
	 *
	 * @param Fields $fields The command.
	 * @return array<string, mixed>
	 */
	private static function use_args( Fields $fields ): array {
		$args = array( 'mode' => self::mode( $fields ) ) + self::charge( $fields );
		return $args + array( 'occurred_at' => $fields->optional_instant( 'occurred_at' ) );
	}

	/**
	 * The fields of a hold.
	 *
	 * @param Fields $fields The command.
	 * @return array<string, mixed>
	 */
	private static function hold_args( Fields $fields ): array {
		$args = array( 'mode' => $fields->has( 'mode' ) ? self::mode( $fields ) : 'strict' );
		return $args + self::charge( $fields ) + array(
			'duration_ms' => $fields->optional_whole( 'duration_ms', 0, self::MAX_U32 ) ?? 0,
		);
	}

	/**
	 * The fields of a settlement.
	 *
	 * @param Fields $fields The command.
	 * @return array<string, mixed>
	 */
	private static function settle_args( Fields $fields ): array {
		return array( 'hold' => self::hold_id( $fields ) ) + self::use_args( $fields );
	}

	/**
	 * The fields of a reversal or a reinstatement: the share as two numbers of one unit.
	 *
	 * @param Fields          $fields    The command.
	 * @param array{int, int} $otherwise The share where none is named.
	 * @return array<string, mixed>
	 */
	private static function item_args( Fields $fields, array $otherwise ): array {
		$item = $fields->required( 'order_item' );
		if ( $fields->has( 'refunded' ) || $fields->has( 'of' ) ) {
			$otherwise = array( $fields->required_amount( 'refunded' ), $fields->required_amount( 'of' ) );
		}
		[ $refunded, $of ] = $otherwise;
		if ( $refunded > $of || 0 === $of ) {
			$message = 'what is refunded is at most the whole, which is above 0';
			throw new Refusal( 'reversal_invalid', $message, 'refunded' );
		}
		return array(
			'order_item' => $item,
			'refunded'   => $refunded,
			'of'         => $of,
		);
	}

	/**
	 * The fields of an adjustment.
	 *
	 * @param Fields $fields The command.
	 * @return array<string, mixed>
	 */
	private static function adjust_args( Fields $fields ): array {
		$amount    = $fields->required_amount( 'amount' );
		$direction = $fields->required( 'direction' );
		return array(
			'amount'     => $amount,
			'direction'  => $direction,
			'expires_at' => match ( $direction ) {
				'add'   => $fields->optional_instant( 'expires_at' ),
				'take'  => null,
				default => throw self::unknown( 'direction' ),
			},
		);
	}

	/**
	 * How long a subscription is paid for: `months`, `until`, or neither where it is open-ended.
	 *
	 * @param Fields $fields The command.
	 * @return array{months: ?int, until: ?int}
	 */
	private static function term( Fields $fields ): array {
		$open   = $fields->flag( 'open_ended' );
		$months = $fields->optional_whole( 'months', 0, self::MAX_U32 );
		$until  = $fields->optional_instant( 'paid_until' );
		if ( ( null !== $months ) + ( null !== $until ) + $open > 1 ) {
			$message = 'a term is months, paid_until or open_ended: one of them';
			throw new Refusal( 'field_invalid', $message, 'months' );
		}
		return array(
			'months' => $open || null !== $until ? null : $months ?? 1,
			'until'  => $until,
		);
	}

	/**
	 * What work costs: `amount`, or `usage` to be priced.
	 *
	 * @param Fields $fields The command.
	 * @return array{amount: ?int, usage: ?Usage}
	 */
	private static function charge( Fields $fields ): array {
		$usage = $fields->optional_nested( 'usage' );
		if ( $fields->has( 'amount' ) === ( null !== $usage ) ) {
			$message = 'a charge is an amount or a usage, not both';
			throw new Refusal( 'field_invalid', $message, 'amount' );
		}
		return array(
			'amount' => null === $usage ? $fields->amount( 'amount' ) : null,
			'usage'  => null === $usage ? null : self::usage( $usage ),
		);
	}

	/**
	 * What happens when there is not enough.
	 *
	 * @param Fields $fields The command.
	 */
	private static function mode( Fields $fields ): string {
		$mode = $fields->required( 'mode' );
		return 'strict' === $mode || 'record' === $mode ? $mode : throw self::unknown( 'mode' );
	}

	/**
	 * A hold's id. One that can't be an id is answered like one that does not exist.
	 *
	 * @param Fields $fields The command.
	 * @throws Refusal `not_found`.
	 */
	private static function hold_id( Fields $fields ): int {
		$text = $fields->required( 'hold' );
		if ( 1 !== preg_match( '/^0*\d{1,18}$/D', $text ) ) {
			throw new Refusal( 'not_found', 'no such hold', 'hold' );
		}
		return (int) $text;
	}

	/**
	 * A word that the field has not.
	 *
	 * @param string $name The field.
	 */
	private static function unknown( string $name ): Refusal {
		return new Refusal( 'field_invalid', 'not one of the words that this field has', $name );
	}
}
