<?php
/**
 * JSON as it is kept and signed.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/** Its own place, since WordPress's function leaves out what is no UTF-8 and says nothing. */
final class Json {
	/**
	 * A value as it is, or nothing.
	 *
	 * @param mixed $value What it is.
	 * @param int   $flags How it is written.
	 * @throws \JsonException Where it cannot be written as it is.
	 */
	public static function text( mixed $value, int $flags = 0 ): string {
		// phpcs:ignore WordPress.WP.AlternativeFunctions -- nothing may be left out.
		return json_encode( $value, $flags | JSON_THROW_ON_ERROR );
	}
}
