<?php
/**
 * Requests to the same WordPress over HTTP.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

/** Behind it runs PHP's own server with 8 workers; it sees what was committed. */
final class Http {
	/**
	 * One request.
	 *
	 * @param string                $method  GET, POST and so on.
	 * @param string                $path    From the site's top: /wp-json/...
	 * @param array<string, string> $headers By name.
	 * @param mixed                 $body    Sent as JSON unless it is a string; null for none.
	 */
	public static function request(
		string $method,
		string $path,
		array $headers = array(),
		mixed $body = null
	): Answer {
		return self::at_once( array( array( $method, $path, $headers, $body ) ) )[0];
	}

	/**
	 * Many requests, all sent before the first is answered.
	 *
	 * @param array<int|string, array<int, mixed>> $requests The arguments of request().
	 * @return array<int|string, Answer> By the requests' keys.
	 */
	public static function at_once( array $requests ): array {
		$multi   = curl_multi_init();
		$handles = array();
		foreach ( $requests as $key => $request ) {
			$handles[ $key ] = self::handle( ...$request );
			curl_multi_add_handle( $multi, $handles[ $key ] );
		}
		do {
			curl_multi_exec( $multi, $running );
			curl_multi_select( $multi, 0.1 );
		} while ( $running > 0 );
		return array_map( array( self::class, 'answer' ), $handles );
	}

	/** A request that is ready to be sent. */
	private static function handle(
		string $method,
		string $path,
		array $headers = array(),
		mixed $body = null
	): \CurlHandle {
		$handle = curl_init( getenv( 'WP_URL' ) . $path );
		$json   = null !== $body && ! is_string( $body );
		$text   = $json ? json_encode( $body, JSON_THROW_ON_ERROR ) : $body;
		if ( $json ) {
			$headers += array( 'Content-Type' => 'application/json' );
		}
		$lines = array( 'Expect:' );
		foreach ( $headers as $name => $value ) {
			$lines[] = "$name: $value";
		}
		curl_setopt_array(
			$handle,
			array(
				CURLOPT_CUSTOMREQUEST  => $method,
				CURLOPT_HTTPHEADER     => $lines,
				CURLOPT_RETURNTRANSFER => true,
				CURLOPT_HEADER         => true,
				CURLOPT_TIMEOUT        => 60,
			) + ( null === $text ? array() : array( CURLOPT_POSTFIELDS => $text ) )
		);
		return $handle;
	}

	private static function answer( \CurlHandle $handle ): Answer {
		return new Answer(
			(int) curl_getinfo( $handle, CURLINFO_RESPONSE_CODE ),
			(string) curl_multi_getcontent( $handle ),
			(int) curl_getinfo( $handle, CURLINFO_HEADER_SIZE )
		);
	}
}
