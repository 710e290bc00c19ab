<?php
/**
 * What packages change about orders.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Owner\Policies;
use Nivella\Credits\Tests\Support\Orders;
use Nivella\Credits\Tests\Support\WooTestCase;

final class WooCompletionTest extends WooTestCase {
	/** @dataProvider orders */
	public function test_an_order_of_virtual_packages_alone_is_completed_when_paid(
		string $setting,
		bool $virtual,
		bool $other_goods,
		string $status
	): void {
		update_option( Policies::COMPLETE, $setting );
		$package = self::package( '2000' );
		$package->set_virtual( $virtual );
		$package->save();
		$lines = array( array( $package, 1 ) );
		if ( $other_goods ) {
			$lines[] = array( Orders::package( '5' ), 1 );
		}
		$user  = $this->user();
		$order = self::paid( $lines, $user );
		self::assertSame( $status, $order->get_status() );
		self::assertSame( '2000', $this->available( $user ) );
	}

	/** @return array<string, array{string, bool, bool, string}> */
	public static function orders(): array {
		return array(
			'packages alone'       => array( 'yes', true, false, 'completed' ),
			'the owner says no'    => array( 'no', true, false, 'processing' ),
			'something to be sent' => array( 'yes', false, false, 'processing' ),
			'with other goods'     => array( 'yes', true, true, 'processing' ),
		);
	}
}
