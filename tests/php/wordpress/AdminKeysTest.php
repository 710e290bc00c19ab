<?php
/**
 * Keys of servers on the owner's screen: shown once, bound to what the owner chose, and revoked.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Rest\Keys;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Tests\Support\AdminBrowser;
use Nivella\Credits\Tests\Support\AdminTestCase;
use Nivella\Credits\Tests\Support\Http;

final class AdminKeysTest extends AdminTestCase {
	private function screen(): AdminBrowser {
		return $this->shop_manager()->open( 'nivella-credits-keys' );
	}

	/** The form of keys goes to its own page. */
	private static function make( AdminBrowser $page, array $entered ): AdminBrowser {
		$fields = array( 'quote' => '1', 'use' => '1', 'read' => '1' );
		foreach ( $page->all( "//form[.//input[@name='label']]//input[@type='hidden']" ) as $input ) {
			$fields[ $input->getAttribute( 'name' ) ] = $input->getAttribute( 'value' );
		}
		$sent = array_filter( $entered + $fields, static fn( $value ): bool => null !== $value );
		return $page->post( $sent, '/wp-admin/admin.php?page=nivella-credits-keys' );
	}

	public function test_a_key_is_shown_once_works_and_is_revoked(): void {
		$account = $this->account( '55' );
		$user    = get_userdata( Books::open()->user_of_account( $account ) );
		$page    = $this->screen();
		$form    = $page->html;
		self::make(
			$page,
			array( 'label' => 'My <server>', 'customer' => $user->user_email, 'use' => null ),
		);
		self::assertMatchesRegularExpression( '/>(nck_[^<\s]+\.[^<\s]+)</', $page->html );
		preg_match( '/>(nck_[^<\s]+\.[^<\s]+)</', $page->html, $found );
		$ask = static fn(): int => Http::request(
			'GET',
			'/wp-json/nivella-credits/v1/balance',
			array( 'Authorization' => "Bearer $found[1]" )
		)->status;
		self::assertSame( 200, $ask() );
		$key = ( new Keys() )->all()[0];
		self::assertSame( array( 'quote', 'read' ), $key->scopes );
		self::assertSame( $account, $key->account );
		// The page that is sent again makes no second one and shows nothing.
		$page->html = $form;
		self::make( $page, array( 'label' => 'My <server>' ) );
		self::assertStringNotContainsString( $found[1], $page->html );
		self::assertCount( 1, ( new Keys() )->all() );
		$page->open( 'nivella-credits-keys' );
		self::assertStringNotContainsString( $found[1], $page->html );
		self::assertStringContainsString( 'My <server>', $page->text() );
		self::assertSame( 'The key was revoked.', $page->send( 'revoke_key' )->notice() );
		self::assertSame( 401, $ask() );
	}

	/** @return array<string, array{array<string, ?string>, string}> */
	public static function wrong_keys(): array {
		return array(
			'no name'          => array( array( 'label' => '' ), 'Give the key a name' ),
			'nothing allowed'  => array(
				array( 'quote' => null, 'use' => null, 'read' => null ),
				'Allow the key something',
			),
			'no such customer' => array( array( 'customer' => 'x@example.com' ), 'no such customer' ),
			'a foreign id'     => array( array( 'request_id' => 'abc' ), 'incomplete' ),
		);
	}

	/** @dataProvider wrong_keys */
	public function test_what_cannot_be_a_key_is_refused( array $wrong, string $text ): void {
		$page = self::make( $this->screen(), $wrong + array( 'label' => 'server' ) );
		self::assertStringContainsString( $text, $page->text() );
		self::assertSame( array(), ( new Keys() )->all() );
	}

	public function test_a_key_is_made_by_who_may_and_meant_it_alone(): void {
		$page = $this->screen();
		self::make( $page, array( 'label' => 'x', '_wpnonce' => 'wrong' ) );
		self::assertSame( 403, $page->status );
		$page = $this->screen();
		$form = $page->html;
		foreach ( array( 0, $this->user(), $this->user( 'author' ) ) as $user ) {
			$other       = new AdminBrowser( $user );
			$other->html = $form;
			self::make( $other, array( 'label' => 'x' ) );
		}
		self::assertSame( array(), ( new Keys() )->all() );
	}
}
