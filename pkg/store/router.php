<?php
/**
 * For PHP's own server: files that are there are served as they are, the rest goes to WordPress.
 */

declare( strict_types=1 );

$nivella_root = $_SERVER['DOCUMENT_ROOT'];
$nivella_path = rawurldecode( (string) parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
$nivella_file = realpath( $nivella_root . $nivella_path );

if ( false !== $nivella_file && is_file( $nivella_file ) ) {
	return false;
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
