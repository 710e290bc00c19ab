<?php
/**
 * How long the credits of an account last.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Account;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Runway;

defined( 'ABSPATH' ) || exit;

/**
 * Tells a runway from a balance and what past days used. It is told as of the last entry or the
 * hour, so that an unchanged balance has an unchanged runway.
 */
final class Outlook {
	/**
	 * The outlooks of the site.
	 *
	 * @param Db $db The database.
	 */
	public function __construct( private readonly Db $db ) {}

	/**
	 * When a balance runs out at the account's pace.
	 *
	 * @param int                  $account The account.
	 * @param array<string, mixed> $balance Its balance.
	 * @param ?Account             $row     Its row, where that was read with the balance.
	 * @return ?array{from: string, around: string, to: ?string} null where there is too little to say.
	 */
	public function runway( int $account, array $balance, ?Account $row = null ): ?array {
		if ( $balance['unlimited'] || '0' === $balance['available'] ) {
			return null;
		}
		try {
			$row ??= ( new SqlStore( $this->db, $account ) )->account( false );
			$now   = Instant::parse( $balance['as_of'] );
			$at    = max( $row->last_at ?? 0, $now - $now % Instant::HOUR_MS );
			$used  = ( new DaySums( $this->db ) )->of( $account, $row->zone->day_of( $at ) );
			return Runway::of_balance( $balance, $used, $at, $row->zone );
		} catch ( Failure ) {
			// The balance itself is known, and more worth than an error.
			return null;
		}
	}
}
