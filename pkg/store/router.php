<?php
/**
 * For PHP's own server: files that are there are served as they are, the rest goes to WordPress.
 * With NIVELLA_COMPRESS texts are compressed, as the servers of real stores do.
 */

declare( strict_types=1 );

$nivella_root = $_SERVER['DOCUMENT_ROOT'];
$nivella_path = rawurldecode( (string) parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
$nivella_file = realpath( $nivella_root . $nivella_path );

$nivella_texts = array( 'css' => 'text/css', 'js' => 'text/javascript', 'svg' => 'image/svg+xml' );
$nivella_type  = $nivella_texts[ pathinfo( (string) $nivella_file, PATHINFO_EXTENSION ) ] ?? null;
if ( false !== $nivella_file && is_file( $nivella_file ) ) {
	if ( null === $nivella_type || '' === (string) getenv( 'NIVELLA_COMPRESS' ) ) {
		return false;
	}
	header( "Content-Type: $nivella_type; charset=UTF-8" );
	header( 'Content-Encoding: gzip' );
	echo gzencode( (string) file_get_contents( $nivella_file ) );
	return true;
}
if ( '' !== (string) getenv( 'NIVELLA_COMPRESS' ) ) {
	ini_set( 'zlib.output_compression', '1' );
}

$nivella_index = false !== $nivella_file ? rtrim( $nivella_path, '/' ) . '/index.php' : '';
if ( '' === $nivella_index || ! is_file( $nivella_root . $nivella_index ) ) {
	$nivella_index = '/index.php';
}
$_SERVER['SCRIPT_NAME']     = $nivella_index;
$_SERVER['PHP_SELF']        = $nivella_index;
$_SERVER['SCRIPT_FILENAME'] = $nivella_root . $nivella_index;
chdir( dirname( $_SERVER['SCRIPT_FILENAME'] ) );
require $_SERVER['SCRIPT_FILENAME'];
