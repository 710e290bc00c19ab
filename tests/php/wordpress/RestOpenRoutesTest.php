<?php
/**
 * Routes that let anyone in, and that the matrix of routes forgets none: with RestRoutesTest each
 * route is asked by nobody, by another customer, and by two at once.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Rest\Catalogue;
use Nivella\Credits\Rest\Visitor;
use Nivella\Credits\Tests\Support\Answer;
use Nivella\Credits\Tests\Support\Http;
use Nivella\Credits\Tests\Support\Login;
use Nivella\Credits\Tests\Support\RestTestCase;

final class RestOpenRoutesTest extends RestTestCase {
	public function test_every_registered_route_is_one_that_is_tested(): void {
		$registered = array();
		$routes     = rest_get_server()->get_routes( Catalogue::NAMESPACE );
		// WordPress's own list of them.
		unset( $routes[ '/' . Catalogue::NAMESPACE ] );
		foreach ( $routes as $path => $handlers ) {
			foreach ( $handlers as $handler ) {
				foreach ( array_keys( $handler['methods'] ) as $method ) {
					$registered[] = "$method $path";
				}
			}
		}
		$tested = array();
		foreach ( Catalogue::routes() as $route ) {
			$path     = Catalogue::pattern( $route['path'] );
			$tested[] = "{$route['method']} /" . Catalogue::NAMESPACE . "/$path";
		}
		sort( $registered );
		sort( $tested );
		self::assertSame( $tested, $registered );
	}

	public function test_only_those_that_say_so_let_anyone_in(): void {
		$is_open = static fn( array $route ): bool => null === $route['scope'];
		$open    = array_keys( array_filter( Catalogue::routes(), $is_open ) );
		self::assertSame( array_keys( self::open() ), $open );
	}

	/** @return array<string, array{string, string}> What is asked for, with %s for a site. */
	public static function open(): array {
		return array(
			'pill'     => array( 'pill', 'site=%s' ),
			'messages' => array( 'messages', 'locale=en_US' ),
		);
	}

	/**
	 * A1: who asks, and whom they name, makes no difference.
	 *
	 * @dataProvider open
	 */
	public function test_anyone_gets_the_same_and_writes_nothing(
		string $route,
		string $query
	): void {
		update_option( Visitor::OPTION, 'exact' );
		$owner   = $this->customer( '123' );
		$other   = $this->customer( '77' );
		$path    = "$route?" . sprintf( $query, Visitor::site_of( self::account( $owner ) ) );
		$readers = array(
			'nobody'           => array(),
			'another customer' => Login::headers( $other ),
			'the owner'        => Login::headers( $owner ),
			'a server'         => self::server( $other ),
			'a cookie alone'   => array( 'Cookie' => Login::headers( $other )['Cookie'] ),
		);
		$before  = self::rows();
		$seen    = array();
		foreach ( $readers as $who => $headers ) {
			foreach ( array( '', "&user=$other" ) as $named ) {
				$answer = self::ask( 'GET', $path . $named, $headers );
				self::assertSame( 200, $answer->status, "$who: $answer->body" );
				self::assertArrayNotHasKey( 'set-cookie', $answer->headers );
				$seen[] = self::timeless( $answer );
			}
		}
		$asked = array( 'GET', self::V1 . $path, array(), null );
		$two   = Http::at_once( array( $asked, $asked ) );
		array_push( $seen, ...array_map( self::timeless( ... ), $two ) );
		self::assertCount( 1, array_unique( $seen ) );
		self::assertStringNotContainsString( '77', 'pill' === $route ? $seen[0] : '' );
		self::assertSame( $before, self::rows() );
		foreach ( array( 'POST', 'PUT', 'DELETE' ) as $method ) {
			$answer = self::ask( $method, $path, $readers['a server'], array() );
			self::assertSame( 404, $answer->status );
		}
	}

	/** An answer without when it was given. */
	private static function timeless( Answer $answer ): string {
		return (string) preg_replace( '/"(as_of|version)": ?("[^"]*"|\d+)/', '', $answer->body );
	}
}
