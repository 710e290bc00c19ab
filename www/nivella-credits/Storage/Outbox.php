<?php
/**
 * Events that wait to be told.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

defined( 'ABSPATH' ) || exit;

/**
 * Delivers what was written to the outbox with the ledger, as actions of WordPress, each at least
 * once: who listens and may hear an event twice looks at its id.
 *
 * A row is claimed by one process, counted when told, and deleted when its listeners are done.
 * Where one of them ends the process or throws, the row is free again after some minutes; so are
 * those behind it, uncounted. A process that was slow tells nothing that another one has meanwhile.
 */
final class Outbox {
	private const ACTIONS = array(
		'low'       => 'nivella_credits_low_balance',
		'critical'  => 'nivella_credits_low_balance',
		'depleted'  => 'nivella_credits_depleted',
		'recovered' => 'nivella_credits_recovered',
		'granted'   => 'nivella_credits_granted',
	);

	/** Job: delivers all that waits, for what only the fast lane wrote, and for who is slow. */
	public const JOB = 'nivella_credits_deliver';

	private const MOST       = 20;
	private const TRIES      = 10;
	private const CLAIMED_MS = 300000;

	/** A job goes on for so long. */
	private const JOB_S = 20;

	/** What has failed comes last. */
	private const CLAIM = 'UPDATE {outbox} SET claim = ?, claimed_at = ?
		WHERE tries < ? AND ( claimed_at IS NULL OR claimed_at < ? ) ORDER BY tries, id LIMIT ?';

	private const COUNT = 'UPDATE {outbox} SET tries = tries + 1, claimed_at = ?
		WHERE id = ? AND claim = ?';

	/**
	 * The outbox of the site.
	 *
	 * @param Db $db The database.
	 */
	public function __construct( private readonly Db $db ) {}

	/**
	 * Delivers the current site's events: the end of a request.
	 */
	public static function deliver_now(): void {
		self::deliver_for( 0 );
	}

	/**
	 * Delivers all that waits: a job.
	 */
	public static function run(): void {
		self::deliver_for( self::JOB_S );
	}

	/**
	 * Delivers some events, and more of them until the time is over.
	 *
	 * @param int $seconds How long.
	 */
	private static function deliver_for( int $seconds ): void {
		global $wpdb;
		if ( ! Schema::is_ready() ) {
			return;
		}
		$end    = time() + $seconds;
		$outbox = new self( new Db( $wpdb ) );
		try {
			do {
				$done = $outbox->deliver();
			} while ( $done > 0 && time() < $end );
		} catch ( Failure $failure ) {
			/**
			 * Something of the plugin's own work in the background failed. Nothing is lost: it is done
			 * again later.
			 *
			 * @param \Throwable $failure What happened.
			 */
			do_action( 'nivella_credits_failure', $failure );
		}
	}

	/**
	 * What was not delivered.
	 *
	 * @param int $before Events that were made before this, in milliseconds since 1970, are late.
	 * @return array{late: int, given_up: int}
	 * @throws Failure Where the database refuses.
	 */
	public function backlog( int $before ): array {
		$sql = 'SELECT COALESCE( SUM( tries < ? AND created_at < ? ), 0 ) AS late,
			COALESCE( SUM( tries >= ? ), 0 ) AS given_up FROM {outbox}';
		$row = $this->db->row( $sql, self::TRIES, $before, self::TRIES );
		return array( 'late' => (int) $row['late'], 'given_up' => (int) $row['given_up'] );
	}

	/**
	 * Delivers what waits.
	 *
	 * @return int How many events were delivered.
	 * @throws Failure Where the database refuses.
	 */
	public function deliver(): int {
		$now = time() * 1000;
		if ( null === $this->waiting( $now ) ) {
			return 0;
		}
		$claim = bin2hex( random_bytes( 16 ) );
		$until = $now - self::CLAIMED_MS;
		$this->db->run( self::CLAIM, $claim, $now, self::TRIES, $until, self::MOST );
		$sql  = 'SELECT id, account, kind, payload FROM {outbox} WHERE claim = ? ORDER BY id';
		$done = 0;
		foreach ( $this->db->rows( $sql, $claim ) as $row ) {
			$own = $this->db->run( self::COUNT, time() * 1000, (int) $row['id'], $claim );
			if ( 1 === $own && $this->tell( $row ) ) {
				$this->db->run( 'DELETE FROM {outbox} WHERE id = ?', (int) $row['id'] );
				++$done;
			}
		}
		return $done;
	}

	/**
	 * An event that waits; null where there is none.
	 *
	 * @param int $now Now, in milliseconds since 1970.
	 * @return ?array<string, ?string>
	 */
	private function waiting( int $now ): ?array {
		$sql = 'SELECT id FROM {outbox} WHERE tries < ?
			AND ( claimed_at IS NULL OR claimed_at < ? ) LIMIT 1';
		return $this->db->row( $sql, self::TRIES, $now - self::CLAIMED_MS );
	}

	/**
	 * Tells one event.
	 *
	 * @param array<string, ?string> $row Its row.
	 * @return bool Whether all listeners are done.
	 */
	private function tell( array $row ): bool {
		$action  = self::ACTIONS[ $row['kind'] ] ?? null;
		$payload = json_decode( (string) $row['payload'], true );
		$about   = array( (int) $row['account'] );
		try {
			if ( 'granted' === $row['kind'] ) {
				/**
				 * Credits were granted: bought, given or returned; a plan's allowance is not told.
				 *
				 * @param int   $account The account.
				 * @param array $grant   `kind`, `amount`, `expires_at`, and `order_item` where it was sold.
				 * @param int   $event   The event's id, the same when it is told again.
				 */
				// phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- one of ours.
				do_action( $action, ...$about, ...array( $payload, (int) $row['id'] ) );
			} elseif ( null !== $action ) {
				$more = array( (string) $row['kind'], $payload, (int) $row['id'] );
				/**
				 * The credits of an account became low, critical or depleted, or recovered.
				 *
				 * @param int    $account The account.
				 * @param string $level   `low`, `critical`, `depleted` or `recovered`.
				 * @param array  $balance The balance then, as GET /balance answers it.
				 * @param int    $event   The event's id, the same when it is told again.
				 */
				// phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- one of ours.
				do_action( $action, ...$about, ...$more );
			}
			return true;
		} catch ( \Throwable $failure ) {
			do_action( 'nivella_credits_failure', $failure );
			return false;
		}
	}
}
