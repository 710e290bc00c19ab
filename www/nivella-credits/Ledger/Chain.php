<?php
/**
 * Whether an account's entries are the ones that were written.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * Recomputes the digests of all entries, one after the other, as whoever has a statement can too.
 * What a person wrote is no part of them: it can be erased and the chain still holds.
 */
final class Chain {
	private const SLICE = 500;

	/**
	 * The first entry that does not follow from those before it.
	 *
	 * @param Store $store The account's storage, in one snapshot.
	 * @return ?int Its sequence number, or the one where entries are missing; null: all are there.
	 */
	public static function fault( Store $store ): ?int {
		$account = $store->account( false );
		$digest  = Digest::genesis();
		$seq     = 0;
		while ( $seq < $account->seq ) {
			$entries = $store->entries( $seq + 1, self::SLICE );
			foreach ( $entries as $entry ) {
				++$seq;
				$line   = Canonical::line( $digest, $seq, Draft::of( $entry ), $entry->booked_at );
				$digest = Digest::of( $line );
				if ( $seq !== $entry->seq || $digest !== $entry->digest ) {
					return $seq;
				}
			}
			if ( array() === $entries ) {
				return $seq + 1;
			}
		}
		return $digest === $account->digest ? null : $seq;
	}
}
