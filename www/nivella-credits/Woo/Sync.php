<?php
/**
 * The ledger follows the orders.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Woo\Plans\Terms;

defined( 'ABSPATH' ) || exit;

/**
 * Brings the ledger to what an order says: grants what is due, takes back or gives again. Every
 * hook that can mean a change ends here, and nothing that goes wrong here gets out: it is logged
 * and tried again later.
 */
final class Sync {
	/** Job: looks at an order again. Arguments: its id, and how often it was tried before. */
	public const JOB = 'nivella_credits_check_order';
	/** The group of the plugin's jobs. */
	public const GROUP = 'nivella-credits';

	/**
	 * Orders at which this process is working, by id: what it writes fires hooks again.
	 *
	 * @var array<int, true>
	 */
	private array $busy = array();

	/**
	 * Orders that are about to be deleted, by id: others still save them meanwhile.
	 *
	 * @var array<int, true>
	 */
	private array $leaving = array();

	/**
	 * The parts.
	 *
	 * @param Grants    $grants    Grants.
	 * @param Reversals $reversals Reversals.
	 * @param Guests    $guests    Guests' orders.
	 * @param Terms     $plans     Plans that orders pay for.
	 */
	public function __construct(
		public readonly Grants $grants,
		public readonly Reversals $reversals,
		public readonly Guests $guests,
		public readonly Terms $plans,
	) {}

	/**
	 * Looks at an order, and never throws.
	 *
	 * @param int  $order_id The order's id.
	 * @param bool $leaving  Whether it is about to be deleted.
	 * @param int  $tries    How often it was tried before.
	 */
	public function check( int $order_id, bool $leaving = false, int $tries = 0 ): void {
		if ( $order_id <= 0 || isset( $this->busy[ $order_id ] ) ) {
			return;
		}
		if ( $leaving ) {
			$this->leaving[ $order_id ] = true;
		}
		$this->busy[ $order_id ] = true;
		try {
			$this->bring( $order_id, isset( $this->leaving[ $order_id ] ) );
		} catch ( \Throwable $fault ) {
			self::later( $order_id, $tries, $fault );
		} finally {
			unset( $this->busy[ $order_id ] );
		}
	}

	/**
	 * Looks at an order that was about to be deleted, whatever has become of that.
	 *
	 * @param int $order_id The order's id.
	 */
	public function check_left( int $order_id ): void {
		unset( $this->leaving[ $order_id ] );
		$this->check( $order_id );
	}

	/**
	 * Looks at an order.
	 *
	 * @param int  $order_id The order's id; it may be gone.
	 * @param bool $leaving  Whether it is about to be deleted.
	 * @param ?int $since    See Payment::is_due().
	 * @return int How many lines and movements were booked now.
	 */
	public function bring( int $order_id, bool $leaving = false, ?int $since = null ): int {
		$order = $leaving ? null : Orders::fresh( $order_id );
		$count = 0;
		if ( null !== $order ) {
			$count += $this->grants->maybe_grant( $order, $since );
			$count += $this->plans->maybe_book( $order, $since );
			$this->guests->maybe_invite( $order );
		}
		$count += $this->reversals->settle( $order_id, $leaving );
		return $count + $this->plans->settle( $order_id, $leaving );
	}

	/**
	 * Logs a fault, and has the order looked at again.
	 *
	 * @param int        $order_id The order's id.
	 * @param int        $tries    How often it was tried before.
	 * @param \Throwable $fault    What went wrong.
	 */
	private static function later( int $order_id, int $tries, \Throwable $fault ): void {
		try {
			Log::error( 'the credits of an order were not booked', $fault, $order_id );
			Retry::booking( self::JOB, array( $order_id ), $tries );
		} catch ( \Throwable $worse ) {
			// Nothing is left to be told; the daily check finds the order.
			unset( $worse );
		}
	}
}
