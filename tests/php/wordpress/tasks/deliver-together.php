<?php
/** Delivers events at the same moment as others do; which were told. */

declare( strict_types=1 );

use Nivella\Credits\Storage\Outbox;

return static function (): array {
	$told = array();
	$hear = static function ( int $account, array $grant, int $event ) use ( &$told ): void {
		$told[] = $event;
		usleep( 5000 );
	};
	add_action( 'nivella_credits_granted', $hear, 10, 3 );
	usleep( (int) ( 1e6 * ( ceil( microtime( true ) ) - microtime( true ) ) ) );
	Outbox::run();
	return $told;
};
