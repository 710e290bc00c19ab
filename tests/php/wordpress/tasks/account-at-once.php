<?php
/** Asks for a user's account; its id. */

declare( strict_types=1 );

use Nivella\Credits\Storage\Books;

return static fn( int $user ): int => Books::open()->account_of_user( $user );
