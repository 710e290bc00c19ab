<?php
/**
 * What the forms of the health screen do.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Plugin\Capabilities;

defined( 'ABSPATH' ) || exit;

/** The check of every day at once, and the repair. What they do is the store's matter. */
final class HealthActions {
	private const SHOWN = 100;

	/** Begins the check of every day now. */
	public static function check_now(): void {
		Action::run(
			'check_now',
			Capabilities::MANAGE,
			static function (): Notice {
				/** Somebody wants orders and sums to be checked now. */
				do_action( 'nivella_credits_check_now' );
				$text = __(
					'The check has begun. Load this page again in some minutes for what it found.',
					'nivella-credits'
				);
				return Notice::done( $text );
			}
		);
	}

	/** Looks for what differs, or books it. */
	public static function repair(): void {
		Action::run(
			'repair',
			Capabilities::MANAGE,
			static function ( Sent $sent ): Notice {
				$do    = $sent->one_of( 'do', array( 'look', 'apply', 'go_on' ) );
				$apply = 'apply' === $do || ( 'go_on' === $do && $sent->flag( 'apply' ) );
				$ask   = array(
					'since' => $sent->text( 'since' ),
					'apply' => $apply,
					'gone'  => $sent->flag( 'gone' ),
					'at'    => 'go_on' === $do ? $sent->text( 'at' ) : '',
				);
				/**
				 * Compares orders with the ledger, and books the difference.
				 *
				 * @param ?array $result `lines` (texts) and `next` (where to go on, '' for nowhere).
				 * @param array  $ask    `since`, `apply`, `gone`, `at`.
				 */
				$result = apply_filters( 'nivella_credits_repair', null, $ask );
				if ( ! is_array( $result ) ) {
					throw new Refusal( 'time_invalid', 'no such day', 'since' );
				}
				$lines   = array_filter( (array) ( $result['lines'] ?? array() ), 'is_string' );
				$next    = is_string( $result['next'] ?? null ) ? $result['next'] : '';
				$differs = array() !== $lines || ( 'go_on' === $do && $sent->flag( 'differs' ) );
				$state   = array(
					'next'    => $next,
					'apply'   => $apply ? '1' : '',
					'differs' => $differs ? '1' : '',
				);
				$text    = self::text( $lines, $next, $apply );
				return Notice::again( $text, 'repair', new Sent( $state + $sent->all() ) );
			}
		);
	}

	/**
	 * What was found, in lines.
	 *
	 * @param string[] $lines What differs.
	 * @param string   $next  Where to go on.
	 * @param bool     $apply Whether it was booked.
	 */
	private static function text( array $lines, string $next, bool $apply ): string {
		$count = count( $lines );
		$some  = $apply
			/* translators: %s: how many orders and lines. */
			? _n(
				'%s difference was set right.',
				'%s differences were set right.',
				$count,
				'nivella-credits',
			)
			/* translators: %s: how many orders and lines. */
			: _n(
				'%s difference. Nothing was changed.',
				'%s differences. Nothing was changed.',
				$count,
				'nivella-credits',
			);
		$text = 0 === $count
			? __( 'Orders and ledger agree.', 'nivella-credits' )
			: sprintf( $some, number_format_i18n( $count ) );
		if ( '' !== $next ) {
			$text .= ' ' . __( 'There is more to look through: go on.', 'nivella-credits' );
		}
		return implode( "\n", array( $text, ...array_slice( $lines, 0, self::SHOWN ) ) );
	}
}
