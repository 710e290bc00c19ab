<?php
/**
 * Plans that were paid for.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Engine;
use Nivella\Credits\Ledger\Subscription;

defined( 'ABSPATH' ) || exit;

/**
 * Books what a payment for a plan does, once in the whole store.
 *
 * What is to be done depends on what runs, so it is decided under the account's lock, and booked in
 * the same transaction as the key of the payment: there is no moment at which one is there without
 * the other. Who decides gets the subscription and the time, and answers commands of the ledger
 * without their ids; it may be asked more than once and does nothing else.
 */
final class PlanSales {
	private const SELECT = 'SELECT id, account, plan, plan_before, outcome, subscription, paid_from,
		paid_until, state, moves FROM {plan_sales}';

	private const INSERT = 'INSERT IGNORE INTO {plan_sales} ( id, account, plan, plan_before, outcome,
		subscription, paid_from, paid_until, state, moves ) VALUES ?';

	private const BOOKED = 'UPDATE {plan_sales} SET subscription = ?, paid_until = ? WHERE id = ?';

	private const MOVED = 'UPDATE {plan_sales} SET state = ?, moves = ? WHERE id = ?';

	/**
	 * Over a database.
	 *
	 * @param Db            $db            The database.
	 * @param Configuration $configuration The store's settings.
	 */
	public function __construct(
		private readonly Db $db,
		private readonly Configuration $configuration,
	) {}

	/** The current site's. */
	public static function open(): self {
		global $wpdb;
		$db = new Db( $wpdb );
		return new self( $db, new Configuration( $db ) );
	}

	/**
	 * Whether there is a plan with this key.
	 *
	 * @param string $plan The key.
	 */
	public function is_plan( string $plan ): bool {
		return null !== $this->configuration->settings()->plan_or_null( $plan );
	}

	/**
	 * Those whose keys begin so, in the order of their keys. Never from a cache.
	 *
	 * @param string $prefix What keys begin with; it ends with `-`.
	 * @return array<string, PlanSale> By key.
	 */
	public function with_prefix( string $prefix ): array {
		$end   = substr( $prefix, 0, -1 ) . chr( ord( '-' ) + 1 );
		$sql   = self::SELECT . ' WHERE id > ? AND id < ? ORDER BY id';
		$found = array();
		foreach ( $this->db->rows( $sql, $prefix, $end ) as $row ) {
			$found[ (string) $row['id'] ] = PlanSale::read( $row );
		}
		return $found;
	}

	/**
	 * Some of all, in the order of their keys.
	 *
	 * @param string $after Only those with a later key.
	 * @param int    $most  At most so many.
	 * @return PlanSale[]
	 */
	public function after( string $after, int $most ): array {
		$sql = self::SELECT . ' WHERE id > ? ORDER BY id LIMIT ?';
		return array_map( PlanSale::read( ... ), $this->db->rows( $sql, $after, $most ) );
	}

	/**
	 * Books a payment, unless it is booked.
	 *
	 * @param int      $account The account.
	 * @param string   $key     The payment's key.
	 * @param string   $plan    The plan's key.
	 * @param callable $decide  Gets `?Subscription`, now in milliseconds since 1970, and what a cycle
	 *                          has left whose money went back; returns the outcome and the commands.
	 * @return array{PlanSale, bool} What is booked, be it on another account, and whether it was now.
	 * @throws \Nivella\Credits\Ledger\Refusal What the ledger refuses; nothing is booked then.
	 */
	public function book( int $account, string $key, string $plan, callable $decide ): array {
		return $this->db->transaction(
			function ( int $now ) use ( $account, $key, $plan, $decide ): array {
				$before = $this->subscription( $account, $now );

				$left                       = $this->left_of_refunded( $account, $before, $now );
				list( $outcome, $commands ) = $decide( $before, $now, $left );

				$runs = true === $before?->covers( $now );
				$sale = new PlanSale(
					$key,
					$account,
					$plan,
					$runs ? $before->next_plan ?? $before->plan : null,
					$outcome,
					0,
					$runs ? $before->paid_until : null,
					null,
				);
				if ( 1 !== $this->db->run( self::INSERT, array( array_values( (array) $sale ) ) ) ) {
					return array( $this->locked( $key ), false );
				}
				$this->apply( $account, "$key:plan", $commands, $now );
				if ( array() !== $commands ) {
					$own = $this->subscription( $account, $now );
					$this->db->run( self::BOOKED, $own->number, $own->paid_until, $key );
				}
				return array( $this->locked( $key ), true );
			}
		);
	}

	/**
	 * Changes what has become of a payment, unless somebody has done so meanwhile.
	 *
	 * @param PlanSale $sale   As it was read, ahead of what says that it should change.
	 * @param callable $decide Gets `?Subscription` and now; returns the new state and the commands.
	 * @return bool Whether it was done; if not, the sale is to be read again.
	 * @throws \Nivella\Credits\Ledger\Refusal What the ledger refuses; nothing is booked then.
	 */
	public function move( PlanSale $sale, callable $decide ): bool {
		return $this->db->transaction(
			function ( int $now ) use ( $sale, $decide ): bool {
				$own = $this->subscription( $sale->account, $now );
				if ( $this->locked( $sale->id )->moves !== $sale->moves ) {
					return false;
				}
				list( $state, $commands ) = $decide( $own, $now );

				$moves = $sale->moves + 1;
				$this->db->run( self::MOVED, $state, $moves, $sale->id );
				$this->apply( $sale->account, "$sale->id:plan:move:$moves", $commands, $now );
				return true;
			}
		);
	}

	/**
	 * The subscription as time has left it, under the account's lock.
	 *
	 * @param int $account The account.
	 * @param int $now     Now.
	 */
	private function subscription( int $account, int $now ): ?Subscription {
		$this->engine( $account )->apply( array( 'op' => 'touch' ), $now );
		return ( new SqlStore( $this->db, $account ) )->account( true )->subscription;
	}

	/**
	 * What can still be used of a last cycle, where all money for its subscription went back. Keys
	 * with a colon are payments of subscriptions that others keep: they end, and stay paid.
	 *
	 * @param int           $account The account.
	 * @param ?Subscription $own     What it has.
	 * @param int           $now     Now.
	 */
	private function left_of_refunded( int $account, ?Subscription $own, int $now ): int {
		if ( null === $own || $own->covers( $now ) || (int) $own->cycle_ends_at <= $now ) {
			return 0;
		}
		$paid = $this->db->rows( self::SELECT . ' WHERE account = ?', $account );
		$paid = array_filter(
			array_map( PlanSale::read( ... ), $paid ),
			static fn( PlanSale $sale ): bool => $sale->subscription === $own->number
		);
		foreach ( $paid as $sale ) {
			if ( PlanSale::COUNTS === $sale->state || str_contains( $sale->id, ':' ) ) {
				return 0;
			}
		}
		$left = 0;
		foreach ( ( new SqlStore( $this->db, $account ) )->live_grants() as $grant ) {
			$cycles = $grant->subscription === $own->number && $grant->cycle === $own->cycles - 1;
			$left  += $cycles && 'rollover' !== $grant->share ? $grant->available : 0;
		}
		return array() === $paid ? 0 : $left;
	}

	/**
	 * A sale that is there.
	 *
	 * @param string $key Its key.
	 */
	private function locked( string $key ): PlanSale {
		$row = $this->db->row( self::SELECT . ' WHERE id = ? FOR UPDATE', $key );
		// An INSERT IGNORE passes over other faults, too.
		return PlanSale::read( $row ?? throw new Failure( 0, 'a plan that was paid is not kept' ) );
	}

	/**
	 * Books commands one after the other.
	 *
	 * @param int                              $account  The account.
	 * @param string                           $id       What their ids begin with.
	 * @param array<int, array<string, mixed>> $commands Without ids.
	 * @param int                              $now      Now.
	 */
	private function apply( int $account, string $id, array $commands, int $now ): void {
		foreach ( $commands as $n => $command ) {
			$own = array( 'request_id' => 0 === $n ? $id : "$id:$n" );
			$this->engine( $account )->apply( $command + $own, $now );
			$this->db->flush();
		}
	}

	/**
	 * The engine over one account, as it is now.
	 *
	 * @param int $account The account.
	 */
	private function engine( int $account ): Engine {
		return new Engine( new SqlStore( $this->db, $account ), $this->configuration->settings() );
	}
}
