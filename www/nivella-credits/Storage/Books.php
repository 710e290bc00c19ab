<?php
/**
 * The plugin's books.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Chain;
use Nivella\Credits\Ledger\Engine;
use Nivella\Credits\Ledger\Fields;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Ledger\Settings;
use Nivella\Credits\Ledger\Statement;
use Nivella\Credits\Ledger\Thresholds;

defined( 'ABSPATH' ) || exit;

/**
 * What everything else of the plugin uses of the ledger: commands in, answers out, in the shapes of
 * the REST. Who may ask for an account is the caller's matter.
 */
final class Books {
	private readonly Accounts $accounts;
	private readonly Balances $balances;

	/**
	 * @param Db            $db            The database.
	 * @param Configuration $configuration The store's settings.
	 * @param ?\Closure     $clock         For tests: makes another time of the server's; both are
	 *                                     milliseconds since 1970.
	 */
	public function __construct(
		private readonly Db $db,
		private readonly Configuration $configuration,
		private readonly ?\Closure $clock = null,
	) {
		$this->accounts = new Accounts( $db );
		$this->balances = new Balances( $db, $configuration, $this->time( ... ) );
	}

	/** The books of the current site. */
	public static function open(): self {
		global $wpdb;
		$db = new Db( $wpdb );
		return new self( $db, new Configuration( $db ) );
	}

	/**
	 * The account of a WordPress user; made when missing. Two at once make one.
	 *
	 * @param int $user_id The user.
	 * @return int The account's id.
	 * @throws Refusal `not_signed_in` for no user.
	 */
	public function account_of_user( int $user_id ): int {
		return $this->accounts->of_user( $user_id );
	}

	/**
	 * The user of an account; null for an unknown one.
	 *
	 * @param int $account The account.
	 */
	public function user_of_account( int $account ): ?int {
		return $this->accounts->user( $account );
	}

	/**
	 * One command, as a whole or not at all. The same once more gets the first answer again.
	 *
	 * @param int                  $account The account.
	 * @param array<string, mixed> $command As src/wire/command.rs; what a model counted stands in the
	 *                                      usage, and is kept apart from what customers read.
	 * @return array<string, mixed> As src/wire/command_answer.rs. Where `booked` is false nothing was
	 *                              kept, and the same may succeed later.
	 * @throws Refusal A coded refusal; `store_unreachable` where the database stays busy, and the same
	 *                 may be sent again.
	 */
	public function write( int $account, array $command ): array {
		$settings = $this->configuration->settings();
		return $this->db->transaction(
			fn( int $now ): array => $this->named(
				$this->engine( $account, $settings )->apply( $command, $this->time( $now ) ),
				$account
			),
			static fn( array $answer ): bool => $answer['booked'],
		);
	}

	/**
	 * What an account has. What time has done counts, though it may not be booked yet.
	 *
	 * @param int     $account The account.
	 * @param ?string $as_of   An instant not before the last entry; null: now.
	 * @return array<string, mixed> As src/wire/balance.rs, and `account`. It is the same, but for
	 *                              `as_of`, until the version or what time does changes.
	 * @throws Refusal `not_found`, `time_invalid`.
	 */
	public function balance( int $account, ?string $as_of = null ): array {
		$at = null === $as_of ? null : Instant::parse( $as_of );
		return $this->balances->at( $account, $at );
	}

	/**
	 * What an account has, and how long that lasts: balance() and runway(), with less to be read.
	 *
	 * @param int $account The account.
	 * @return array<string, mixed>
	 */
	public function balance_and_runway( int $account ): array {
		return $this->balances->with_runway( $account );
	}

	/**
	 * When a balance runs out at the account's pace; see Outlook.
	 *
	 * @param int                  $account The account.
	 * @param array<string, mixed> $balance Its balance.
	 * @return ?array{from: string, around: string, to: ?string} null where there is too little to say.
	 */
	public function runway( int $account, array $balance ): ?array {
		return ( new Outlook( $this->db ) )->runway( $account, $balance );
	}

