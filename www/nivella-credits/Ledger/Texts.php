<?php
/**
 * Texts that others made.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * What a text may be before it is stored: bounded, valid UTF-8, without control characters.
 */
final class Texts {
	/** The longest key, name or reference, in bytes. */
	public const MAX_KEY_BYTES = 191;

	private const MAX_REASON_BYTES = 1024;

	/**
	 * Whether a text can be a key or a name: 1 to 191 bytes, no control characters.
	 *
	 * @param string $text The text.
	 */
	public static function is_key( string $text ): bool {
		return self::is_plain( $text, self::MAX_KEY_BYTES );
	}

	/**
	 * Refuses what can be no id of something outside the ledger, such as an order item.
	 *
	 * @param string $text  The text.
	 * @param string $field Its field.
	 * @throws Refusal `field_invalid`.
	 */
	public static function check_key( string $text, string $field ): void {
		self::check( $text, $field, self::MAX_KEY_BYTES );
	}

	/**
	 * Whether a text can be a request id: 1 to 191 bytes of printable ASCII.
	 *
	 * @param string $id The id.
	 */
	public static function is_request_id( string $id ): bool {
		return 1 === preg_match( '/^[ -~]{1,191}$/D', $id );
	}

	/**
	 * Refuses what can be no request id.
	 *
	 * @param string $id The id.
	 * @throws Refusal `request_id_invalid`.
	 */
	public static function check_request_id( string $id ): void {
		if ( ! self::is_request_id( $id ) ) {
			$message = 'a request id is 1 to 191 bytes of printable ASCII';
			throw new Refusal( 'request_id_invalid', $message, 'request_id' );
		}
	}

	/**
	 * Refuses texts beside the figures that are too long, empty, or have control characters.
	 *
	 * @param ?string $reference An order, a conversation, a refund.
	 * @param ?string $site      The public id of the site.
	 * @param ?string $reason    Why.
	 * @throws Refusal `field_invalid`.
	 */
	public static function check_note( ?string $reference, ?string $site, ?string $reason ): void {
		null === $reference || self::check( $reference, 'reference', self::MAX_KEY_BYTES );
		null === $site || self::check( $site, 'site', self::MAX_KEY_BYTES );
		null === $reason || self::check( $reason, 'reason', self::MAX_REASON_BYTES );
	}

	/**
	 * Refuses a text.
	 *
	 * @param string $text  The text.
	 * @param string $field Its field.
	 * @param int    $most  The most bytes that it may have.
	 * @throws Refusal `field_invalid`.
	 */
	private static function check( string $text, string $field, int $most ): void {
		if ( ! self::is_plain( $text, $most ) ) {
			$message = 'a text is empty, too long, or has control characters';
			throw new Refusal( 'field_invalid', $message, $field );
		}
	}

	/**
	 * Whether a text is neither empty nor too long, and has only what can be shown.
	 *
	 * @param string $text The text.
	 * @param int    $most The most bytes that it may have.
	 */
	private static function is_plain( string $text, int $most ): bool {
		$length = strlen( $text );
		// Text that is no UTF-8 makes the match fail, which is not 0.
		return $length > 0 && $length <= $most && 0 === preg_match( '/\p{Cc}/u', $text );
	}
}
