<?php
/**
 * Plans for tests, and products that sell them.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Woo\Listener;
use Nivella\Credits\Woo\Plans\Offer;
use WC_Product;

/** Small, of 100 credits each month, and Large, of 500. */
final class Plans {
	/** @param string ...$keys Which of them there are now. */
	public static function have( string ...$keys ): void {
		$plans = array(
			'small' => array( 'name' => 'Small', 'level' => 1, 'allowance' => '100' ),
			'large' => array( 'name' => 'Large', 'level' => 2, 'allowance' => '500' ),
		);
		$have  = array();
		foreach ( $keys as $key ) {
			$have[] = array( 'key' => $key ) + $plans[ $key ];
		}
		Configuration::open()->save_plans( $have );
		// As the next request would see it.
		Listener::use_books( null );
	}

	/** A product that sells a plan. */
	public static function product(
		string $plan,
		string $months = '',
		string $price = '9'
	): WC_Product {
		$meta = array( Offer::PLAN => $plan, Offer::MONTHS => $months );
		return Orders::package( $price, array_filter( $meta, static fn( $text ) => '' !== $text ) );
	}

	/**
	 * What runs for a user: plan, the next plan, and how many months are paid from its start on (null:
	 * open-ended). Null where nothing is paid for.
	 *
	 * @return ?array{string, ?string, ?int}
	 */
	public static function of_user( int $user ): ?array {
		$row = self::row( $user );
		$paid = $row['paid_until'] ?? PHP_INT_MAX;
		if ( null === $row || $paid <= ( time() + 1 ) * 1000 ) {
			return null;
		}
		$months = null;
		if ( null !== $row['paid_until'] ) {
			// Months of the calendar: from the 31st a month ends on the last day of a shorter one.
			$month  = static fn( string $at ): int => 12 * (int) gmdate( 'Y', intdiv( (int) $at, 1000 ) )
				+ (int) gmdate( 'n', intdiv( (int) $at, 1000 ) );
			$months = $month( $row['paid_until'] ) - $month( $row['started_at'] );
		}
		return array( $row['plan'], $row['next_plan'], $months );
	}

	/** @return ?array<string, ?string> The subscription of a user. */
	public static function row( int $user ): ?array {
		$db = new Db( $GLOBALS['wpdb'] );
		return $db->row(
			'SELECT s.* FROM {subscriptions} s JOIN {accounts} a ON a.id = s.account
			AND a.subscriptions = s.number WHERE a.user_id = ?',
			$user
		);
	}

	/** What was done to plans: kind and plan of each entry of that kind. */
	public static function entries( int $user ): int {
		$db  = new Db( $GLOBALS['wpdb'] );
		$sql = 'SELECT COUNT(*) AS n FROM {entries} e JOIN {accounts} a ON a.id = e.account
			WHERE a.user_id = ? AND e.kind = ?';
		return (int) $db->row( $sql, $user, 'plan' )['n'];
	}

	/** A command of the ledger for a user. */
	public static function write( int $user, string $op, array $fields ): array {
		$books = Books::open();
		$id    = array( 'op' => $op, 'request_id' => bin2hex( random_bytes( 8 ) ) );
		return $books->write( $books->account_of_user( $user ), $id + $fields );
	}

	/** An instant in some days, as the ledger takes it. */
	public static function in_days( int $days ): string {
		return Instant::text( ( time() + $days * DAY_IN_SECONDS ) * 1000 );
	}
}
