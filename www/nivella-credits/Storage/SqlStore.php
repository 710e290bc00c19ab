<?php
/**
 * The ledger's store in SQL.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Account;
use Nivella\Credits\Ledger\Changes;
use Nivella\Credits\Ledger\Event;
use Nivella\Credits\Ledger\Hold;
use Nivella\Credits\Ledger\Json;
use Nivella\Credits\Ledger\Known;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Ledger\Store;

defined( 'ABSPATH' ) || exit;

/**
 * One account's rows, within a transaction that Db has opened.
 *
 * The account's row is the one lock: nobody writes anything of the account without it. What is read
 * behind it needs none, because a snapshot begins with the first read that does not lock, and so it
 * holds what was committed last. For that nothing before the lock may be such a read.
 */
final class SqlStore implements Store {
	private const LOCK = ' FOR UPDATE';

	private const CLAIM = 'INSERT IGNORE' . self::OF_REQUESTS;

	/** Fails where one of them is there, so that what is sent behind it is not done. */
	private const CLAIM_NEW = 'INSERT' . self::OF_REQUESTS;

	private const OF_REQUESTS = ' INTO {requests}
		( account, request_id, hash, first_seq, booked ) VALUES ?';

	private const KNOWN = 'SELECT request_id, HEX(hash) AS hash, first_seq, booked FROM {requests}
		WHERE account = ? AND booked > 0 AND request_id IN ? LOCK IN SHARE MODE';

	private const BOOKED = 'INSERT INTO {requests}
		( account, request_id, hash, first_seq, booked ) VALUES ?
		ON DUPLICATE KEY UPDATE first_seq = VALUES(first_seq), booked = VALUES(booked)';

	private const BOOKED_ONE = 'UPDATE {requests} SET first_seq = ?, booked = ?
		WHERE account = ? AND request_id = ?';

	private const EVENT = 'INSERT INTO {outbox} ( account, seq, kind, payload, created_at, tries )
		VALUES ?';

	/**
	 * The account's row as it was read.
	 *
	 * @var ?Account
	 */
	private ?Account $before = null;

	/**
	 * What was read together with the account's lock: its row, and its live grants.
	 *
	 * @var array<int, ?array<int, array<string, ?string>>>
	 */
	private array $read = array( null, null );

	/**
	 * The store of one account.
	 *
	 * @param Db  $db      The database.
	 * @param int $account The account's id.
	 */
	public function __construct(
		private readonly Db $db,
		private readonly int $account,
	) {}

	/**
	 * Claims request ids, before anything is locked: see Store. Another one who claims them waits.
	 */
	public function claim( array $hashes ): array {
		// Two batches with the same ids wait for each other in one order.
		ksort( $hashes, SORT_STRING );
		$rows = array();
		foreach ( $hashes as $id => $hash ) {
			$rows[] = array( $this->account, (string) $id, new Hex( $hash ), 0, 0 );
		}
		if ( $this->claim_and_lock( $rows ) || $this->db->run( self::CLAIM, $rows ) === count( $rows ) ) {
			return array();
		}
		$known = array();
		$ids   = array_map( 'strval', array_keys( $hashes ) );
		foreach ( $this->db->rows( self::KNOWN, $this->account, $ids ) as $row ) {
			$known[ $row['request_id'] ] = new Known(
				strtolower( (string) $row['hash'] ),
				(int) $row['first_seq'],
				(int) $row['booked'],
			);
		}
		return $known;
	}

	/**
	 * The account's row, locked or not; with it comes what is looked at next.
	 */
	public function account( bool $lock ): Account {
		if ( null === $this->read[0] ) {
			$start      = array_slice( $this->start( $lock ), 0, $this->db->is_joined() ? 2 : 1 );
			$this->read = $this->db->together( $start );
		}
		$row           = $this->read[0][0] ?? null;
		$this->read[0] = null;
		$row ?? throw new Refusal( 'not_found', 'no such account' );
		$own = '0' === $row['subscriptions']
			? null
			: $this->db->row( AccountRows::SUBSCRIPTION, $this->account, (int) $row['subscriptions'] );

		$this->before = AccountRows::read( $row, $own );
		return $this->before;
	}

