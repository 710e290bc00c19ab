<?php
/**
 * An answer.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/** What is answered, without how it is sent. Immutable. */
final class Reply {
	/** What one reader may see no cache keeps. */
	private const PRIVATE = array( 'Cache-Control' => 'private, no-store' );

	/**
	 * An answer.
	 *
	 * @param int                   $status  The HTTP status.
	 * @param ?array<string, mixed> $body    JSON; null for none.
	 * @param array<string, string> $headers Beside those of every answer.
	 * @param ?iterable<string>     $pieces  Instead of a body: a text, piece by piece.
	 */
	private function __construct(
		public readonly int $status,
		public readonly ?array $body,
		public readonly array $headers,
		public readonly ?iterable $pieces = null,
	) {}

	/**
	 * An answer for its reader alone.
	 *
	 * @param array<string, mixed> $body JSON.
	 */
	public static function of( array $body ): self {
		return new self( 200, $body, self::PRIVATE );
	}

	/**
	 * A long text for its reader alone, sent as it is made.
	 *
	 * @param iterable<string> $pieces Its parts.
	 * @param string           $type   Its media type.
	 * @param string           $name   What it is called where it is kept.
	 */
	public static function stream( iterable $pieces, string $type, string $name ): self {
		$headers = array(
			'Content-Type'        => "$type; charset=UTF-8",
			'Content-Disposition' => "attachment; filename=\"$name\"",
			// A proxy that gathers the whole text first keeps everyone waiting.
			'X-Accel-Buffering'   => 'no',
		);
		return new self( 200, null, $headers + self::PRIVATE, $pieces );
	}

	/**
	 * An answer with a tag, or that there is nothing new since that tag.
	 *
	 * @param array<string, mixed> $body    JSON.
	 * @param string               $has_tag `If-None-Match`.
	 * @param string[]             $apart   Fields that say when, not what.
	 * @param ?string              $cache   `Cache-Control`, unless it is for its reader alone.
	 */
	public static function tagged(
		array $body,
		string $has_tag,
		array $apart = array( 'as_of' ),
		?string $cache = null
	): self {
		$told    = wp_json_encode( array_diff_key( $body, array_flip( $apart ) ) );
		$tag     = '"' . substr( hash( 'sha256', (string) $told ), 0, 32 ) . '"';
		$headers = array( 'ETag' => $tag );
		$headers = $headers + ( null === $cache ? self::PRIVATE : array( 'Cache-Control' => $cache ) );
		$known   = array_map( 'trim', explode( ',', $has_tag ) );
		$same    = array_intersect( array( $tag, "W/$tag", '*' ), $known );
		return array() === $same
			? new self( 200, $body, $headers )
			: new self( 304, null, $headers );
	}

	/**
	 * A coded refusal, in WordPress's shape of errors.
	 *
	 * @param Refusal $refusal Why.
	 */
	public static function refused( Refusal $refusal ): self {
		$status  = $refusal->status();
		$headers = self::PRIVATE + self::again( $status, $refusal->details );
		$body    = array(
			'code'    => $refusal->error,
			'message' => $refusal->getMessage(),
			'data'    => self::data( $refusal ),
		);
		return new self( $status, $body, $headers );
	}

	/**
	 * When to come again: the same once more, with the same request id, is safe.
	 *
	 * @param int                   $status  The HTTP status.
	 * @param array<string, string> $details Of the refusal.
	 * @return array<string, string> Headers; none where coming again is no use.
	 */
	public static function again( int $status, array $details ): array {
		return 503 === $status || 429 === $status
			? array( 'Retry-After' => $details['retry_after_s'] ?? '1' )
			: array();
	}

	/**
	 * What an error says beside its code and message.
	 *
	 * @param Refusal $refusal Why.
	 * @return array<string, mixed> `status`; `field` and `details` where there are some.
	 */
	public static function data( Refusal $refusal ): array {
		$more = array( 'field' => $refusal->field, 'details' => $refusal->details );
		return array( 'status' => $refusal->status() ) + array_filter( $more );
	}

	/** As WordPress sends it. */
	public function to_wordpress(): \WP_REST_Response {
		$response = new \WP_REST_Response( $this->body, $this->status, $this->headers );
		return null === $this->pieces ? $response : Stream::of( $response, $this->pieces );
	}
}
