<?php
/** What an administrator is told on a site with this secret. */

declare( strict_types=1 );

use Nivella\Credits\Admin\SiteNotices;

return static function ( string $secret ): string {
	define( 'NIVELLA_CREDITS_SECRET', $secret );
	require_once ABSPATH . 'wp-admin/includes/class-wp-screen.php';
	require_once ABSPATH . 'wp-admin/includes/screen.php';
	wp_set_current_user( 1 );
	set_current_screen( 'dashboard' );
	ob_start();
	SiteNotices::show();
	return (string) ob_get_clean();
};
