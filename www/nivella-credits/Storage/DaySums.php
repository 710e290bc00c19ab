<?php
/**
 * What past days used in all.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Pace;

defined( 'ABSPATH' ) || exit;

/**
 * Sums of days for the pace of an account, from the rollups, however long its history is.
 *
 * Few rollups are added up each time, so that work which is reported late counts at once. Where
 * there are many (an agency with many sites and agents) the sums are kept until the next day.
 */
final class DaySums {
	/** So many rollups are added up within a millisecond or so. */
	private const FEW = 1000;

	private const KEPT = 'SELECT used FROM {day_sums} WHERE account = ? AND today = ?';

	private const SUMS = 'SELECT day, SUM( credits ) AS used, COUNT( * ) AS rollups FROM {rollups}
		WHERE account = ? AND day >= ? AND day < ? GROUP BY day';

	private const KEEP = 'INSERT INTO {day_sums} ( account, today, used ) VALUES ?
		ON DUPLICATE KEY UPDATE today = VALUES(today), used = VALUES(used)';

	/**
	 * The sums of the site.
	 *
	 * @param Db $db The database.
	 */
	public function __construct( private readonly Db $db ) {}

	/**
	 * What each past day used that counts for the pace.
	 *
	 * @param int $account The account.
	 * @param int $today   The day that is not over.
	 * @return array<int, int> Micro-credits by days since 1970.
	 */
	public function of( int $account, int $today ): array {
		$kept = $this->db->row( self::KEPT, $account, $today );
		if ( null !== $kept ) {
			return json_decode( (string) $kept['used'], true );
		}
		$rows = $this->db->rows( self::SUMS, $account, $today - Pace::DAYS, $today );
		// A sum that is too large for an integer becomes the largest one.
		$used = array_map( 'intval', array_column( $rows, 'used', 'day' ) );
		if ( array_sum( array_column( $rows, 'rollups' ) ) > self::FEW ) {
			$row = array( $account, $today, json_encode( (object) $used, JSON_THROW_ON_ERROR ) );
			$this->db->transaction( fn() => $this->db->run( self::KEEP, array( $row ) ) );
		}
		return $used;
	}
}
