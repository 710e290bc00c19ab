<?php
/**
 * What an owner sees of one account beside its balance and its entries.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Draw;
use Nivella\Credits\Ledger\Grant;
use Nivella\Credits\Ledger\Hold;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Ledger\Subscription;

defined( 'ABSPATH' ) || exit;

/** Grants, holds, order items and the subscription of one account. Long lists come in pages. */
final class AccountDetails {
	private const ITEMS = 'SELECT id, granted, bonus, target, bonus_target FROM {order_items}
		WHERE account = ? ORDER BY CHAR_LENGTH( id ) DESC, id DESC LIMIT ?';

	/**
	 * Of one account.
	 *
	 * @param Db  $db      The database.
	 * @param int $account The account.
	 */
	public function __construct( private readonly Db $db, private readonly int $account ) {}

	/**
	 * Of an account of the current site.
	 *
	 * @param int $account The account.
	 */
	public static function open( int $account ): self {
		global $wpdb;
		return new self( new Db( $wpdb ), $account );
	}

	/**
	 * Some grants, the newest first.
	 *
	 * @param ?int $before Only earlier ones than this; null: from the newest.
	 * @param int  $most   At most so many.
	 * @return Grant[]
	 * @throws Failure Where the database refuses.
	 */
	public function grants( ?int $before, int $most ): array {
		$sql  = GrantRows::SELECT . ' AND id < ? ORDER BY id DESC LIMIT ?';
		$rows = $this->db->rows( $sql, $this->account, $before ?? PHP_INT_MAX, $most );
		return array_map( GrantRows::read( ... ), $rows );
	}

	/**
	 * The open holds, the one that lapses next first.
	 *
	 * @param int $most At most so many.
	 * @return array<int, array{hold: Hold, amount: int, opened_at: int}>
	 * @throws Failure Where the database refuses.
	 */
	public function holds( int $most ): array {
		$sql  = 'SELECT id, state, draws, lapses_at, expected, site, reference, opened_at FROM {holds}
			WHERE account = ? AND state = ? ORDER BY lapses_at, id LIMIT ?';
		$rows = $this->db->rows( $sql, $this->account, Hold::OPEN, $most );
		return array_map(
			static function ( array $row ): array {
				$hold = HoldRows::read( $row );
				$sums = array_map( static fn( Draw $draw ): int => $draw->amount, $hold->draws );
				return array(
					'hold'      => $hold,
					'amount'    => array_sum( $sums ),
					'opened_at' => (int) $row['opened_at'],
				);
			},
			$rows
		);
	}

	/**
	 * What was sold to the account, the latest order first.
	 *
	 * @param int $most At most so many.
	 * @return array<int, array{id: string, granted: int, bonus: int, taken: int}> Micro-credits;
	 *         `taken` is what was to be taken back of both.
	 * @throws Failure Where the database refuses.
	 */
	public function items( int $most ): array {
		return array_map(
			static fn( array $row ): array => array(
				'id'      => (string) $row['id'],
				'granted' => (int) $row['granted'],
				'bonus'   => (int) $row['bonus'],
				'taken'   => (int) $row['target'] + (int) $row['bonus_target'],
			),
			$this->db->rows( self::ITEMS, $this->account, $most )
		);
	}

	/**
	 * The last subscription; null where there never was one.
	 *
	 * @throws Refusal `not_found`, and where the database refuses.
	 */
	public function subscription(): ?Subscription {
		return ( new Accounts( $this->db ) )->row( $this->account )->subscription;
	}
}
