<?php
/**
 * In which order grants are used.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * The burn order, total and published: lower priority number; earlier expiry, never-expiring last;
 * promotional before paid; earlier effective time; id. It does not depend on the order of input.
 */
final class Burn {
	/** The priority of a grant that names none. */
	public const DEFAULT_PRIORITY = 50;

	/**
	 * Which of two grants burns first: below 0, the first one.
	 *
	 * @param Grant $a A grant.
	 * @param Grant $b Another one.
	 */
	public static function compare( Grant $a, Grant $b ): int {
		return $a->priority <=> $b->priority
			?: ( $a->expires_at ?? PHP_INT_MAX ) <=> ( $b->expires_at ?? PHP_INT_MAX )
			?: ( 'bonus' === $a->kind ? 0 : 1 ) <=> ( 'bonus' === $b->kind ? 0 : 1 )
			?: $a->effective_at <=> $b->effective_at
			?: $a->id <=> $b->id;
	}

	/**
	 * Puts grants in burn order.
	 *
	 * @param Grant[] $grants The grants, by any keys.
	 * @return Grant[] A list.
	 */
	public static function sort( array $grants ): array {
		$grants = array_values( $grants );
		$before = null;
		foreach ( $grants as $grant ) {
			if ( null !== $before && self::compare( $before, $grant ) > 0 ) {
				usort( $grants, self::compare( ... ) );
				break;
			}
			$before = $grant;
		}
		return $grants;
	}
}
