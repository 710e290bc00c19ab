<?php
/**
 * A value that is written as bytes.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

defined( 'ABSPATH' ) || exit;

/**
 * Bytes in a statement, as hexadecimal digits. Immutable.
 *
 * Digests are stored as 32 bytes; written so, a statement stays plain ASCII.
 */
final class Hex {
	/**
	 * Some bytes.
	 *
	 * @param string $digits Lower-case hexadecimal digits, an even number of them.
	 */
	public function __construct( public readonly string $digits ) {}

	/**
	 * The same, or null for null.
	 *
	 * @param ?string $digits The digits.
	 */
	public static function maybe( ?string $digits ): ?self {
		return null === $digits ? null : new self( $digits );
	}
}
