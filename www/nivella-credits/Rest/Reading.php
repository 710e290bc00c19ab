<?php
/**
 * The routes that read what happened.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Books;

defined( 'ABSPATH' ) || exit;

/** Answers usage, activity, receipts, exports, rate card, plans and alerts. */
final class Reading {
	/** Rows that are read at once for an export. */
	private const SLICE = 100;

	/** Looks accounts up. @var Accounts */
	private readonly Accounts $accounts;

	/**
	 * A handler.
	 *
	 * @param Books $books The ledgers.
	 */
	public function __construct( private readonly Books $books ) {
		$this->accounts = new Accounts( $books );
	}

	/**
	 * Answers a request of somebody who was let in.
	 *
	 * @param Ask    $ask    What is asked for.
	 * @param Caller $caller Who asks.
	 * @throws Refusal Whatever is refused.
	 */
	public function reply( Ask $ask, Caller $caller ): Reply {
		Access::check( $caller, 'save_alerts' === $ask->route ? 'alerts' : 'read' );
		$account = $this->accounts->of( $caller, $ask );
		return match ( $ask->route ) {
			'usage'       => $this->usage( $ask, $account ),
			'activity'    => Reply::of( $this->books->activity( $account, Filter::page( $ask ) ) ),
			'receipt'     => Reply::of( $this->receipt( $ask, $account ) ),
			'csv'         => $this->csv( $ask, $account ),
			'statement'   => $this->statement( $account ),
			'rate_card'   => Reply::of( self::now( $this->rate_card() ) ),
			'plans'       => Reply::of( self::now( $this->books->plans() ) ),
			'alerts'      => Reply::of( self::now( $this->books->alerts( $account ) ) ),
			'save_alerts' => $this->save_alerts( $ask, $account ),
		};
	}

	/** The prices of now; a store that has none yet says so by a card without rates. */
	private function rate_card(): array {
		try {
			return $this->books->rate_card();
		} catch ( Refusal $refusal ) {
			if ( 'rate_not_found' !== $refusal->error ) {
				throw $refusal;
			}
			$none = array( 'version' => 0, 'effective_at' => Clock::text(), 'quantum' => '0' );
			return $none + array( 'rates' => array() );
		}
	}

	private function usage( Ask $ask, int $account ): Reply {
		[ 'from' => $from, 'to' => $to ] = Filter::days( $ask );
		return Reply::of( $this->books->rollups( $account, $from, $to ) );
	}

	/** @return array<string, mixed> */
	private function receipt( Ask $ask, int $account ): array {
		$seq = 1 === preg_match( '/^[1-9]\d{0,14}$/D', $ask->of ) ? (int) $ask->of : 0;
		if ( 0 === $seq ) {
			throw new Refusal( 'not_found', 'no such entry', 'seq' );
		}
		return self::now( $this->books->receipt( $account, $seq ) );
	}

	private function csv( Ask $ask, int $account ): Reply {
		$wanted = Filter::rows( $ask );
		$lines  = $this->lines( $account, $wanted );
		// What is refused is refused before anything is sent.
		$lines->current();
		return Reply::stream( $lines, 'text/csv', 'activity.csv' );
	}

	/**
	 * The lines of an export, newest first, slice by slice.
	 *
	 * @param int                   $account The account.
	 * @param array<string, string> $wanted  Which rows.
	 * @return \Generator<string>
	 */
	private function lines( int $account, array $wanted ): \Generator {
		$csv  = new Csv( $this->books->settings_of( $account )['zone'] );
		$page = array( 'limit' => self::SLICE ) + $wanted;
		$text = Csv::HEADER;
		do {
			try {
				$found = $this->books->activity( $account, $page );
			} catch ( \Throwable $fault ) {
				// Nobody sees from a shorter file that something is missing.
				if ( '' === $text ) {
					yield Csv::BROKEN;
				}
				throw $fault;
			}
			foreach ( $found['rows'] as $row ) {
				$text .= $csv->line( $row );
			}
			yield $text;
			$text           = '';
			$page['before'] = $found['next'];
		} while ( null !== $found['next'] );
	}

	private function statement( int $account ): Reply {
		// What is refused is refused before anything is sent. The text is of one transaction, which
		// begins with its first piece: other plugins may write until then.
		$this->books->check_statement( $account );
		$pieces = ( fn(): \Generator => yield from $this->books->statement( $account ) )();
		return Reply::stream( $pieces, 'application/json', 'statement.json' );
	}

	private function save_alerts( Ask $ask, int $account ): Reply {
		$wanted  = array_intersect_key( $ask->body(), array_flip( array( 'low', 'critical' ) ) );
		$saved   = $this->books->save_alerts( $account, $wanted );
		$runway  = array( 'runway' => $this->books->runway( $account, $saved['balance'] ) );
		$balance = Metering::of_account( $saved['balance'] + $runway, $account );
		$saved   = array( 'balance' => $balance, 'as_of' => $balance['as_of'] ) + $saved;
		return Reply::of( $saved );
	}

	/**
	 * An answer with the server's time.
	 *
	 * @param array<string, mixed> $body Without it.
	 * @return array<string, mixed>
	 */
	private static function now( array $body ): array {
		return $body + array( 'as_of' => Clock::text() );
	}
}
