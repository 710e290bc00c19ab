<?php
/**
 * Something that others are told of after the write.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * A row of the outbox. Immutable.
 */
final class Event {
	/**
	 * One event.
	 *
	 * @param string               $kind    `low`, `critical`, `depleted` or `recovered`; `granted`.
	 * @param int                  $seq     The last entry when it happened; the grant's.
	 * @param array<string, mixed> $payload What is told, in wire shape: the balance, or the grant.
	 */
	public function __construct(
		public readonly string $kind,
		public readonly int $seq,
		public readonly array $payload,
	) {}
}
