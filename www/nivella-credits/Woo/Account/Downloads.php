<?php
/**
 * What a customer may take along.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Account;

use Nivella\Credits\Rest\Catalogue;

defined( 'ABSPATH' ) || exit;

/** Links to the activity of a month or of all time, to the statement, and to the receipts. */
final class Downloads {
	/** So many months have a link of their own. */
	private const MONTHS = 12;

	/**
	 * The links, as HTML.
	 *
	 * @param int $created_at When the account was made, ms.
	 */
	public static function markup( int $created_at ): string {
		$months = '';
		foreach ( self::months( intdiv( $created_at, 1000 ), time() ) as $first ) {
			$days    = array( 'from' => $first->format( 'Y-m-d' ), 'to' => $first->format( 'Y-m-t' ) );
			$name    = (string) wp_date( _x( 'F Y', 'a month', 'nivella-credits' ), $first->getTimestamp() );
			$months .= '<li>' . self::link( 'activity.csv', $days, $name ) . '</li>';
		}
		$all = array(
			self::link( 'activity.csv', array(), __( 'All entries (CSV)', 'nivella-credits' ) ),
			self::link( 'statement', array(), __( 'Statement with its proof (JSON)', 'nivella-credits' ) ),
			sprintf(
				'<a href="%s">%s</a>',
				esc_url( wc_get_account_endpoint_url( 'orders' ) ),
				esc_html__( 'Receipts of your purchases are with your orders', 'nivella-credits' )
			),
		);
		return '<ul><li>' . implode( '</li><li>', $all ) . '</li></ul>' . sprintf(
			'<details><summary>%s</summary><ul>%s</ul></details>',
			esc_html__( 'Entries of one month (CSV)', 'nivella-credits' ),
			$months
		);
	}

	/**
	 * The first days of the last months, the newest first.
	 *
	 * @param int $since When the account was made, in seconds.
	 * @param int $now   In seconds.
	 * @return \DateTimeImmutable[]
	 */
	public static function months( int $since, int $now ): array {
		$month  = ( new \DateTimeImmutable() )->setTimestamp( $now )->setTimezone( wp_timezone() );
		$month  = $month->modify( 'first day of this month noon' );
		$months = array();
		do {
			$months[] = $month;
			$past     = $month->modify( 'midnight' )->getTimestamp() <= $since;
			$month    = $month->modify( '-1 month' );
		} while ( ! $past && count( $months ) < self::MONTHS );
		return $months;
	}

	/**
	 * A link that the browser may follow: its nonce says that the reader was given it.
	 *
	 * @param string                $route Below the namespace.
	 * @param array<string, string> $query What of it.
	 * @param string                $text  Its text.
	 */
	private static function link( string $route, array $query, string $text ): string {
		$query['_wpnonce'] = wp_create_nonce( 'wp_rest' );

		$url = add_query_arg( $query, rest_url( Catalogue::NAMESPACE . '/' . $route ) );
		return sprintf( '<a href="%s" download>%s</a>', esc_url( $url ), esc_html( $text ) );
	}
}
