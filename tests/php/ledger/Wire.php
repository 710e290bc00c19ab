<?php
/**
 * Entries from their JSON.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Ledger;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Command;
use Nivella\Credits\Ledger\Draw;
use Nivella\Credits\Ledger\Entry;
use Nivella\Credits\Ledger\Fields;
use Nivella\Credits\Ledger\Grant;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Movement;

/** Reads what the ledger itself only writes. */
final class Wire {
	/** @param array<string, mixed> $row An entry of a statement. */
	public static function entry( array $row ): Entry {
		$amount  = static fn( string $name, array $of ): int =>
			Amount::parse_signed( $of[ $name ] ?? '0' );
		$instant = static fn( string $name ): ?int =>
			isset( $row[ $name ] ) ? Instant::parse( $row[ $name ] ) : null;
		$draw    = static fn( array $own ): Draw =>
			new Draw( (int) $own['grant'], $own['from'], $own['to'], $amount( 'amount', $own ) );
		$moved   = $row['movement'] ?? null;
		$names   = array( 'target', 'bonus_target', 'forgiven', 'spared' );
		return new Entry(
			$row['seq'],
			$row['kind'],
			$amount( 'amount', $row ),
			$amount( 'debt', $row ),
			$amount( 'waived', $row ),
			0,
			array_map( $draw, $row['draws'] ?? array() ),
			isset( $row['terms'] ) ? self::grant( (int) $row['grant'], $row['terms'] ) : null,
			isset( $row['hold'] ) ? (int) $row['hold'] : null,
			$instant( 'lapses_at' ),
			isset( $row['usage'] ) ? Command::usage( Fields::of( $row['usage'] ) ) : null,
			$row['rate_version'] ?? null,
			null === $moved ? null : new Movement(
				$moved['order_item'],
				$moved['number'],
				...array_map( static fn( string $name ): int => $amount( $name, $moved ), $names ),
			),
			$row['reference'] ?? null,
			$row['site'] ?? null,
			$row['reason'] ?? null,
			null,
			null,
			$instant( 'occurred_at' ),
			$instant( 'booked_at' ),
			0,
			null,
			$row['digest'],
		);
	}

	/** @param array<string, mixed> $terms As in a statement. */
	private static function grant( int $id, array $terms ): Grant {
		$end = $terms['expires_at'];
		return new Grant(
			$id,
			$terms['kind'],
			$terms['priority'],
			Instant::parse( $terms['effective_at'] ),
			null === $end ? null : Instant::parse( $end ),
			Amount::parse( $terms['amount'] ),
			$terms['order_item'] ?? null,
			$terms['cycle']['subscription'] ?? null,
			$terms['cycle']['index'] ?? null,
			$terms['cycle']['share'] ?? null,
			$terms['cycle']['level'] ?? null,
		);
	}
}