	/**
	 * What a usage would cost now.
	 *
	 * @param int                  $account The account.
	 * @param array<string, mixed> $usage   What is expected.
	 * @return array<string, mixed> `cost`, `rate_version`, `lines`.
	 * @throws Refusal `feature_not_in_plan`, `rate_not_found`, and what can't be a usage.
	 */
	public function quote( int $account, array $usage ): array {
		$settings = $this->configuration->settings();
		return $this->db->snapshot(
			fn( int $now ): array =>
				$this->engine( $account, $settings )->quote( $usage, $this->time( $now ) )
		);
	}

	/**
	 * The whole account with its proof, as text in pieces. All of it is of one moment.
	 *
	 * @param int $account The account.
	 * @return iterable<string> Pieces of one JSON value.
	 * @throws Refusal `not_found`, `snapshot_invalid` where the entries do not add up.
	 */
	public function statement( int $account ): iterable {
		$this->touch( $account );
		yield from $this->db->stream(
			function ( int $now ) use ( $account ): iterable {
				$store = new SqlStore( $this->db, $account );
				$at    = max( $this->time( $now ), $store->account( false )->last_at ?? 0 );
				yield from ( new Statement( $store, (string) $account, $at ) )->text();
			}
		);
	}

	/**
	 * The first entry of an account that was changed after it was written, or is missing.
	 *
	 * @param int $account The account.
	 * @return ?int Its sequence number; null where all of them are as they were written.
	 */
	public function broken_at( int $account ): ?int {
		return $this->db->snapshot(
			fn(): ?int => Chain::fault( new SqlStore( $this->db, $account ) )
		);
	}

	/**
	 * Refuses what no statement can say, before any of it is sent.
	 *
	 * @param int $account The account.
	 * @throws Refusal `not_found`, `amount_overflow`.
	 */
	public function check_statement( int $account ): void {
		$this->touch( $account );
		$this->db->snapshot( fn() => StatementTotals::check( $this->db, $account ) );
	}

	/**
	 * A page of the activity, newest first.
	 *
	 * @param int                  $account The account.
	 * @param array<string, mixed> $page    `limit` (1 to 100), `before` (a sequence number), `from`,
	 *                                      `to` (days), `agent`, `feature`, `model`, `type`, `site`,
	 *                                      `company`, `search`; all of them may be left out.
	 * @return array{rows: array, next: ?int, as_of: string, labels: array} `next` is the `before` of
	 *         the next page; a filtered page may have few rows, or none, and still a next.
	 * @throws Refusal `field_invalid`, `time_invalid`, `period_invalid`, `not_found`.
	 */
	public function activity( int $account, array $page = array() ): array {
		$filter = Filter::from_wire( $page );
		$this->touch( $account );
		return $this->db->snapshot(
			fn( int $now ): array => Activity::of( $this->db, $account )->page( $filter )
				+ array(
					'as_of'  => Instant::text( $this->time( $now ) ),
					'labels' => Configuration::labels(),
				)
		);
	}

	/**
	 * Sums of usage by day.
	 *
	 * @param int     $account The account.
	 * @param ?string $from    The first day, `2026-11-21`; null: from the beginning.
	 * @param ?string $to      The last day, included; null: up to today.
	 * @return array{rows: array, through_seq: int, zone: array, as_of: string, labels: array}
	 * @throws Refusal `time_invalid`, `period_invalid`, `not_found`.
	 */
	public function rollups( int $account, ?string $from = null, ?string $to = null ): array {
		$filter = Filter::from_wire( array_filter( array( 'from' => $from, 'to' => $to ) ) );
		$this->touch( $account );
		return $this->db->snapshot(
			function ( int $now ) use ( $account, $filter ): array {
				$row = ( new SqlStore( $this->db, $account ) )->account( false );
				return array(
					'as_of'       => Instant::text( $this->time( $now ) ),
					'zone'        => $row->zone->to_wire(),
					'through_seq' => $row->seq,
					'labels'      => Configuration::labels(),
					'rows'        => Activity::of( $this->db, $account )->days( $filter ),
				);
			}
		);
	}

