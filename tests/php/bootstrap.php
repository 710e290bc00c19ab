<?php
/**
 * Prepares PHPUnit. Without more the plugin's classes can be loaded and nothing of WordPress is
 * there; with `NIVELLA_SITE` (a folder that tests/php/wordpress.mjs prepared) WordPress runs.
 */

declare( strict_types=1 );

use Nivella\Credits\Tests\Support\Snapshot;

const NIVELLA_REPO = __DIR__ . '/../..';

require __DIR__ . '/autoload.php';

if ( getenv( 'NIVELLA_SITE' ) ) {
	require NIVELLA_REPO . '/pkg/store/load.php';
	error_reporting( E_ALL );
	// Each test begins from what the database holds now.
	Snapshot::take();
} else {
	define( 'ABSPATH', __DIR__ . '/' );
	require NIVELLA_REPO . '/www/nivella-credits/Plugin/autoload.php';
}
