<?php
/**
 * A browser in which somebody is signed in.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

/** Cookies and nonces as WordPress gives them to a page. */
final class Login {
	/**
	 * The headers of a page's request.
	 *
	 * @param int $user Who is signed in.
	 * @return array{Cookie: string, X-WP-Nonce: string}
	 */
	public static function headers( int $user ): array {
		$until  = time() + 600;
		$token  = \WP_Session_Tokens::get_instance( $user )->create( $until );
		$cookie = wp_generate_auth_cookie( $user, $until, 'logged_in', $token );
		$before = array( get_current_user_id(), $_COOKIE );
		wp_set_current_user( $user );
		$_COOKIE[ LOGGED_IN_COOKIE ] = $cookie;
		$nonce                       = wp_create_nonce( 'wp_rest' );
		$_COOKIE                     = $before[1];
		wp_set_current_user( $before[0] );
		return array(
			'Cookie'     => LOGGED_IN_COOKIE . '=' . rawurlencode( $cookie ),
			'X-WP-Nonce' => $nonce,
		);
	}

	/**
	 * The header of a program that has an application password of this user.
	 *
	 * @param int $user Whose.
	 * @return array{Authorization: string}
	 */
	public static function password( int $user ): array {
		$made = \WP_Application_Passwords::create_new_application_password(
			$user,
			array( 'name' => 'test' )
		);
		$name = get_userdata( $user )->user_login;
		return array( 'Authorization' => 'Basic ' . base64_encode( "$name:$made[0]" ) );
	}
}
