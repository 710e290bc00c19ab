<?php
/**
 * The site's own secret.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

defined( 'ABSPATH' ) || exit;

/**
 * What server keys and public site ids are made with. It comes from wp-config.php, never from the
 * database: whoever reads a dump cannot make keys.
 *
 * `NIVELLA_CREDITS_SECRET`, where it is defined, is used instead of WordPress's own keys; then the
 * server keys outlive a change of those.
 */
final class Secret {
	/** What stands in a wp-config.php that nobody has finished. */
	private const UNFINISHED = 'put your unique phrase here';
	private const LEAST      = 32;

	/** The secret of the current site; '' where there is none that could be relied on. */
	public static function of_site(): string {
		$names = defined( 'NIVELLA_CREDITS_SECRET' )
			? array( 'NIVELLA_CREDITS_SECRET' )
			: array( 'AUTH_KEY', 'AUTH_SALT' );
		$texts = array();
		foreach ( $names as $name ) {
			$texts[] = defined( $name ) ? constant( $name ) : '';
		}
		return self::from( $texts, get_current_blog_id() );
	}

	/**
	 * The secret of one site of a network: what one site's key may do another's may not.
	 *
	 * @param array<mixed> $texts What wp-config.php has.
	 * @param int          $site  The site.
	 */
	public static function from( array $texts, int $site ): string {
		foreach ( $texts as $text ) {
			$good = is_string( $text ) && strlen( $text ) >= self::LEAST
				&& ! str_contains( $text, self::UNFINISHED );
			if ( ! $good ) {
				return '';
			}
		}
		return hash_hmac( 'sha256', "nivella-credits site $site", implode( "\n", $texts ) );
	}
}
