<?php
/**
 * The mails that somebody turned off, among what is kept of them.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Mail;

use Nivella\Credits\Privacy\Privacy;

defined( 'ABSPATH' ) || exit;

/** For WordPress's export of personal data, in the group of the credits: see Privacy\Privacy. */
final class Exporter {
	/**
	 * The exporters, with ours.
	 *
	 * @param mixed $exporters By their ids.
	 * @return array<string, array<string, mixed>>
	 */
	public static function listed( mixed $exporters ): array {
		$own = array(
			'exporter_friendly_name' => __( 'Mails on AI credits', 'nivella-credits' ),
			'callback'               => array( self::class, 'export' ),
		);
		return array( 'nivella-credits-mails' => $own ) + (array) $exporters;
	}

	/**
	 * What somebody turned off.
	 *
	 * @param string $address Their e-mail address.
	 * @return array{data: array, done: bool}
	 */
	public static function export( string $address ): array {
		$user = get_user_by( 'email', $address );
		$off  = false === $user ? array() : Choices::off( $user->ID );
		if ( array() === $off ) {
			return array( 'data' => array(), 'done' => true );
		}
		$chosen = array_intersect_key( Choices::names(), array_flip( $off ) );
		$names  = implode( wp_get_list_item_separator(), $chosen );
		$pair   = array( 'name' => __( 'Mails turned off', 'nivella-credits' ), 'value' => $names );
		$item   = array( 'item_id' => 'mails', 'data' => array( $pair ) ) + Privacy::group();
		return array( 'data' => array( $item ), 'done' => true );
	}
}
