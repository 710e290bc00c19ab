<?php
/**
 * What past days used in all.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Json;
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

	/** What is kept of today, in one row without a day; else the sums. */
	private const SUMS = 'SELECT NULL AS day, used, 0 AS rollups FROM {day_sums}
		WHERE account = ? AND today = ?
		UNION ALL SELECT day, SUM( credits ), COUNT( * ) FROM {rollups}
		WHERE account = ? AND day >= ? AND day < ? AND NOT EXISTS
			( SELECT 1 FROM {day_sums} WHERE account = ? AND today = ? )
		GROUP BY day';

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
		$kept = array( $account, $today );
		$past = array( $account, $today - Pace::DAYS, $today );
		$rows = $this->db->rows( self::SUMS, ...$kept, ...$past, ...$kept );
		if ( array() !== $rows && null === $rows[0]['day'] ) {
			return json_decode( (string) $rows[0]['used'], true );
		}
		// A sum that is too large for an integer becomes the largest one.
		$used = array_map( 'intval', array_column( $rows, 'used', 'day' ) );
		if ( array_sum( array_column( $rows, 'rollups' ) ) > self::FEW ) {
			$row = array( $account, $today, Json::text( (object) $used ) );
			$this->db->transaction( fn() => $this->db->run( self::KEEP, array( $row ) ) );
		}
		return $used;
	}
}
