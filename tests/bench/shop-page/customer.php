<?php
/** Gives the customer of a seeded store 2,341 credits; the cookies of their browser, as JSON. */

declare( strict_types=1 );

use Nivella\Credits\Storage\Books;

require __DIR__ . '/../../../pkg/store/load.php';

$nivella_user  = get_user_by( 'login', 'customer' )->ID;
$nivella_books = Books::open();
$nivella_books->write(
	$nivella_books->account_of_user( $nivella_user ),
	array( 'op' => 'grant', 'request_id' => 'bench', 'kind' => 'purchase', 'amount' => '2341' )
);
$nivella_until = time() + DAY_IN_SECONDS;
$nivella_token = WP_Session_Tokens::get_instance( $nivella_user )->create( $nivella_until );
$nivella_value = rawurlencode(
	wp_generate_auth_cookie( $nivella_user, $nivella_until, 'logged_in', $nivella_token )
);
echo wp_json_encode( array( array( 'name' => LOGGED_IN_COOKIE, 'value' => $nivella_value ) ) );
