<?php
/**
 * The ledger at the command line.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Tests\Support\Processes;
use Nivella\Credits\Tests\Support\WordPressTestCase;

final class CommandsTest extends WordPressTestCase {
	/**
	 * @param array<array{string, string[], array<string, string>}> $calls Name, arguments, options.
	 * @return string[][] What each printed.
	 */
	private static function run_commands( array ...$calls ): array {
		return Processes::race( __DIR__ . '/tasks/commands.php', array( $calls ) )[0];
	}

	public function test_what_is_granted_and_used_is_in_the_balance(): void {
		$user   = $this->user();
		$email  = get_userdata( $user )->user_email;
		$login  = get_userdata( $user )->user_login;
		$reason = array( 'reason' => 'a gift' );
		$said   = self::run_commands(
			array( 'grant', array( (string) $user, '500.5' ), $reason ),
			array( 'use', array( $email, '0.25' ), array( 'reference' => 'ticket 7' ) ),
			array( 'use', array( $login, '1000' ), array() ),
			array( 'use', array( $login, '600' ), array( 'mode' => 'record' ) ),
			array( 'balance', array( $login ), array() ),
		);
		self::assertSame( array( 'Success: 500.5 credits are available now.' ), $said[0] );
		self::assertSame( array( 'Success: 500.25 credits are available now.' ), $said[1] );
		self::assertStringStartsWith( 'Error: insufficient_credits: 499.75 more', $said[2][0] );
		self::assertSame( array( 'Success: 0 credits are available now.' ), $said[3] );
		$balance = json_decode( $said[4][0], true );
		self::assertSame( array( '0', '99.75' ), array( $balance['available'], $balance['debt'] ) );
	}

	public function test_the_same_request_id_books_once(): void {
		$user  = (string) $this->user();
		$grant = array( 'grant', array( $user, '10' ), array( 'reason' => 'x', 'request-id' => 'one' ) );
		$said  = self::run_commands( $grant, $grant, array( 'balance', array( $user ), array() ) );
		self::assertStringEndsWith( 'It had been booked before.', $said[1][0] );
		self::assertSame( '10', json_decode( $said[2][0], true )['available'] );
	}

	/** @return array<string, array{string, string[], array<string, string>, string}> */
	public static function refused(): array {
		return array(
			'a customer that is none' => array( 'balance', array( '999999' ), array(), 'not_found' ),
			'an amount that is none'  =>
				array( 'grant', array( 'CUSTOMER', 'abc' ), array( 'reason' => 'x' ), 'amount_invalid' ),
			'below zero'              =>
				array( 'grant', array( 'CUSTOMER', '-5' ), array( 'reason' => 'x' ), 'amount_invalid' ),
			'a mode that is none'     =>
				array( 'use', array( 'CUSTOMER', '5' ), array( 'mode' => 'x' ), 'field_invalid' ),
			'no reason'               =>
				array( 'grant', array( 'CUSTOMER', '5' ), array( 'reason' => '' ), 'field_invalid' ),
		);
	}

	/** @dataProvider refused */
	public function test_what_can_not_be_is_refused_by_its_code(
		string $name,
		array $args,
		array $options,
		string $code
	): void {
		$user = (string) $this->user();
		$args = str_replace( 'CUSTOMER', $user, $args );
		$said = self::run_commands( array( $name, $args, $options ) );
		self::assertStringStartsWith( "Error: $code", $said[0][0] );
		$account = Books::open()->account_of_user( (int) $user );
		self::assertSame( '0', Books::open()->balance( $account )['posted'] );
	}

	public function test_verify_finds_an_entry_that_was_changed_and_one_that_is_gone(): void {
		$db    = new Db( $GLOBALS['wpdb'] );
		$users = array( $this->user(), $this->user(), $this->user() );
		foreach ( $users as $user ) {
			$grant = array( 'grant', array( (string) $user, '10' ), array( 'reason' => 'x' ) );
			$use   = array( 'use', array( (string) $user, '1' ), array( 'reference' => 'r' ) );
			self::run_commands( $grant, $use, $use );
		}
		$verify = array( 'verify', array(), array() );
		$fine   = array( 'Success: Everything adds up.' );
		self::assertSame( $fine, self::run_commands( $verify )[0] );
		list( $changed, $short ) = array_map( Books::open()->account_of_user( ... ), $users );
		$edit = 'UPDATE {entries} SET occurred_at = occurred_at - 1 WHERE account = ? AND seq = 2';
		$db->run( $edit, $changed );
		$db->run( 'DELETE FROM {entries} WHERE account = ? AND seq = 3', $short );
		$said = self::run_commands( $verify )[0];
		self::assertContains( "account $changed: entry 2 is not as it was written", $said );
		self::assertContains( "account $short: entry 3 is not as it was written", $said );
		self::assertSame( 'Error: 2 accounts do not add up.', end( $said ) );
		$third = array( 'verify', array( (string) $users[2] ), array() );
		self::assertSame( $fine, self::run_commands( $third )[0] );
	}
}
