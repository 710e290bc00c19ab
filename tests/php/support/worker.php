<?php
/**
 * The other end of Process: starts WordPress, says `ready`, waits for `go`, calls the task and says
 * what it returned.
 */

declare( strict_types=1 );

const NIVELLA_REPO = __DIR__ . '/../../..';

require __DIR__ . '/../autoload.php';
require NIVELLA_REPO . '/pkg/store/load.php';

$nivella_task  = require $argv[1];
$nivella_input = json_decode( (string) fgets( STDIN ), true );
echo "ready\n";
fgets( STDIN );
$nivella_result = array( 'returned' => $nivella_task( $nivella_input ) );
echo json_encode( $nivella_result, JSON_THROW_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION ), "\n";
