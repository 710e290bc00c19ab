<?php
/**
 * Counting requests.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

defined( 'ABSPATH' ) || exit;

/**
 * How often somebody came of late, counted for all PHP processes of this machine in one small file
 * of a fixed size. It takes microseconds and asks the database nothing, so that a flood costs no
 * more than it must. Names stand in it as digests alone.
 *
 * Of two names that fall on the same place the later one begins again at 1: somebody may be let in
 * once too often, but nobody is refused for another's requests.
 */
final class Counter {
	private const PLACES = 8192;
	/** A digest of the name, when its window began, and the count: 32 bits each. */
	private const BYTES = 12;

	/**
	 * A counter.
	 *
	 * @param string $file Where it is kept; '' counts nothing.
	 */
	public function __construct( private readonly string $file ) {}

	/** The counter of the current site, in the folder for files that may vanish at any time. */
	public static function of_site(): self {
		$secret = Secret::of_site();
		if ( '' === $secret ) {
			// A name that anyone could guess would be theirs to put a link at.
			return new self( '' );
		}
		$database = defined( 'DB_HOST' ) && defined( 'DB_NAME' ) ? DB_HOST . ' ' . DB_NAME : '';
		$name     = hash_hmac( 'sha256', ABSPATH . " $database counter", $secret );
		return new self( get_temp_dir() . 'nivella-credits-' . substr( $name, 0, 32 ) );
	}

	/**
	 * Counts one more.
	 *
	 * @param string $name    Who came, and for what.
	 * @param int    $seconds A window begins with the first request, and lasts so long.
	 * @param int    $now     Seconds since 1970.
	 * @return array{int, int} How many came within the window, and the seconds until it ends. 0 where
	 *                         it cannot be counted: then nobody is refused.
	 */
	public function add( string $name, int $seconds, int $now ): array {
		// phpcs:disable WordPress.WP.AlternativeFunctions -- a place in a file, under its lock.
		$writable = is_writable( is_file( $this->file ) ? $this->file : dirname( $this->file ) );
		$file     = '' !== $this->file && $writable ? fopen( $this->file, 'c+b' ) : false;
		if ( false === $file || ! flock( $file, LOCK_EX ) ) {
			return array( 0, 0 );
		}
		$digest = unpack( 'Nplace/Ntag', hash_hmac( 'sha256', $name, $this->file, true ) );
		$place  = ( $digest['place'] % self::PLACES ) * self::BYTES;
		fseek( $file, $place );
		$kept = (string) fread( $file, self::BYTES );

		list( $tag, $began, $count ) = self::BYTES === strlen( $kept )
			? array_values( unpack( 'N3', $kept ) )
			: array( 0, 0, 0 );
		// A clock that was put back begins a new window.
		if ( $tag !== $digest['tag'] || $now < $began || $now >= $began + $seconds ) {
			list( $began, $count ) = array( $now, 0 );
		}
		$count = min( $count + 1, 0xffffffff );
		fseek( $file, $place );
		fwrite( $file, pack( 'N3', $digest['tag'], $began, $count ) );
		fclose( $file );
		// phpcs:enable
		return array( $count, $began + $seconds - $now );
	}

	/** Forgets everyone. */
	public function clear(): void {
		if ( is_file( $this->file ) ) {
			wp_delete_file( $this->file );
		}
	}
}
