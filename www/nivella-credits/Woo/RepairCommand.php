<?php
/**
 * The repair by hand.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Storage\Audit;

defined( 'ABSPATH' ) || exit;

/** `wp nivella-credits repair`: compares paid orders with the ledger. */
final class RepairCommand {
	/**
	 * Over a repair.
	 *
	 * @param Repair           $repair The repair.
	 * @param callable(string) $say    Prints one line.
	 */
	public function __construct( private readonly Repair $repair, private $say ) {}

	/** WP-CLI is there. */
	public static function register(): void {
		// Not by its class's name: WP-CLI would make an object of it.
		\WP_CLI::add_command( 'nivella-credits repair', self::run( ... ) );
	}

	/**
	 * Compares paid orders with the ledger.
	 *
	 * ## OPTIONS
	 *
	 * [--since=<date>]
	 * : Orders paid on this day or later, UTC: 2026-01-31. Else since the plugin was first active.
	 *
	 * [--apply]
	 * : Books what is missing. Without it, nothing is changed.
	 *
	 * ## EXAMPLES
	 *
	 *     wp nivella-credits repair --since=2026-01-31
	 *     wp nivella-credits repair --since=2026-01-31 --apply
	 *
	 * @param string[]              $args    None.
	 * @param array<string, string> $options `since`, `apply`.
	 */
	public static function run( array $args, array $options ): void {
		if ( ! Requirement::is_met() ) {
			\WP_CLI::error( 'WooCommerce ' . Requirement::WOOCOMMERCE . ' or later is not active.' );
			return;
		}
		$command = new self( Listener::repair(), array( \WP_CLI::class, 'log' ) );
		$since   = self::since( $options['since'] ?? null );
		if ( null === $since ) {
			\WP_CLI::error( 'A date is written 2026-01-31.' );
			return;
		}
		$command->compare( $since, isset( $options['apply'] ) );
		$command->add_up();
	}

	/**
	 * Lists accounts that do not add up. Nothing is changed about them.
	 *
	 * @return int How many there are.
	 */
	public function add_up(): int {
		$count = 0;
		for ( $after = 0; null !== $after; ) {
			list( 'next' => $after, 'faults' => $faults ) = Audit::open()->check( $after, 50 );
			foreach ( $faults as $account => $what ) {
				( $this->say )( "account $account does not add up: $what" );
				++$count;
			}
		}
		return $count;
	}

	/**
	 * The second that a date begins at; null for what is no date.
	 *
	 * @param ?string $date As 2026-01-31, or null: when the plugin was first active.
	 */
	public static function since( ?string $date ): ?int {
		if ( null === $date ) {
			return Payment::first_active_at();
		}
		$day = \DateTimeImmutable::createFromFormat( '!Y-m-d', $date, new \DateTimeZone( 'UTC' ) );
		return false !== $day && $day->format( 'Y-m-d' ) === $date ? $day->getTimestamp() : null;
	}

	/**
	 * Lists what is missing by customer and what is astray, and books it if asked to.
	 *
	 * @param int  $since Orders paid at this second or later.
	 * @param bool $apply Whether to book.
	 * @return int How many orders and lines differ.
	 */
	public function compare( int $since, bool $apply ): int {
		$found  = array();
		$booked = 0;
		for ( $page = 1, $more = true; $more; $page++ ) {
			list( 'more' => $more, 'orders' => $orders ) = $this->repair->missing( $since, $page );

			$found  += $orders;
			$booked += $apply ? $this->repair->grant( $since, $page )['booked'] : 0;
		}
		$this->list( $found );
		$astray = array();
		for ( $after = ''; null !== $after; ) {
			list( 'next' => $after, 'keys' => $keys ) = $this->repair->astray( $after, $apply, true );
			array_push( $astray, ...$keys );
		}
		foreach ( $astray as $key ) {
			( $this->say )( "$key: what is taken back differs from its order" );
		}
		$this->sum_up( count( $found ) + count( $astray ), $apply, $booked + count( $astray ) );
		return count( $found ) + count( $astray );
	}

	/**
	 * What is missing, by customer.
	 *
	 * @param array<int, array<string, int>> $orders As missing() has them.
	 */
	private function list( array $orders ): void {
		$customers = array();
		foreach ( $orders as $id => $order ) {
			$customers[ $order['customer'] ][ $id ] = $order;
		}
		ksort( $customers );
		foreach ( $customers as $customer => $own ) {
			$add     = Amount::add( ... );
			$credits = Amount::text( array_reduce( array_column( $own, 'credits' ), $add, 0 ) );
			$bonus   = Amount::text( array_reduce( array_column( $own, 'bonus' ), $add, 0 ) );
			$name    = 0 === $customer ? 'guests (to be claimed by link)' : "customer $customer";
			$orders  = implode( ', ', array_keys( $own ) );
			$plans   = array_sum( array_column( $own, 'plans' ) );
			$bonus  .= $plans > 0 ? " bonus and $plans plans" : ' bonus';
			( $this->say )( "$name: $credits credits and $bonus, orders $orders" );
		}
	}

	/** The last line. */
	private function sum_up( int $count, bool $apply, int $booked ): void {
		if ( 0 === $count ) {
			( $this->say )( 'Orders and ledger agree.' );
		} elseif ( $apply ) {
			( $this->say )( "$count differed, $booked were booked." );
		} else {
			( $this->say )( "$count differ. Nothing was changed: add --apply to book them." );
		}
	}
}
