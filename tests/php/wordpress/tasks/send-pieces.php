<?php
/** Sends a long text behind an output buffer that nobody may remove. */

declare( strict_types=1 );

use Nivella\Credits\Rest\Stream;

return static function (): array {
	// Whoever waits for ever is ended.
	pcntl_alarm( 20 );
	ob_start( null, 0, PHP_OUTPUT_HANDLER_FLUSHABLE );
	$seen     = array();
	$pieces   = static function () use ( &$seen ): Generator {
		try {
			$seen[] = ignore_user_abort();
			yield "a piece\n";
		} finally {
			$seen[] = 'closed';
		}
	};
	$response = Stream::of( new WP_REST_Response(), $pieces() );
	Stream::serve( false, $response, new WP_REST_Request( 'GET' ) );
	return $seen;
};
