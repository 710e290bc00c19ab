<?php
/**
 * Statements: the entries of an account with a proof that anyone can recompute.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * The statement of a whole account as text, in pieces, so that nothing grows with its length.
 *
 * The text is one JSON value. Its fields are the sections, always all of them and in this order:
 * `head`, `opening`, `opening_grants`, `opening_holds`, `opening_items`, `opening_seal`,
 * `entries`, `grants`, `closing`, `seal`; a statement from the account's beginning opens empty.
 * Each element of a list stands on a line of its own. `details` of an entry is the SHA-256 of its
 * compact JSON without that field; the seal is the SHA-256 of lines: the values of the sections
 * before it, one line for each element of a list, and for an entry its `details` alone.
 *
 * What time has done must be booked before, by a touch.
 */
final class Statement {
	private const FORMAT  = 'nivella-credits-statement';
	private const VERSION = 1;
	private const SLICE   = 500;
	private const JSON    = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE
		| JSON_UNESCAPED_LINE_TERMINATORS;
	private const GRANTS  = array( 'allowance', 'purchase', 'bonus', 'refund', 'adjustment' );
	private const ENTRIES = array(
		'grant',
		'use',
		'hold',
		'settle',
		'release',
		'lapse',
		'expiry',
		'reversal',
		'reinstatement',
		'adjustment',
		'plan',
	);

	/**
	 * The digest of all lines so far.
	 *
	 * @var \HashContext
	 */
	private \HashContext $seal;

	/**
	 * What is available and held, by kind of grant.
	 *
	 * @var array<string, int[]>
	 */
	private array $pools;

	/**
	 * How many, amount, used, waived, by kind of entry.
	 *
	 * @var array<string, int[]>
	 */
	private array $totals;

	/**
	 * A statement.
	 *
	 * @param Store  $store   The account's storage, in one snapshot.
	 * @param string $account The account's public id; empty where there is but one.
	 * @param int    $as_of   The ledger's time of the statement.
	 */
	public function __construct(
		private readonly Store $store,
		private readonly string $account,
		private readonly int $as_of,
	) {
		$this->seal   = hash_init( 'sha256' );
		$this->pools  = array_fill_keys( self::GRANTS, array( 0, 0 ) );
		$this->totals = array_fill_keys( self::ENTRIES, array( 0, 0, 0, 0 ) );
	}

	/**
	 * Its text, in pieces.
	 *
	 * @return iterable<string>
	 * @throws Refusal `snapshot_invalid` where the entries do not add up to the account,
	 *                 `amount_overflow` where a kind of them adds up to more than 9.2 * 10^12 credits.
	 */
	public function text(): iterable {
		$row = $this->store->account( false );
		yield '{' . $this->value( 'head', $this->head( $row ) )
			. $this->value( 'opening', self::opening() )
			. "\n\"opening_grants\": [],\n\"opening_holds\": [],\n\"opening_items\": [],"
			. "\n\"opening_seal\": \"" . $this->sealed() . "\",\n\"entries\": [";
		yield from $this->entries( $row );
		yield "],\n\"grants\": [";
		yield from $this->grants( $row );
		yield '],' . $this->value( 'closing', $this->closing( $row ) )
			. "\n\"seal\": \"" . $this->sealed() . "\"\n}\n";
	}

	/**
	 * A row of the statement: the entry without request and model tokens, with the terms of the grant
	 * that it books, its chained digest, and last the digest of its details.
	 *
	 * @param Entry $entry The entry.
	 * @return array<string, mixed>
	 */
	public static function row( Entry $entry ): array {
		$row = Shapes::entry( $entry );
		unset( $row['request_id'], $row['request_hash'] );
		unset( $row['usage']['input_tokens'], $row['usage']['output_tokens'] );
		if ( null !== $entry->grant ) {
			$row['terms'] = Shapes::terms( $entry->grant );
		}
		$row['digest'] = $entry->digest;
		return $row + array( 'details' => Digest::of( self::json( $row ) ) );
	}

	/**
	 * A value as compact JSON: no whitespace, only what must be escaped is.
	 *
	 * @param mixed $value The value.
	 */
	public static function json( mixed $value ): string {
		return Json::text( $value, self::JSON );
	}

