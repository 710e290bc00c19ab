<?php
/**
 * Where levels begin, as people write it.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Page;

use Nivella\Credits\Ledger\Fields;
use Nivella\Credits\Ledger\Thresholds;

defined( 'ABSPATH' ) || exit;

/** Each level begins at a share (20%) or at so many credits (500). */
final class Levels {
	/** The levels that begin somewhere. */
	public const NAMES = array( 'low', 'critical' );

	/**
	 * As it is written.
	 *
	 * @param array{share?: int, amount?: string} $level As the ledger has it.
	 */
	public static function text( array $level ): string {
		if ( ! isset( $level['share'] ) ) {
			return (string) $level['amount'];
		}
		$rest = $level['share'] % 10;
		return intdiv( $level['share'], 10 ) . ( 0 === $rest ? '' : ".$rest" ) . '%';
	}

	/**
	 * From what was entered.
	 *
	 * @param array<string, string> $texts By the levels' names.
	 * @throws \Nivella\Credits\Ledger\Refusal Naming the level.
	 */
	public static function entered( array $texts ): Thresholds {
		$wire = array();
		foreach ( self::NAMES as $name ) {
			$text          = trim( $texts[ $name ] ?? '' );
			$is_share      = 1 === preg_match( '/^(\d{1,3})(?:\.(\d))? ?%$/D', $text, $found );
			$share         = (int) ( $found[1] ?? 0 ) * 10 + (int) ( $found[2] ?? 0 );
			$wire[ $name ] = $is_share
				? array( 'share' => $share )
				: array( 'amount' => '' === $text ? '0' : $text );
		}
		return Thresholds::from_wire( Fields::of( $wire ) );
	}
}
