<?php
/**
 * An answer over HTTP.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

/** Its status, its headers (names in lower case) and its body. */
final class Answer {
	/** @var array<string, string> The last value of each header. */
	public readonly array $headers;
	public readonly string $body;

	/**
	 * @param int    $status      The HTTP status; 0 where no answer came.
	 * @param string $text        Headers and body as they came.
	 * @param int    $header_size Bytes of the headers.
	 */
	public function __construct( public readonly int $status, string $text, int $header_size ) {
		$headers = array();
		foreach ( explode( "\r\n", substr( $text, 0, $header_size ) ) as $line ) {
			$parts = explode( ':', $line, 2 );
			if ( 2 === count( $parts ) ) {
				$headers[ strtolower( $parts[0] ) ] = trim( $parts[1] );
			}
		}
		$this->headers = $headers;
		$this->body    = substr( $text, $header_size );
	}

	/** The body as JSON; null where it is none. */
	public function json(): mixed {
		return json_decode( $this->body, true );
	}
}
