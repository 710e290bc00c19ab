<?php
/**
 * What pages cost, with the plugin active and not.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

/**
 * Somebody who opens pages with cookies of their own, as a browser does, and is told what each
 * page cost the server (see meter-plugin.php).
 */
final class Meter {
	private readonly \CurlHandle $handle;

	/** @param int $user Who is signed in; 0 for a guest. */
	public function __construct( int $user ) {
		self::prepare();
		$this->handle = curl_init();
		curl_setopt_array(
			$this->handle,
			array(
				CURLOPT_RETURNTRANSFER => true,
				CURLOPT_FOLLOWLOCATION => true,
				CURLOPT_COOKIEFILE     => '',
			)
		);
		if ( $user > 0 ) {
			$until = time() + 86400;
			$token = \WP_Session_Tokens::get_instance( $user )->create( $until );
			foreach ( array( AUTH_COOKIE => 'auth', LOGGED_IN_COOKIE => 'logged_in' ) as $name => $scheme ) {
				$value = rawurlencode( wp_generate_auth_cookie( $user, $until, $scheme, $token ) );
				curl_setopt( $this->handle, CURLOPT_COOKIELIST, "Set-Cookie: $name=$value; path=/" );
			}
		}
	}

	/** Puts meter-plugin.php where WordPress finds it, until this process ends. */
	private static function prepare(): void {
		$file = WPMU_PLUGIN_DIR . '/nivella-meter.php';
		if ( ! file_exists( $file ) ) {
			wp_mkdir_p( WPMU_PLUGIN_DIR );
			$meter = var_export( __DIR__ . '/meter-plugin.php', true );
			file_put_contents( $file, "<?php require $meter;\n" );
			register_shutdown_function( 'unlink', $file );
		}
		// Right after it was installed, the store leads whoever opens the admin to its wizard.
		delete_transient( '_wc_activation_redirect' );
	}

	/**
	 * Opens a page.
	 *
	 * @param string $path   From the site's top.
	 * @param bool   $active Whether the plugin is.
	 * @param bool   $named  Whether queries are to be named.
	 * @return array{us: int, cpu_us: int, queries: int, named: string[], opcache: bool}
	 */
	public function visit( string $path, bool $active, bool $named = false ): array {
		$lines = array( 'Expect:', 'X-Meter-Cost: 1', 'X-Meter-Plugin: ' . ( $active ? 'on' : 'off' ) );
		if ( $named ) {
			$lines[] = 'X-Meter-Queries: 1';
		}
		curl_setopt( $this->handle, CURLOPT_URL, getenv( 'WP_URL' ) . $path );
		curl_setopt( $this->handle, CURLOPT_HTTPHEADER, $lines );
		$html   = (string) curl_exec( $this->handle );
		$status = curl_getinfo( $this->handle, CURLINFO_RESPONSE_CODE );
		if ( 200 !== $status || 1 !== preg_match( '/<!--meter:([^-]+)-->\s*$/D', $html, $found ) ) {
			throw new \RuntimeException( "$path: $status: " . substr( $html, -500 ) );
		}
		return json_decode( (string) base64_decode( $found[1], true ), true );
	}

	/**
	 * The queries that the plugin adds to a page.
	 *
	 * @param string $path From the site's top.
	 * @return array{int, string[]} How many more there are, and those that only it has.
	 */
	public function added( string $path ): array {
		$off   = $this->visit( $path, false, true );
		$on    = $this->visit( $path, true, true );
		$count = array_count_values( array_map( self::shape( ... ), $off['named'] ) );
		$more  = array();
		foreach ( $on['named'] as $query ) {
			$shape = self::shape( $query );
			if ( 0 === ( $count[ $shape ] ?? 0 ) ) {
				$more[] = trim( (string) preg_replace( '/\s+/', ' ', $query ) );
			} else {
				--$count[ $shape ];
			}
		}
		return array( $on['queries'] - $off['queries'], $more );
	}

	/** A query without its times, so that those of two requests compare. */
	private static function shape( string $query ): string {
		return (string) preg_replace( array( '/\s+/', '/\d{9,}/' ), array( ' ', 'N' ), trim( $query ) );
	}
}
