<?php
/**
 * `wp nivella-credits key`.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Books;

defined( 'ABSPATH' ) || exit;

/**
 * Makes, lists and revokes the keys of servers.
 */
final class KeyCommand {
	/** Runs on `cli_init`. */
	public static function register(): void {
		\WP_CLI::add_command( 'nivella-credits key', self::class );
	}

	/**
	 * Makes a key and prints it, this once.
	 *
	 * ## OPTIONS
	 *
	 * <label>
	 * : What you call it.
	 *
	 * [--scopes=<scopes>]
	 * : What it may do.
	 * ---
	 * default: quote,use,read
	 * ---
	 *
	 * [--customer=<id>]
	 * : The only user whose credits it may touch. Without it: any of the store. (`--user` is
	 * WP-CLI's own: who runs the command.)
	 *
	 * @param string[]              $args    The label.
	 * @param array<string, string> $options The options.
	 */
	public function create( array $args, array $options ): void {
		try {
			$scopes  = explode( ',', $options['scopes'] ?? implode( ',', Key::SCOPES ) );
			$account = self::account( $options['customer'] ?? null );
			$token   = ( new Keys() )->create( $args[0], $scopes, $account );
		} catch ( Refusal $refusal ) {
			\WP_CLI::error( $refusal->getMessage() );
			return;
		}
		\WP_CLI::line( $token );
		\WP_CLI::success( 'Keep it now: it is not shown again.' );
	}

	/**
	 * Lists the keys, without their secret parts.
	 *
	 * @subcommand list
	 */
	public function list_keys(): void {
		$rows   = array_map(
			static fn( Key $key ): array => array(
				'name'    => $key->name,
				'label'   => $key->label,
				'scopes'  => implode( ',', $key->scopes ),
				'account' => $key->account ?? 'any',
				'created' => $key->created_at,
				'revoked' => $key->revoked_at ?? '',
			),
			( new Keys() )->all()
		);
		$fields = array( 'name', 'label', 'scopes', 'account', 'created', 'revoked' );
		\WP_CLI\Utils\format_items( 'table', $rows, $fields );
	}

	/**
	 * Ends a key at once.
	 *
	 * ## OPTIONS
	 *
	 * <name>
	 * : Its name: nck_ and 16 digits.
	 *
	 * @param string[] $args The name.
	 */
	public function revoke( array $args ): void {
		if ( ( new Keys() )->revoke( $args[0] ) ) {
			\WP_CLI::success( 'Revoked.' );
		} else {
			\WP_CLI::error( 'There is no key of this name that counts.' );
		}
	}

	private static function account( ?string $user ): ?int {
		if ( null === $user ) {
			return null;
		}
		if ( false === get_userdata( (int) $user ) ) {
			throw new Refusal( 'not_found', 'no such user', 'user' );
		}
		return Books::open()->account_of_user( (int) $user );
	}
}
