<?php
/**
 * What may be stored.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Account;
use Nivella\Credits\Ledger\Entry;
use Nivella\Credits\Ledger\Grant;
use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/**
 * The last look at what is to be stored. WordPress talks to the database in a mode in which a
 * number out of range is cut to the nearest one and a long text to its beginning, without a word;
 * so nothing that the columns could not hold, and no row that breaks its own sums, goes there.
 */
final class Guard {
	/** The most that moves at once: 10^12 credits. */
	private const MAX_MOVEMENT = 1000000000000000000;
	private const MAX_KEY      = 191;
	private const MAX_REASON   = 1024;

	/**
	 * An account's row.
	 *
	 * @param Account $account The row.
	 * @throws Refusal `amount_overflow`.
	 */
	public static function account( Account $account ): void {
		$free = array( $account->available, $account->held, $account->debt );
		if ( min( $free ) < 0 || ( $account->debt > 0 && $account->available > 0 ) ) {
			throw self::overflow();
		}
	}

	/**
	 * A grant's row: its parts are what it was granted.
	 *
	 * @param Grant $grant The row.
	 * @throws Refusal `amount_out_of_range` or `amount_overflow`.
	 */
	public static function grant( Grant $grant ): void {
		$parts = array(
			$grant->available,
			$grant->held,
			$grant->consumed,
			$grant->reversed,
			$grant->expired,
		);
		if ( $grant->amount < 1 || $grant->amount > self::MAX_MOVEMENT ) {
			throw new Refusal( 'amount_out_of_range', 'a grant is at most 10^12 credits', 'amount' );
		}
		// Each part is at most 10^18, so five of them fit.
		if ( min( $parts ) < 0 || max( $parts ) > $grant->amount
			|| array_sum( $parts ) !== $grant->amount ) {
			throw self::overflow();
		}
		self::key( $grant->order_item );
	}

	/**
	 * An entry's row.
	 *
	 * @param Entry $entry The row.
	 * @throws Refusal `amount_out_of_range` or `field_invalid`.
	 */
	public static function entry( Entry $entry ): void {
		foreach ( array( $entry->waived, $entry->cost ) as $amount ) {
			if ( $amount < 0 || $amount > self::MAX_MOVEMENT ) {
				throw new Refusal( 'amount_out_of_range', 'at most 10^12 credits move at once' );
			}
		}
		foreach ( $entry->draws as $draw ) {
			if ( $draw->amount < 1 || $draw->amount > self::MAX_MOVEMENT ) {
				throw new Refusal( 'amount_out_of_range', 'at most 10^12 credits move at once' );
			}
		}
		$keys = array( $entry->reference, $entry->site, $entry->request_id, $entry->movement?->item );
		$keys = array( ...$keys, $entry->usage?->agent, $entry->usage?->feature );
		array_map( self::key( ... ), array( ...$keys, $entry->usage?->model ) );
		self::text( $entry->reason, self::MAX_REASON );
	}

	/**
	 * A key or a reference.
	 *
	 * @param ?string $text The text.
	 * @throws Refusal `field_invalid`.
	 */
	public static function key( ?string $text ): void {
		self::text( $text, self::MAX_KEY );
	}

	/**
	 * A text.
	 *
	 * @param ?string $text The text.
	 * @param int     $most The most bytes that its column holds.
	 */
	private static function text( ?string $text, int $most ): void {
		if ( null !== $text && strlen( $text ) > $most ) {
			throw new Refusal( 'field_invalid', 'a text is longer than it may be' );
		}
	}

	/**
	 * Sums that no account can have.
	 */
	private static function overflow(): Refusal {
		return new Refusal( 'amount_overflow', 'the sums of a row do not hold' );
	}
}
