<?php
/**
 * From whatever happens to an answer.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/** The same for the fast lane and the full routes. */
final class Answering {
	/**
	 * What the work answers, or how it is refused. What nobody foresaw is written to the log, and the
	 * caller learns only that nothing was kept.
	 *
	 * @param callable(): Reply $work The work.
	 */
	public static function of( callable $work ): Reply {
		try {
			return $work();
		} catch ( Refusal $refusal ) {
			return Reply::refused( $refusal );
		} catch ( \Throwable $fault ) {
			// In the fast lane there is no store whose logger could be asked: PHP's own has it.
			// phpcs:ignore WordPress.PHP.IniSet, Squiz.PHP.DiscouragedFunctions -- the answer is JSON.
			ini_set( 'display_errors', '0' );
			$place = basename( $fault->getFile() ) . ':' . $fault->getLine();
			// phpcs:ignore WordPress.PHP.DevelopmentFunctions, WordPress.Security.EscapeOutput -- a log's.
			trigger_error( "Nivella Credits: {$fault->getMessage()} at $place", E_USER_WARNING );
			return Reply::refused( new Refusal( 'storage_unavailable', 'it could not be done now' ) );
		}
	}
}
