<?php
/**
 * What a check of the plugin's health found.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Health;

defined( 'ABSPATH' ) || exit;

/** One line of the health screen, and one test of Site Health. Immutable. */
final class Finding {
	public const GOOD        = 'good';
	public const RECOMMENDED = 'recommended';
	public const CRITICAL    = 'critical';

	/**
	 * One finding.
	 *
	 * @param string $status One of the constants.
	 * @param string $text   What was found, and what to do about it; plain text.
	 */
	public function __construct( public readonly string $status, public readonly string $text ) {}

	/**
	 * All is well.
	 *
	 * @param string $text What was found.
	 */
	public static function good( string $text ): self {
		return new self( self::GOOD, $text );
	}

	/**
	 * Something could be better.
	 *
	 * @param string $text What, and what to do about it.
	 */
	public static function recommended( string $text ): self {
		return new self( self::RECOMMENDED, $text );
	}

	/**
	 * Something does not work.
	 *
	 * @param string $text What, and what to do about it.
	 */
	public static function critical( string $text ): self {
		return new self( self::CRITICAL, $text );
	}
}
