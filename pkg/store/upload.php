<?php
/**
 * Installs a zip of the plugin as "Upload Plugin" does: `php upload.php file.zip`.
 */

declare( strict_types=1 );

require __DIR__ . '/load.php';
require_once ABSPATH . 'wp-admin/includes/class-wp-upgrader.php';
require_once ABSPATH . 'wp-admin/includes/file.php';
require_once ABSPATH . 'wp-admin/includes/misc.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';

wp_set_current_user( 1 );
add_filter( 'filesystem_method', static fn() => 'direct' );
$nivella_skin = new WP_Ajax_Upgrader_Skin();
$nivella_done = ( new Plugin_Upgrader( $nivella_skin ) )->install(
	$argv[1],
	array( 'overwrite_package' => true )
);
$nivella_wrong = is_wp_error( $nivella_done ) ? $nivella_done : $nivella_skin->get_errors();
if ( true !== $nivella_done ) {
	fwrite( STDERR, implode( "\n", $nivella_wrong->get_error_messages() ) . "\n" );
	exit( 1 );
}
