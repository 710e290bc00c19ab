<?php
/**
 * Receipts of single entries.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Draw;
use Nivella\Credits\Ledger\Entry;
use Nivella\Credits\Ledger\Hold;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/**
 * What one entry was rated by, which grants gave, and what was reserved before. In business units:
 * what a model counted is shown as work, with its price alone.
 */
final class Receipts {
	private const DRAWS = 'SELECT grant_id, from_part, to_part, amount, remains FROM {draws}
		WHERE account = ? AND seq = ? ORDER BY n';

	/** Texts that whoever sold it tells of the order. */
	private const TOLD = array( 'store', 'order', 'at', 'package', 'price' );

	/**
	 * The receipts of the site, within a snapshot.
	 *
	 * @param Db            $db            The database.
	 * @param Configuration $configuration The store's settings.
	 */
	public function __construct(
		private readonly Db $db,
		private readonly Configuration $configuration,
	) {}

	/**
	 * A receipt.
	 *
	 * @param int $account The account.
	 * @param int $seq     The entry's sequence number.
	 * @return array<string, mixed> `row`, `rate`, `draws`, `hold`, `reason`, and `purchase`: what the
	 *                              ledger has of an order behind a grant, with its `order_item`.
	 * @throws Refusal `not_found`.
	 */
	public function receipt( int $account, int $seq ): array {
		$store = new SqlStore( $this->db, $account );
		$entry = $store->entries( max( 0, $seq ), 1 )[0]
			?? throw new Refusal( 'not_found', 'no such entry', 'seq' );
		$hold  = null === $entry->hold || 'hold' === $entry->kind ? null : $store->hold( $entry->hold );
		return array(
			'row'      => Activity::of( $this->db, $account )->entry( $seq ),
			'rate'     => $this->rate( $entry ),
			'draws'    => $this->draws( $store, $account, $seq ),
			'hold'     => null === $hold ? null : $this->hold( $account, $hold ),
			'reason'   => $entry->reason ?? '',
			'purchase' => self::purchase( $store, $entry ),
		);
	}

	/**
	 * What was granted for the order item behind a grant.
	 *
	 * @param SqlStore $store The account's store.
	 * @param Entry    $entry The entry.
	 * @return ?array<string, ?string> null where no order is behind it.
	 */
	private static function purchase( SqlStore $store, Entry $entry ): ?array {
		$item = 'grant' === $entry->kind ? $entry->grant?->order_item : null;
		if ( null === $item ) {
			return null;
		}
		$sums = array( 'purchase' => 0, 'bonus' => 0 );
		$ends = null;
		foreach ( $store->grants_of_item( $item ) as $grant ) {
			if ( isset( $sums[ $grant->kind ] ) ) {
				$sums[ $grant->kind ] += $grant->amount;
				$ends                  = 'purchase' === $grant->kind ? $grant->expires_at : $ends;
			}
		}
		return array(
			'order_item' => $item,
			'credits'    => Amount::text( $sums['purchase'] ),
			'bonus'      => Amount::text( $sums['bonus'] ),
			'expires_at' => null === $ends ? null : Instant::text( $ends ),
		);
	}

	/**
	 * What was granted, with the order as it is told by whoever sold it.
	 *
	 * @param array<string, ?string> $sold As purchase() has it.
	 * @param mixed                  $told As functions.php describes it.
	 * @return ?array<string, mixed> Null where it cannot be read.
	 */
	public static function with_order( array $sold, mixed $told ): ?array {
		$told  = is_array( $told ) ? $told : array();
		$texts = array_intersect_key( $told, array_flip( self::TOLD ) );
		if ( count( array_filter( $texts, 'is_string' ) ) < count( self::TOLD ) ) {
			return null;
		}
		$lines = array();
		foreach ( is_array( $told['lines'] ?? null ) ? $told['lines'] : array() as $line ) {
			$line = is_array( $line ) ? $line : array();
			if ( is_string( $line['name'] ?? null ) && is_string( $line['text'] ?? null ) ) {
				$lines[] = array( 'name' => $line['name'], 'text' => $line['text'] );
			}
		}
		return $texts + array( 'lines' => $lines ) + $sold;
	}

