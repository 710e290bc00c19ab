<?php
/**
 * The ledger of one account: every rule of booking, from a command and the time to entries.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * The engine, over one account's store within one transaction.
 *
 * What time alone does (a grant expires, a hold lapses, a cycle begins) is booked before any
 * command, in the order in which it happened and as of the instant at which it did, so that it
 * never matters how late an account is touched. Time is an argument: milliseconds since 1970 in
 * UTC. A clock that was set back counts as standing still: nothing is booked before the last
 * entry.
 *
 *     $settings = Settings::from_wire( array() );
 *     $account  = Account::fresh( $settings->zone, $settings->thresholds );
 *     $engine   = new Engine( new MemoryStore( $account ), $settings );
 *     $grant    = array( 'op' => 'grant', 'kind' => 'purchase', 'amount' => '2000' );
 *     $engine->apply( $grant + array( 'request_id' => 'order-1' ), $now );
 *     $use      = array( 'op' => 'use', 'mode' => 'strict', 'amount' => '1.2' );
 *     $answer   = $engine->apply( $use + array( 'request_id' => 'message-1' ), $now );
 *     $answer['balance']['available']; // '1998.8'
 */
final class Engine {
	/**
	 * An engine.
	 *
	 * @param Store    $store    The account's storage.
	 * @param Settings $settings Plans, rates and policies; zone and thresholds are the account's own.
	 */
	public function __construct(
		private readonly Store $store,
		private readonly Settings $settings,
	) {}

	/**
	 * Books a command as a whole, or changes nothing.
	 *
	 * Where the answer has `booked` as false, or something is thrown, nothing of it may be kept: the
	 * transaction has to be rolled back.
	 *
	 * @param array<string, mixed> $command The command; see Command.
	 * @param int                  $now_ms  Now.
	 * @return array<string, mixed> `booked` with `entries` (those of this request, not what time did
	 *                              before it), the `hold` that was opened, and `replayed` when this is
	 *                              the first answer again; of a batch `items`; or not booked, with
	 *                              `reason` and `short_by`. And always the `balance` of now.
	 * @throws Refusal A coded refusal of what is asked for.
	 */
	public function apply( array $command, int $now_ms ): array {
		$command = Command::from_wire( $command );
		$hashes  = self::hashes( $command->requests );
		$known   = array() === $hashes ? array() : $this->store->claim( $hashes );
		if ( Command::ONE === $command->kind && array() !== $known ) {
			return $this->replay( $command->requests[0], current( $known ), $now_ms );
		}
		$state = new State( $this->store, $this->store->account( true ) );
		$now   = self::clock( $state, $now_ms );
		$this->session( $state, new Stamp( $now ) )->passing->catch_up();
		$state->grants->live_ids();
		$before  = clone $state;
		$answers = array();
		foreach ( $command->requests as $request ) {
			$answer = $this->book( $state, $request, $known, $now );
			if ( is_int( $answer ) ) {
				return array(
					'booked'   => false,
					'reason'   => 'insufficient_credits',
					'short_by' => Amount::text( $answer ),
					'balance'  => Reading::balance( $this->session( $before, new Stamp( $now ) ) ),
				);
			}
			$answers[] = $answer;
		}
		$balance = $this->write( $state, $now );
		return match ( $command->kind ) {
			Command::TOUCH => array(
				'booked'   => true,
				'entries'  => array_map( Shapes::entry( ... ), $state->entries ),
				'replayed' => false,
			),
			Command::ONE   => array( 'booked' => true ) + $answers[0],
			Command::BATCH => array(
				'booked' => true,
				'items'  => array_map( self::batch_item( ... ), $answers ),
			),
		} + array( 'balance' => $balance );
	}

	/**
	 * The balance at this time. What time has done since the last entry counts, though it is not
	 * booked yet.
	 *
	 * @param int $now_ms Now.
	 * @return array<string, mixed>
	 * @throws Refusal `amount_overflow` or `time_invalid` at the far ends of their ranges.
	 */
	public function balance( int $now_ms ): array {
		$state = new State( $this->store, $this->store->account( false ) );
		return $this->look_ahead( $state, self::clock( $state, $now_ms ) );
	}

