<?php
/**
 * A customer's account at a glance.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/**
 * What a page says of an account without the module: the figures as they are booked, all of one
 * statement, so that they are of one moment. It costs the same however long the history is.
 */
final class Overview {
	private const SELECT = 'SELECT a.id, a.created_at, a.available, a.held, a.debt, a.due_at,
		s.cycle_starts_at, s.cycle_ends_at, s.paid_until, p.plan,
		g.kind, g.expires_at, g.available AS pool
		FROM {accounts} a
		LEFT JOIN {subscriptions} s ON s.account = a.id AND s.number = a.subscriptions
		LEFT JOIN {plans} p ON p.plan_key = s.plan
		LEFT JOIN {grants} g ON g.account = a.id AND g.live = 1
		WHERE a.user_id = ? ORDER BY g.id';

	private const CARD = 'SELECT card FROM {rate_cards} WHERE effective_at <= ?
		ORDER BY effective_at DESC LIMIT 1';

	/**
	 * The figures.
	 *
	 * @param int                                  $account    The account's id.
	 * @param int                                  $created_at When it was made, ms.
	 * @param int                                  $available  Micro-credits that can be spent.
	 * @param int                                  $held       Micro-credits.
	 * @param int                                  $debt       Micro-credits.
	 * @param ?array<string, mixed>                $plan       The plan that runs.
	 * @param ?int                                 $cycle_ends When its cycle ends, ms.
	 * @param array<int, array{string, ?int, int}> $pools Kind, end and micro-credits of what can
	 *                                      be spent; none where they are not all of it.
	 * @param ?int                         $paid_until Until when the plan is paid, ms; null: no end.
	 */
	private function __construct(
		public readonly int $account,
		public readonly int $created_at,
		public readonly int $available,
		public readonly int $held,
		public readonly int $debt,
		public readonly ?array $plan,
		public readonly ?int $cycle_ends,
		public readonly array $pools,
		public readonly ?int $paid_until,
	) {}

	/**
	 * Of a user; null where there is no account yet: looking makes none.
	 *
	 * @param Db  $db      The database.
	 * @param int $user_id The user.
	 * @throws Failure|Refusal Where the database refuses.
	 */
	public static function of_user( Db $db, int $user_id ): ?self {
		$rows = $db->rows( self::SELECT, $user_id );
		$due  = $rows[0]['due_at'] ?? null;
		if ( null !== $due && (int) $due <= self::now() ) {
			// A cycle began or a grant ended: it is booked first.
			Books::open()->activity( (int) $rows[0]['id'], array( 'limit' => 1 ) );
			$rows = $db->rows( self::SELECT, $user_id );
		}
		return array() === $rows ? null : self::read( $rows );
	}

	/**
	 * The last entries, as the activity has them.
	 *
	 * @param Db  $db   The database.
	 * @param int $most How many.
	 * @return array<int, array<string, mixed>>
	 * @throws Failure Where the database refuses.
	 */
	public function entries( Db $db, int $most ): array {
		$filter = Filter::from_wire( array( 'limit' => $most ) );
		return Activity::of( $db, $this->account )->page( $filter )['rows'];
	}

	/**
	 * The rate card that counts now, as it is kept; null where there is none.
	 *
	 * @param Db $db The database.
	 * @return ?array<string, mixed>
	 * @throws Failure Where the database refuses.
	 */
	public static function rate_card( Db $db ): ?array {
		$row = $db->row( self::CARD, self::now() );
		return null === $row ? null : (array) json_decode( (string) $row['card'], true );
	}

	/** Whether the plan covers all use. */
	public function unlimited(): bool {
		return true === ( $this->plan['unlimited'] ?? false );
	}

	/**
	 * From rows: one for each live grant, or one without.
	 *
	 * @param array<int, array<string, ?string>> $rows The rows.
	 */
	private static function read( array $rows ): self {
		$row       = $rows[0];
		$available = (int) $row['debt'] > 0 ? 0 : (int) $row['available'];
		$pools     = self::pools( $rows );
		$runs      = null !== $row['cycle_starts_at'] && (int) $row['cycle_starts_at'] <= self::now()
			&& self::now() < (int) $row['cycle_ends_at'] && null !== $row['plan'];
		return new self(
			(int) $row['id'],
			(int) $row['created_at'],
			$available,
			(int) $row['held'],
			(int) $row['debt'],
			$runs ? (array) json_decode( (string) $row['plan'], true ) : null,
			$runs ? (int) $row['cycle_ends_at'] : null,
			array_sum( array_column( $pools, 2 ) ) === $available ? $pools : array(),
			$runs && null !== $row['paid_until'] ? (int) $row['paid_until'] : null,
		);
	}

	/**
	 * What can be spent, of each kind and end.
	 *
	 * @param array<int, array<string, ?string>> $rows The rows.
	 * @return array<int, array{string, ?int, int}>
	 */
	private static function pools( array $rows ): array {
		$pools = array();
		foreach ( $rows as $row ) {
			if ( (int) $row['pool'] > 0 ) {
				$key           = "{$row['kind']} {$row['expires_at']}";
				$end           = null === $row['expires_at'] ? null : (int) $row['expires_at'];
				$sum           = ( $pools[ $key ][2] ?? 0 ) + (int) $row['pool'];
				$pools[ $key ] = array( (string) $row['kind'], $end, $sum );
			}
		}
		return array_values( $pools );
	}

	/** Now, ms. */
	private static function now(): int {
		return (int) ( microtime( true ) * 1000 );
	}
}
