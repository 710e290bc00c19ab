<?php
/**
 * What the check of every day found last.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Health;

defined( 'ABSPATH' ) || exit;

/**
 * A note of the last run, written by its jobs as they go. It may lack a line where two of them
 * write at once; the log has all of them.
 */
final class Record {
	private const OPTION = 'nivella_credits_last_check';
	private const MOST   = 50;

	/** A run begins. */
	public static function begin(): void {
		update_option( self::OPTION, array( 'began' => time() ), false );
	}

	/**
	 * A job found something.
	 *
	 * @param string   $what  `granted`, `set_right`, `gone` or `faults`.
	 * @param string[] $items What; only the first are kept.
	 */
	public static function add( string $what, array $items ): void {
		if ( array() === $items ) {
			return;
		}
		$all          = self::read();
		$all[ $what ] = array_slice( array( ...$all[ $what ] ?? array(), ...$items ), 0, self::MOST );
		update_option( self::OPTION, $all, false );
	}

	/**
	 * One of the three jobs is done.
	 *
	 * @param string $job Which.
	 */
	public static function done( string $job ): void {
		$all         = self::read();
		$all['done'] = array_unique( array( ...$all['done'] ?? array(), $job ) );
		update_option( self::OPTION, $all, false );
	}

	/**
	 * The last run; empty where there was none.
	 *
	 * @return array<string, mixed> `began` (seconds since 1970), `done`, and what add() was told.
	 */
	public static function read(): array {
		$kept = get_option( self::OPTION, array() );
		return is_array( $kept ) ? $kept : array();
	}
}
