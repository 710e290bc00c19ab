<?php
/**
 * The ledger at the command line.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Cli\AccountCommand;
use Nivella\Credits\Cli\ImportCommand;
use Nivella\Credits\Cli\VerifyCommand;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Tests\Support\Processes;
use Nivella\Credits\Tests\Support\WordPressTestCase;
use Nivella\Credits\Woo\RepairCommand;

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

	public function test_a_store_that_is_switched_off_is_not_repaired(): void {
		$repair = array( 'repair', array(), array() );
		self::assertSame( array( 'Orders and ledger agree.' ), self::run_commands( $repair )[0] );
		$active = (array) get_option( 'active_plugins' );
		update_option( 'active_plugins', array_values( preg_grep( '/^nivella/', $active ) ) );
		$said = self::run_commands( $repair )[0];
		self::assertSame( array( 'Error: WooCommerce 9.9 or later is not active.' ), $said );
	}

	/** @return array<string, array{string, string}> A command, and what its help names. */
	public static function synopses(): array {
		return array(
			'repair since' => array( 'repair', '[--since=<date>]' ),
			'repair apply' => array( 'repair', '[--apply]' ),
			'import file'  => array( 'import', '<file>' ),
			'import apply' => array( 'import', '[--apply]' ),
			'verify'       => array( 'verify', '[<customer>]' ),
			'grant'        => array( 'grant', '--reason=<reason>' ),
		);
	}

	/** @dataProvider synopses */
	public function test_the_help_of_a_command_says_what_it_takes(
		string $name,
		string $part
	): void {
		require_once __DIR__ . '/../support/wp-cli.php';
		AccountCommand::register();
		ImportCommand::register();
		VerifyCommand::register();
		RepairCommand::register();
		$command = \WP_CLI::$commands[ "nivella-credits $name" ];
		// WP-CLI reads what stands at the function that it calls, never at its class.
		$called = match ( true ) {
			is_array( $command )           => new \ReflectionMethod( ...$command ),
			$command instanceof \Closure => new \ReflectionFunction( $command ),
			default                        => new \ReflectionMethod( $command, '__invoke' ),
		};
		self::assertStringContainsString( '## OPTIONS', (string) $called->getDocComment() );
		self::assertStringContainsString( $part, (string) $called->getDocComment() );
	}

	public function test_a_file_is_looked_at_first_and_has_its_effect_once(): void {
		list( $first, $second ) = array( $this->user(), $this->user() );
		$email  = get_userdata( $second )->user_email;
		$path   = self::file( "customer,credits,reason\n$first,100.5,gift\n$email,7,\"a, b\"\n" );
		$import = static fn( array $options ): array => array( 'import', array( $path ), $options );
		$posted = static fn( int $user ): string =>
			Books::open()->balance( Books::open()->account_of_user( $user ) )['posted'];
		$looked = self::run_commands( $import( array() ) )[0];
		self::assertStringStartsWith( '2 rows, 107.5 credits. Nothing was changed', $looked[0] );
		self::assertSame( array( '0', '0' ), array( $posted( $first ), $posted( $second ) ) );
		$apply = array( 'apply' => 'yes' );
		$said  = self::run_commands( $import( $apply ), $import( $apply ) );
		$once  = '2 rows were booked, 0 had been booked before.';
		self::assertSame( array( "Success: $once" ), $said[0] );
		$again = '0 rows were booked, 2 had been booked before.';
		self::assertSame( array( "Success: $again" ), $said[1] );
		self::assertSame( array( '100.5', '7' ), array( $posted( $first ), $posted( $second ) ) );
	}

	/** @return array<string, array{string, string}> */
	public static function files(): array {
		$heads = "customer,credits,reason\n";
		return array(
			'a customer that is none' => array( "{$heads}999999,5,x\n", 'There is no such customer' ),
			'an amount that is none'  => array( "{$heads}CUSTOMER,abc,x\n", 'line 3' ),
			'below zero'              => array( "{$heads}CUSTOMER,-5,x\n", 'line 3' ),
			'no reason'               => array( "{$heads}CUSTOMER,5,\n", 'A reason has' ),
			'no columns'              => array( "1,2,3\n", 'Error: field_invalid (file)' ),
			'nothing'                 => array( '', 'Error: field_invalid (file)' ),
		);
	}

	/** @dataProvider files */
	public function test_a_file_with_a_fault_books_nothing( string $text, string $told ): void {
		$user = $this->user();
		$good = str_replace( "reason\n", "reason\n$user,5,good\n", $text );
		$path = self::file( str_replace( 'CUSTOMER', (string) $user, $good ) );
		$said = self::run_commands( array( 'import', array( $path ), array( 'apply' => 'yes' ) ) )[0];
		self::assertStringContainsString( $told, implode( "\n", $said ) );
		self::assertStringStartsWith( 'Error: ', end( $said ) );
		$account = Books::open()->account_of_user( $user );
		self::assertSame( '0', Books::open()->balance( $account )['posted'] );
	}

	public function test_a_file_that_is_not_there_is_said(): void {
		$said = self::run_commands( array( 'import', array( '/none.csv' ), array() ) )[0];
		self::assertStringStartsWith( 'Error: field_invalid (file): no file of', $said[0] );
	}

	/** A file with this text. */
	private static function file( string $text ): string {
		$path = (string) tempnam( sys_get_temp_dir(), 'nivella' );
		file_put_contents( $path, $text );
		return $path;
	}
}
