<?php
/**
 * Which mails a customer wants.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Mail;

use Nivella\Credits\Woo\Account\Mails;

defined( 'ABSPATH' ) || exit;

/**
 * A customer may turn off what only informs. What belongs to a purchase, and that nothing works any
 * more, is for the owner of the store to turn off.
 */
final class Choices {
	/** User meta: the kinds that were turned off. */
	private const META = 'nivella_credits_mails_off';

	/**
	 * The kinds that are a customer's choice, as a list of mails calls them.
	 *
	 * @return array<string, string>
	 */
	public static function names(): array {
		return array(
			'low'       => __( 'When credits are getting low', 'nivella-credits' ),
			'critical'  => __( 'When they are almost gone', 'nivella-credits' ),
			'recovered' => __( 'When there are enough again', 'nivella-credits' ),
			'expiring'  => __( 'A week before credits expire', 'nivella-credits' ),
			'monthly'   => __( 'A statement each month', 'nivella-credits' ),
		);
	}

	/**
	 * Whether a store sends a kind before its owner has chosen: not to all of its customers each
	 * month, and not what a purchase has told them already.
	 *
	 * @param string $kind The kind.
	 */
	public static function usual( string $kind ): string {
		return in_array( $kind, array( 'recovered', 'monthly' ), true ) ? 'no' : 'yes';
	}

	/**
	 * Those of them that the store sends.
	 *
	 * @return array<string, string> Names by kind.
	 */
	public static function offered(): array {
		$names = self::names();
		// One question to the database for all of them.
		wp_prime_option_caches( array_map( Post::option( ... ), array_keys( $names ) ) );
		$sent = static function ( string $kind ): bool {
			$own = (array) get_option( Post::option( $kind ), array() );
			return 'yes' === ( $own['enabled'] ?? self::usual( $kind ) );
		};
		return array_filter( $names, $sent, ARRAY_FILTER_USE_KEY );
	}

	/**
	 * What a customer has turned off.
	 *
	 * @param int $user The user.
	 * @return string[] Kinds.
	 */
	public static function off( int $user ): array {
		$kept = get_user_meta( $user, self::META, true );
		return array_values( array_intersect( array_keys( self::names() ), (array) $kept ) );
	}

	/**
	 * Keeps what a customer wants. What the store does not send now stays as it was chosen.
	 *
	 * @param int      $user   The user.
	 * @param string[] $wanted Kinds that are turned on, of those that are offered.
	 */
	public static function save( int $user, array $wanted ): void {
		$offered = array_keys( self::offered() );
		$off     = array_diff( self::off( $user ), $offered );
		update_user_meta( $user, self::META, array( ...$off, ...array_diff( $offered, $wanted ) ) );
	}

	/**
	 * What a mail says of it, and where it is chosen; null for a kind that is no choice.
	 *
	 * @param string $kind The kind.
	 * @return ?array{string, string}
	 */
	public static function way( string $kind ): ?array {
		return isset( self::names()[ $kind ] )
			? array( __( 'Choose which of these mails you get', 'nivella-credits' ), Mails::url() )
			: null;
	}
}
