<?php
/**
 * How close an account is to running out.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * Levels: `ok`, `low`, `critical`, `depleted`, or `unlimited`.
 */
final class Level {
	/** Larger is worse. Unlimited and ok are equally good. */
	private const RANKS = array(
		'ok'        => 0,
		'unlimited' => 0,
		'low'       => 1,
		'critical'  => 2,
		'depleted'  => 3,
	);

	/**
	 * What is worth saying when a level follows another: once for each crossing, however many levels
	 * are passed at once, and nothing while it stays.
	 *
	 * @param string $before The level before.
	 * @param string $now    The level now.
	 * @return ?string `low`, `critical`, `depleted`, `recovered`, or null.
	 */
	public static function crossing( string $before, string $now ): ?string {
		$change = self::RANKS[ $now ] <=> self::RANKS[ $before ];
		return match ( $change ) {
			-1      => 'recovered',
			0       => null,
			default => $now,
		};
	}
}
