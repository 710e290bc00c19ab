<?php
/**
 * Loads `Nivella\Credits\Ledger\Amount` from `Ledger/Amount.php`, and so on.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

spl_autoload_register(
	static function ( string $name ): void {
		$prefix = 'Nivella\\Credits\\';
		if ( 0 !== strncmp( $name, $prefix, strlen( $prefix ) ) ) {
			return;
		}
		$file = __DIR__ . '/' . strtr( substr( $name, strlen( $prefix ) ), '\\', '/' ) . '.php';
		if ( is_file( $file ) ) {
			require $file;
		}
	}
);
