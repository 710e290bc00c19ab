<?php
/**
 * Checks of the site: its secret, its keys, and what it answers over HTTP.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Health;

use Nivella\Credits\Lane\Lane;
use Nivella\Credits\Rest\Key;
use Nivella\Credits\Rest\Keys;
use Nivella\Credits\Rest\Secret;

defined( 'ABSPATH' ) || exit;

/** What it answers it is asked by itself, as a server or a browser would. */
final class Site {
	private const TIMEOUT_S = 4;
	/** A key that nobody has: it is refused without a look into the database. */
	private const NO_KEY = 'nck_0000000000000000';

	/** Whether keys can be made. */
	public static function secret(): Finding {
		if ( '' !== Secret::of_site() ) {
			$text = __( 'Keys are made with the secret of wp-config.php.', 'nivella-credits' );
			return Finding::good( $text );
		}
		$text = array(
			__( 'wp-config.php has no secret of its own.', 'nivella-credits' ),
			__( 'Server keys and public sites do not work until then.', 'nivella-credits' ),
			__( 'Put NIVELLA_CREDITS_SECRET there, with 32 random characters.', 'nivella-credits' ),
		);
		return Finding::critical( implode( ' ', $text ) );
	}

	/** Whether nobody can read keys on their way. */
	public static function https(): Finding {
		if ( ! self::are_open( wp_is_using_https(), wp_get_environment_type() ) ) {
			$text = __( 'No server key travels in the open.', 'nivella-credits' );
			return Finding::good( $text );
		}
		$open = __( 'Server keys travel in the open: this site is not on https.', 'nivella-credits' );
		$may  = __( 'Whoever reads one can spend credits.', 'nivella-credits' );
		return Finding::recommended( "$open $may" );
	}

	/**
	 * Whether there are server keys that travel in the open.
	 *
	 * @param bool   $https       Whether the site is on https.
	 * @param string $environment WordPress's name for it; a `local` one is reached by nobody else.
	 */
	public static function are_open( bool $https, string $environment ): bool {
		if ( $https || 'local' === $environment ) {
			return false;
		}
		$works = static fn( Key $key ): bool => null === $key->revoked_at;
		return array() !== array_filter( ( new Keys() )->all(), $works );
	}

	/** Whether servers are answered before the store is loaded. */
	public static function lane(): Finding {
		if ( 'no' === get_option( Lane::OPTION, 'yes' ) ) {
			return Finding::good(
				__( 'The fast lane is switched off by your policies.', 'nivella-credits' )
			);
		}
		$head   = array( 'Authorization' => 'Bearer ' . self::NO_KEY );
		$answer = wp_remote_post(
			rest_url( 'nivella-credits/v1/quote' ),
			self::how() + array( 'headers' => $head ),
		);
		if ( is_wp_error( $answer ) ) {
			return self::unreachable( $answer );
		}
		if ( 'lane' === wp_remote_retrieve_header( $answer, 'x-nivella-credits' ) ) {
			$text = __( 'Servers are answered before the store is loaded.', 'nivella-credits' );
			return Finding::good( $text );
		}
		$code = (int) wp_remote_retrieve_response_code( $answer );
		/* translators: %d: an HTTP status. */
		$text = __(
			'Servers are answered by the full routes, which are slower (status %d).',
			'nivella-credits'
		);
		$why  = __(
			'Another plugin filters use, loads the store first, or drops the Authorization header.',
			'nivella-credits'
		);
		return Finding::recommended( sprintf( $text, $code ) . ' ' . $why );
	}

	/** Whether browsers take the module as it is sent. */
	public static function module(): Finding {
		$folder = plugin_dir_path( NIVELLA_CREDITS_FILE ) . 'assets';
		$files  = (array) glob( "$folder/*/*.wasm" );
		if ( array() === $files ) {
			$text = __( 'The plugin has no module: install it from its zip.', 'nivella-credits' );
			return Finding::critical( $text );
		}
		$url = plugins_url(
			substr( (string) $files[0], strlen( dirname( $folder ) ) + 1 ),
			NIVELLA_CREDITS_FILE,
		);
		return self::of_module( wp_remote_head( $url, self::how() ) );
	}

	/**
	 * Whether the answer is one that browsers take.
	 *
	 * @param array<string, mixed>|\WP_Error $answer To a request for the module.
	 */
	public static function of_module( array|\WP_Error $answer ): Finding {
		if ( is_wp_error( $answer ) ) {
			return self::unreachable( $answer );
		}
		$code = (int) wp_remote_retrieve_response_code( $answer );
		$type = strtolower(
			(string) strtok( (string) wp_remote_retrieve_header( $answer, 'content-type' ), ';' )
		);
		if ( 200 === $code && 'application/wasm' === trim( $type ) ) {
			$text = __( 'The module is sent as application/wasm.', 'nivella-credits' );
			return Finding::good( $text );
		}
		/* translators: 1: an HTTP status. 2: a media type. */
		$text = __(
			'The module is sent with status %1$d as "%2$s"; it should be application/wasm.',
			'nivella-credits'
		);
		return 200 === $code
			? Finding::recommended( sprintf( $text, $code, $type ) )
			: Finding::critical( sprintf( $text, $code, $type ) );
	}

	/**
	 * The site does not reach itself.
	 *
	 * @param \WP_Error $error Why.
	 */
	private static function unreachable( \WP_Error $error ): Finding {
		/* translators: %s: what the server says. */
		$text = __( 'The site could not ask itself, so this is not known: %s', 'nivella-credits' );
		return Finding::recommended( sprintf( $text, $error->get_error_message() ) );
	}

	/**
	 * How the site is asked, as WordPress's own checks ask it.
	 *
	 * @return array<string, mixed>
	 */
	private static function how(): array {
		$wordpress = 'https_local_ssl_verify';
		return array(
			'timeout'     => self::TIMEOUT_S,
			'redirection' => 0,
			// phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- WordPress's own.
			'sslverify'   => apply_filters( $wordpress, false ),
		);
	}
}
