<?php
/**
 * Entries in the database.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\About;
use Nivella\Credits\Ledger\Entry;
use Nivella\Credits\Ledger\Grant;
use Nivella\Credits\Ledger\Hold;
use Nivella\Credits\Ledger\Movement;
use Nivella\Credits\Ledger\Usage;

defined( 'ABSPATH' ) || exit;

/**
 * Entries between the database and the ledger. They are only ever inserted.
 *
 * Beside what was booked a row has what a reader is shown: what a settlement or a release is about
 * stands on the hold that it resolves.
 */
final class EntryRows {
	/** Reads entries with what a model counted, in order. */
	public const SELECT = 'SELECT e.*, HEX(e.request_hash) AS request_hash_hex,
		HEX(e.digest) AS digest_hex, q.input_tokens, q.output_tokens FROM {entries} e
		LEFT JOIN {quantities} q ON q.account = e.account AND q.seq = e.seq
		WHERE e.account = ? AND e.seq >= ? AND e.seq < ? ORDER BY e.seq';

	/** What an entry's row consists of; values() gives them from `seq` on. */
	private const COLUMNS = array(
		...array( 'account', 'seq', 'kind', 'amount', 'debt', 'waived', 'cost', 'grant_id', 'hold_id' ),
		...array( 'lapses_at', 'measured', 'agent', 'feature', 'model', 'type', 'messages', 'call_ms' ),
		...array( 'images', 'rate_version', 'movement_item', 'movement_number', 'movement_target' ),
		...array( 'movement_bonus_target', 'movement_forgiven', 'movement_spared', 'reference', 'site' ),
		...array( 'list_details', 'list_site', 'reason', 'request_id', 'request_hash', 'occurred_at' ),
		...array( 'booked_at', 'day', 'digest' ),
	);

	private const INSERT_QUANTITIES = 'INSERT INTO {quantities}
		( account, seq, input_tokens, output_tokens ) VALUES ?';

	/**
	 * Adds entries, without their draws.
	 *
	 * @param Db               $db      The database.
	 * @param int              $account Whose they are.
	 * @param Entry[]          $entries At least one.
	 * @param array<int, Hold> $holds   The holds that they resolve, by id.
	 */
	public static function insert( Db $db, int $account, array $entries, array $holds ): void {
		$rows       = array();
		$quantities = array();
		foreach ( $entries as $entry ) {
			Guard::entry( $entry );
			$rows[] = array( $account, ...self::values( $entry, $holds[ $entry->hold ?? 0 ] ?? null ) );
			$tokens = array( $entry->usage?->input_tokens ?? 0, $entry->usage?->output_tokens ?? 0 );
			if ( array( 0, 0 ) !== $tokens ) {
				$quantities[] = array( $account, $entry->seq, ...$tokens );
			}
		}
		self::insert_rows( $db, $rows );
		if ( array() !== $quantities ) {
			$db->later( self::INSERT_QUANTITIES, $quantities );
		}
	}

	/**
	 * Adds rows, without the columns of which none has anything: most entries are no movement of an
	 * order item, and what is not sent need not be read.
	 *
	 * @param Db                            $db   The database.
	 * @param array<int, array<int, mixed>> $rows Values of COLUMNS.
	 */
	private static function insert_rows( Db $db, array $rows ): void {
		$columns = self::COLUMNS;
		$count   = count( $rows );
		foreach ( array_keys( $rows[0], null, true ) as $n ) {
			if ( count( array_keys( array_column( $rows, $n ), null, true ) ) === $count ) {
				unset( $columns[ $n ] );
			}
		}
		if ( count( $columns ) < count( self::COLUMNS ) ) {
			$some = static fn( array $row ): array => array_values( array_intersect_key( $row, $columns ) );
			$rows = array_map( $some, $rows );
		}
		$db->later( 'INSERT INTO {entries} ( ' . implode( ', ', $columns ) . ' ) VALUES ?', $rows );
	}

