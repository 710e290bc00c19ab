<?php
/**
 * The accounts of the store, page by page.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

defined( 'ABSPATH' ) || exit;

/**
 * Finds accounts for their owner's screen, however many there are: a page is found by an index and
 * the place of the page before, never by counting rows.
 *
 * The figures are those of the last booking. What time has done since is not in them: who shows
 * them looks at `due_at`.
 */
final class AccountList {
	private const SELECT = 'SELECT a.id, a.user_id, a.available, a.held, a.debt, a.created_at,
		a.last_at, a.due_at, s.plan, s.started_at, s.paid_until FROM {accounts} a';

	private const OWN = ' {subscriptions} s ON s.account = a.id AND s.number = a.subscriptions';

	/** So many of a plan are read and sorted; more are found in the order's own index. */
	private const FEW = 2000;

	/**
	 * The accounts of the site.
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
	 * A page.
	 *
	 * @param AccountQuery $query Which, and in what order.
	 * @param int          $most  At most so many.
	 * @param int          $now   Now, in milliseconds since 1970: what plan an account has.
	 * @return array{rows: array<int, array<string, mixed>>, next: ?string} Amounts in micro-credits;
	 *         the place of the next page.
	 * @throws Failure Where the database refuses.
	 */
	public function page( AccountQuery $query, int $most, int $now ): array {
		[ $where, $values ] = $this->condition( $query, $now );
		$direction          = $query->rising ? '' : ' DESC';
		$order              = "ORDER BY a.$query->order$direction, a.id$direction";
		$values[]           = $most + 1;

		$sql   = self::SELECT . $this->way( $query ) . " WHERE $where $order LIMIT ?";
		$found = $this->db->rows( $sql, ...$values );
		$shown = array_slice( $found, 0, $most );
		return array(
			'rows' => array_map( static fn( array $row ): array => self::row( $row, $now ), $shown ),
			'next' => count( $found ) > $most ? $query->place( end( $shown ) ) : null,
		);
	}

	/**
	 * Which of some users have an account.
	 *
	 * @param int[] $users At least one.
	 * @return int[]
	 * @throws Failure Where the database refuses.
	 */
	public function users( array $users ): array {
		$sql  = 'SELECT user_id FROM {accounts} WHERE user_id IN ?';
		$rows = array() === $users ? array() : $this->db->rows( $sql, $users );
		return array_map( 'intval', array_column( $rows, 'user_id' ) );
	}

	/**
	 * How many accounts have a plan now, by its key.
	 *
	 * @param int $now Now, in milliseconds since 1970.
	 * @return array<string, int>
	 * @throws Failure Where the database refuses.
	 */
	public function plans( int $now ): array {
		$rows = $this->db->rows(
			'SELECT s.plan, COUNT(*) AS accounts FROM {subscriptions} s JOIN {accounts} a
			ON a.id = s.account AND a.subscriptions = s.number
			WHERE s.paid_until IS NULL OR s.paid_until > ? GROUP BY s.plan',
			$now
		);
		return array_map( 'intval', array_column( $rows, 'accounts', 'plan' ) );
	}

	/**
	 * How the rows are found.
	 *
	 * @param AccountQuery $query Which.
	 */
	private function way( AccountQuery $query ): string {
		$index = 'id' === $query->order ? 'PRIMARY' : $query->order;
		if ( null !== $query->users ) {
			return ' FORCE INDEX (user_id) LEFT JOIN' . self::OWN;
		}
		if ( null === $query->plan ) {
			$index = $query->debt && $this->is_rare( 'accounts', 'debt > 0' ) ? 'debt' : $index;
			return " FORCE INDEX ($index) LEFT JOIN" . self::OWN;
		}
		// Whoever has a plan is found by the plan, or in the list's order, whichever reads less.
		return $this->is_rare( 'subscriptions', 'plan = ?', $query->plan )
			? ' JOIN' . str_replace( ' s ON', ' s FORCE INDEX (plan) ON', self::OWN )
			: " FORCE INDEX ($index) STRAIGHT_JOIN" . self::OWN;
	}

	/**
	 * Whether few rows fit.
	 *
	 * @param string $table     The table.
	 * @param string $condition Which rows.
	 * @param mixed  ...$values The condition's values.
	 */
	private function is_rare( string $table, string $condition, mixed ...$values ): bool {
		$some = "SELECT 1 FROM {{$table}} WHERE $condition LIMIT " . self::FEW;
		$row  = $this->db->row( "SELECT COUNT(*) AS found FROM ( $some ) some", ...$values );
		return (int) ( $row['found'] ?? 0 ) < self::FEW;
	}

	/**
	 * The condition, and its values.
	 *
	 * @param AccountQuery $query Which.
	 * @param int          $now   Now.
	 * @return array{string, array<int, mixed>}
	 */
	private function condition( AccountQuery $query, int $now ): array {
		$where  = array( '1' );
		$values = array();
		if ( null !== $query->users ) {
			$where[]  = 'a.user_id IN ?';
			$values[] = array() === $query->users ? array( 0 ) : $query->users;
		}
		if ( $query->debt ) {
			$where[] = 'a.debt > 0';
		}
		if ( null !== $query->plan ) {
			$where[] = 's.plan = ? AND ( s.paid_until IS NULL OR s.paid_until > ? )';
			array_push( $values, $query->plan, $now );
		}
		if ( null !== $query->behind ) {
			[ $more, $own ] = self::behind( $query );
			$where[]        = $more;
			array_push( $values, ...$own );
		}
		return array( implode( ' AND ', $where ), $values );
	}

	/**
	 * What is behind a place. Accounts without any entry have no time of it: they count as earliest.
	 *
	 * @param AccountQuery $query The order and the place.
	 * @return array{string, int[]}
	 */
	private static function behind( AccountQuery $query ): array {
		[ $value, $id ] = $query->behind;
		$column         = "a.$query->order";
		$than           = $query->rising ? '>' : '<';
		if ( 'id' === $query->order ) {
			return array( "a.id $than ?", array( $id ) );
		}
		if ( null === $value ) {
			$own = "( $column IS NULL AND a.id $than ? )";
			return array( $query->rising ? "( $own OR $column IS NOT NULL )" : $own, array( $id ) );
		}
		$further = "( $column $than= ? AND ( $column $than ? OR a.id $than ? ) )";
		$nothing = 'last_at' === $query->order && ! $query->rising;
		$where   = $nothing ? "( $further OR $column IS NULL )" : $further;
		return array( $where, array( $value, $value, $id ) );
	}

	/**
	 * A row.
	 *
	 * @param array<string, ?string> $row As the database has it.
	 * @param int                    $now Now.
	 * @return array<string, mixed>
	 */
	private static function row( array $row, int $now ): array {
		$number = static fn( string $name ): ?int => null === $row[ $name ] ? null : (int) $row[ $name ];
		$until  = $number( 'paid_until' );
		$runs   = null !== $row['plan'] && (int) $row['started_at'] <= $now
			&& ( null === $until || $until > $now );
		return array(
			'id'         => (int) $row['id'],
			'user_id'    => $number( 'user_id' ),
			// As the ledger has it: while there is debt, nothing is available.
			'available'  => '0' === $row['debt'] ? (int) $row['available'] : 0,
			'held'       => (int) $row['held'],
			'debt'       => (int) $row['debt'],
			'created_at' => (int) $row['created_at'],
			'last_at'    => $number( 'last_at' ),
			'due_at'     => $number( 'due_at' ),
			'plan'       => $runs ? $row['plan'] : null,
		);
	}
}
