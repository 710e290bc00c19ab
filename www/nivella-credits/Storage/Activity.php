<?php
/**
 * The activity of an account.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Civil;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/**
 * Entries and sums as a customer may see them: business units and keys, never what a model counted.
 * Pages are found by sequence number, so the thousandth costs what the first does.
 */
final class Activity {
	/** The most sums in one answer: as many as memory has room for. Nothing is left out silently. */
	public const MOST_SUMS = 50000;
	/** A key that no site has: keys have no control characters. */
	private const NO_SITE = "\x01";
	/** So many entries are looked through for one page; a filter that leaves few has short pages. */
	private const SLICE = 5000;

	private const SELECT = 'SELECT seq, kind, type, occurred_at, booked_at, agent, feature, model,
		list_site, list_details, reason, amount, cost, waived, messages, call_ms, images, rate_version,
		request_id FROM {entries} WHERE account = ?';

	/** The first and the last entry of some days, by one look into the index for each of them. */
	private const ENDS = 'SELECT MIN( d.first ) AS first, MAX( d.last ) AS last FROM ( SELECT day,
		MIN( seq ) AS first, MAX( seq ) AS last FROM {entries} WHERE account = ? AND day >= ?
		AND day <= ? GROUP BY day ) d';

	private const SEARCH = " AND ( LOCATE( ?, LOWER( CONVERT( CONCAT_WS( '\\n', seq, list_details,
		list_site ) USING utf8mb4 ) ) COLLATE utf8mb4_bin ) > 0 OR list_site IN ? )";

	private const DAYS = 'SELECT day, site, agent, feature, model, type, uses, failed, credits, waived,
		messages, call_ms, images FROM {rollups} WHERE account = ? AND day >= ? AND day <= ?
		ORDER BY day, site, agent, feature, model, type LIMIT ?';

	/**
	 * The activity of one account, within a snapshot.
	 *
	 * @param Db                    $db        The database.
	 * @param int                   $account   The account's id.
	 * @param array<string, string> $companies The companies of sites, by the sites' keys.
	 */
	private function __construct(
		private readonly Db $db,
		private readonly int $account,
		private readonly array $companies,
	) {}

	/**
	 * The activity of one account of the current site.
	 *
	 * @param Db  $db      The database.
	 * @param int $account The account's id.
	 */
	public static function of( Db $db, int $account ): self {
		return new self( $db, $account, Configuration::companies() );
	}

	/**
	 * A page, newest first.
	 *
	 * @param Filter $filter What to see.
	 * @return array{rows: array, next: ?int}
	 */
	public function page( Filter $filter ): array {
		[ $first, $before ] = $this->ends( $filter );
		if ( $before <= $first ) {
			return array( 'rows' => array(), 'next' => null );
		}
		$floor = $filter->is_open() ? $first : max( $first, $before - self::SLICE );
		$found = $this->find( $filter, $floor, $before );
		$rows  = array_map( $this->row( ... ), $found );
		$next  = count( $rows ) === $filter->limit ? (int) end( $found )['seq'] : $floor;
		return array( 'rows' => $rows, 'next' => $next > $first ? $next : null );
	}

	/**
	 * One entry's row; null for an unknown one.
	 *
	 * @param int $seq Its sequence number.
	 * @return ?array<string, mixed>
	 */
	public function entry( int $seq ): ?array {
		$row = $this->db->row( self::SELECT . ' AND seq = ?', $this->account, $seq );
		return null === $row ? null : $this->row( $row );
	}

	/**
	 * The sums of days.
	 *
	 * @param Filter $filter Which days.
	 * @return array<int, array<string, mixed>>
	 * @throws Refusal `period_invalid` for more than an answer has; `to` in its details is the last
	 *                 day up to which one has all of them.
	 */
	public function days( Filter $filter ): array {
		[ $from, $to ] = self::range( $filter );
		$most          = self::MOST_SUMS + 1;
		$rows          = $this->db->rows( self::DAYS, $this->account, $from, $to, $most );
		if ( count( $rows ) > self::MOST_SUMS ) {
			$fits    = Civil::text( (int) end( $rows )['day'] - 1 );
			$message = "too many sums for one answer: ask for days up to $fits, then for the others";
			throw new Refusal( 'period_invalid', $message, 'to', array( 'to' => $fits ) );
		}
		return array_map( $this->sum( ... ), $rows );
	}

	/**
	 * The first entry that may fit, and the one behind the last.
	 *
	 * @param Filter $filter What to see.
	 * @return array{int, int}
	 */
	private function ends( Filter $filter ): array {
		if ( null === $filter->from && null === $filter->to ) {
			$sql  = 'SELECT seq FROM {accounts} WHERE id = ?';
			$last = (int) ( $this->db->row( $sql, $this->account )['seq'] ?? 0 );
			return array( 1, min( $filter->before, $last + 1 ) );
		}
		$ends = $this->db->row( self::ENDS, $this->account, ...self::range( $filter ) );
		$last = (int) ( $ends['last'] ?? 0 );
		return array( (int) ( $ends['first'] ?? 1 ), min( $filter->before, $last + 1 ) );
	}

	/**
	 * The days of a filter.
	 *
	 * @param Filter $filter What to see.
	 * @return array{int, int}
	 */
	private static function range( Filter $filter ): array {
		return array( $filter->from ?? PHP_INT_MIN, $filter->to ?? PHP_INT_MAX );
	}

	/**
	 * Rows that fit, newest first.
	 *
	 * @param Filter $filter What to see.
	 * @param int    $first  The first entry that is looked at.
	 * @param int    $before The one behind the last.
	 * @return array<int, array<string, ?string>>
	 */
	private function find( Filter $filter, int $first, int $before ): array {
		$sql    = self::SELECT . ' AND seq >= ? AND seq < ?';
		$values = array( $this->account, $first, $before );
		if ( null !== $filter->from || null !== $filter->to ) {
			// The index of days would find them in another order.
			$sql   .= ' AND day + 0 >= ? AND day + 0 <= ?';
			$values = array( ...$values, ...self::range( $filter ) );
		}
		foreach ( $filter->keys as $key => $value ) {
			if ( 'company' === $key ) {
				$sql     .= ' AND list_site' . ( '' === $value ? ' NOT' : '' ) . ' IN ?';
				$values[] = $this->sites( static fn( string $of ): bool => '' === $value || $of === $value );
				continue;
			}
			$column   = 'site' === $key ? 'list_site' : $key;
			$sql     .= " AND $column = ?";
			$values[] = $value;
		}
		if ( '' !== $filter->search && Sqlite::is_here() ) {
			return $this->search( $this->db->rows( $sql . ' ORDER BY seq DESC', ...$values ), $filter );
		}
		if ( '' !== $filter->search ) {
			$sql     .= self::SEARCH;
			$values[] = $filter->search;
			$values[] = $this->sites(
				static fn( string $of ): bool =>
					str_contains( mb_strtolower( $of, 'UTF-8' ), $filter->search )
			);
		}
		$values[] = $filter->limit;
		return $this->db->rows( $sql . ' ORDER BY seq DESC LIMIT ?', ...$values );
	}

	/**
	 * What SEARCH would find: SQLite knows the cases of no letters but ASCII's.
	 *
	 * @param array<int, array<string, ?string>> $rows   Rows, newest first.
	 * @param Filter                             $filter What to see.
	 * @return array<int, array<string, ?string>>
	 */
	private function search( array $rows, Filter $filter ): array {
		$fits = function ( array $row ) use ( $filter ): bool {
			$site = $row['list_site'];
			$own  = array( $row['seq'], $row['list_details'], $site, $this->companies[ $site ] ?? '' );
			$text = implode( "\n", $own );
			return str_contains( mb_strtolower( $text, 'UTF-8' ), $filter->search );
		};
		return array_slice( array_filter( $rows, $fits ), 0, $filter->limit );
	}

	/**
	 * The keys of sites by their companies; never an empty list, which no statement takes.
	 *
	 * @param callable(string): bool $fits Whether a company does.
	 * @return string[]
	 */
	private function sites( callable $fits ): array {
		$keys = array_keys( array_filter( $this->companies, $fits ) );
		return array( self::NO_SITE, ...array_map( 'strval', $keys ) );
	}

	/**
	 * A row as a reader is shown it.
	 *
	 * @param array<string, ?string> $row The row.
	 * @return array<string, mixed>
	 */
	private function row( array $row ): array {
		return array(
			'seq'          => (int) $row['seq'],
			'kind'         => $row['kind'],
			'type'         => $row['type'],
			'occurred_at'  => Instant::text( (int) $row['occurred_at'] ),
			'booked_at'    => Instant::text( (int) $row['booked_at'] ),
			'agent'        => $row['agent'],
			'feature'      => $row['feature'],
			'model'        => $row['model'],
			'site'         => $row['list_site'],
			'company'      => $this->companies[ $row['list_site'] ] ?? '',
			'details'      => $row['list_details'],
			'reason'       => $row['reason'] ?? '',
			'amount'       => Amount::text( (int) $row['amount'] ),
			'credits'      => Amount::text( (int) $row['cost'] ),
			'waived'       => Amount::text( (int) $row['waived'] ),
			'messages'     => (int) $row['messages'],
			'call_ms'      => (int) $row['call_ms'],
			'images'       => (int) $row['images'],
			'rate_version' => null === $row['rate_version'] ? null : (int) $row['rate_version'],
			'request_id'   => $row['request_id'] ?? '',
		);
	}

	/**
	 * A day's sum as a reader is shown it.
	 *
	 * @param array<string, ?string> $row The row.
	 * @return array<string, mixed>
	 */
	private function sum( array $row ): array {
		return array(
			'day'      => Civil::text( (int) $row['day'] ),
			'agent'    => $row['agent'],
			'feature'  => $row['feature'],
			'model'    => $row['model'],
			'type'     => $row['type'],
			'site'     => $row['site'],
			'company'  => $this->companies[ $row['site'] ] ?? '',
			'credits'  => Amount::text( (int) $row['credits'] ),
			'waived'   => Amount::text( (int) $row['waived'] ),
			'uses'     => (int) $row['uses'],
			'failed'   => (int) $row['failed'],
			'messages' => (int) $row['messages'],
			'call_ms'  => (int) $row['call_ms'],
			'images'   => (int) $row['images'],
		);
	}
}
