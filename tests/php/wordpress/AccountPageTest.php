<?php
/**
 * My account → Credits: what it says, to whom, and what it costs.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Page\Rates;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Tests\Support\RestTestCase;
use Nivella\Credits\Woo\Account\CreditsPage;
use Nivella\Credits\Woo\Account\Downloads;
use Nivella\Credits\Woo\Account\Endpoint;

final class AccountPageTest extends RestTestCase {
	public function test_the_store_is_told_of_the_page(): void {
		$vars = apply_filters( 'woocommerce_get_query_vars', array() );
		self::assertSame( 'credits', $vars['credits'] );
		$items = array( 'dashboard' => 'D', 'orders' => 'O', 'customer-logout' => 'L' );
		$menu  = apply_filters( 'woocommerce_account_menu_items', $items );
		$order = array( 'dashboard', 'orders', 'credits', 'customer-logout' );
		self::assertSame( $order, array_keys( $menu ) );
		unset( $items['orders'] );
		$menu = apply_filters( 'woocommerce_account_menu_items', $items );
		self::assertSame( array( 'dashboard', 'credits', 'customer-logout' ), array_keys( $menu ) );
	}

	public function test_the_address_is_made_once_after_activation_and_after_an_update(): void {
		$queue = 'woocommerce_queue_flush_rewrite_rules';
		delete_option( 'nivella_credits_rules' );
		foreach ( array( 'yes', 'no' ) as $expected ) {
			update_option( $queue, 'no' );
			Endpoint::flush_once();
			self::assertSame( $expected, get_option( $queue ) );
		}
		update_option( 'nivella_credits_rules', '0.0.1' );
		Endpoint::flush_once();
		self::assertSame( 'yes', get_option( $queue ), 'another version' );
	}

	public function test_it_says_balance_plan_and_entries_without_a_script(): void {
		$user = $this->customer( '2341.9' );
		$this->settings();
		$html = $this->page( $user );
		$pill = '<nivella-credit-pill>2,341 Credits</nivella-credit-pill>';
		self::assertStringContainsString( $pill, $html );
		self::assertStringContainsString( '<nivella-usage-dashboard', $html );
		self::assertStringContainsString( '2,341 Credits: 2,341 given back', $html );
		self::assertStringContainsString( '<td><bdi>+2,341.9</bdi></td>', $html );
		foreach ( array( 'activity.csv', 'statement' ) as $route ) {
			self::assertMatchesRegularExpression( "#nivella-credits/v1/$route\\?_wpnonce=#", $html );
		}
		self::assertStringContainsString( 'Refunds</h2>', $html );
	}

	public function test_what_the_balance_is_of_is_listed_as_its_language_lists(): void {
		global $wp_locale;
		$user  = $this->customer( '10' );
		$books = Books::open();
		$grant = array( 'op' => 'grant', 'kind' => 'bonus', 'amount' => '5', 'request_id' => 'g' );
		$books->write( $books->account_of_user( $user ), $grant );
		$latin = $wp_locale->list_item_separator;
		try {
			$wp_locale->list_item_separator = '، ';
			$html                           = $this->page( $user );
		} finally {
			$wp_locale->list_item_separator = $latin;
		}
		self::assertMatchesRegularExpression( '/15 Credits: \d+ [a-z ]+، \d+ [a-z ]+</', $html );
	}

	public function test_debt_is_named_and_nothing_is_available_while_there_is_some(): void {
		$user    = $this->customer( '10' );
		$books   = Books::open();
		$account = $books->account_of_user( $user );
		$use     = array( 'op' => 'use', 'mode' => 'record', 'amount' => '12.5', 'request_id' => 'u' );
		$books->write( $account, $use );
		$html = $this->page( $user );
		self::assertStringContainsString( '>0 Credits</nivella-credit-pill>', $html );
		self::assertStringContainsString( 'Owed: 2.5. It is repaid first.', $html );
		self::assertStringContainsString( '<td><bdi>−12.5</bdi></td>', $html );
	}

	public function test_who_never_had_credits_is_told_so_and_gets_no_account(): void {
		global $wpdb;
		$html = $this->page( $this->user() );
		self::assertStringContainsString( 'You have no credits yet.', $html );
		self::assertStringNotContainsString( 'Statements', $html );
		$count = "SELECT COUNT(*) FROM {$wpdb->prefix}nivella_credits_accounts";
		self::assertSame( '0', $wpdb->get_var( $count ) );
	}

	public function test_a_database_that_does_not_answer_is_no_zero(): void {
		$user = $this->customer( '10' );
		$fail = static fn( string $sql ): string =>
			str_contains( $sql, 'nivella_credits_' ) ? 'no sql' : $sql;
		add_filter( 'query', $fail );
		$GLOBALS['wpdb']->suppress_errors();
		$html = $this->page( $user );
		$GLOBALS['wpdb']->suppress_errors( false );
		self::assertStringContainsString( 'cannot be shown just now', $html );
		self::assertStringNotContainsString( 'Credits<', $html );
	}

	public function test_it_costs_the_same_with_10_and_with_10000_entries(): void {
		$user    = $this->customer( '100000' );
		$account = Books::open()->account_of_user( $user );
		$this->settings();
		$cost = array();
		foreach ( array( 10, 10000 ) as $entries ) {
			for ( $n = 0; $n < $entries; $n += 1000 ) {
				$this->uses( $account, "$entries-$n", min( 1000, $entries ) );
			}
			$this->page( $user );
			$before = $GLOBALS['wpdb']->num_queries;
			$html   = $this->page( $user );
			$cost[] = $GLOBALS['wpdb']->num_queries - $before;
			self::assertSame( 10, substr_count( $html, '<td><bdi>−1</bdi></td>' ) );
		}
		self::assertSame( $cost[0], $cost[1] );
		self::assertLessThanOrEqual( 5, $cost[0] );
	}

	public function test_prices_are_in_business_words(): void {
		$rate = static fn( string $feature, string $unit, string $credits ): array =>
			array( 'feature' => $feature, 'unit' => $unit, 'credits' => $credits );
		$card = array(
			'effective_at' => '2026-11-01T00:00:00.000Z',
			'rates'        => array(
				$rate( 'chat_reply', 'message', '1' ),
				$rate( 'chat_reply', 'input_tokens', '0.05' ),
				$rate( 'voice', 'call_minute', '8' ),
				$rate( 'workflow', 'output_tokens', '0.2' ),
				$rate( 'workflow', 'use', '2.5' ),
				$rate( 'summary', 'input_tokens', '0.1' ),
				array( 'model' => 'large' ) + $rate( 'image', 'image', '1200' ),
			),
		);
		$html = Rates::markup( $card );
		$says = array(
			'Chat replies'             => 'from 1 credit, by length',
			'Voice calls'              => '8 credits a started minute',
			'Service Center workflows' => 'from 2.5 credits, by length',
			'Summaries'                => 'by the length of question and answer',
			'Images (large)'           => '1,200 credits an image',
		);
		foreach ( $says as $name => $cost ) {
			self::assertStringContainsString( ">$name</th><td>$cost</td>", $html );
		}
		self::assertStringContainsString( 'These prices count from November 1, 2026.', $html );
		self::assertStringNotContainsString( 'token', $html );
		self::assertStringNotContainsString( '<table', Rates::markup( null ) );
	}

	public function test_months_go_back_to_the_first(): void {
		$at    = static fn( string $text ): int => strtotime( "$text UTC" );
		$names = static fn( array $months ): array =>
			array_map( static fn( $month ) => $month->format( 'Y-m' ), $months );
		$two   = Downloads::months( $at( '2026-10-31 23:00' ), $at( '2026-11-21' ) );
		self::assertSame( array( '2026-11', '2026-10' ), $names( $two ) );
		$one = Downloads::months( $at( '2026-11-01 00:00' ), $at( '2026-11-30' ) );
		self::assertSame( array( '2026-11' ), $names( $one ) );
		$many = Downloads::months( $at( '2020-01-01' ), $at( '2026-03-31' ) );
		self::assertCount( 12, $many );
		self::assertSame( '2026-02-28', $many[1]->format( 'Y-m-t' ) );
	}

	private function page( int $user ): string {
		wp_set_current_user( $user );
		ob_start();
		CreditsPage::show();
		return html_entity_decode( (string) ob_get_clean() );
	}

	private function uses( int $account, string $name, int $count ): void {
		$use   = array( 'op' => 'use', 'mode' => 'strict', 'amount' => '1' );
		$items = array();
		for ( $n = 0; $n < $count; $n++ ) {
			$items[] = $use + array( 'request_id' => "$name-$n" );
		}
		Books::open()->write( $account, array( 'op' => 'batch', 'items' => $items ) );
	}

	private function settings(): void {
		$rate = array( 'feature' => 'chat_reply', 'unit' => 'message', 'credits' => '1' );
		( new Configuration( new Db( $GLOBALS['wpdb'] ) ) )->save_rate_card(
			array( 'quantum' => '0.01', 'rates' => array( $rate ) )
		);
	}
}
