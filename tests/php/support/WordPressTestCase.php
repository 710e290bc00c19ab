<?php
/**
 * A test on a real WordPress.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

use PHPUnit\Framework\TestCase;

/** Each test begins with the freshly installed store, nobody signed in and no mail sent. */
abstract class WordPressTestCase extends TestCase {
	/** @var array<int, array<string, mixed>> Mails that were sent, as wp_mail() was given them. */
	protected array $mails = array();

	protected function setUp(): void {
		if ( ! getenv( 'NIVELLA_SITE' ) ) {
			self::fail( 'these tests are run by: node tests/php/wordpress.mjs' );
		}
		Snapshot::restore();
		wp_set_current_user( 0 );
		$this->mails = array();
		add_filter( 'pre_wp_mail', array( $this, 'keep_mail' ), 10, 2 );
	}

	protected function tearDown(): void {
		remove_filter( 'pre_wp_mail', array( $this, 'keep_mail' ) );
	}

	/**
	 * Keeps a mail instead of sending it.
	 *
	 * @param mixed                $sent Ignored.
	 * @param array<string, mixed> $mail What was to be sent.
	 */
	public function keep_mail( $sent, array $mail ): bool {
		$this->mails[] = $mail;
		return true;
	}

	/** A new user with this role; its id. */
	protected function user( string $role = 'customer' ): int {
		static $number = 0;
		++$number;
		$name = "$role-$number-" . bin2hex( random_bytes( 3 ) );
		$user = wp_insert_user(
			array(
				'user_login' => $name,
				'user_pass'  => 'secret',
				'user_email' => "$name@example.com",
				'role'       => $role,
			)
		);
		self::assertIsInt( $user );
		return $user;
	}
}
