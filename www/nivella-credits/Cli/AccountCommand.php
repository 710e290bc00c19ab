<?php
/**
 * `wp nivella-credits balance`, `grant`, `use`, `statement`.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Cli;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Books;

defined( 'ABSPATH' ) || exit;

/**
 * The credits of one customer.
 */
final class AccountCommand {
	/** Runs on `cli_init`. */
	public static function register(): void {
		$command = new self();
		foreach ( array( 'balance', 'grant', 'use', 'statement' ) as $name ) {
			$method = 'use' === $name ? 'use_credits' : $name;
			\WP_CLI::add_command( "nivella-credits $name", array( $command, $method ) );
		}
	}

	/**
	 * Says what a customer has.
	 *
	 * ## OPTIONS
	 *
	 * <customer>
	 * : Id, login or e-mail address.
	 *
	 * [--as-of=<instant>]
	 * : At another time, such as 2026-12-01T00:00:00Z.
	 *
	 * [--format=<format>]
	 * : `table`, `json`, `csv` or `yaml`.
	 * ---
	 * default: table
	 * ---
	 *
	 * @param string[]              $args    The customer.
	 * @param array<string, string> $options The options.
	 */
	public function balance( array $args, array $options ): void {
		Say::for_customer(
			$args[0],
			static function ( Books $books, int $account ) use ( $options ): void {
				$balance = $books->balance( $account, $options['as-of'] ?? null );
				$fields  = array( 'available', 'posted', 'held', 'debt', 'level', 'as_of' );
				$format  = $options['format'] ?? 'table';
				\WP_CLI\Utils\format_items( $format, array( $balance ), $fields );
			}
		);
	}

	/**
	 * Gives a customer credits.
	 *
	 * ## OPTIONS
	 *
	 * <customer>
	 * : Id, login or e-mail address.
	 *
	 * <amount>
	 * : Credits, such as 500 or 0.25.
	 *
	 * --reason=<reason>
	 * : Why. The customer can read it.
	 *
	 * [--expires=<instant>]
	 * : When what is left of them is lost, such as 2027-01-01T00:00:00Z.
	 *
	 * [--request-id=<id>]
	 * : The same id given again gives nothing more.
	 *
	 * @param string[]              $args    The customer and the amount.
	 * @param array<string, string> $options The options.
	 */
	public function grant( array $args, array $options ): void {
		$command = array(
			'op'        => 'adjust',
			'direction' => 'add',
			'amount'    => $args[1],
			'reason'    => $options['reason'] ?? '',
		);
		if ( isset( $options['expires'] ) ) {
			$command['expires_at'] = $options['expires'];
		}
		self::write( $args[0], $command, $options );
	}

	/**
	 * Books a use.
	 *
	 * ## OPTIONS
	 *
	 * <customer>
	 * : Id, login or e-mail address.
	 *
	 * <amount>
	 * : Credits, such as 500 or 0.25.
	 *
	 * [--mode=<mode>]
	 * : `strict` books nothing that is not covered, `record` books what is not as debt.
	 * ---
	 * default: strict
	 * ---
	 *
	 * [--reference=<reference>]
	 * : What it was for.
	 *
	 * [--request-id=<id>]
	 * : The same id given again books nothing more.
	 *
	 * @subcommand use
	 *
	 * @param string[]              $args    The customer and the amount.
	 * @param array<string, string> $options The options.
	 */
	public function use_credits( array $args, array $options ): void {
		$command = array(
			'op'     => 'use',
			'mode'   => $options['mode'] ?? 'strict',
			'amount' => $args[1],
		);
		if ( isset( $options['reference'] ) ) {
			$command['reference'] = $options['reference'];
		}
		self::write( $args[0], $command, $options );
	}

	/**
	 * Prints every entry of a customer with its proof, as JSON.
	 *
	 * ## OPTIONS
	 *
	 * <customer>
	 * : Id, login or e-mail address.
	 *
	 * @param string[] $args The customer.
	 */
	public function statement( array $args ): void {
		Say::for_customer(
			$args[0],
			static function ( Books $books, int $account ): void {
				foreach ( $books->statement( $account ) as $piece ) {
					// phpcs:ignore WordPress.WP.AlternativeFunctions -- what a shell reads.
					fwrite( STDOUT, $piece );
				}
			}
		);
	}

	/**
	 * Books a command, and says what the customer has then.
	 *
	 * @param string                $customer Who.
	 * @param array<string, string> $command  The command.
	 * @param array<string, string> $options  `request-id`.
	 */
	private static function write( string $customer, array $command, array $options ): void {
		$id       = $options['request-id'] ?? 'cli-' . bin2hex( random_bytes( 16 ) );
		$command += array( 'request_id' => $id );
		Say::for_customer(
			$customer,
			static function ( Books $books, int $account ) use ( $command ): void {
				$answer = $books->write( $account, $command );
				if ( ! $answer['booked'] ) {
					throw new Refusal( $answer['reason'], "{$answer['short_by']} more would be needed" );
				}
				$again     = $answer['replayed'] ? ' It had been booked before.' : '';
				$available = $answer['balance']['available'];
				\WP_CLI::success( "$available credits are available now.$again" );
			}
		);
	}
}
