<?php
/**
 * Which accounts an owner wants to see.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

defined( 'ABSPATH' ) || exit;

/** A filter, an order and a place in it. Immutable. */
final class AccountQuery {
	/** What they can be ordered by. */
	public const ORDERS = array( 'last_at', 'available', 'debt', 'id' );

	/**
	 * One query.
	 *
	 * @param string            $order  One of ORDERS.
	 * @param bool              $rising The smallest first.
	 * @param ?int[]            $users  Only accounts of these users; null: all.
	 * @param ?string           $plan   Only those that have this plan now.
	 * @param bool              $debt   Only those that owe.
	 * @param ?array{?int, int} $behind Only behind this place: the value that they are ordered by,
	 *                                  and the account; null: from the beginning.
	 */
	public function __construct(
		public readonly string $order = 'last_at',
		public readonly bool $rising = false,
		public readonly ?array $users = null,
		public readonly ?string $plan = null,
		public readonly bool $debt = false,
		public readonly ?array $behind = null,
	) {}

	/**
	 * A place as a text for an address.
	 *
	 * @param array<string, ?string> $row The row that it is behind, as the database has it.
	 */
	public function place( array $row ): string {
		return ( $row[ $this->order ] ?? 'none' ) . '-' . $row['id'];
	}

	/**
	 * The same behind another place.
	 *
	 * @param string $place As place() gave it; one that is none begins anew.
	 */
	public function behind( string $place ): self {
		if ( 1 !== preg_match( '/^(none|\d{1,18})-(\d{1,18})$/D', $place, $found ) ) {
			return $this;
		}
		$value = 'none' === $found[1] ? null : (int) $found[1];
		$all   = array( 'behind' => array( $value, (int) $found[2] ) ) + get_object_vars( $this );
		return new self( ...$all );
	}
}
