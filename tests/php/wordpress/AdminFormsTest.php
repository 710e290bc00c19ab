<?php
/**
 * Forms of the owner's screens that are refused: what is wrong stands beside its field, and what
 * was entered is still there.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Rest\Keys;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Tests\Support\AdminBrowser;
use Nivella\Credits\Tests\Support\AdminTestCase;

final class AdminFormsTest extends AdminTestCase {
	/**
	 * A page without the menu's prefix, its form, what is entered, the id of the field that is wrong,
	 * what is said there, and a field that was right.
	 *
	 * @return array<string, array{string, string, array<string, ?string>, string, string, string}>
	 */
	public static function wrong_forms(): array {
		$adjust = array( 'amount' => '5', 'reason' => 'Sorry' );
		$plan   = array( 'key' => 'solo', 'name' => 'Solo', 'allowance' => '10' );
		$rates  = array(
			'do'                => 'save',
			'rates[0][feature]' => 'chat',
			'rates[0][credits]' => '1',
			'rates[1][feature]' => 'call',
			'rates[1][credits]' => '2',
		);
		$no_key = array( 'agent[0][key]' => '', 'agent[0][name]' => 'Bot' );
		$text   = array( 'refunds' => 'Ask us' );
		$limit  = array( 'limit_visitor' => '-1' );
		return array(
			'credits that are none'    => array(
				'', 'adjust', array( 'amount' => 'abc' ) + $adjust,
				'adjust-amount', 'plain digits', 'reason',
			),
			'more than there is'       => array(
				'', 'adjust', array( 'way' => 'take', 'amount' => '101' ) + $adjust,
				'adjust-amount', '1 more would be needed', 'reason',
			),
			'a day that has passed'    => array(
				'', 'adjust', array( 'expires' => '2020-01-31' ) + $adjust,
				'adjust-expires', 'in the future', 'reason',
			),
			'no reason'                => array(
				'', 'adjust', array( 'reason' => '' ) + $adjust, 'adjust-reason', 'Say why', 'amount',
			),
			'a price that is none'     => array(
				'-plans', 'save_plan', array( 'price' => '29x' ) + $plan,
				'save_plan-price', 'plain digits', 'name',
			),
			'a plan without a name'    => array(
				'-plans', 'save_plan', array( 'name' => '' ) + $plan, 'save_plan-name', '191 bytes', 'key',
			),
			'a rate that is none'      => array(
				'-rates', 'save_rates', array( 'rates[1][credits]' => 'abc' ) + $rates,
				'save_rates-rates-1-credits', 'plain digits', 'rates[0][credits]',
			),
			'a rate for nothing'       => array(
				'-rates', 'save_rates', array( 'rates[1][feature]' => '' ) + $rates,
				'save_rates-rates-1-feature', 'key of the feature', 'rates[1][credits]',
			),
			'two rates for one thing'  => array(
				'-rates', 'save_rates', array( 'rates[1][feature]' => 'chat' ) + $rates,
				'save_rates-rates-1-feature', 'another row', 'rates[1][credits]',
			),
			'a step of 0 s'            => array(
				'-rates', 'save_rates',
				array( 'rates[1][unit]' => 'call_minute', 'rates[1][increment_s]' => '0' ) + $rates,
				'save_rates-rates-1-increment_s', '1 to 3,600', 'rates[1][credits]',
			),
			'rounding to nothing'      => array(
				'-rates', 'save_rates', array( 'quantum' => '0' ) + $rates,
				'save_rates-quantum', 'more than 0', 'rates[1][credits]',
			),
			'a name without its key'   => array(
				'-labels', 'save_labels', $no_key, 'save_labels-agent-0-key', 'key', 'agent[0][name]',
			),
			'a level that is none'     => array(
				'-policies', 'save_policies', array( 'low' => 'abc' ) + $text,
				'save_policies-low', '20%', 'refunds',
			),
			'levels in a wrong order'  => array(
				'-policies', 'save_policies', array( 'critical' => '30%' ) + $text,
				'save_policies-critical', 'not above', 'refunds',
			),
			'an origin that is none'   => array(
				'-policies', 'save_policies', array( 'origins' => '*' ) + $text,
				'save_policies-origins', 'An origin is', 'refunds',
			),
			'a limit that is none'     => array(
				'-policies', 'save_policies', $limit + $text,
				'save_policies-limit_visitor', 'up to 10,000,000', 'refunds',
			),
			'a key for nobody'         => array(
				'-keys', 'create_key', array( 'label' => 'Chat', 'customer' => 'x@example.com', 'use' => null ),
				'create_key-customer', 'no such customer', 'label',
			),
			'a key that may nothing'   => array(
				'-keys', 'create_key',
				array( 'label' => 'Chat', 'use' => null, 'quote' => null, 'read' => null ),
				'create_key-scopes', 'Allow the key', 'label',
			),
		);
	}

	/**
	 * @dataProvider wrong_forms
	 *
	 * @param array<string, ?string> $entered What is entered; null: a box without its tick.
	 */
	public function test_what_is_wrong_stands_beside_its_field_and_the_rest_is_kept(
		string $screen,
		string $form,
		array $entered,
		string $field,
		string $text,
		string $kept
	): void {
		$page = $this->filled( $screen, $form, $entered );
		$own  = $page->all( "//*[@id='$field']" )[0] ?? null;
		self::assertNotNull( $own, $page->text() );
		self::assertSame( 'true', $own->getAttribute( 'aria-invalid' ) );
		self::assertTrue( $own->hasAttribute( 'autofocus' ), 'where the next key goes' );
		self::assertContains( "$field-error", explode( ' ', $own->getAttribute( 'aria-describedby' ) ) );
		self::assertStringContainsString( $text, $page->text( "//*[@id='$field-error']" ) );
		self::assertCount( 1, $page->all( "//*[@aria-invalid='true']" ) );
		self::assertStringContainsString( $text, $page->notice(), 'and at the top' );
		$now = $this->fields( $page, $form );
		self::assertSame( $entered[ $kept ], $now[ $kept ] );
		foreach ( array_keys( $entered, null, true ) as $box ) {
			self::assertArrayNotHasKey( $box, $now, 'as it was entered' );
		}
	}

	public function test_keys_and_addresses_are_read_from_left_to_right_in_every_language(): void {
		$screens = array(
			'-plans'    => array( array( 'new' => 1 ), 'save_plan-key', 'save_plan-features' ),
			'-rates'    => array( array( 'new' => 1 ), 'save_rates-rates-0-feature' ),
			'-labels'   => array( array(), 'save_labels-site-0-key' ),
			'-policies' => array( array(), 'save_policies-origins', 'save_policies-address_header' ),
		);
		foreach ( $screens as $screen => $of ) {
			$page = $this->shop_manager()->open( "nivella-credits$screen", array_shift( $of ) );
			foreach ( $of as $id ) {
				self::assertCount( 1, $page->all( "//*[@id='$id' and @dir='ltr']" ), $id );
			}
		}
		$words = "//*[@id='save_policies-refunds' and @dir='auto']";
		self::assertCount( 1, $page->all( $words ), 'and words as they are written' );
		$tools = $this->shop_manager()->open( 'nivella-credits-tools' );
		self::assertCount( 1, $tools->all( "//pre[@dir='ltr']" ), 'the file that is an example' );
	}

	public function test_what_has_no_way_back_is_asked_first(): void {
		( new Keys() )->create( 'Chat', array( 'read' ), null );
		$plan = array( 'key' => 'solo', 'name' => 'Solo', 'level' => 1, 'allowance' => '10' );
		Configuration::open()->save_plans( array( $plan ) );
		foreach ( array( 'keys' => 'Revoke', 'plans' => 'Delete' ) as $screen => $text ) {
			$page = $this->shop_manager()->open( "nivella-credits-$screen" );
			self::assertSame( $text, $page->text( '//details[not(@open)]/summary' ) );
			self::assertCount( 1, $page->all( '//details[p]/form//button' ) );
		}
	}

	public function test_a_row_without_a_fault_says_nothing(): void {
		$page = $this->shop_manager()->open( 'nivella-credits-rates', array( 'new' => 1 ) );
		self::assertSame( array(), $page->all( "//*[@aria-invalid or @autofocus]" ) );
		self::assertSame( array(), Configuration::open()->history()->to_wire()['rate_cards'] );
	}

	/** A form that was filled in and sent. */
	private function filled( string $screen, string $form, array $entered ): AdminBrowser {
		$asked = '' === $screen ? array( 'account' => $this->account() ) : array();
		$asked = in_array( $screen, array( '-plans', '-rates' ), true ) ? array( 'new' => 1 ) : $asked;
		$page  = $this->shop_manager()->open( "nivella-credits$screen", $asked );
		if ( 'create_key' !== $form ) {
			return $page->send( $form, $entered );
		}
		$all = array_filter( $entered + $this->fields( $page, $form ), static fn( $v ) => null !== $v );
		return $page->post( $all, '/wp-admin/admin.php?page=nivella-credits-keys' );
	}

	/** @return array<string, string> What a form holds. */
	private function fields( AdminBrowser $page, string $form ): array {
		if ( 'create_key' !== $form ) {
			return $page->fields( $form );
		}
		$fields = array();
		foreach ( $page->all( "//form[contains(@action,'credits-keys')]//input[@name]" ) as $input ) {
			if ( 'checkbox' !== $input->getAttribute( 'type' ) || $input->hasAttribute( 'checked' ) ) {
				$fields[ $input->getAttribute( 'name' ) ] = $input->getAttribute( 'value' );
			}
		}
		return $fields;
	}
}
