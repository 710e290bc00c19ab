<?php
/**
 * Prepares PHPUnit. Without more the plugin's classes can be loaded and nothing of WordPress is
 * there; with `NIVELLA_SITE` (a folder that tests/php/wordpress.mjs prepared) WordPress runs.
 */

declare( strict_types=1 );

// `Nivella\Credits\Tests\Ledger\AmountTest` is tests/php/ledger/AmountTest.php.
spl_autoload_register(
	static function ( string $name ): void {
		$prefix = 'Nivella\\Credits\\Tests\\';
		if ( ! str_starts_with( $name, $prefix ) ) {
			return;
		}
		$path = explode( '\\', substr( $name, strlen( $prefix ) ) );
		if ( count( $path ) > 1 ) {
			$path[0] = strtolower( $path[0] );
		}
		$file = __DIR__ . '/' . implode( '/', $path ) . '.php';
		if ( is_file( $file ) ) {
			require $file;
		}
	}
);

const NIVELLA_REPO = __DIR__ . '/../..';

if ( getenv( 'NIVELLA_SITE' ) ) {
	require __DIR__ . '/bootstrap-wordpress.php';
} else {
	define( 'ABSPATH', __DIR__ . '/' );
	require NIVELLA_REPO . '/www/nivella-credits/autoload.php';
}
