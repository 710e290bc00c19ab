<?php
/**
 * What proves that bytes are the same bytes.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * SHA-256 digests, as 64 lower-case hexadecimal digits.
 */
final class Digest {
	/** The text whose digest stands ahead of the first entry. It names the version of the form. */
	public const GENESIS = 'nivella-credits ledger 1';

	/**
	 * The digest of these bytes.
	 *
	 * @param string $bytes Any bytes.
	 */
	public static function of( string $bytes ): string {
		return hash( 'sha256', $bytes );
	}

	/**
	 * The digest ahead of an account's first entry.
	 */
	public static function genesis(): string {
		return '6c314a9a221244e9bd12ccce94d307865241815149ed207623f6aa89f36a9688';
	}
}
