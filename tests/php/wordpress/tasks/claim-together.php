<?php
/** Claims a guest's credits at the same moment as others do; what came of it. */

declare( strict_types=1 );

use Nivella\Credits\Woo\Listener;

return static function ( array $input ): string {
	usleep( (int) ( 1e6 * ( ceil( microtime( true ) ) - microtime( true ) ) ) );
	return Listener::sync()->guests->claim( ...$input );
};
