<?php
/**
 * Loads `Nivella\Credits\Tests\Ledger\AmountTest` from tests/php/ledger/AmountTest.php, and so on.
 */

declare( strict_types=1 );

spl_autoload_register(
	static function ( string $name ): void {
		$prefix = 'Nivella\\Credits\\Tests\\';
		if ( ! str_starts_with( $name, $prefix ) ) {
			return;
		}
		$path = explode( '\\', substr( $name, strlen( $prefix ) ) );
		// Only the suite's folder is in lower case.
		if ( count( $path ) > 1 ) {
			$path[0] = strtolower( $path[0] );
		}
		$file = __DIR__ . '/' . implode( '/', $path ) . '.php';
		if ( is_file( $file ) ) {
			require $file;
		}
	}
);