	/**
	 * The account's row as it was read last; null before that.
	 */
	public function known(): ?Account {
		return $this->before;
	}

	/**
	 * Every grant with something available or held.
	 */
	public function live_grants(): array {
		$rows          = $this->read[1] ?? $this->db->rows( GrantRows::LIVE, $this->account );
		$this->read[1] = null;
		return array_map( GrantRows::read( ... ), $rows );
	}

	/**
	 * Grants by id.
	 */
	public function grants( array $ids ): array {
		return array() === $ids
			? array()
			: $this->find_grants( GrantRows::SELECT . ' AND id IN ?', array_values( $ids ) );
	}

	/**
	 * The grants of an order item on this account.
	 */
	public function grants_of_item( string $order_item ): array {
		return $this->find_grants( GrantRows::SELECT . ' AND order_item = ?', $order_item );
	}

	/**
	 * Order items of this account by id.
	 */
	public function items( array $ids ): array {
		if ( array() === $ids ) {
			return array();
		}
		$sql  = ItemRows::SELECT . ' AND id IN ?';
		$rows = $this->db->rows( $sql, $this->account, array_values( $ids ) );
		return array_map( ItemRows::read( ... ), $rows );
	}

	/**
	 * Every open hold, with its draws.
	 */
	public function open_holds(): array {
		$sql = HoldRows::SELECT . ' AND state = ?';
		return array_map( HoldRows::read( ... ), $this->db->rows( $sql, $this->account, Hold::OPEN ) );
	}

	/**
	 * A hold in whatever state.
	 */
	public function hold( int $id ): ?Hold {
		$row = $this->db->row( HoldRows::SELECT . ' AND id = ?', $this->account, $id );
		return null === $row ? null : HoldRows::read( $row );
	}

	/**
	 * Entries that follow each other, with draws and booked grants.
	 */
	public function entries( int $first, int $count ): array {
		$end  = $first + $count;
		$rows = $this->db->rows( EntryRows::SELECT, $this->account, $first, $end );
		if ( array() === $rows ) {
			return array();
		}
		$draws  = DrawRows::of_entries( $this->db, $this->account, $first, $end );
		$grants = array();
		foreach ( $this->grants( self::grant_ids( $rows ) ) as $grant ) {
			$grants[ $grant->id ] = $grant;
		}
		$entries = array();
		foreach ( $rows as $row ) {
			$own       = $draws[ (int) $row['seq'] ] ?? array();
			$entries[] = EntryRows::read( $row, $own, $grants[ (int) $row['grant_id'] ] ?? null );
		}
		return $entries;
	}

	/**
	 * Grants in the order of their ids.
	 */
	public function grants_after( int $after, int $most ): array {
		return $this->find_grants( GrantRows::SELECT . ' AND id > ? ORDER BY id LIMIT ?', $after, $most );
	}

	/**
	 * Writes everything that a command has changed; the account's row is last.
	 */
	public function write( Changes $changes ): void {
		$before = $this->before
			?? throw new \LogicException( 'the account is read before it is written' );

		$this->read = array( null, null );
		try {
			$this->write_grants( $changes );
			$this->write_entries( $changes );
			$this->write_sums( $changes );
			$after = array( $changes->account, $changes->subscribed );
			AccountRows::update( $this->db, $this->account, $before, ...$after );
			if ( array() !== $changes->items ) {
				$this->db->flush();
			}
		} catch ( Failure $failure ) {
			$taken = $failure->is_duplicate( 'order_item' ) || $failure->is_duplicate( 'movement' );
			throw $taken ? ItemRows::of_another() : $failure;
		}
	}

	/**
	 * Claims requests that nobody else has, and locks the account behind that, in one go.
	 *
	 * @param array<int, array<int, mixed>> $rows The requests.
	 * @return bool False where one of them is there already: then nothing is claimed or locked.
	 */
	private function claim_and_lock( array $rows ): bool {
		if ( ! $this->db->is_joined() ) {
			return false;
		}
		try {
			$claim = array( self::CLAIM_NEW, $rows );
			$found = $this->db->together( array( $claim, ...$this->start( true ) ) );
			$this->started( array_slice( $found, 1 ) );
			return true;
		} catch ( Failure $failure ) {
			return $failure->is_duplicate( 'PRIMARY' ) ? false : throw $failure;
		}
	}

