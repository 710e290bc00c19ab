<?php
/**
 * Loads the WordPress in the folder NIVELLA_SITE, as if a page of it had been asked for.
 */

declare( strict_types=1 );

$_SERVER['HTTP_HOST']       = substr( strstr( getenv( 'WP_URL' ) ?: '://127.0.0.1', '//' ), 2 );
$_SERVER['SERVER_NAME']     = '127.0.0.1';
$_SERVER['REMOTE_ADDR']     = '127.0.0.1';
$_SERVER['REQUEST_METHOD']  = 'GET';
$_SERVER['REQUEST_URI']     = '/';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';

require_once getenv( 'NIVELLA_SITE' ) . '/wp-load.php';
