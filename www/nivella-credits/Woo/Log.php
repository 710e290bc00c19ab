<?php
/**
 * What went wrong, in the store's own log.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

defined( 'ABSPATH' ) || exit;

/** Writes to WooCommerce's log, under the plugin's name. */
final class Log {
	/**
	 * Something went wrong.
	 *
	 * @param string     $what  What was to be done.
	 * @param \Throwable $fault What happened.
	 * @param int        $about The order or product.
	 */
	public static function error( string $what, \Throwable $fault, int $about ): void {
		$text = sprintf( '%s (#%d): %s', $what, $about, $fault->getMessage() );
		$at   = sprintf( '%s:%d', basename( $fault->getFile() ), $fault->getLine() );
		wc_get_logger()->error( $text, array( 'source' => 'nivella-credits', 'at' => $at ) );
	}

	/**
	 * Something failed in the background, often a plugin that listens: the file says whose fault it
	 * is.
	 *
	 * @param \Throwable $failure What happened.
	 */
	public static function failure( \Throwable $failure ): void {
		if ( ! function_exists( 'wc_get_logger' ) ) {
			return;
		}
		$at   = plugin_basename( $failure->getFile() ) . ':' . $failure->getLine();
		$text = sprintf( 'something in the background failed: %s (%s)', $failure->getMessage(), $at );
		wc_get_logger()->error( $text, array( 'source' => 'nivella-credits' ) );
	}

	/**
	 * Something that the owner may want to know.
	 *
	 * @param string $text What.
	 */
	public static function info( string $text ): void {
		wc_get_logger()->info( $text, array( 'source' => 'nivella-credits' ) );
	}
}