	/**
	 * What a usage would cost at this time.
	 *
	 * @param array<string, mixed> $usage  What is expected.
	 * @param int                  $now_ms Now.
	 * @return array<string, mixed> `cost`, `rate_version`, `lines`.
	 * @throws Refusal `feature_not_in_plan`, `rate_not_found`, and what can't be a usage.
	 */
	public function quote( array $usage, int $now_ms ): array {
		$usage = Command::usage( Fields::of( $usage ) );
		$state = new State( $this->store, $this->store->account( false ) );
		$now   = self::clock( $state, $now_ms );
		return $this->session( $state, new Stamp( $now ) )->uses->quote( $usage, $now_ms )->to_wire();
	}

	/**
	 * Gives the account another zone and other thresholds, from other settings. What happened before
	 * is booked by the old ones; a new zone counts from the next cycle, and days that are booked do
	 * not move.
	 *
	 * @param Settings $settings The new settings.
	 * @param int      $now_ms   Now.
	 * @throws Refusal `plan_unknown` when the subscription's plan would be missing.
	 */
	public function configure( Settings $settings, int $now_ms ): void {
		$state   = new State( $this->store, $this->store->account( true ) );
		$now     = self::clock( $state, $now_ms );
		$session = $this->session( $state, new Stamp( $now ) );
		$session->passing->catch_up();
		$own = $state->subscription;
		null === $own || $settings->plan( $own->plan );
		null === $own?->next_plan || $settings->plan( $own->next_plan );
		if ( ! $state->zone->equals( $settings->zone ) ) {
			$this->keep_days( $state, $now );
			$session->subscriptions->move_paid_until( $settings->zone );
		}
		$state->zone       = $settings->zone;
		$state->thresholds = $settings->thresholds;
		$state->version   += 1;
		$changed           = new self( $this->store, $settings );
		$changed->finish( $state, $now );
	}

	/**
	 * The digests of the requests' bodies by id, up to the first id that can be none.
	 *
	 * @param Request[] $requests The requests.
	 * @return array<string, string>
	 */
	private static function hashes( array $requests ): array {
		$hashes = array();
		foreach ( $requests as $request ) {
			if ( ! Texts::is_request_id( $request->id ) ) {
				break;
			}
			$hashes[ $request->id ] ??= $request->hash();
		}
		return $hashes;
	}

	/**
	 * Books one request, unless it was booked before.
	 *
	 * @param State                $state   What is written to.
	 * @param Request              $request The request.
	 * @param array<string, Known> $known   Requests that were booked before.
	 * @param int                  $now     The ledger's time.
	 * @return array<string, mixed>|int The answer, or how many credits more would have been enough.
	 */
	private function book( State $state, Request $request, array $known, int $now ): array|int {
		Texts::check_request_id( $request->id );
		$hash  = $request->hash();
		$first = $state->requests[ $request->id ] ?? $known[ $request->id ] ?? null;
		if ( null !== $first ) {
			return $this->answer( $state, self::same( $first, $hash ), true );
		}
		$note     = array( $request->reference, $request->site, $request->reason );
		$stamp    = new Stamp( $now, $request->id, $hash, ...$note );
		$first    = $state->seq + 1;
		$short_by = $this->session( $state, $stamp )->perform( $request );
		if ( null !== $short_by ) {
			return $short_by;
		}
		$booked = new Known( $hash, $first, $state->seq + 1 - $first );

		$state->requests[ $request->id ] = $booked;
		return $this->answer( $state, $booked, false );
	}

	/**
	 * The first answer again, with the balance of now.
	 *
	 * @param Request $request The request.
	 * @param Known   $known   What was booked.
	 * @param int     $now_ms  Now.
	 * @return array<string, mixed>
	 */
	private function replay( Request $request, Known $known, int $now_ms ): array {
		$state  = new State( $this->store, $this->store->account( false ) );
		$answer = $this->answer( $state, self::same( $known, $request->hash() ), true );
		$now    = self::clock( $state, $now_ms );
		return array( 'booked' => true ) + $answer
			+ array( 'balance' => $this->look_ahead( $state, $now ) );
	}

	/**
	 * What is known of a request, if its body is the same.
	 *
	 * @param Known  $known What is known.
	 * @param string $hash  The digest of the body.
	 * @throws Refusal `request_id_conflict`.
	 */
	private static function same( Known $known, string $hash ): Known {
		if ( $known->hash !== $hash ) {
			$message = 'the request id was used before with another body';
			throw new Refusal( 'request_id_conflict', $message, 'request_id' );
		}
		return $known;
	}

