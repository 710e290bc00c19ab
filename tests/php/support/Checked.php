<?php
/**
 * Whether what the database holds of an account can be.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

use Nivella\Credits\Ledger\Known;
use Nivella\Credits\Ledger\MemoryStore;
use Nivella\Credits\Ledger\Rollup;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\HoldRows;
use Nivella\Credits\Storage\ItemRows;
use Nivella\Credits\Storage\SqlStore;
use Nivella\Credits\Tests\Ledger\Invariants;

/** Reads a whole account and checks the invariants of every account. */
final class Checked {
	/** What does not hold; null where everything does. */
	public static function fault( Db $db, int $account ): ?string {
		return ( new Invariants() )->fault( self::load( $db, $account ) ) ?? self::keys( $db, $account );
	}

	/** The whole account, as the database holds it. */
	public static function load( Db $db, int $account ): MemoryStore {
		$store         = new SqlStore( $db, $account );
		$all           = new MemoryStore( $store->account( false ) );
		$all->entries  = $store->entries( 0, PHP_INT_MAX );
		$all->grants   = array_column( $store->grants_after( 0, PHP_INT_MAX ), null, 'id' );
		$holds         = array_map( HoldRows::read( ... ), $db->rows( HoldRows::SELECT, $account ) );
		$all->holds    = array_column( $holds, null, 'id' );
		$items         = array_map( ItemRows::read( ... ), $db->rows( ItemRows::SELECT, $account ) );
		$all->items    = array_column( $items, null, 'id' );
		$all->requests = self::requests( $db, $account );
		foreach ( $db->rows( 'SELECT * FROM {rollups} WHERE account = ?', $account ) as $row ) {
			unset( $row['account'] );
			foreach ( array( 'day', 'uses', 'failed', 'credits', 'waived', 'messages' ) as $name ) {
				$row[ $name ] = (int) $row[ $name ];
			}
			$row['call_ms'] = (int) $row['call_ms'];
			$row['images']  = (int) $row['images'];
			$rollup         = new Rollup( ...$row );

			$all->rollups[ implode( "\n", $rollup->keys() ) ] = $rollup;
		}
		return $all;
	}

	/** @return array<string, Known> */
	private static function requests( Db $db, int $account ): array {
		$sql   = 'SELECT request_id, LOWER( HEX( hash ) ) AS hash, first_seq, booked
			FROM {requests} WHERE account = ?';
		$known = array();
		foreach ( $db->rows( $sql, $account ) as $row ) {
			$known[ $row['request_id'] ] =
				new Known( $row['hash'], (int) $row['first_seq'], (int) $row['booked'] );
		}
		return $known;
	}

	/** Rows that the keys of the tables would not allow, where a test has taken one away. */
	private static function keys( Db $db, int $account ): ?string {
		$keys = array(
			'requests' => 'account, request_id',
			'entries'  => 'account, seq',
			'grants'   => 'account, id',
			'draws'    => 'account, seq, n',
		);
		foreach ( $keys as $table => $key ) {
			$sql = "SELECT COUNT(*) AS same FROM {{$table}} WHERE account = ? GROUP BY $key HAVING same > 1";
			if ( array() !== $db->rows( $sql, $account ) ) {
				return "$table: $key is not unique";
			}
		}
		return null;
	}
}
