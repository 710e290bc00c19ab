<?php
/**
 * The repair, from the owner's screen.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Ledger\Amount;

defined( 'ABSPATH' ) || exit;

/** Looks through orders and ledger page by page, for as long as a request may take. */
final class RepairNow {
	private const SECONDS = 15;
	private const FIRST   = 'paid:1';

	/**
	 * Runs on `nivella_credits_repair`.
	 *
	 * `since` is a date, or '' for when the plugin was first active; `apply`: whether to book; `gone`:
	 * whether orders that are not found were deleted; `at`: where to go on, '' for the beginning.
	 *
	 * @param mixed                $others Ignored.
	 * @param array<string, mixed> $ask    `since`, `apply`, `gone`, `at`.
	 * @return ?array{lines: string[], next: string} What differs, and where to go on; '' for nowhere;
	 *                                               null for what is no date.
	 */
	public static function run( mixed $others, array $ask ): ?array {
		$since = RepairCommand::since( '' === $ask['since'] ? null : $ask['since'] );
		if ( null === $since ) {
			return null;
		}
		$lines = array();
		$at    = '' === $ask['at'] ? self::FIRST : $ask['at'];
		$until = time() + self::SECONDS;
		while ( '' !== $at && time() < $until ) {
			[ $kind, $place ] = explode( ':', $at, 2 ) + array( 1 => '' );
			[ $found, $at ]   = 'paid' === $kind
				? self::paid( max( 1, (int) $place ), $since, $ask['apply'] )
				: self::sold( $place, $ask['apply'], $ask['gone'] );
			array_push( $lines, ...$found );
		}
		return array( 'lines' => $lines, 'next' => $at );
	}

	/**
	 * One page of paid orders.
	 *
	 * @param int  $page  Which.
	 * @param int  $since Paid at this second or later.
	 * @param bool $apply Whether to book.
	 * @return array{string[], string} What differs, and where to go on.
	 */
	private static function paid( int $page, int $since, bool $apply ): array {
		$repair = Listener::repair();
		$found  = $repair->missing( $since, $page );
		$lines  = array();
		foreach ( $found['orders'] as $id => $order ) {
			/* translators: 1: an order's id. 2: how many credits. 3: how many credits. */
			$text    = __( 'Order %1$d: %2$s credits and %3$s bonus are missing.', 'nivella-credits' );
			$credits = Amount::text( $order['credits'] );
			$lines[] = sprintf( $text, $id, $credits, Amount::text( $order['bonus'] ) );
		}
		if ( $apply && array() !== $lines ) {
			$repair->grant( $since, $page );
		}
		return array( $lines, $found['more'] ? 'paid:' . ( $page + 1 ) : 'sold:' );
	}

	/**
	 * One page of the ledger's lines.
	 *
	 * @param string $after Only lines with a later key.
	 * @param bool   $apply Whether to book.
	 * @param bool   $gone  Whether orders that are not found were deleted.
	 * @return array{string[], string} What differs, and where to go on.
	 */
	private static function sold( string $after, bool $apply, bool $gone ): array {
		$found = Listener::repair()->astray( $after, $apply, $gone );
		/* translators: %s: a line of an order. */
		$astray = __( '%s: what was taken back differs from its order.', 'nivella-credits' );
		/* translators: %s: a line of an order. */
		$left  = __( '%s: its order is gone, and its credits are still there.', 'nivella-credits' );
		$lines = array_map(
			static fn( string $key ): string => sprintf( $astray, $key ),
			$found['keys'],
		);
		foreach ( $found['gone'] as $key ) {
			$lines[] = sprintf( $left, $key );
		}
		return array( $lines, null === $found['next'] ? '' : 'sold:' . $found['next'] );
	}
}
