<?php
/**
 * All entries of the store, for an export.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Instant;

defined( 'ABSPATH' ) || exit;

/** Reads entries account by account, each piece behind the last, at the same cost throughout. */
final class EntryExport {
	/** What each row has, in this order. */
	public const COLUMNS = array(
		...array( 'account', 'seq', 'booked_at', 'occurred_at', 'kind', 'type', 'agent', 'feature' ),
		...array( 'model', 'site', 'amount', 'cost', 'waived', 'debt', 'messages', 'call_ms', 'images' ),
		...array( 'rate_version', 'details', 'reason', 'request_id' ),
	);

	private const SELECT = 'SELECT account, seq, booked_at, occurred_at, kind, type, agent, feature,
		model, list_site AS site, amount, cost, waived, debt, messages, call_ms, images, rate_version,
		list_details AS details, reason, request_id FROM {entries} WHERE ';

	/**
	 * The entries of the site.
	 *
	 * @param Db $db The database.
	 */
	public function __construct( private readonly Db $db ) {}

	/** The current site's. */
	public static function open(): self {
		global $wpdb;
		return new self( new Db( $wpdb ) );
	}

	/**
	 * Rows behind an entry.
	 *
	 * @param int $account Its account.
	 * @param int $seq     Its number.
	 * @param int $most    At most so many.
	 * @return array<int, array<string, string>> Texts by column; none at the end.
	 * @throws Failure Where the database refuses.
	 */
	public function after( int $account, int $seq, int $most ): array {
		$own  = self::SELECT . 'account = ? AND seq > ? ORDER BY seq LIMIT ?';
		$rows = $this->db->rows( $own, $account, $seq, $most );
		if ( count( $rows ) < $most ) {
			$other = self::SELECT . 'account > ? ORDER BY account, seq LIMIT ?';
			$rows  = array( ...$rows, ...$this->db->rows( $other, $account, $most - count( $rows ) ) );
		}
		return array_map( self::texts( ... ), $rows );
	}

	/**
	 * A row in texts.
	 *
	 * @param array<string, ?string> $row As the database has it.
	 * @return array<string, string>
	 */
	private static function texts( array $row ): array {
		foreach ( array( 'amount', 'cost', 'waived', 'debt' ) as $column ) {
			$row[ $column ] = Amount::text( (int) $row[ $column ] );
		}
		foreach ( array( 'booked_at', 'occurred_at' ) as $column ) {
			$row[ $column ] = Instant::text( (int) $row[ $column ] );
		}
		return array_map( 'strval', $row );
	}
}
