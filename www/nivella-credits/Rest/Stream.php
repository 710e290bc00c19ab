<?php
/**
 * Long texts, sent as they are made.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

defined( 'ABSPATH' ) || exit;

/** WordPress answers JSON; an export is a text that may be longer than memory. */
final class Stream {
	/**
	 * What belongs to which answer.
	 *
	 * @var ?\WeakMap<\WP_REST_Response, iterable<string>>
	 */
	private static ?\WeakMap $pieces = null;

	/**
	 * An answer with a long text.
	 *
	 * @param \WP_REST_Response $response The answer's status and headers.
	 * @param iterable<string>  $pieces   Its text.
	 */
	public static function of( \WP_REST_Response $response, iterable $pieces ): \WP_REST_Response {
		self::$pieces            ??= new \WeakMap();
		self::$pieces[ $response ] = $pieces;
		return $response;
	}

	/**
	 * Its text; null for an answer that has none.
	 *
	 * @param mixed $response An answer.
	 * @return ?iterable<string>
	 */
	public static function pieces_of( mixed $response ): ?iterable {
		return $response instanceof \WP_REST_Response ? self::$pieces[ $response ] ?? null : null;
	}

	/**
	 * Sends it; runs on `rest_pre_serve_request`, after the headers.
	 *
	 * @param mixed $served   Whether somebody else has answered already.
	 * @param mixed $response The answer.
	 * @param mixed $request  The request.
	 * @return mixed
	 */
	public static function serve( mixed $served, mixed $response, mixed $request ): mixed {
		$pieces = self::pieces_of( $response );
		if ( true === $served || null === $pieces ) {
			return $served;
		}
		if ( 'HEAD' === $request->get_method() ) {
			return true;
		}
		// Whoever leaves must not end this within the text, which may be within a transaction.
		ignore_user_abort( true );
		while ( 0 !== ( ( ob_get_status()['flags'] ?? 0 ) & PHP_OUTPUT_HANDLER_REMOVABLE ) ) {
			ob_end_clean();
		}
		unset( self::$pieces[ $response ] );
		try {
			self::send( $pieces );
		} catch ( \Throwable $fault ) {
			// JSON without its end is none: whoever reads it sees that something is missing.
			Answering::of( static fn(): Reply => throw $fault );
		}
		return true;
	}

	/**
	 * Sends a text while somebody reads it.
	 *
	 * @param iterable<string> $pieces Its text.
	 */
	private static function send( iterable $pieces ): void {
		foreach ( $pieces as $piece ) {
			// phpcs:ignore WordPress.Security.EscapeOutput -- CSV or JSON, never shown as HTML.
			echo $piece;
			flush();
			if ( 0 !== connection_aborted() ) {
				break;
			}
		}
	}
}
