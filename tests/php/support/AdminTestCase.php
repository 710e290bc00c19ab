<?php
/**
 * A test of the owner's screens.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

use Nivella\Credits\Storage\Books;

/** Every test has somebody of each kind, and accounts with credits. */
abstract class AdminTestCase extends WordPressTestCase {
	/** Somebody who works for the store. */
	protected function shop_manager(): AdminBrowser {
		$user = $this->user( 'shop_manager' );
		// The stand-in's shop managers lack it.
		get_userdata( $user )->add_cap( 'edit_shop_orders' );
		return new AdminBrowser( $user );
	}

	/** A customer's account with some credits. */
	protected function account( string $credits = '100', array $user = array() ): int {
		$id = $this->user();
		if ( array() !== $user ) {
			wp_update_user( array( 'ID' => $id ) + $user );
		}
		$account = Books::open()->account_of_user( $id );
		if ( '0' !== $credits ) {
			self::book( $account, array( 'op' => 'grant', 'kind' => 'refund', 'amount' => $credits ) );
		}
		return $account;
	}

	/** Books a command. @return array<string, mixed> */
	protected static function book( int $account, array $command ): array {
		$id = array( 'request_id' => bin2hex( random_bytes( 8 ) ) );
		return Books::open()->write( $account, $command + $id );
	}

	/** What an account has. */
	protected static function available( int $account ): string {
		return Books::open()->balance( $account )['available'];
	}
}
