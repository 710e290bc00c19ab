<?php
/**
 * A statement that the database did not do.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/**
 * A failed statement: the database's number and words for it. Never shown to a customer.
 */
final class Failure extends \RuntimeException {
	/** A row with this unique key is there already. */
	public const DUPLICATE = 1062;

	/** What is for a transaction's beginning was sent within one. */
	public const INSIDE = 1568;

	/** Somebody else has a lock, and keeps it longer than one waits. */
	public const BUSY = 1205;

	/** A statement that had to change one row changed another number of them: see Db. */
	public const NOT_ONE = 1298;

	/** A row was changed since it was read. */
	public const CHANGED = 1020;

	/**
	 * What may pass when the whole transaction is done again: deadlock, lock wait, certification, a
	 * node that is not ready, a lost connection, a row that was changed since the snapshot.
	 */
	private const PASSING = array( 1213, 1205, 1047, 1180, 2006, 2013, 1020, 2002 );

	/** Numbers that mean that the connection is gone. */
	private const LOST = array( 2006, 2013, 2002 );

	/**
	 * One failure.
	 *
	 * @param int    $number The database's number of it; 0 where it told none.
	 * @param string $words  What the database said.
	 */
	public function __construct( public readonly int $number, string $words ) {
		parent::__construct( "database error $number: $words" );
	}

	/**
	 * Whether it may pass when it is tried again.
	 */
	public function may_pass(): bool {
		return in_array( $this->number, self::PASSING, true );
	}

	/**
	 * Whether the connection is gone.
	 */
	public function is_lost(): bool {
		return in_array( $this->number, self::LOST, true );
	}

	/**
	 * Whether a row with this unique key is there already.
	 *
	 * @param string $key The key's name.
	 */
	public function is_duplicate( string $key ): bool {
		$name = preg_quote( $key, '/' );
		return self::DUPLICATE === $this->number
			&& 1 === preg_match( "/for key '(?:[^']*\.)?$name'/", $this->getMessage() );
	}

	/**
	 * What a caller is told: to come again, or that the store cannot keep its ledger.
	 */
	public function refusal(): Refusal {
		$details = array( 'database_error' => (string) $this->number );
		return $this->may_pass()
			? new Refusal(
				'store_unreachable',
				'the database is busy; the same request may be sent again',
				null,
				$details + array( 'retry_after' => '1' ),
			)
			: new Refusal( 'storage_unavailable', 'the database refused a statement', null, $details );
	}
}
