<?php
/**
 * A test on a real WordPress.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

use PHPUnit\Framework\TestCase;

/**
 * Each test begins with the freshly installed store and the hooks of that moment, nobody signed in,
 * no mail sent and nothing logged.
 */
abstract class WordPressTestCase extends TestCase {
	/** @var array<int, array<string, mixed>> Mails that were sent, as wp_mail() was given them. */
	protected array $mails = array();
	/** @var array<int, array{level: string, message: string}> What the store's logger was told. */
	protected array $logged = array();
	/** @var array<string, \WP_Hook> */
	private array $hooks = array();

	protected function setUp(): void {
		if ( ! getenv( 'NIVELLA_SITE' ) ) {
			self::fail( 'these tests are run by: node tests/php/wordpress.mjs' );
		}
		Snapshot::restore();
		wp_set_current_user( 0 );
		$GLOBALS['wp_rest_server'] = null;
		foreach ( $GLOBALS['wp_filter'] as $name => $hook ) {
			$this->hooks[ $name ] = clone $hook;
		}
		add_filter( 'pre_wp_mail', array( $this, 'keep_mail' ), 10, 2 );
		add_filter( 'woocommerce_logger_log_message', array( $this, 'keep_log' ), 10, 2 );
	}

	protected function tearDown(): void {
		$GLOBALS['wp_filter'] = $this->hooks;
		$this->hooks          = array();
	}

	/**
	 * Keeps a mail instead of sending it.
	 *
	 * @param mixed                $sent Ignored.
	 * @param array<string, mixed> $mail What was to be sent.
	 */
	public function keep_mail( mixed $sent, array $mail ): bool {
		$this->mails[] = $mail;
		return true;
	}

	/** Keeps what is logged, and lets it be written. */
	public function keep_log( mixed $message, string $level ): mixed {
		$this->logged[] = array( 'level' => $level, 'message' => (string) $message );
		return $message;
	}

	/** A new user with this role; its id. */
	protected function user( string $role = 'customer' ): int {
		$name = "$role-" . bin2hex( random_bytes( 4 ) );
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
