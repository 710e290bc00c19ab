<?php
/** Uses for ever; prints the id of each that was acknowledged. */

declare( strict_types=1 );

use Nivella\Credits\Storage\Books;

return static function ( array $input ): void {
	[ $account, $name ] = $input;

	$books = Books::open();
	for ( $n = 0; ; $n++ ) {
		$use = array(
			'op'         => 'use',
			'request_id' => "$name-$n",
			'mode'       => 'strict',
			'amount'     => '0.01',
		);
		if ( true === $books->write( $account, $use )['booked'] ) {
			echo "$name-$n\n";
		}
	}
};
