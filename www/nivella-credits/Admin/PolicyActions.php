<?php
/**
 * What the form of policies does.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Lane\Lane;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Owner\Policies;
use Nivella\Credits\Page\Levels;
use Nivella\Credits\Plugin\Capabilities;
use Nivella\Credits\Rest\Access;
use Nivella\Credits\Rest\Cors;
use Nivella\Credits\Rest\Limits;
use Nivella\Credits\Rest\Visitor;
use Nivella\Credits\Storage\Configuration;

defined( 'ABSPATH' ) || exit;

/** Checks everything first, and saves all of it or nothing. */
final class PolicyActions {
	private const MAX_TEXT      = 5000;
	private const MOST_REQUESTS = 10000000;

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
					Configuration::THRESHOLDS => self::levels( $sent ),
					Configuration::FORGIVE    => $lose ? '1' : '',
					Policies::REFUNDS         => mb_substr( $text, 0, self::MAX_TEXT ),
					Policies::COMPLETE        => $yes( 'complete' ),
					Policies::COUPONS         => $yes( 'coupons' ),
					Visitor::OPTION           => $sent->one_of( 'visitors', $ways ),
					Access::CUSTOMERS_METER   => $yes( 'customers_meter' ),
					Cors::OPTION              => self::origins( $sent ),
					Lane::OPTION              => $yes( 'fast_lane' ),
					Limits::OPTION            => self::limits( $sent ),
					Limits::PROXY             => self::header( $sent ),
					Policies::DELETE          => $one( 'delete' ),
				);
				foreach ( $keep as $option => $value ) {
					update_option( $option, $value );
				}
				return Notice::done( __( 'The policies were saved.', 'nivella-credits' ) );
			}
		);
	}

	/**
	 * Where levels begin.
	 *
	 * @param Sent $sent The form.
	 * @throws Refusal `field_invalid`, naming the level.
	 */
	private static function levels( Sent $sent ): string {
		$from = array_combine( Levels::NAMES, array_map( $sent->text( ... ), Levels::NAMES ) );
		try {
			return Levels::entered( $from )->text();
		} catch ( Refusal $refusal ) {
			// A share is no amount of credits: what is wrong with those is not what belongs there.
			throw new Refusal( 'field_invalid', $refusal->getMessage(), $refusal->field );
		}
	}

	/**
	 * The most requests in a minute; a usual limit is not kept, so that it follows the plugin's.
	 *
	 * @param Sent $sent The form.
	 * @return array<string, int>
	 * @throws Refusal `field_invalid`.
	 */
	private static function limits( Sent $sent ): array {
		$limits = array();
		foreach ( Limits::USUAL as $kind => $usual ) {
			$most = $sent->whole( "limit_$kind", 0, self::MOST_REQUESTS );
			if ( $most !== $usual ) {
				$limits[ $kind ] = $most;
			}
		}
		return $limits;
	}

	/**
	 * The name of a header.
	 *
	 * @param Sent $sent The form.
	 * @throws Refusal `field_invalid` for what is none.
	 */
	private static function header( Sent $sent ): string {
		$name = $sent->text( 'address_header' );
		return 1 === preg_match( '/^[A-Za-z0-9-]{0,64}$/D', $name )
			? $name
			: throw new Refusal( 'field_invalid', 'not the name of a header', 'address_header' );
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
