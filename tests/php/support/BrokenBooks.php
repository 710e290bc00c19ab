<?php
/**
 * A ledger that can't be reached.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

use Nivella\Credits\Woo\Bookkeeper;

/** Everything fails, and not with an exception that WooCommerce would catch. */
final class BrokenBooks implements Bookkeeper {
	public function account_of_user( int $user_id ): int {
		throw new \Error( 'no ledger' );
	}

	public function write( int $account, array $command ): array {
		throw new \Error( 'no ledger' );
	}

	public function sold_of_order( int $order_id ): array {
		throw new \Error( 'no ledger' );
	}

	public function sold_after( string $after, int $most ): array {
		throw new \Error( 'no ledger' );
	}
}
