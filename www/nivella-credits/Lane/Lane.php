<?php
/**
 * The fast lane.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Lane;

use Nivella\Credits\Rest\Access;
use Nivella\Credits\Rest\Answering;
use Nivella\Credits\Rest\Metering;
use Nivella\Credits\Rest\Reply;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Woo\Requirement;

defined( 'ABSPATH' ) || exit;

/**
 * Use is reported with every message of a chat, and a store needs most of a request's time just to
 * start. So a server with a key is answered from the plugin's main file, before the store and the
 * theme are loaded: by the same handler as the full route, with the same answer.
 *
 * Nothing else happens here: no hook that a later plugin could have, no mail, no delivery of
 * events. Whatever is not plainly such a request is left to the full route.
 */
final class Lane {
	/** Option: 'no' turns the lane off. */
	public const OPTION = 'nivella_credits_fast_lane';

	/** Answers the request at hand and ends it, or returns. */
	public static function run(): void {
		// WordPress's index.php alone defines it, and behind its other files there is no REST.
		if ( ! defined( 'WP_USE_THEMES' ) ) {
			return;
		}
		// phpcs:ignore WordPress.Security.NonceVerification -- keys, not cookies, say who asks.
		$found = Sought::in( $_SERVER, $_GET );
		if ( null === $found || ! self::is_open() ) {
			return;
		}
		list( $ask, $token ) = $found;

		$reply = Answering::of(
			static function () use ( $ask, $token ): Reply {
				$caller = Access::of_site()->with_token( $token );
				return ( new Metering( Books::open() ) )->reply( $ask, $caller );
			}
		);
		self::send( $reply );
		exit;
	}

	/** Whether nothing that is loaded, or will be, wants the full route. */
	public static function is_open(): bool {
		return 'no' !== get_option( self::OPTION, 'yes' )
			&& Rating::is_known_as_unfiltered()
			&& ! wp_installing()
			&& self::is_alive()
			&& ! Requirement::is_loaded();
	}

	/**
	 * Whether the site may be visited. WordPress refuses those of a network that are archived, spam or
	 * deleted only after all plugins are loaded.
	 */
	public static function is_alive(): bool {
		$site = is_multisite() ? get_site() : null;
		return null === $site
			|| ( '0' === $site->archived && '0' === $site->spam && '0' === $site->deleted );
	}

	/** As WordPress's REST server sends it. */
	private static function send( Reply $reply ): void {
		http_response_code( $reply->status );
		header( 'Content-Type: application/json; charset=' . get_option( 'blog_charset' ) );
		header( 'X-Content-Type-Options: nosniff' );
		header( 'X-Robots-Tag: noindex' );
		header( 'Vary: Origin' );
		header( 'X-Nivella-Credits: lane' );
		foreach ( $reply->headers as $name => $value ) {
			header( "$name: $value" );
		}
		if ( null !== $reply->body ) {
			echo wp_json_encode( $reply->body );
		}
	}
}