	/**
	 * One entry's receipt: what was rated, which grants gave, what was reserved before.
	 *
	 * @param int $account The account.
	 * @param int $seq     The entry's sequence number.
	 * @return array<string, mixed>
	 * @throws Refusal `not_found`.
	 */
	public function receipt( int $account, int $seq ): array {
		$this->touch( $account );
		$receipt = $this->db->snapshot(
			fn(): array => ( new Receipts( $this->db, $this->configuration ) )->receipt( $account, $seq )
		);
		$sold    = $receipt['purchase'];
		if ( null !== $sold ) {
			// Described in functions.php. Foreign code never runs within a transaction.
			$told = apply_filters( 'nivella_credits_purchase', null, $sold['order_item'], $account );
			unset( $sold['order_item'] );
			$receipt['purchase'] = Receipts::with_order( $sold, $told );
		}
		return $receipt;
	}

	/**
	 * The settings that count for an account.
	 *
	 * @param int $account The account.
	 * @return array<string, mixed> As src/wire/ledger_settings.rs: zone, plans, rate_cards,
	 *                              thresholds, forgive_shortfall.
	 * @throws Refusal `not_found`.
	 */
	public function settings_of( int $account ): array {
		$row = $this->accounts->row( $account );
		$all = $this->configuration->history();
		return $all->of_account( $row->zone, $row->thresholds )->to_wire();
	}

	/**
	 * The plans, with what a cycle of each costs where that is known.
	 *
	 * @return array{plans: array}
	 */
	public function plans(): array {
		$plans = $this->configuration->settings()->to_wire()['plans'];
		return array( 'plans' => PlanPrices::add( $plans, $this->configuration->plan_prices() ) );
	}

	/**
	 * The rate card that counts now.
	 *
	 * @return array<string, mixed>
	 * @throws Refusal `rate_not_found`.
	 */
	public function rate_card(): array {
		$now = (int) ( microtime( true ) * 1000 );
		return $this->configuration->settings()->card_at( $this->time( $now ) )->to_wire();
	}

	/**
	 * Where the levels of an account begin.
	 *
	 * @param int $account The account.
	 * @return array<string, mixed> `low` and `critical`.
	 */
	public function alerts( int $account ): array {
		return $this->accounts->row( $account )->thresholds->to_wire();
	}

	/**
	 * Chooses where the levels of an account begin. The same once more changes nothing.
	 *
	 * @param int                  $account The account.
	 * @param array<string, mixed> $alerts  `low` and `critical`, each `{share}` or `{amount}`.
	 * @return array<string, mixed> The same, and the `balance`.
	 * @throws Refusal `field_invalid` and the like, naming the level.
	 */
	public function save_alerts( int $account, array $alerts ): array {
		$chosen   = Thresholds::from_wire( Fields::of( $alerts ) );
		$settings = $this->configuration->settings();
		$this->db->transaction(
			function ( int $now ) use ( $account, $settings, $chosen ): void {
				$store = new SqlStore( $this->db, $account );
				$own   = $settings->of_account( $store->account( true )->zone, $chosen );
				( new Engine( $store, $settings ) )->configure( $own, $this->time( $now ) );
			}
		);
		return $chosen->to_wire() + array( 'balance' => $this->balance( $account ) );
	}

	/**
	 * Books what time has done, where something may be due.
	 *
	 * @param int $account The account.
	 */
	private function touch( int $account ): void {
		$due = $this->accounts->due_at( $account );
		// A second early does no harm: the engine looks at the server's clock.
		if ( null !== $due && $due <= $this->time( time() * 1000 ) + 1000 ) {
			$this->write( $account, array( 'op' => 'touch' ) );
		}
	}

	/**
	 * The engine over one account.
	 *
	 * @param int      $account  The account.
	 * @param Settings $settings The settings.
	 */
	private function engine( int $account, Settings $settings ): Engine {
		return new Engine( new SqlStore( $this->db, $account ), $settings );
	}

	/**
	 * An answer whose balance says whose it is.
	 *
	 * @param array<string, mixed> $answer  The answer.
	 * @param int                  $account The account.
	 * @return array<string, mixed>
	 */
	private function named( array $answer, int $account ): array {
		$answer['balance'] = array( 'account' => (string) $account ) + $answer['balance'];
		return $answer;
	}

	/**
	 * The time: the server's, unless a test has another one.
	 *
	 * @param int $now The server's.
	 */
	private function time( int $now ): int {
		return null === $this->clock ? $now : ( $this->clock )( $now );
	}
}
