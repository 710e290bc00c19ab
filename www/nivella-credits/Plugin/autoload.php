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
		$inner = strtr( substr( $name, strlen( $prefix ) ), '\\', '/' );
		$file  = dirname( __DIR__ ) . '/' . $inner . '.php';
		if ( is_file( $file ) ) {
			require $file;
		}
	}
);
