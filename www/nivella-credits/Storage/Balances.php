<?php
/**
 * What accounts have.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

use Nivella\Credits\Ledger\Account;
use Nivella\Credits\Ledger\Engine;

defined( 'ABSPATH' ) || exit;

/**
 * Reads balances. Every page with the pill asks for one, so the database is asked as seldom as can
 * be: an account's row and grants come with the beginning of the snapshot.
 */
final class Balances {
	/**
	 * The balances of the site.
	 *
	 * @param Db                 $db            The database.
	 * @param Configuration      $configuration The store's settings.
	 * @param \Closure(int): int $clock         From the server's time to the ledger's.
	 */
	public function __construct(
		private readonly Db $db,
		private readonly Configuration $configuration,
		private readonly \Closure $clock,
	) {}

	/**
	 * A balance; see Books.
	 *
	 * @param int  $account The account.
	 * @param ?int $at      As of this instant; null: now.
	 * @return array<string, mixed>
	 */
	public function at( int $account, ?int $at ): array {
		return $this->read( $account, $at )[0];
	}

	/**
	 * What an account has, and how long that lasts.
	 *
	 * @param int $account The account.
	 * @return array<string, mixed>
	 */
	public function with_runway( int $account ): array {
		list( $balance, $row ) = $this->read( $account, null );

		$runway = ( new Outlook( $this->db ) )->runway( $account, $balance, $row );
		return array( 'account' => $balance['account'], 'runway' => $runway ) + $balance;
	}

	/**
	 * A balance, and the account's row.
	 *
	 * @param int  $account The account.
	 * @param ?int $at      As of this instant; null: now.
	 * @return array{array<string, mixed>, ?Account}
	 */
	private function read( int $account, ?int $at ): array {
		$store  = new SqlStore( $this->db, $account );
		$engine = new Engine( $store, $this->configuration->for_balance() );
		$work   = function ( int $now, array $found ) use ( $store, $engine, $at ): array {
			$store->started( $found );
			return $engine->balance( $at ?? ( $this->clock )( $now ) );
		};

		$balance = $this->db->snapshot( $work, $store->start( false ) );
		return array( array( 'account' => (string) $account ) + $balance, $store->known() );
	}
}
