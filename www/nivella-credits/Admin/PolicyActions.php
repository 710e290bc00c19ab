<?php
/**
 * What the form of policies does.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Capabilities;
use Nivella\Credits\Lane\Lane;
use Nivella\Credits\Ledger\Fields;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Ledger\Thresholds;
use Nivella\Credits\Rest\Access;
use Nivella\Credits\Rest\Cors;
use Nivella\Credits\Rest\Visitor;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Woo\Completion;

defined( 'ABSPATH' ) || exit;

/** Checks everything first, and saves all of it or nothing. */
final class PolicyActions {
	private const MAX_TEXT = 5000;

	/** Saves the policies. */
	public static function save(): void {
		Action::run(
			'save_policies',
			Capabilities::MANAGE,
			static function ( Sent $sent ): Notice {
				$yes  = static fn( string $name ): string => $sent->flag( $name ) ? 'yes' : 'no';
				$one  = static fn( string $name ): string => $sent->flag( $name ) ? '1' : '';
				$ways = array_keys( PoliciesScreen::visitors() );
				$lose = 'forgive' === $sent->one_of( 'shortfall', array( 'owe', 'forgive' ) );
				$text = sanitize_textarea_field( $sent->text( 'refunds' ) );
				$keep = array(
					Configuration::THRESHOLDS => self::thresholds( $sent )->text(),
					Configuration::FORGIVE    => $lose ? '1' : '',
					PoliciesScreen::REFUNDS   => mb_substr( $text, 0, self::MAX_TEXT ),
					Completion::COMPLETE      => $yes( 'complete' ),
					Completion::COUPONS       => $yes( 'coupons' ),
					Visitor::OPTION           => $sent->one_of( 'visitors', $ways ),
					Access::CUSTOMERS_METER   => $yes( 'customers_meter' ),
					Cors::OPTION              => self::origins( $sent ),
					Lane::OPTION              => $yes( 'fast_lane' ),
					PoliciesScreen::DELETE    => $one( 'delete' ),
				);
				foreach ( $keep as $option => $value ) {
					update_option( $option, $value );
				}
				return Notice::done( __( 'The policies were saved.', 'nivella-credits' ) );
			}
		);
	}

	/**
	 * A share as an owner writes it.
	 *
	 * @param int $permille The share.
	 */
	public static function percent( int $permille ): string {
		$rest = $permille % 10;
		return intdiv( $permille, 10 ) . ( 0 === $rest ? '' : ".$rest" ) . '%';
	}

	/**
	 * Where levels begin.
	 *
	 * @param Sent $sent The form.
	 * @throws Refusal Naming the level.
	 */
	private static function thresholds( Sent $sent ): Thresholds {
		$wire = array();
		foreach ( array( 'low', 'critical' ) as $name ) {
			$text          = $sent->text( $name );
			$is_share      = 1 === preg_match( '/^(\d{1,3})(?:\.(\d))? ?%$/D', $text, $found );
			$share         = (int) ( $found[1] ?? 0 ) * 10 + (int) ( $found[2] ?? 0 );
			$wire[ $name ] = $is_share
				? array( 'share' => $share )
				: array( 'amount' => $sent->amount_or_none( $name ) );
		}
		return Thresholds::from_wire( Fields::of( $wire ) );
	}

	/**
	 * Origins, one a line.
	 *
	 * @param Sent $sent The form.
	 * @return string[]
	 * @throws Refusal `store_origin_refused` for a line that is none.
	 */
	private static function origins( Sent $sent ): array {
		$origins = array();
		foreach ( preg_split( '/\s+/', $sent->text( 'origins' ) ) as $line ) {
			$origin = rtrim( strtolower( (string) $line ), '/' );
			if ( '' === $origin ) {
				continue;
			}
			if ( 1 !== preg_match( '#^https?://[a-z0-9.\-\[\]:]+$#D', $origin ) ) {
				throw new Refusal( 'store_origin_refused', 'not an origin', 'origins' );
			}
			$origins[] = $origin;
		}
		return array_values( array_unique( $origins ) );
	}
}
