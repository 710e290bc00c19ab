<?php
/**
 * Plans, rates and names: what an owner saves counts, and what cannot be is refused with a text
 * that says why, and without losing what was typed.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Tests\Support\AdminBrowser;
use Nivella\Credits\Tests\Support\AdminTestCase;

final class AdminSettingsTest extends AdminTestCase {
	private const PLAN = array(
		'name'      => 'Team <b>"1"</b>',
		'key'       => 'team',
		'level'     => '2',
		'allowance' => '500.5',
		'features'  => "chat\r\n\r\n summary ",
	);

	private function screen( string $name, array $asked = array() ): AdminBrowser {
		return $this->shop_manager()->open( "nivella-credits-$name", $asked );
	}

	/** @return array<int, array<string, mixed>> */
	private static function plans(): array {
		return Configuration::open()->settings()->to_wire()['plans'];
	}

	public function test_a_plan_is_made_and_changed(): void {
		$page = $this->screen( 'plans', array( 'new' => 1 ) )->send( 'save_plan', self::PLAN );
		self::assertSame( 'The plan was saved.', $page->notice() );
		self::assertStringContainsString( 'Team <b>"1"</b>', $page->rows()[0][0] );
		$plan = array(
			'key'       => 'team',
			'name'      => 'Team <b>"1"</b>',
			'level'     => 2,
			'allowance' => '500.5',
			'unlimited' => false,
			'features'  => array( 'chat', 'summary' ),
		);
		self::assertSame( array( $plan ), self::plans() );
		$page->open( 'nivella-credits-plans', array( 'plan' => 'team' ) );
		$more = array( 'rollover_cap' => '20', 'unlimited' => '1', 'key' => 'other', 'features' => '' );
		$page->send( 'save_plan', $more );
		self::assertSame( array( 'team' ), array_column( self::plans(), 'key' ), 'a key stays' );
		self::assertSame( '20', self::plans()[0]['rollover_cap'] );
		self::assertSame( array(), self::plans()[0]['features'] );
		self::assertTrue( self::plans()[0]['unlimited'] );
	}

	public function test_what_a_plan_costs_is_shown_and_stays_when_it_is_saved(): void {
		$prices = array(
			'price'              => '123456',
			'minor_unit'         => 2,
			'currency'           => 'EUR',
			'prefix'             => '',
			'suffix'             => ' €',
			'decimal_separator'  => ',',
			'thousand_separator' => '.',
		);
		$plan = array( 'key' => 'team', 'name' => 'Team', 'level' => 1, 'allowance' => '5' );
		Configuration::open()->save_plans( array( $plan + array( 'prices' => $prices ) ) );
		$page = $this->screen( 'plans' );
		self::assertContains( '1.234,56 €', $page->rows()[0] );
		$page->open( 'nivella-credits-plans', array( 'plan' => 'team' ) );
		$page->send( 'save_plan', array( 'allowance' => '6' ) );
		self::assertSame( 'The plan was saved.', $page->notice() );
		self::assertSame( array( 'team' => $prices ), Configuration::open()->plan_prices() );
		self::assertSame( '6', self::plans()[0]['allowance'] );
		$page->open( 'nivella-credits-plans', array( 'plan' => 'team' ) );
		$said = 'The store sells in USD now; this price stays in EUR.';
		self::assertStringContainsString( $said, $page->text(), 'a currency that was switched' );
	}

	public function test_a_price_is_entered_as_the_store_writes_it(): void {
		$entered = array( 'price' => '29.9', 'currency' => 'usd' ) + self::PLAN;
		$page    = $this->screen( 'plans', array( 'new' => 1 ) )->send( 'save_plan', $entered );
		self::assertSame( 'The plan was saved.', $page->notice() );
		self::assertContains( '$29.90', $page->rows()[0] );
		$page->open( 'nivella-credits-plans', array( 'plan' => 'team' ) );
		self::assertSame( '29.90', $page->fields( 'save_plan' )['price'] );
		$page->send( 'save_plan', array( 'price' => '1234', 'currency' => 'EUR' ) );
		self::assertContains( '€1,234.00', $page->rows()[0] );
		$page->open( 'nivella-credits-plans', array( 'plan' => 'team' ) );
		$page->send( 'save_plan', array( 'price' => '' ) );
		self::assertSame( array( 'team' => null ), Configuration::open()->plan_prices() );
		self::assertContains( '—', $page->rows()[0] );
	}

	/** @return array<string, array{string, string, string}> Price, currency, what is said. */
	public static function wrong_prices(): array {
		$digits = 'Write the price in plain digits';
		return array(
			'abc'                   => array( 'abc', 'USD', $digits ),
			'-5'                    => array( '-5', 'USD', $digits ),
			'10^15'                 => array( '1000000000000000', 'USD', $digits ),
			'a thousands separator' => array( '1,000', 'USD', $digits ),
			'too many decimals'     => array( '1.000', 'USD', $digits ),
			'no currency'           => array( '5', '', 'A currency has three letters' ),
			'a symbol'              => array( '5', '€', 'A currency has three letters' ),
		);
	}

	/** @dataProvider wrong_prices */
	public function test_what_cannot_be_a_price_is_refused(
		string $price,
		string $of,
		string $says
	): void {
		$entered = array( 'price' => $price, 'currency' => $of ) + self::PLAN;
		$page    = $this->screen( 'plans', array( 'new' => 1 ) )->send( 'save_plan', $entered );
		self::assertStringContainsString( $says, $page->notice() );
		self::assertSame( array(), self::plans() );
		self::assertSame( $price, $page->fields( 'save_plan' )['price'] );
	}

	/** @return array<string, array{array<string, string>, string}> */
	public static function wrong_plans(): array {
		return array(
			'no name'        => array( array( 'name' => '' ), 'A name is 1 to 191 bytes' ),
			'no key'         => array( array( 'key' => '' ), 'A key is 1 to 191 bytes' ),
			'abc'            => array( array( 'allowance' => 'abc' ), 'plain digits' ),
			'-5'             => array( array( 'allowance' => '-5' ), 'plain digits' ),
			'10^15'          => array( array( 'allowance' => '1000000000000000' ), 'at most 1,000' ),
			'a level of 1.5' => array( array( 'level' => '1.5' ), 'A level is a whole number' ),
			'twice'          => array( array( 'features' => "a\na" ), 'each feature once' ),
		);
	}

	/** @dataProvider wrong_plans */
	public function test_what_cannot_be_a_plan_is_refused( array $wrong, string $text ): void {
		$entered = $wrong + self::PLAN;
		$page    = $this->screen( 'plans', array( 'new' => 1 ) )->send( 'save_plan', $entered );
		self::assertStringContainsString( $text, $page->notice() );
		self::assertSame( array(), self::plans() );
		self::assertSame( $entered['allowance'], $page->fields( 'save_plan' )['allowance'] );
	}

	public function test_two_owners_do_not_undo_each_other(): void {
		$first  = $this->screen( 'plans', array( 'new' => 1 ) );
		$second = $this->screen( 'plans', array( 'new' => 1 ) );
		$first->send( 'save_plan', self::PLAN );
		$second->send( 'save_plan', array( 'key' => 'solo', 'level' => '1' ) + self::PLAN );
		self::assertStringContainsString( 'Somebody else changed the plans', $second->notice() );
		self::assertCount( 1, self::plans() );
		$second->send( 'save_plan' );
		self::assertSame( array( 'solo', 'team' ), array_column( self::plans(), 'key' ), 'by level' );
		$second->open( 'nivella-credits-plans', array( 'new' => 1 ) );
		self::assertStringContainsString(
			'has this key already',
			$second->send( 'save_plan', self::PLAN )->notice()
		);
	}

	public function test_a_plan_in_use_is_not_deleted(): void {
		$page    = $this->screen( 'plans', array( 'new' => 1 ) )->send( 'save_plan', self::PLAN );
		$account = $this->account();
		self::book( $account, array( 'op' => 'subscribe', 'plan' => 'team' ) );
		$page->send( 'delete_plan' );
		self::assertStringContainsString( 'cannot be deleted', $page->notice() );
		self::assertStringContainsString( '1 account has it', $page->notice() );
		self::book( $account, array( 'op' => 'cancel' ) );
		self::assertStringContainsString( 'had it last', $page->send( 'delete_plan' )->notice() );
		self::assertCount( 1, self::plans() );
		$page->open( 'nivella-credits-plans', array( 'new' => 1 ) );
		$page->send( 'save_plan', array( 'key' => 'solo' ) + self::PLAN );
		$page->send( 'delete_plan', array( 'key' => 'solo' ) );
		self::assertSame( 'The plan was deleted.', $page->notice() );
		self::assertSame( array( 'team' ), array_column( self::plans(), 'key' ) );
	}

	/** Fields of the editor. @return array<string, string> */
	private static function rates( array ...$rates ): array {
		$fields = array();
		foreach ( $rates as $n => $rate ) {
			foreach ( $rate as $name => $value ) {
				$fields[ "rates[$n][$name]" ] = $value;
			}
		}
		return $fields;
	}

	private static function cost( array $usage ): string {
		$books = Books::open();
		return $books->quote( $books->account_of_user( 4242 ), $usage )['cost'];
	}

	public function test_rates_are_previewed_saved_and_then_only_read(): void {
		$chat = array( 'feature' => 'chat', 'unit' => 'message', 'credits' => '0.015' );
		$call = array(
			'feature' => 'call',
			'unit' => 'call_minute',
			'increment_s' => '6',
			'credits' => '12',
		);
		$page = $this->screen( 'rates', array( 'new' => 1 ) );
		$page->send( 'save_rates', array( 'do' => 'preview' ) + self::rates( $chat, $call ) );
		self::assertStringContainsString( '100 messages of chat cost 1.5 credits.', $page->text() );
		self::assertStringContainsString( 'A call of 10:05 minutes, call, costs 121.2', $page->text() );
		self::assertSame( array(), Configuration::open()->history()->to_wire()['rate_cards'] );
		$page->send( 'save_rates', array( 'do' => 'save' ) );
		self::assertStringContainsString( 'Version 1 was saved', $page->notice() );
		self::assertSame( '1.5', self::cost( array( 'feature' => 'chat', 'messages' => 100 ) ) );
		self::assertStringContainsString( 'Counts now', $page->text() );
		$page->visit( $page->link( 'Version 1' ) );
		self::assertStringContainsString( 'never changes', $page->text() );
		self::assertFalse( $page->has( 'save_rates' ) );
		// A new one begins as a copy.
		$page->visit( $page->link( 'New version from this one' ) );
		self::assertSame( '0.015', $page->fields( 'save_rates' )['rates[0][credits]'] );
		$page->send( 'save_rates', array( 'do' => 'save', 'rates[0][credits]' => '0.03' ) );
		self::assertSame( '3', self::cost( array( 'feature' => 'chat', 'messages' => 100 ) ) );
	}

	public function test_only_who_asks_for_more_rows_gets_some(): void {
		$rate = array( 'feature' => 'chat', 'unit' => 'message', 'credits' => '1' );
		$page = $this->screen( 'rates', array( 'new' => 1 ) );
		$rows = static fn(): int =>
			count( preg_grep( '/\[credits\]$/', array_keys( $page->fields( 'save_rates' ) ) ) );
		foreach ( array( array( 'preview', 4 ), array( 'more', 14 ), array( 'preview', 14 ) ) as $step ) {
			$page->send( 'save_rates', array( 'do' => $step[0] ) + self::rates( $rate ) );
			self::assertSame( $step[1], $rows(), $step[0] );
		}
	}

	public function test_rates_to_come_may_be_changed_until_they_count(): void {
		update_option( 'timezone_string', 'Asia/Kathmandu' );
		$rate = array( 'feature' => 'chat', 'unit' => 'message', 'credits' => '1' );
		$page = $this->screen( 'rates', array( 'new' => 1 ) );
		$late = array( 'do' => 'save', 'effective' => '2031-05-31T12:00' );
		$page->send( 'save_rates', $late + self::rates( $rate ) );
		self::assertStringContainsString( 'To come', $page->text() );
		$page->visit( $page->link( 'Version 1' ) );
		self::assertSame( '2031-05-31T12:00', $page->fields( 'save_rates' )['effective'] );
		$page->send( 'save_rates', array( 'do' => 'save', 'rates[0][credits]' => '7' ) );
		$cards = Configuration::open()->history()->to_wire()['rate_cards'];
		self::assertCount( 1, $cards );
		self::assertSame( '7', $cards[0]['rates'][0]['credits'] );
		self::assertSame( '2031-05-31T06:15:00.000Z', $cards[0]['effective_at'] );
	}

	/** @return array<string, array{array<string, string>, string}> */
	public static function wrong_rates(): array {
		$rate = array( 'rates[0][feature]' => 'chat', 'rates[0][credits]' => '1' );
		$same = array( 'rates[1][feature]' => 'chat', 'rates[1][credits]' => '2' );
		$call = array( 'rates[0][unit]' => 'call_minute', 'rates[0][increment_s]' => '0' );
		return array(
			'none'            => array( array(), 'at least one feature' ),
			'two for one'     => array( $rate + $same, 'Row 2: another row' ),
			'abc'             => array( array( 'rates[0][credits]' => 'abc' ) + $rate, 'plain digits' ),
			'-5'              => array( array( 'rates[0][credits]' => '-5' ) + $rate, 'plain digits' ),
			'no feature'      => array( array( 'rates[0][credits]' => '5' ), 'key of the feature' ),
			'a step of 0 s'   => array( $call + $rate, '1 to 3,600 seconds' ),
			'a quantum of 0'  => array( array( 'quantum' => '0' ) + $rate, 'more than 0' ),
			'last year'       => array( array( 'effective' => '2020-01-01T00:00' ) + $rate, 'from now on' ),
			'no time'         => array( array( 'effective' => '2031-02-30T00:00' ) + $rate, 'no date' ),
			'half of a form'  => array( array( 'complete' => null ) + $rate, 'only a part' ),
		);
	}

	/** @dataProvider wrong_rates */
	public function test_what_cannot_be_rates_is_refused( array $wrong, string $text ): void {
		if ( 'last year' === $this->dataName() ) {
			$first = array( 'rates[0][feature]' => 'chat', 'rates[0][credits]' => '1' );
			$this->screen( 'rates', array( 'new' => 1 ) )->send(
				'save_rates',
				array( 'do' => 'save' ) + $first,
			);
		}
		$before = Configuration::open()->history()->to_wire()['rate_cards'];
		$blank  = array( 'rates[0][feature]' => '', 'rates[0][credits]' => '' );
		$page   = $this->screen( 'rates', array( 'new' => 1 ) );
		$page->send( 'save_rates', $wrong + array( 'do' => 'save' ) + $blank );
		self::assertStringContainsString( $text, $page->notice() );
		self::assertSame( $before, Configuration::open()->history()->to_wire()['rate_cards'] );
	}

	public function test_keys_get_names(): void {
		$account = $this->account();
		$use     = array( 'op' => 'use', 'mode' => 'record', 'amount' => '1', 'site' => 'blog.example' );
		self::book( $account, $use );
		$page = $this->screen( 'labels' );
		self::assertContains( 'blog.example', $page->fields( 'save_labels' ), 'what was used is known' );
		$more = array( 'agent[0][key]' => 'bot', 'agent[0][name]' => 'Support <i>bot</i>' );
		$page->send( 'save_labels', $more );
		self::assertSame( 'The names were saved.', $page->notice() );
		wp_cache_flush();
		self::assertSame( 'Support <i>bot</i>', Configuration::labels()['agent']->bot );
		self::assertStringNotContainsString( '<i>bot', $page->html );
		$page->send( 'save_labels', array( 'agent[1][name]' => 'without a key' ) );
		self::assertStringContainsString( 'needs its key', $page->notice() );
		self::assertSame( 'without a key', $page->fields( 'save_labels' )['agent[1][name]'] );
	}

	public function test_sites_belong_to_companies(): void {
		$kept = array(
			'company' => array( 'a.example' => 'A & Co' ),
			'site' => array( 'b.example' => 'B' ),
		);
		update_option( Configuration::LABELS, wp_json_encode( $kept ) );
		$page = $this->screen( 'labels' );
		$page->send( 'save_labels', array( 'agent[0][key]' => 'bot', 'agent[0][name]' => 'Bot' ) );
		wp_cache_flush();
		self::assertSame( array( 'a.example' => 'A & Co' ), Configuration::companies(), 'it is kept' );
		$more = array( 'site[3][key]' => 'c.example', 'site[3][company]' => 'C Ltd' );
		$page->send( 'save_labels', $more );
		wp_cache_flush();
		$both = array( 'a.example' => 'A & Co', 'c.example' => 'C Ltd' );
		self::assertEquals( $both, Configuration::companies() );
		self::assertSame( 'B', Configuration::labels()['site']->{'b.example'} );
	}
}
