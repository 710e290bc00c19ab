<?php
/** Delivers events to a listener that ends the process. */

declare( strict_types=1 );

use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\Outbox;

return static function ( string $event ): string {
	$end = static function (): never {
		echo "{\"returned\":\"ended\"}\n";
		exit;
	};
	add_action( "nivella_credits_$event", $end, 5 );
	// What is left is not told by the end of this process.
	remove_action( 'shutdown', array( Outbox::class, 'deliver_now' ), 20 );
	( new Outbox( new Db( $GLOBALS['wpdb'] ) ) )->deliver();
	return 'ended';
};
