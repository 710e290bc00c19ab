<?php
/**
 * Whether the sums hold.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

defined( 'ABSPATH' ) || exit;

/**
 * Compares what is kept of each account with what its entries and grants add up to. It reads whole
 * histories, so it is for a check now and then. It repairs nothing: whoever finds a difference has
 * to know where it came from.
 */
final class Audit {
	/** Every figure of an account twice: as it is kept, and as it adds up. */
	private const SQL = 'SELECT * FROM (
		SELECT a.id, a.seq, a.available, a.held, a.available + a.held - a.debt AS posted,
			( SELECT COUNT(*) FROM {entries} e WHERE e.account = a.id ) AS entries,
			( SELECT COALESCE( SUM( e.amount ), 0 ) FROM {entries} e WHERE e.account = a.id ) AS booked,
			( SELECT COALESCE( SUM( e.debt ), 0 ) FROM {entries} e WHERE e.account = a.id ) AS owed,
			( SELECT COALESCE( SUM( g.available ), 0 ) FROM {grants} g WHERE g.account = a.id ) AS free,
			( SELECT COALESCE( SUM( g.held ), 0 ) FROM {grants} g WHERE g.account = a.id ) AS kept,
			( SELECT COUNT(*) FROM {grants} g WHERE g.account = a.id AND g.amount <>
				g.available + g.held + g.consumed + g.reversed + g.expired ) AS odd,
			a.debt
		FROM {accounts} a WHERE a.id > ? ORDER BY a.id LIMIT ? ) AS both_ways';

	/**
	 * Over a database.
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
	 * Some accounts, by id.
	 *
	 * @param int $after Only those with a higher id.
	 * @param int $most  At most so many.
	 * @return array{next: ?int, faults: array<int, string>} Where to go on, and what does not hold.
	 */
	public function check( int $after, int $most ): array {
		$rows   = $this->db->rows( self::SQL, $after, $most );
		$faults = array();
		foreach ( $rows as $row ) {
			$after  = (int) $row['id'];
			$differ = array_keys(
				array_filter(
					array(
						'sequence'        => $row['seq'] !== $row['entries'],
						'posted'          => $row['posted'] !== $row['booked'],
						'debt'            => $row['debt'] !== $row['owed'],
						'available'       => $row['available'] !== $row['free'],
						'held'            => $row['held'] !== $row['kept'],
						'parts of grants' => '0' !== $row['odd'],
					)
				)
			);
			if ( array() !== $differ ) {
				$faults[ $after ] = implode( ', ', $differ );
			}
		}
		return array( 'next' => count( $rows ) === $most ? $after : null, 'faults' => $faults );
	}
}