	/**
	 * The rows of all entries.
	 *
	 * @param Account $account The account's row.
	 * @return iterable<string>
	 */
	private function entries( Account $account ): iterable {
		$last = 0;
		while ( $last < $account->seq ) {
			$text    = '';
			$entries = $this->store->entries( $last + 1, min( self::SLICE, $account->seq - $last ) );
			foreach ( $entries as $entry ) {
				if ( $entry->seq !== ++$last ) {
					break 2;
				}
				$this->count( $entry );
				$row   = self::row( $entry );
				$text .= ( 1 === $last ? "\n" : ",\n" ) . self::json( $row );
				hash_update( $this->seal, $row['details'] . "\n" );
			}
			if ( '' === $text ) {
				break;
			}
			yield $text;
		}
		if ( $last !== $account->seq || ( $entry->digest ?? Digest::genesis() ) !== $account->digest ) {
			throw self::invalid();
		}
	}

	/**
	 * The parts of all grants.
	 *
	 * @param Account $account The account's row.
	 * @return iterable<string>
	 */
	private function grants( Account $account ): iterable {
		$last = 0;
		do {
			$text   = '';
			$grants = $this->store->grants_after( $last, self::SLICE );
			foreach ( $grants as $grant ) {
				$this->pools[ $grant->kind ][0] += $grant->available;
				$this->pools[ $grant->kind ][1] += $grant->held;

				$json  = self::json( array( 'id' => (string) $grant->id ) + Shapes::parts( $grant ) );
				$text .= ( 0 === $last ? "\n" : ",\n" ) . $json;
				$last  = $grant->id;
				hash_update( $this->seal, $json . "\n" );
			}
			yield $text;
		} while ( '' !== $text );
		if ( $last !== $account->last_grant ) {
			throw self::invalid();
		}
	}

	/**
	 * Whose statement it is, and of when.
	 *
	 * @param Account $account The account's row.
	 * @return array<string, mixed>
	 */
	private function head( Account $account ): array {
		return array(
			'format'  => self::FORMAT,
			'version' => self::VERSION,
			'account' => $this->account,
			'as_of'   => Instant::text( $this->as_of ),
			'zone'    => $account->zone->to_wire(),
		);
	}

	/**
	 * What an account is before anything happened.
	 *
	 * @return array<string, mixed>
	 */
	private static function opening(): array {
		return array(
			'seq'        => 0,
			'digest'     => Digest::genesis(),
			'last_at'    => null,
			'debt'       => '0',
			'last_grant' => '0',
			'last_hold'  => '0',
			'lapsed'     => array(),
		);
	}

	/**
	 * The balances and totals behind the last entry.
	 *
	 * @param Account $account The account's row.
	 * @return array<string, mixed>
	 */
	private function closing( Account $account ): array {
		$posted = Amount::sub( Amount::add( $account->available, $account->held ), $account->debt );
		$pool   = static fn( string $kind, array $sums ): array => array(
			'kind'      => $kind,
			'available' => Amount::text( $sums[0] ),
			'held'      => Amount::text( $sums[1] ),
		);
		$total  = static fn( string $kind, array $sums ): array => array(
			'kind'    => $kind,
			'entries' => $sums[0],
			'amount'  => Amount::text( $sums[1] ),
			'used'    => Amount::text( $sums[2] ),
			'waived'  => Amount::text( $sums[3] ),
		);
		return array(
			'seq'       => $account->seq,
			'digest'    => $account->digest,
			'posted'    => Amount::text( $posted ),
			'available' => Amount::text( $account->available ),
			'held'      => Amount::text( $account->held ),
			'debt'      => Amount::text( $account->debt ),
			'pools'     => array_map( $pool, array_keys( $this->pools ), $this->pools ),
			'totals'    => array_map( $total, array_keys( $this->totals ), $this->totals ),
		);
	}

	/**
	 * Adds an entry to the totals.
	 *
	 * @param Entry $entry The entry.
	 */
	private function count( Entry $entry ): void {
		$sums = array( 1, $entry->amount, $entry->cost, $entry->waived );
		// The entries may add up, but no reader of a statement could tell: 64 bits are its limit.
		$this->totals[ $entry->kind ] =
			array_map( Amount::add( ... ), $this->totals[ $entry->kind ], $sums );
	}

	/**
	 * A section that is one value.
	 *
	 * @param string $name  Its name.
	 * @param mixed  $value The value.
	 */
	private function value( string $name, mixed $value ): string {
		$json = self::json( $value );
		hash_update( $this->seal, $json . "\n" );
		return "\n\"$name\": $json,";
	}

	/**
	 * The seal so far.
	 */
	private function sealed(): string {
		return hash_final( hash_copy( $this->seal ) );
	}

	/**
	 * What an account is whose entries do not add up.
	 */
	private static function invalid(): Refusal {
		$message = 'the entries of the account do not add up';
		return new Refusal( 'snapshot_invalid', $message, 'entries' );
	}
}
