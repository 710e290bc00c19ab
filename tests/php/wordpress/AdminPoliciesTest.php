<?php
/**
 * Alerts and policies: what an owner saves counts, and what cannot be is refused with a text that
 * says why, and without losing what was typed.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Tests\Support\AdminBrowser;
use Nivella\Credits\Tests\Support\AdminTestCase;

final class AdminPoliciesTest extends AdminTestCase {
	private function screen(): AdminBrowser {
		return $this->shop_manager()->open( 'nivella-credits-policies' );
	}

	public function test_policies_are_saved_together_or_not_at_all(): void {
		$page = $this->screen();
		$sent = array(
			'low'             => '12.5%',
			'critical'        => '3%',
			'shortfall'       => 'forgive',
			'refunds'         => "Within <b>14</b> days.\nWrite to us.",
			'complete'        => null,
			'coupons'         => null,
			'visitors'        => 'rounded',
			'customers_meter' => '1',
			'origins'         => "https://Chat.example/\n\nhttp://localhost:8080",
			'fast_lane'       => null,
			'delete'          => '1',
		);
		self::assertSame( 'The policies were saved.', $page->send( 'save_policies', $sent )->notice() );
		wp_cache_flush();
		$low = Configuration::thresholds()->to_wire();
		self::assertSame(
			array( array( 'share' => 125 ), array( 'share' => 30 ) ),
			array_values( $low ),
		);
		$kept = array(
			'forgive_shortfall'   => '1',
			'refund_policy'       => "Within 14 days.\nWrite to us.",
			'complete_orders'     => 'no',
			'allow_coupons'       => 'no',
			'visitors'            => 'rounded',
			'customers_meter'     => 'yes',
			'origins'             => array( 'https://chat.example', 'http://localhost:8080' ),
			'fast_lane'           => 'no',
			'delete_on_uninstall' => '1',
		);
		foreach ( $kept as $name => $value ) {
			self::assertSame( $value, get_option( "nivella_credits_$name" ), $name );
		}
		$again = $page->open( 'nivella-credits-policies' )->fields( 'save_policies' );
		self::assertSame( '12.5%', $again['low'] );
		self::assertArrayNotHasKey( 'coupons', $again );
	}

	/** @return array<string, array{array<string, string>, string}> */
	public static function wrong_policies(): array {
		return array(
			'critical above low' => array( array( 'critical' => '30%' ), 'not above' ),
			'101 percent'        => array( array( 'low' => '101%' ), '0 to 100 percent' ),
			'abc'                => array( array( 'low' => 'abc' ), 'Write a share' ),
			'no origin'          => array( array( 'origins' => 'https://a.example/path' ), 'An origin is' ),
			'a star'             => array( array( 'origins' => '*' ), 'An origin is' ),
			'no such word'       => array( array( 'visitors' => 'all' ), 'Nothing was changed' ),
		);
	}

	/** @dataProvider wrong_policies */
	public function test_one_wrong_policy_changes_nothing( array $wrong, string $text ): void {
		$page = $this->screen();
		$page->send( 'save_policies', $wrong + array( 'shortfall' => 'forgive', 'coupons' => null ) );
		self::assertStringContainsString( $text, $page->notice() );
		wp_cache_flush();
		self::assertNotSame( '1', (string) get_option( Configuration::FORGIVE ) );
		self::assertArrayNotHasKey( 'coupons', $page->fields( 'save_policies' ), 'as it was entered' );
	}
}
