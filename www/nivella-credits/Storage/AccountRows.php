<?php
/**
 * An account's row in the database.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Account;
use Nivella\Credits\Ledger\Subscription;
use Nivella\Credits\Ledger\Thresholds;
use Nivella\Credits\Ledger\Zone;

defined( 'ABSPATH' ) || exit;

/**
 * Accounts between the database and the ledger, each with the last of its subscriptions.
 */
final class AccountRows {
	/** Reads an account; a lock may follow. */
	public const SELECT = 'SELECT seq, version, HEX(digest) AS digest_hex, last_at, available, held,
		debt, last_grant, last_grant_amount, last_hold, subscriptions, days, due_at, zone, day_zone,
		day_zone_until, thresholds, alert FROM {accounts} WHERE id = ?';

	/** Reads the subscription of an account. */
	public const SUBSCRIPTION = 'SELECT number, plan, started_at, paid_until, next_plan, cycles,
		cycle_starts_at, cycle_ends_at, level, allowance, unused FROM {subscriptions}
		WHERE account = ? AND number = ?';

	/** What values() gives. */
	private const COLUMNS = array(
		'seq',
		'version',
		'digest',
		'last_at',
		'available',
		'held',
		'debt',
		'last_grant',
		'last_grant_amount',
		'last_hold',
		'subscriptions',
		'days',
		'due_at',
		'zone',
		'day_zone',
		'day_zone_until',
		'thresholds',
		'alert',
	);

