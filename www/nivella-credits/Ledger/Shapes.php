<?php
/**
 * Entries and holds as they are answered.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * What an answer shows of an entry. Fields that say nothing (no debt, no hold) are left out.
 */
final class Shapes {
	/**
	 * An entry.
	 *
	 * @param Entry $entry The entry.
	 * @return array<string, mixed>
	 */
	public static function entry( Entry $entry ): array {
		$shape = array(
			'seq'    => $entry->seq,
			'kind'   => $entry->kind,
			'amount' => Amount::text( $entry->amount ),
		);
		if ( 0 !== $entry->debt ) {
			$shape['debt'] = Amount::text( $entry->debt );
		}
		if ( 0 !== $entry->waived ) {
			$shape['waived'] = Amount::text( $entry->waived );
		}
		if ( array() !== $entry->draws ) {
			$shape['draws'] = array_map( self::draw( ... ), $entry->draws );
		}
		$more = array(
			'grant'        => null === $entry->grant ? null : (string) $entry->grant->id,
			'hold'         => null === $entry->hold ? null : (string) $entry->hold,
			'lapses_at'    => null === $entry->lapses_at ? null : Instant::text( $entry->lapses_at ),
			'usage'        => null === $entry->usage ? null : self::usage( $entry->usage ),
			'rate_version' => $entry->rate_version,
			'movement'     => null === $entry->movement ? null : self::movement( $entry->movement ),
			'reference'    => $entry->reference,
			'site'         => $entry->site,
			'reason'       => $entry->reason,
			'request_id'   => $entry->request_id,
			'request_hash' => $entry->request_hash,
		);
		foreach ( $more as $name => $value ) {
			if ( null !== $value ) {
				$shape[ $name ] = $value;
			}
		}
		$shape['occurred_at'] = Instant::text( $entry->occurred_at );
		$shape['booked_at']   = Instant::text( $entry->booked_at );
		return $shape;
	}

	/**
	 * What the caller keeps of a hold; null for an entry that opens none.
	 *
	 * @param Entry $entry The entry.
	 * @return ?array{id: string, amount: string, lapses_at: string}
	 */
	public static function ticket( Entry $entry ): ?array {
		if ( 'hold' !== $entry->kind ) {
			return null;
		}
		$amounts = array_map( static fn( Draw $draw ): int => $draw->amount, $entry->draws );
		return array(
			'id'        => (string) $entry->hold,
			'amount'    => Amount::text( array_sum( $amounts ) ),
			'lapses_at' => Instant::text( $entry->lapses_at ),
		);
	}

	/**
	 * What a grant is, without its id.
	 *
	 * @param Grant $grant The grant.
	 * @return array<string, mixed>
	 */
	public static function terms( Grant $grant ): array {
		$terms = array(
			'kind'         => $grant->kind,
			'priority'     => $grant->priority,
			'effective_at' => Instant::text( $grant->effective_at ),
			'expires_at'   => null === $grant->expires_at ? null : Instant::text( $grant->expires_at ),
			'amount'       => Amount::text( $grant->amount ),
		);
		if ( null !== $grant->order_item ) {
			$terms['order_item'] = $grant->order_item;
		} elseif ( null !== $grant->subscription ) {
			$level          = null === $grant->level ? array() : array( 'level' => $grant->level );
			$terms['cycle'] = array(
				'subscription' => $grant->subscription,
				'index'        => $grant->cycle,
				'share'        => $grant->share,
			) + $level;
		}
		return $terms;
	}

	/**
	 * The five parts of a grant.
	 *
	 * @param Grant $grant The grant.
	 * @return array<string, string>
	 */
	public static function parts( Grant $grant ): array {
		return array(
			'available' => Amount::text( $grant->available ),
			'held'      => Amount::text( $grant->held ),
			'consumed'  => Amount::text( $grant->consumed ),
			'reversed'  => Amount::text( $grant->reversed ),
			'expired'   => Amount::text( $grant->expired ),
		);
	}

	/**
	 * What was measured.
	 *
	 * @param Usage $usage What was measured.
	 * @return array<string, string|int>
	 */
	public static function usage( Usage $usage ): array {
		$shape = array( 'feature' => $usage->feature );
		if ( '' !== $usage->agent ) {
			$shape['agent'] = $usage->agent;
		}
		if ( null !== $usage->model ) {
			$shape['model'] = $usage->model;
		}
		foreach ( array( 'messages', 'call_ms', 'input_tokens', 'output_tokens', 'images' ) as $name ) {
			if ( $usage->$name > 0 ) {
				$shape[ $name ] = $usage->$name;
			}
		}
		return $shape;
	}

	/**
	 * Credits that moved from one part of a grant to another.
	 *
	 * @param Draw $draw The draw.
	 * @return array<string, string>
	 */
	private static function draw( Draw $draw ): array {
		return array(
			'grant'  => (string) $draw->grant,
			'from'   => $draw->from,
			'to'     => $draw->to,
			'amount' => Amount::text( $draw->amount ),
		);
	}

	/**
	 * A step of an order item.
	 *
	 * @param Movement $movement The movement.
	 * @return array<string, string|int>
	 */
	private static function movement( Movement $movement ): array {
		$shape = array(
			'order_item'   => $movement->item,
			'number'       => $movement->number,
			'target'       => Amount::text( $movement->target ),
			'bonus_target' => Amount::text( $movement->bonus_target ),
		);
		if ( 0 !== $movement->forgiven ) {
			$shape['forgiven'] = Amount::text( $movement->forgiven );
		}
		if ( 0 !== $movement->spared ) {
			$shape['spared'] = Amount::text( $movement->spared );
		}
		return $shape;
	}
}