	/**
	 * From what SELECT finds.
	 *
	 * @param array<string, ?string> $row   The row.
	 * @param array                  $draws Its draws.
	 * @param ?Grant                 $grant The grant that it books, as it is now.
	 */
	public static function read( array $row, array $draws, ?Grant $grant ): Entry {
		$fields = array(
			'seq'          => (int) $row['seq'],
			'kind'         => (string) $row['kind'],
			'amount'       => (int) $row['amount'],
			'debt'         => (int) $row['debt'],
			'waived'       => (int) $row['waived'],
			'cost'         => (int) $row['cost'],
			'draws'        => $draws,
			'grant'        => $grant,
			'hold'         => self::whole( $row['hold_id'] ),
			'lapses_at'    => self::whole( $row['lapses_at'] ),
			'usage'        => '1' === $row['measured'] ? self::usage( $row ) : null,
			'rate_version' => self::whole( $row['rate_version'] ),
			'movement'     => null === $row['movement_item'] ? null : self::movement( $row ),
			'reference'    => $row['reference'],
			'site'         => $row['site'],
			'reason'       => $row['reason'],
			'request_id'   => $row['request_id'],
			'request_hash' => self::digest( $row['request_hash_hex'] ),
			'occurred_at'  => (int) $row['occurred_at'],
			'booked_at'    => (int) $row['booked_at'],
			'day'          => (int) $row['day'],
			'about'        => self::about( $row ),
			'digest'       => (string) self::digest( $row['digest_hex'] ),
		);
		$entry  = new Entry( ...$fields );
		return null === $grant
			? $entry
			: new Entry( ...array( ...$fields, 'grant' => GrantRows::booked( $grant, $entry ) ) );
	}

	/**
	 * The columns of an entry, from `seq` on.
	 *
	 * @param Entry $entry The entry.
	 * @param ?Hold $hold  The hold that it resolves.
	 * @return array<int, mixed>
	 */
	private static function values( Entry $entry, ?Hold $hold ): array {
		$about    = $entry->about;
		$usage    = $entry->usage ?? $hold?->usage;
		$own      = $entry->usage;
		$movement = $entry->movement;
		return array(
			$entry->seq,
			$entry->kind,
			$entry->amount,
			$entry->debt,
			$entry->waived,
			$entry->cost,
			$entry->grant?->id,
			$entry->hold,
			$entry->lapses_at,
			null === $own ? 0 : 1,
			$about->agent ?? $usage->agent ?? '',
			$about->feature ?? $usage->feature ?? '',
			$about->model ?? $usage->model ?? '',
			// Of what is no usage, a reader is shown the kind.
			$about->type ?? $entry->grant->kind ?? $entry->kind,
			$own->messages ?? 0,
			$own->call_ms ?? 0,
			$own->images ?? 0,
			$entry->rate_version,
			$movement?->item,
			$movement?->number,
			$movement?->target,
			$movement?->bonus_target,
			$movement?->forgiven,
			$movement?->spared,
			$entry->reference,
			$entry->site,
			$about->details ?? $entry->reference ?? $hold->reference ?? '',
			$about->site ?? $entry->site ?? $hold->site ?? '',
			$entry->reason,
			$entry->request_id,
			Hex::maybe( $entry->request_hash ),
			$entry->occurred_at,
			$entry->booked_at,
			$entry->day,
			new Hex( $entry->digest ),
		);
	}

	/**
	 * What was measured.
	 *
	 * @param array<string, ?string> $row The row.
	 */
	private static function usage( array $row ): Usage {
		return new Usage(
			(string) $row['feature'],
			(string) $row['agent'],
			'' === $row['model'] ? null : $row['model'],
			(int) $row['messages'],
			(int) $row['call_ms'],
			(int) $row['input_tokens'],
			(int) $row['output_tokens'],
			(int) $row['images'],
		);
	}

	/**
	 * How a use or a settlement is listed; null for other kinds.
	 *
	 * @param array<string, ?string> $row The row.
	 */
	private static function about( array $row ): ?About {
		if ( 'use' !== $row['kind'] && 'settle' !== $row['kind'] ) {
			return null;
		}
		return new About(
			(string) $row['agent'],
			(string) $row['feature'],
			(string) $row['model'],
			(string) $row['type'],
			(string) $row['list_site'],
			(string) $row['list_details'],
		);
	}

	/**
	 * The movement of an order item.
	 *
	 * @param array<string, ?string> $row The row.
	 */
	private static function movement( array $row ): Movement {
		return new Movement(
			(string) $row['movement_item'],
			(int) $row['movement_number'],
			(int) $row['movement_target'],
			(int) $row['movement_bonus_target'],
			(int) $row['movement_forgiven'],
			(int) $row['movement_spared'],
		);
	}

	/**
	 * A number, or null.
	 *
	 * @param ?string $text As the database gives it.
	 */
	private static function whole( ?string $text ): ?int {
		return null === $text ? null : (int) $text;
	}

	/**
	 * A digest, or null.
	 *
	 * @param ?string $text As the database gives it.
	 */
	private static function digest( ?string $text ): ?string {
		return null === $text ? null : strtolower( $text );
	}
}