	/**
	 * What is answered of a booked request.
	 *
	 * @param State $state    The state.
	 * @param Known $booked   What was booked.
	 * @param bool  $replayed Whether it was booked before.
	 * @return array<string, mixed>
	 */
	private function answer( State $state, Known $booked, bool $replayed ): array {
		$own     = $booked->first - $state->start->seq - 1;
		$entries = $own >= 0
			? array_slice( $state->entries, $own, $booked->count )
			: $this->store->entries( $booked->first, $booked->count );
		$hold    = array() === $entries ? null : Shapes::ticket( $entries[0] );
		return array( 'entries' => array_map( Shapes::entry( ... ), $entries ) )
			+ ( null === $hold ? array() : array( 'hold' => $hold ) )
			+ array( 'replayed' => $replayed );
	}

	/**
	 * An answer as an item of a batch.
	 *
	 * @param array<string, mixed> $answer The answer.
	 * @return array<string, mixed>
	 */
	private static function batch_item( array $answer ): array {
		unset( $answer['hold'] );
		return $answer;
	}

	/**
	 * Writes what was booked, if anything was.
	 *
	 * @param State $state What was written to.
	 * @param int   $now   The ledger's time.
	 * @return array<string, mixed> The balance after it.
	 */
	private function write( State $state, int $now ): array {
		if ( array() !== $state->entries ) {
			++$state->version;
		}
		return $this->finish( $state, $now );
	}

	/**
	 * Tells what was crossed, and writes everything that has changed.
	 *
	 * @param State $state What was written to.
	 * @param int   $now   The ledger's time.
	 * @return array<string, mixed> The balance after it.
	 */
	private function finish( State $state, int $now ): array {
		$balance = Reading::balance( $this->session( $state, new Stamp( $now ) ) );
		$crossed = null === $state->alert
			? null
			: Level::crossing( $state->alert, $balance['alert'] );
		$start   = $state->start;
		// Before the first grant there is nothing that could run out.
		$state->alert = $state->last_grant > 0 ? $balance['alert'] : null;
		if ( array() !== $state->entries || $state->version !== $start->version
			|| $state->due_at !== $start->due_at || $state->alert !== $start->alert ) {
			$this->store->write( $state->changes( self::events( $state, $crossed, $balance ) ) );
		}
		return $balance;
	}

	/**
	 * What others are told of: grants, but for the allowances that come by themselves, and a level
	 * that was crossed.
	 *
	 * @param State                $state   What was written to.
	 * @param ?string              $crossed The crossing; null for none.
	 * @param array<string, mixed> $balance The balance after it.
	 * @return Event[]
	 */
	private static function events( State $state, ?string $crossed, array $balance ): array {
		$events = array();
		foreach ( $state->entries as $entry ) {
			if ( null !== $entry->grant && 'allowance' !== $entry->grant->kind ) {
				$events[] = new Event( 'granted', $entry->seq, Shapes::terms( $entry->grant ) );
			}
		}
		if ( null !== $crossed ) {
			$events[] = new Event( $crossed, $state->seq, $balance );
		}
		return $events;
	}

	/**
	 * The balance at this time, with what time has done but nobody has booked.
	 *
	 * @param State $state The state; it stays as it is.
	 * @param int   $now   The ledger's time.
	 * @return array<string, mixed>
	 */
	private function look_ahead( State $state, int $now ): array {
		$session = $this->session( clone $state, new Stamp( $now ) );
		$session->passing->catch_up();
		return Reading::balance( $session );
	}

	/**
	 * A new zone counts from the next cycle, without one from now; days before then stay what they
	 * are, also for what is booked late.
	 *
	 * @param State $state What is written to.
	 * @param int   $now   The ledger's time.
	 */
	private function keep_days( State $state, int $now ): void {
		if ( null !== $state->day_zone && $now < $state->day_zone_until ) {
			return;
		}
		$own     = $state->subscription;
		$running = null !== $own?->cycle_starts_at
			&& $own->cycle_starts_at <= $now && $now < $own->cycle_ends_at;

		$state->day_zone       = $state->zone;
		$state->day_zone_until = $running ? $own->cycle_ends_at : $now;
	}

	/**
	 * The ledger's time: a clock that was set back stands still.
	 *
	 * @param State $state  The state.
	 * @param int   $now_ms The clock's time.
	 */
	private static function clock( State $state, int $now_ms ): int {
		return max( $state->last_at ?? $now_ms, $now_ms );
	}

	/**
	 * The working parts of the ledger.
	 *
	 * @param State $state What is written to.
	 * @param Stamp $stamp Who writes, and when.
	 */
	private function session( State $state, Stamp $stamp ): Session {
		return new Session( $state, $this->settings, $stamp );
	}
}