	private const INSERT = 'INSERT IGNORE INTO {accounts} ( user_id, created_at, seq, version, digest,
		last_at, available, held, debt, last_grant, last_grant_amount, last_hold, subscriptions, days,
		due_at, zone, day_zone, day_zone_until, thresholds, alert ) VALUES ?';

	private const SUBSCRIBE = 'INSERT INTO {subscriptions} ( account, number, plan, started_at,
		paid_until, next_plan, cycles, cycle_starts_at, cycle_ends_at, level, allowance, unused )
		VALUES ? ON DUPLICATE KEY UPDATE plan = VALUES(plan), paid_until = VALUES(paid_until),
		next_plan = VALUES(next_plan), cycles = VALUES(cycles),
		cycle_starts_at = VALUES(cycle_starts_at), cycle_ends_at = VALUES(cycle_ends_at),
		level = VALUES(level), allowance = VALUES(allowance), unused = VALUES(unused)';

	/**
	 * Thresholds by their texts: nearly all accounts have the same.
	 *
	 * @var array<string, Thresholds>
	 */
	private static array $thresholds = array();

	/**
	 * From what SELECT and SUBSCRIPTION find.
	 *
	 * @param array<string, ?string>  $row The row.
	 * @param ?array<string, ?string> $own Its subscription's.
	 */
	public static function read( array $row, ?array $own ): Account {
		return new Account(
			(int) $row['seq'],
			(int) $row['version'],
			strtolower( (string) $row['digest_hex'] ),
			self::whole( $row['last_at'] ),
			(int) $row['available'],
			(int) $row['held'],
			(int) $row['debt'],
			(int) $row['last_grant'],
			(int) $row['last_grant_amount'],
			(int) $row['last_hold'],
			(int) $row['subscriptions'],
			null === $own ? null : self::subscription( $own ),
			self::days( (string) $row['days'] ),
			self::whole( $row['due_at'] ),
			Zone::from_text( (string) $row['zone'] ),
			null === $row['day_zone'] ? null : Zone::from_text( $row['day_zone'] ),
			self::whole( $row['day_zone_until'] ),
			self::$thresholds[ $row['thresholds'] ] ??= Thresholds::from_text( $row['thresholds'] ),
			$row['alert'],
		);
	}

	/**
	 * Makes a user's account, unless there is one.
	 *
	 * @param Db      $db      The database.
	 * @param ?int    $user_id The user; null for an account of nobody.
	 * @param int     $now     When.
	 * @param Account $account The row of a new account.
	 */
	public static function insert( Db $db, ?int $user_id, int $now, Account $account ): void {
		$db->run( self::INSERT, array( array( $user_id, $now, ...self::values( $account ) ) ) );
	}

	/**
	 * Writes an account, and its subscription where that has changed.
	 *
	 * @param Db      $db         The database.
	 * @param int     $id         The account's id.
	 * @param Account $before     As it was read, under lock.
	 * @param Account $account    As it is to be.
	 * @param bool    $subscribed Whether the subscription has changed.
	 * @throws Failure Where another transaction has written it meanwhile: all of it is done again.
	 */
	public static function update(
		Db $db,
		int $id,
		Account $before,
		Account $account,
		bool $subscribed
	): void {
		Guard::account( $account );
		if ( $subscribed && null !== $account->subscription ) {
			$db->later( self::SUBSCRIBE, array( self::subscription_values( $id, $account->subscription ) ) );
		}
		$sets   = array();
		$values = array();
		$old    = self::values( $before );
		foreach ( self::values( $account ) as $n => $value ) {
			$same = $value instanceof Hex ? $value->digits === $old[ $n ]->digits : $value === $old[ $n ];
			if ( ! $same ) {
				$sets[]   = self::COLUMNS[ $n ] . ' = ?';
				$values[] = $value;
			}
		}
		$sql   = 'UPDATE {accounts} SET ' . implode( ', ', $sets );
		$where = array( $id, $before->seq, $before->version );
		$db->one_later( "$sql WHERE id = ? AND seq = ? AND version = ?", ...$values, ...$where );
	}

	/**
	 * The columns of an account, from `seq` on.
	 *
	 * @param Account $account The account.
	 * @return array<int, mixed>
	 */
	private static function values( Account $account ): array {
		$days = array();
		foreach ( $account->days as $day => $used ) {
			$days[] = "$day:$used";
		}
		return array(
			$account->seq,
			$account->version,
			new Hex( $account->digest ),
			$account->last_at,
			$account->available,
			$account->held,
			$account->debt,
			$account->last_grant,
			$account->last_grant_amount,
			$account->last_hold,
			$account->subscriptions,
			implode( ' ', $days ),
			$account->due_at,
			$account->zone->text(),
			$account->day_zone?->text(),
			$account->day_zone_until,
			$account->thresholds->text(),
			$account->alert,
		);
	}

	/**
	 * What was used on each day.
	 *
	 * @param string $text As values() writes it.
	 * @return array<int, int>
	 */
	private static function days( string $text ): array {
		$days = array();
		foreach ( '' === $text ? array() : explode( ' ', $text ) as $pair ) {
			[ $day, $used ]     = explode( ':', $pair );
			$days[ (int) $day ] = (int) $used;
		}
		return $days;
	}

	/**
	 * The subscription of an account.
	 *
	 * @param array<string, ?string> $row The row.
	 */
	private static function subscription( array $row ): Subscription {
		return new Subscription(
			(int) $row['number'],
			(string) $row['plan'],
			(int) $row['started_at'],
			self::whole( $row['paid_until'] ),
			$row['next_plan'],
			(int) $row['cycles'],
			self::whole( $row['cycle_starts_at'] ),
			self::whole( $row['cycle_ends_at'] ),
			(int) $row['level'],
			(int) $row['allowance'],
			(int) $row['unused'],
		);
	}

	/**
	 * The columns of a subscription.
	 *
	 * @param int          $account Whose it is.
	 * @param Subscription $own     The subscription.
	 * @return array<int, mixed>
	 */
	private static function subscription_values( int $account, Subscription $own ): array {
		Guard::key( $own->plan );
		Guard::key( $own->next_plan );
		return array( $account, ...array_values( get_object_vars( $own ) ) );
	}

	/**
	 * A number, or null.
	 *
	 * @param ?string $text As the database gives it.
	 */
	private static function whole( ?string $text ): ?int {
		return null === $text ? null : (int) $text;
	}
}
