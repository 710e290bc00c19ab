<?php
/**
 * Mails to customers: told by the ledger, sent by jobs, each once and only while it is true.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\Month;
use Nivella\Credits\Storage\Outbox;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\Account\Mails;
use Nivella\Credits\Woo\Mail\Choices;
use Nivella\Credits\Woo\Mail\Post;
use Nivella\Credits\Woo\Sync;

final class WooMailTest extends WooTestCase {
	/** Events are told, and what they lead to is done. */
	private function deliver(): void {
		while ( ( new Outbox( new Db( $GLOBALS['wpdb'] ) ) )->deliver() > 0 ) {
			continue;
		}
		self::run_jobs();
		// What a round has found.
		self::run_jobs();
	}

	/** @return string[] The subjects of the plugin's mails to an address. */
	private function subjects( string $to ): array {
		$own  = array_filter(
			$this->mails,
			static fn( array $mail ): bool => in_array( $to, (array) $mail['to'], true )
				&& 1 === preg_match( '/credits/i', $mail['subject'] )
		);
		return array_values( array_column( $own, 'subject' ) );
	}

	private static function address( int $user ): string {
		return get_userdata( $user )->user_email;
	}

	/** Turns a kind on or off, and chooses a text of it. */
	private static function choose( string $kind, string $name, string $value ): void {
		$mail = Post::mail( $kind );
		$mail->update_option( $name, $value );
		// Read once by a process, which does not live as long as this one.
		$mail->enabled = $mail->get_option( 'enabled' );
	}

	public function test_what_no_owner_has_set_is_as_usual_and_asks_the_database_nothing(): void {
		\Nivella\Credits\Plugin\Activation::activate();
		WC()->mailer();
		wp_cache_flush();
		$asked = array();
		add_filter(
			'query',
			static function ( string $sql ) use ( &$asked ): string {
				$asked[] = $sql;
				return $sql;
			}
		);
		$sent = array();
		foreach ( Post::listed( array() ) as $mail ) {
			$options[]             = "woocommerce_{$mail->id}_settings";
			$sent[ $mail::kind() ] = $mail->is_enabled();
		}
		self::assertSame( $options, Post::options() );
		$about = static fn( string $sql ): bool => str_contains( $sql, "= 'woocommerce_nivella_" );
		self::assertSame( array(), array_filter( $asked, $about ) );
		self::assertTrue( $sent['granted'] );
		self::assertFalse( $sent['monthly'], 'who wants it turns it on' );
	}

	/** The store's list leads to a section by the key of a mail, and looks for it by its slug. */
	public function test_an_owner_comes_from_the_stores_list_to_the_settings_of_each_mail(): void {
		foreach ( Post::listed( array() ) as $key => $mail ) {
			$section = sanitize_title( strtolower( $key ) );
			self::assertSame( strtolower( $key ), $section );
			self::assertSame( $mail->id, $section );
			// Screens are the real store's alone.
			if ( ! defined( 'WC_ABSPATH' ) ) {
				continue;
			}
			require_once WC_ABSPATH . 'includes/admin/settings/class-wc-settings-page.php';
			require_once WC_ABSPATH . 'includes/admin/class-wc-admin-settings.php';
			$screen = require WC_ABSPATH . 'includes/admin/settings/class-wc-settings-emails.php';

			$GLOBALS['current_section'] = $section;
			ob_start();
			( $screen instanceof \WC_Settings_Emails ? $screen : new \WC_Settings_Emails() )->output();
			$form = (string) ob_get_clean();
			self::assertStringContainsString( "woocommerce_{$mail->id}_subject", $form );
		}
	}

	public function test_a_page_of_the_shop_makes_no_mails_and_can_still_have_one_sent(): void {
		// The store keeps its list for as long as a request is served.
		WC()->mailer()->get_emails();
		$before = $GLOBALS['wp_actions']['template_redirect'] ?? null;
		self::assertCount( 8, Post::listed( array() ) );
		$GLOBALS['wp_actions']['template_redirect'] = 1;
		try {
			self::assertSame( array( 'other' => 1 ), Post::listed( array( 'other' => 1 ) ) );
			self::assertSame( 'low', Post::mail( 'low' )?->kind() );
		} finally {
			$GLOBALS['wp_actions']['template_redirect'] = $before;
		}
	}

	/** @return array<string, array{string, string[]}> Of somebody made up. */
	public static function examples(): array {
		return array(
			'claim'     => array( 'claim', array( 'order 1001', 'Claim your credits', '30 days' ) ),
			'granted'   => array(
				'granted',
				array( 'order 1001', '5,000 AI Credits × 1', '5,000, and 250 as a bonus', '6,206' ),
			),
			'low'       => array( 'low', array( '360 credits are left, enough until about' ) ),
			'critical'  => array( 'critical', array( '60 credits are left, enough until about' ) ),
			'depleted'  => array( 'depleted', array( 'Nothing is left to spend' ) ),
			'recovered' => array( 'recovered', array( 'You now have 7,341 credits' ) ),
			'expiring'  => array( 'expiring', array( 'is lost', '500' ) ),
			'monthly'   => array( 'monthly', array( '2,000', '5,000', '865', '6,135' ) ),
		);
	}

	/**
	 * @dataProvider examples
	 *
	 * @param string[] $words
	 */
	public function test_an_owner_who_looks_at_a_mail_in_the_settings_reads_what_a_customer_does(
		string $kind,
		array $words
	): void {
		$mail = Post::mail( $kind );
		$read = html_entity_decode( wp_strip_all_tags( $mail->get_content_html() ) );
		foreach ( array( $read, $mail->get_content_plain() ) as $text ) {
			foreach ( $words as $word ) {
				self::assertStringContainsString( $word, (string) preg_replace( '/\s+/', ' ', $text ) );
			}
		}
		self::assertSame( array(), $this->mails, 'nobody is written to' );
	}

	public function test_an_order_of_two_packages_is_told_once_with_all_its_lines(): void {
		$user  = $this->user();
		$lines = array(
			array( self::package( '2000', '10', '50' ), 2 ),
			array( self::package( '500' ), 1 ),
		);
		$order = self::paid( $lines, $user );
		$this->deliver();
		self::fresh( $order )->update_status( 'completed' );
		$this->deliver();
		self::assertCount( 1, $this->subjects( self::address( $user ) ) );
		$text = $this->text();
		self::assertStringContainsString( "order {$order->get_order_number()}", $text );
		self::assertStringContainsString( '4,000, and 100 as a bonus', $text );
		self::assertStringContainsString( '500', $text );
		self::assertStringContainsString( 'Available now 4,600', $text );
	}

	/** The last mail's text, without markup. */
	private function text(): string {
		$mail = end( $this->mails );
		$text = preg_replace( '/<(style|head)\b.*?<\/\1>/s', ' ', (string) $mail['message'] );
		$text = html_entity_decode( wp_strip_all_tags( str_replace( '<', ' <', $text ) ) );
		return trim( preg_replace( '/\s+/', ' ', $text ) );
	}

	/** @return array<string, array{string, string}> What is used of 1,000, and the subject's words. */
	public static function levels(): array {
		return array(
			'low'      => array( '850', 'getting low' ),
			'critical' => array( '960', 'almost out' ),
			'depleted' => array( '1000', 'out of credits' ),
		);
	}

	/** @dataProvider levels */
	public function test_a_level_is_told_once_for_each_crossing( string $used, string $words ): void {
		$user = $this->user();
		self::paid( array( array( self::package( '1000' ), 1 ) ), $user );
		$this->deliver();
		$this->mails = array();
		$this->spend( $user, $used );
		$this->deliver();
		$this->deliver();
		$subjects = $this->subjects( self::address( $user ) );
		self::assertCount( 1, $subjects );
		self::assertStringContainsString( $words, $subjects[0] );
	}

	public function test_what_a_customer_turned_off_is_not_sent_and_the_rest_is(): void {
		$user = $this->user();
		self::paid( array( array( self::package( '1000' ), 1 ) ), $user );
		$this->deliver();
		$granted = $this->text();
		self::assertStringNotContainsString( 'Choose which', $granted, 'part of a purchase' );
		Choices::save( $user, array( 'critical', 'expiring' ) );
		self::assertSame( array( 'low' ), Choices::off( $user ), 'of those that the store sends' );
		$this->mails = array();
		$this->spend( $user, '850' );
		$this->deliver();
		self::assertSame( array(), $this->subjects( self::address( $user ) ) );
		$this->spend( $user, '110' );
		$this->deliver();
		self::assertCount( 1, $this->subjects( self::address( $user ) ) );
		self::assertStringContainsString( 'Choose which of these mails you get', $this->text() );
		$link = end( $this->mails )['message'];
		self::assertStringContainsString( esc_url( Mails::url() ), $link );
		$this->spend( $user, '40' );
		$this->deliver();
		$subjects = $this->subjects( self::address( $user ) );
		self::assertStringContainsString( 'out of credits', end( $subjects ), 'the owner’s choice' );
		self::assertStringNotContainsString( 'Choose which', $this->text() );
	}

	public function test_a_choice_outlives_that_the_store_stops_sending(): void {
		$user = $this->user();
		self::choose( 'monthly', 'enabled', 'yes' );
		Choices::save( $user, array( 'low', 'critical', 'expiring' ) );
		self::choose( 'monthly', 'enabled', 'no' );
		self::assertArrayNotHasKey( 'monthly', Choices::offered() );
		Choices::save( $user, array( 'low', 'critical' ) );
		self::choose( 'monthly', 'enabled', 'yes' );
		self::assertSame( array( 'expiring', 'monthly' ), Choices::off( $user ) );
	}

	public function test_a_mail_about_a_level_says_how_long_the_rest_lasts(): void {
		$user    = $this->user();
		$account = $this->books->account_of_user( $user );
		self::paid( array( array( self::package( '1000' ), 1 ) ), $user );
		for ( $day = 1; $day <= 12; $day++ ) {
			$at  = gmdate( 'Y-m-d\TH:i:s\Z', time() - $day * DAY_IN_SECONDS );
			$use = array( 'op' => 'use', 'request_id' => "day $day", 'mode' => 'strict' );
			$this->books->write( $account, $use + array( 'amount' => '70', 'occurred_at' => $at ) );
		}
		$this->deliver();
		$runway = Books::open()->balance_and_runway( $account )['runway'];
		$day    = (string) wp_date( get_option( 'date_format' ), strtotime( $runway['around'] ) );
		// At 70 a day.
		$text = "160 credits are left, enough until about $day.";
		self::assertStringContainsString( $text, $this->text() );
	}

	public function test_a_level_that_was_left_meanwhile_is_not_told(): void {
		$user = $this->user();
		self::paid( array( array( self::package( '1000' ), 1 ) ), $user );
		$this->deliver();
		$this->spend( $user, '1000' );
		self::paid( array( array( self::package( '5000' ), 1 ) ), $user );
		$this->mails = array();
		$this->deliver();
		$subjects = $this->subjects( self::address( $user ) );
		self::assertCount( 1, $subjects );
		self::assertStringContainsString( 'are there', $subjects[0] );
	}

	public function test_what_the_owner_turned_off_is_not_sent_and_what_was_turned_on_is(): void {
		$user = $this->user();
		self::paid( array( array( self::package( '1000' ), 1 ) ), $user );
		$this->deliver();
		$this->mails = array();
		self::choose( 'depleted', 'enabled', 'no' );
		self::choose( 'recovered', 'enabled', 'yes' );
		self::choose( 'granted', 'enabled', 'no' );
		$this->spend( $user, '1000' );
		$this->deliver();
		self::paid( array( array( self::package( '5000' ), 1 ) ), $user );
		$this->deliver();
		foreach ( array( 'depleted', 'granted' ) as $kind ) {
			self::choose( $kind, 'enabled', 'yes' );
		}
		self::choose( 'recovered', 'enabled', 'no' );
		$subjects = $this->subjects( self::address( $user ) );
		self::assertCount( 1, $subjects );
		self::assertStringContainsString( 'are back', $subjects[0] );
	}

	public function test_what_expires_within_a_week_is_told_once(): void {
		$user    = $this->user();
		$account = $this->books->account_of_user( $user );
		foreach ( array( 'soon' => 6, 'later' => 9 ) as $id => $days ) {
			$grant = array(
				'op'         => 'grant',
				'request_id' => $id,
				'kind'       => 'refund',
				'amount'     => (string) ( $days * 10 ),
				'expires_at' => gmdate( 'Y-m-d\TH:i:s\Z', time() + $days * DAY_IN_SECONDS ),
			);
			$this->books->write( $account, $grant );
		}
		$this->deliver();
		$this->mails = array();
		// As if the last round had been long ago: what is due was told by none.
		update_option( Post::EXPIRY_TOLD, time() * 1000 );
		Post::today();
		$this->deliver();
		self::assertCount( 1, $this->subjects( self::address( $user ) ) );
		self::assertStringContainsString( '60', $this->text() );
		self::assertStringNotContainsString( '90', $this->text() );
		Post::today();
		$this->deliver();
		self::assertCount( 1, $this->subjects( self::address( $user ) ) );
	}

	public function test_a_month_adds_up_from_its_opening_to_its_closing(): void {
		$now     = wp_date( 'Y-m' );
		$user    = $this->user();
		$account = $this->books->account_of_user( $user );
		self::paid( array( array( self::package( '1000' ), 1 ) ), $user );
		$this->spend( $user, '250.5' );
		$month = Month::of( $account, $now );
		self::assertNotNull( $month );
		$sums = $month->sums;
		ksort( $sums );
		self::assertSame( array( 'grant' => 1000000000, 'use' => -250500000 ), $sums );
		self::assertSame( array( 0, 749500000 ), array( $month->opening, $month->closing ) );
		self::assertNull( Month::of( $account, '2020-01' ) );
		self::choose( 'monthly', 'enabled', 'yes' );
		Post::send( 'monthly', array( 'account' => $account, 'month' => $now ) );
		self::choose( 'monthly', 'enabled', 'no' );
		self::assertStringContainsString( 'At the beginning 0', $this->text() );
		self::assertStringContainsString( '-250.5', $this->text() );
		// From right to left its sign would be behind it.
		$mail = end( $this->mails );
		self::assertStringContainsString( '<span dir="auto">-250.5</span>', $mail['message'] );
		self::assertStringContainsString( 'At the end 749.5', $this->text() );
	}

	/** @return array<string, array{callable}> What stands in for the mail server. */
	public static function mail_servers_that_fail(): array {
		return array(
			'it refuses' => array( static fn() => false ),
			'it breaks'  => array( static fn() => throw new \RuntimeException( 'broken' ) ),
		);
	}

	/** @dataProvider mail_servers_that_fail */
	public function test_a_mail_that_is_not_accepted_is_logged_and_sent_later( callable $fail ): void {
		$user  = $this->user();
		$order = self::paid( array( array( self::package( '1000' ), 1 ) ), $user );
		$facts = array(
			'account' => $this->books->account_of_user( $user ),
			'order'   => $order->get_id(),
		);
		add_filter( 'pre_wp_mail', $fail, 99 );
		$this->deliver();
		remove_filter( 'pre_wp_mail', $fail, 99 );
		$logged = implode( "\n", array_column( $this->logged, 'message' ) );
		self::assertStringContainsString( 'the mail "granted" was not sent', $logged );
		$later = array( 'granted', $facts, 1 );
		self::assertGreaterThan( time(), as_next_scheduled_action( Post::JOB, $later, Sync::GROUP ) );
		$this->mails = array();
		do_action( Post::JOB, ...$later );
		self::assertCount( 1, $this->subjects( self::address( $user ) ) );
		do_action( Post::JOB, ...$later );
		self::assertCount( 1, $this->subjects( self::address( $user ) ), 'told once' );
	}

	/** A12: the name of a product, in a mail. */
	public function test_hostile_names_are_text_in_a_mail(): void {
		$user    = $this->user();
		$package = self::package( '1000' );
		$package->set_name( '<script>alert(1)</script>Pack "&"' );
		$package->save();
		self::paid( array( array( $package, 1 ) ), $user );
		$this->deliver();
		self::assertStringNotContainsString( '<script>alert', end( $this->mails )['message'] );
	}

	public function test_an_account_without_an_address_gets_no_mail_and_stops_nothing(): void {
		$user = $this->user();
		self::paid( array( array( self::package( '1000' ), 1 ) ), $user );
		$account = $this->books->account_of_user( $user );
		require_once ABSPATH . 'wp-admin/includes/user.php';
		wp_delete_user( $user );
		$this->mails = array();
		Post::send( 'granted', array( 'account' => $account, 'order' => 1 ) );
		self::assertSame( array(), $this->mails );
	}
}