	/**
	 * What it was rated by; null where nothing was rated.
	 *
	 * @param Entry $entry The entry.
	 * @return ?array<string, mixed>
	 */
	private function rate( Entry $entry ): ?array {
		$card = null === $entry->usage || null === $entry->rate_version
			? null
			: $this->configuration->card( $entry->rate_version );
		if ( null === $card ) {
			return null;
		}
		return array(
			'version'      => $card->version,
			'effective_at' => Instant::text( $card->effective_at ),
			'quantum'      => Amount::text( $card->quantum ),
			'lines'        => self::business( $card->quote( $entry->usage )->lines ),
		);
	}

	/**
	 * A quote's lines in business units.
	 *
	 * @param array<int, array<string, mixed>> $lines The lines.
	 * @return array<int, array<string, mixed>>
	 */
	private static function business( array $lines ): array {
		$counts  = static fn( array $line ): bool => str_ends_with( $line['unit'], '_tokens' );
		$counted = array_filter( $lines, $counts );
		$others  = array_values( array_diff_key( $lines, $counted ) );
		if ( array() === $counted ) {
			return $others;
		}
		$work = array( 'unit' => 'work', 'product' => self::sum( array_column( $counted, 'product' ) ) );
		return array( ...$others, $work );
	}

	/**
	 * A sum of decimals, which may have more places than credits have.
	 *
	 * @param string[] $texts The decimals.
	 */
	private static function sum( array $texts ): string {
		$whole = 0;
		$part  = 0;
		foreach ( $texts as $text ) {
			[ $before, $behind ] = explode( '.', $text . '.' );

			$whole += (int) $before;
			$part  += (int) str_pad( $behind, 12, '0' );
		}
		$whole += intdiv( $part, 1000000000000 );
		$places = str_pad( (string) ( $part % 1000000000000 ), 12, '0', STR_PAD_LEFT );
		return rtrim( rtrim( "$whole.$places", '0' ), '.' );
	}

	/**
	 * What each grant gave, with what it had left before and after, in all.
	 *
	 * @param SqlStore $store   The account's store.
	 * @param int      $account The account.
	 * @param int      $seq     The entry.
	 * @return array<int, array<string, ?string>>
	 */
	private function draws( SqlStore $store, int $account, int $seq ): array {
		$gave = array();
		foreach ( $this->db->rows( self::DRAWS, $account, $seq ) as $row ) {
			$id   = (int) $row['grant_id'];
			$draw = new Draw( $id, $row['from_part'], $row['to_part'], (int) $row['amount'] );
			$left = max( 0, -GrantRows::change( $draw ) );

			$gave[ $id ] = array( ( $gave[ $id ][0] ?? 0 ) + $left, (int) $row['remains'] );
		}
		$gave   = array_filter( $gave, static fn( array $one ): bool => $one[0] > 0 );
		$grants = array();
		foreach ( $store->grants( array_keys( $gave ) ) as $grant ) {
			$grants[ $grant->id ] = $grant;
		}
		$draws = array();
		foreach ( $gave as $id => [ $amount, $after ] ) {
			$expires_at = $grants[ $id ]->expires_at;
			$draws[]    = array(
				'grant'        => (string) $id,
				'kind'         => $grants[ $id ]->kind,
				'effective_at' => Instant::text( $grants[ $id ]->effective_at ),
				'expires_at'   => null === $expires_at ? null : Instant::text( $expires_at ),
				'amount'       => Amount::text( $amount ),
				'before'       => Amount::text( $after + $amount ),
				'after'        => Amount::text( $after ),
			);
		}
		return $draws;
	}

	/**
	 * The hold that it resolved.
	 *
	 * @param int  $account The account.
	 * @param Hold $hold    The hold.
	 * @return array{id: string, amount: string, booked_at: string}
	 */
	private function hold( int $account, Hold $hold ): array {
		$sql     = 'SELECT opened_at FROM {holds} WHERE account = ? AND id = ?';
		$row     = $this->db->row( $sql, $account, $hold->id );
		$amounts = array_map( static fn( Draw $draw ): int => $draw->amount, $hold->draws );
		return array(
			'id'        => (string) $hold->id,
			'amount'    => Amount::text( array_sum( $amounts ) ),
			'booked_at' => Instant::text( (int) ( $row['opened_at'] ?? 0 ) ),
		);
	}
}
