<?php
/**
 * Files that are sent as they are made.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Failure;

defined( 'ABSPATH' ) || exit;

/** A file that may be longer than memory, piece by piece. */
final class Download {
	/**
	 * Sends it.
	 *
	 * @param string           $name   The file's name.
	 * @param string           $type   Its media type.
	 * @param iterable<string> $pieces Its text.
	 */
	public static function send( string $name, string $type, iterable $pieces ): void {
		// Whoever leaves must not end this within a transaction.
		ignore_user_abort( true );
		// phpcs:ignore Squiz.PHP.DiscouragedFunctions -- all entries of a store take long.
		set_time_limit( 0 );
		while ( 0 !== ( ( ob_get_status()['flags'] ?? 0 ) & PHP_OUTPUT_HANDLER_REMOVABLE ) ) {
			ob_end_clean();
		}
		nocache_headers();
		header( "Content-Type: $type; charset=utf-8" );
		header( 'Content-Disposition: attachment; filename="' . sanitize_file_name( $name ) . '"' );
		header( 'X-Content-Type-Options: nosniff' );
		try {
			foreach ( $pieces as $piece ) {
				// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- never shown as HTML.
				echo $piece;
				flush();
				if ( 0 !== connection_aborted() ) {
					return;
				}
			}
		} catch ( Refusal | Failure $fault ) {
			// Half a file says so where it ends, so that nobody takes it for all of it.
			echo "\r\n", esc_html( self::broken() );
			do_action( 'nivella_credits_failure', $fault );
		}
	}

	/** What stands at the end of a file that is not whole. */
	private static function broken(): string {
		return __( 'The export ended early: it is not complete.', 'nivella-credits' );
	}
}
