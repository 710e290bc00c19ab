<?php
/**
 * What a person wrote into the ledger.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Hold;
use Nivella\Credits\Ledger\Instant;

defined( 'ABSPATH' ) || exit;

/**
 * The entries of an account as its customer may have them, and the texts in them that may tell of a
 * person. These are no part of the proof: without them it still holds.
 */
final class Personal {
	private const READ = 'SELECT seq, kind, amount, booked_at, agent, feature, list_site,
		list_details, reference, reason FROM {entries} WHERE account = ? AND seq > ?
		ORDER BY seq LIMIT ?';

	/** What names an order or a plan stays: it is the reference of what was paid. */
	private const FORGET = "UPDATE {entries} SET reason = NULL, list_details = '', reference =
		CASE WHEN kind IN ( 'use', 'hold', 'settle', 'release', 'lapse' ) THEN NULL ELSE reference END
		WHERE account = ? AND seq > ? AND seq <= ? AND ( reason IS NOT NULL OR list_details <> ''
		OR ( reference IS NOT NULL AND kind IN ( 'use', 'hold', 'settle', 'release', 'lapse' ) ) )";

	private const FORGET_HOLDS = 'UPDATE {holds} SET reference = NULL
		WHERE account = ? AND state <> ? AND reference IS NOT NULL';

	/**
	 * Of one account.
	 *
	 * @param Db  $db      The database.
	 * @param int $account The account.
	 */
	public function __construct( private readonly Db $db, private readonly int $account ) {}

	/**
	 * Entries, oldest first.
	 *
	 * @param int $after Only those behind this one.
	 * @param int $most  At most so many.
	 * @return array<int, array<string, string>> By sequence number: what is known of each.
	 */
	public function entries( int $after, int $most ): array {
		$rows = array();
		foreach ( $this->db->rows( self::READ, $this->account, $after, $most ) as $row ) {
			$own     = array(
				'booked_at' => Instant::text( (int) $row['booked_at'] ),
				'amount'    => Amount::text( (int) $row['amount'] ),
			) + $row;
			$is_said = static fn( $text ): bool => '' !== (string) $text;

			$rows[ (int) $row['seq'] ] = array_filter( $own, $is_said );
		}
		return $rows;
	}

	/**
	 * Forgets the texts of some entries.
	 *
	 * @param int $after Of those behind this one.
	 * @param int $most  At most of so many.
	 * @return array{int, ?int} How many were changed; where to go on, null where that was all.
	 */
	public function forget( int $after, int $most ): array {
		return $this->db->transaction(
			function () use ( $after, $most ): array {
				$seq  = ( new SqlStore( $this->db, $this->account ) )->account( true )->seq;
				$end  = min( $seq, $after + $most );
				$done = $this->db->run( self::FORGET, $this->account, $after, $end );
				$this->db->run( self::FORGET_HOLDS, $this->account, Hold::OPEN );
				return array( $done, $end < $seq ? $end : null );
			}
		);
	}
}