	/**
	 * What is read first: the account's row, and its live grants. Who sends it with something else
	 * says so by started().
	 *
	 * @param bool $lock Whether the row is to be locked.
	 * @return array<int, array<int, mixed>>
	 */
	public function start( bool $lock ): array {
		return array(
			array( AccountRows::SELECT . ( $lock ? self::LOCK : '' ), $this->account ),
			array( GrantRows::LIVE, $this->account ),
		);
	}

	/**
	 * What start() has found.
	 *
	 * @param array<int, array<int, array<string, ?string>>> $found Rows of each.
	 */
	public function started( array $found ): void {
		$this->read = $found;
	}

	/**
	 * Grants and order items.
	 *
	 * @param Changes $changes The write.
	 */
	private function write_grants( Changes $changes ): void {
		if ( array() !== $changes->new_grants ) {
			GrantRows::insert( $this->db, $this->account, $changes->new_grants );
		}
		if ( array() !== $changes->changed_grants ) {
			GrantRows::update( $this->db, $this->account, $changes->changed_grants );
		}
		if ( array() !== $changes->items ) {
			ItemRows::write( $this->db, $this->account, $changes->items );
		}
	}

	/**
	 * Entries with their draws and requests, and holds.
	 *
	 * @param Changes $changes The write.
	 */
	private function write_entries( Changes $changes ): void {
		$holds = array();
		foreach ( array( ...$changes->new_holds, ...$changes->changed_holds ) as $hold ) {
			$holds[ $hold->id ] = $hold;
		}
		foreach ( array_chunk( $changes->entries, 1000 ) as $entries ) {
			EntryRows::insert( $this->db, $this->account, $entries, $holds );
		}
		DrawRows::insert( $this->db, $this->account, $changes );
		if ( array() !== $holds ) {
			HoldRows::write( $this->db, $this->account, $holds, (int) $changes->account->last_at );
		}
		$requests = array();
		foreach ( $changes->requests as $id => $known ) {
			$hash       = new Hex( $known->hash );
			$requests[] = array( $this->account, (string) $id, $hash, $known->first, $known->count );
		}
		if ( 1 === count( $requests ) ) {
			[ $account, $id, , $first, $count ] = $requests[0];
			$this->db->later( self::BOOKED_ONE, $first, $count, $account, $id );
		} elseif ( array() !== $requests ) {
			$this->db->later( self::BOOKED, $requests );
		}
	}

	/**
	 * Sums of days, and the outbox.
	 *
	 * @param Changes $changes The write.
	 */
	private function write_sums( Changes $changes ): void {
		if ( array() !== $changes->rollups ) {
			RollupRows::add( $this->db, $this->account, $changes->rollups );
		}
		if ( array() !== $changes->events ) {
			$now = (int) $changes->account->last_at;
			$row = fn( Event $event ): array => array(
				$this->account,
				$event->seq,
				$event->kind,
				Json::text( $event->payload ),
				$now,
				0,
			);
			$this->db->later( self::EVENT, array_map( $row, $changes->events ) );
		}
	}

	/**
	 * Ids of the grants that entries book.
	 *
	 * @param array<int, array<string, ?string>> $rows The entries.
	 * @return int[]
	 */
	private static function grant_ids( array $rows ): array {
		return array_map( 'intval', array_filter( array_column( $rows, 'grant_id' ) ) );
	}

	/**
	 * Grants of the account.
	 *
	 * @param string $sql       The statement.
	 * @param mixed  ...$values Its values behind the account.
	 * @return \Nivella\Credits\Ledger\Grant[]
	 */
	private function find_grants( string $sql, mixed ...$values ): array {
		$rows = $this->db->rows( $sql, $this->account, ...$values );
		return array_map( GrantRows::read( ... ), $rows );
	}
}
