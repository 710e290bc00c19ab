<?php
/** Uses for some seconds, one after the other; how long each took, and the processor's time. */

declare( strict_types=1 );

use Nivella\Credits\Storage\Books;

return static function ( array $input ): array {
	$books = Books::open();
	$own   = bin2hex( random_bytes( 6 ) );
	$end   = hrtime( true ) + $input['seconds'] * 1000000000;
	$took  = array();
	$cpu   = static function (): int {
		$used = getrusage();
		return ( $used['ru_utime.tv_sec'] + $used['ru_stime.tv_sec'] ) * 1000000
			+ $used['ru_utime.tv_usec'] + $used['ru_stime.tv_usec'];
	};
	$spent = $cpu();
	for ( $n = 0; hrtime( true ) < $end; $n++ ) {
		$started = hrtime( true );
		$answer  = $books->write(
			$input['account'],
			array(
				'op'         => 'use',
				'request_id' => "$own-$n",
				'mode'       => 'strict',
				'usage'      => array(
					'feature'       => 'chat_reply',
					'agent'         => 'chat',
					'model'         => 'swift',
					'messages'      => 1,
					'input_tokens'  => $input['tokens'] ?? 0,
					'output_tokens' => $input['tokens'] ?? 0,
				),
				'site'       => 'demo',
				'reference'  => "conversation $n",
			)
		);
		if ( true !== $answer['booked'] ) {
			throw new RuntimeException( json_encode( $answer ) );
		}
		$took[] = intdiv( hrtime( true ) - $started, 1000 );
	}
	return array( 'took' => $took, 'cpu' => $cpu() - $spent );
};
