<?php
/**
 * Settings of a WordPress for trying and testing on this machine. What differs from run to run
 * comes from the environment: WP_DB_HOST (with the database's socket, or `sqlite:` and a folder),
 * WP_DB, WP_URL, WP_LOG, WP_NETWORK for a network of sites, and WP_JOBS_WAIT for one whose jobs
 * run only where somebody runs them.
 */

declare( strict_types=1 );

define( 'DB_NAME', getenv( 'WP_DB' ) ?: 'wp' );
define( 'DB_USER', 'wp' );
define( 'DB_PASSWORD', 'wp' );
define( 'DB_HOST', getenv( 'WP_DB_HOST' ) ?: 'localhost' );
if ( str_starts_with( DB_HOST, 'sqlite:' ) ) {
	define( 'DB_DIR', substr( DB_HOST, strlen( 'sqlite:' ) ) );
}
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );

$table_prefix = 'wp_';

// Nobody but this machine reaches it, so these may be known; each is another.
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $nivella_name ) {
	define( $nivella_name . '_KEY', hash( 'sha256', 'a key for trying: ' . $nivella_name ) );
	define( $nivella_name . '_SALT', hash( 'sha256', 'a salt for trying: ' . $nivella_name ) );
}

define( 'WP_HOME', getenv( 'WP_URL' ) ?: 'http://127.0.0.1:8080' );
define( 'WP_SITEURL', WP_HOME );
define( 'WP_ENVIRONMENT_TYPE', 'local' );

if ( getenv( 'WP_NETWORK' ) ) {
	define( 'MULTISITE', true );
	define( 'SUBDOMAIN_INSTALL', false );
	define( 'DOMAIN_CURRENT_SITE', (string) parse_url( WP_HOME, PHP_URL_HOST ) );
	define( 'PATH_CURRENT_SITE', '/' );
	define( 'SITE_ID_CURRENT_SITE', 1 );
	define( 'BLOG_ID_CURRENT_SITE', 1 );
}

define( 'WP_DEBUG', true );
define( 'WP_DEBUG_DISPLAY', false );
define( 'WP_DEBUG_LOG', getenv( 'WP_LOG' ) ?: true );

// The folder may be linked to files of a real one: nothing in it is changed from inside.
define( 'DISALLOW_FILE_MODS', ! getenv( 'WP_FILE_MODS' ) );
define( 'FS_METHOD', 'direct' );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'DISABLE_WP_CRON', true );
if ( getenv( 'WP_JOBS_WAIT' ) ) {
	// Behind a page of the admin the store would begin its jobs in a process of its own. There is
	// no add_filter() yet; WordPress takes over what stands here.
	$GLOBALS['wp_filter']['action_scheduler_allow_async_request_runner'][10][] = array(
		'function'      => '__return_false',
		'accepted_args' => 0,
	);
}

defined( 'ABSPATH' ) || define( 'ABSPATH', dirname( $_SERVER['SCRIPT_FILENAME'] ) . '/' );
require_once ABSPATH . 'wp-settings.php';
