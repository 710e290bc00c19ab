<?php
/**
 * Writes the plugin's openapi.json from its own schemas: `php pkg/build/openapi.php`. It needs no
 * WordPress.
 */

declare( strict_types=1 );

define( 'ABSPATH', __DIR__ );

require __DIR__ . '/../../www/nivella-credits/Plugin/autoload.php';

file_put_contents(
	__DIR__ . '/../../www/nivella-credits/openapi.json',
	Nivella\Credits\Rest\OpenApi::text()
);
