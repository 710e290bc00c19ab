<?php
/**
 * Samples for every rule: paths inside the plugin, and what could stand there.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Lint;

/** The bad ones must be refused, the good ones accepted. */
final class Samples {
	/**
	 * @param string $rule The rule's name.
	 * @return array{bad: array<array{string, string}>, good: array<array{string, string}>}
	 */
	public static function of( string $rule ): array {
		$samples = self::shape() + self::places() + self::words();
		return $samples[ $rule ] ?? array( 'bad' => array(), 'good' => array() );
	}

	/** @return array<string, array<string, array<array{string, string}>>> */
	private static function shape(): array {
		$lines    = static fn( int $count ): string => str_repeat( "\$a = 1;\n", $count );
		$function = static fn( int $count ): string => "function f() {\n{$lines( $count )}}";
		$class    = "namespace Nivella\\Credits\\Ledger;\n";
		return array(
			'strict types'  => array(
				'bad'  => array( array( 'a.php', '' ), array( 'a.php', 'declare(ticks=1);' ) ),
				'good' => array( array( 'a.php', 'declare( strict_types=1 );' ) ),
			),
			'guard'         => array(
				'bad'  => array(
					array( 'a.php', '' ),
					array( 'a.php', "// defined( 'ABSPATH' ) || exit;" ),
					array( 'uninstall.php', "\ndefined( 'ABSPATH' ) || exit;\n" ),
					array( 'a.php', "require 'b.php';\ndefined( 'ABSPATH' ) || exit;" ),
					array( 'a.php', "if ( f() ) {\ndefined( 'ABSPATH' ) || exit;\n}" ),
				),
				'good' => array(
					array( 'a.php', "\ndefined( 'ABSPATH' ) || exit;\n" ),
					array( 'a.php', "declare( a=1 );\nnamespace A;\nuse B;\ndefined( 'ABSPATH' ) || exit;" ),
					array( 'uninstall.php', "\ndefined( 'WP_UNINSTALL_PLUGIN' ) || exit;\n" ),
				),
			),
			'line length'   => array(
				'bad'  => array(
					array( 'a.php', str_repeat( 'a', 101 ) ),
					array( 'a.php', "__( '" . str_repeat( 'a', 100 ) . "' );" ),
				),
				'good' => array(
					array( 'a.php', str_repeat( 'ä', 100 ) ),
					array( 'a.php', "__(\n\t'" . str_repeat( 'a', 100 ) . "',\n);" ),
				),
			),
			'tabs'          => array(
				'bad'  => array( array( 'a.php', "if ( a ) {\n    b();\n}" ) ),
				'good' => array( array( 'a.php', "/**\n * a\n */\nif ( a ) {\n\tb();\n}" ) ),
			),
			'file size'     => array(
				'bad'  => array( array( 'a.php', $lines( 400 ) ) ),
				'good' => array( array( 'a.php', $lines( 398 ) ) ),
			),
			'function size' => array(
				'bad'  => array(
					array( 'a.php', $function( 59 ) ),
					array( 'a.php', "function f() {\n\$s = \"{\$a}\";\n{$lines( 59 )}}" ),
				),
				'good' => array(
					array( 'a.php', $function( 58 ) ),
					array( 'a.php', $function( 40 ) . "\n" . $function( 40 ) ),
				),
			),
			'documented'    => array(
				'bad'  => array(
					array( 'a.php', 'final class A { public function f() {} }' ),
					array( 'a.php', "/** A. */\nfunction f() {}\nfunction g() {}" ),
				),
				'good' => array(
					array( 'a.php', 'class A { private function f() {} function __call() {} }' ),
					array( 'a.php', "class A {\n/** F. */\npublic static function f() {}\n}" ),
				),
			),
			'classes'       => array(
				'bad'  => array(
					array( 'Ledger/A.php', "{$class}final class B {}" ),
					array( 'Ledger/A.php', "{$class}final class A {}\nfinal class B {}" ),
					array( 'Ledger/A.php', "{$class}class A {}" ),
					array( 'Storage/A.php', "{$class}final class A {}" ),
				),
				'good' => array(
					array( 'Ledger/A.php', "{$class}final class A {}" ),
					array( 'Ledger/A.php', "{$class}interface A {}" ),
					array( 'Plugin/hooks.php', '' ),
				),
			),
		);
	}

	/** @return array<string, array<string, array<array{string, string}>>> */
	private static function places(): array {
		return array(
			'store'  => array(
				'bad'  => array(
					array( 'Ledger/A.php', '$o = wc_get_order( 1 );' ),
					array( 'Rest/A.php', 'if ( $o instanceof \WC_Order ) {}' ),
					array( 'Page/A.php', "add_action( 'woocommerce_init', 'f' );" ),
					array( 'Plugin/functions.php', 'use Automattic\WooCommerce\Utilities\OrderUtil;' ),
				),
				'good' => array(
					array( 'Woo/A.php', '$o = wc_get_order( 1 );' ),
					array( 'Plugin/hooks.php', "add_action( 'woocommerce_init', 'f' );" ),
					array( 'Ledger/A.php', '// as wc_get_order() of WooCommerce' ),
				),
			),
			'beside' => array(
				'bad'  => array( array( 'functions.php', '' ) ),
				'good' => array(
					array( 'uninstall.php', '' ),
					array( 'Plugin/functions.php', '' ),
				),
			),
			'ledger' => array(
				'bad'  => array(
					array( 'Ledger/A.php', '$a = get_option( 1 );' ),
					array( 'Ledger/A.php', 'global $wpdb;' ),
					array( 'Ledger/A.php', 'use Nivella\Credits\Storage\Db;' ),
					array( 'Ledger/A.php', '$a = new \WP_Error();' ),
				),
				'good' => array(
					array( 'Ledger/A.php', "namespace Nivella\\Credits\\Ledger;\nuse DateTimeZone;" ),
					array( 'Ledger/A.php', '$a = intdiv( 3, 2 ); $a->get_option(); A::f();' ),
					array( 'Ledger/A.php', 'throw new \RuntimeException( self::f() );' ),
					array( 'Storage/A.php', 'global $wpdb;' ),
				),
			),
			'order'  => array(
				'bad'  => array(
					array( 'Admin/A.php', 'use Nivella\Credits\Woo\Completion;' ),
					array( 'Storage/A.php', '$a = \Nivella\Credits\Rest\Ask::x();' ),
					array( 'Ledger/A.php', 'use Nivella\Credits\Storage\Db;' ),
					array( 'Page/A.php', 'use Nivella\Credits\Woo\Orders;' ),
				),
				'good' => array(
					array( 'Woo/A.php', 'use Nivella\Credits\Admin\Menu;' ),
					array( 'Admin/A.php', 'use Nivella\Credits\Rest\Keys;' ),
					array( 'Page/A.php', 'use Nivella\Credits\Woo\Addresses;' ),
					array( 'hooks.php', 'use Nivella\Credits\Woo\Addresses;' ),
				),
			),
			'SQL'    => array(
				'bad'  => array(
					array( 'Ledger/A.php', "\$a = 'SELECT x FROM y';" ),
					array( 'Woo/A.php', "const A = 'SELECT x\n\tFROM {order_items}';" ),
					array( 'Rest/A.php', '$a = "UPDATE $b SET c = 1";' ),
				),
				'good' => array(
					array( 'Storage/A.php', "\$a = 'SELECT x FROM y';" ),
					array( 'uninstall.php', "\$a = 'DELETE FROM y';" ),
					array( 'Admin/A.php', "\$a = 'Select a plan from the list';" ),
				),
			),
		);
	}

	/** @return array<string, array<string, array<array{string, string}>>> */
	private static function words(): array {
		return array(
			'never'                => array(
				'bad'  => array(
					array( 'a.php', 'unserialize( $a );' ),
					array( 'a.php', 'return @f();' ),
					array( 'a.php', 'eval( $a );' ),
				),
				'good' => array( array( 'a.php', '$a->print_r(); f( "@" ); // @f()' ) ),
			),
			'no floats'            => array(
				'bad'  => array(
					array( 'a.php', '$a = 1.5;' ),
					array( 'a.php', '$a = 1e3;' ),
					array( 'a.php', '$a = $b / 2;' ),
					array( 'a.php', '$a /= 2;' ),
					array( 'a.php', '$a = (float) $b;' ),
					array( 'a.php', 'function f( float $a ) {}' ),
					array( 'a.php', '$a = round( $b );' ),
				),
				'good' => array( array( 'a.php', '$a = intdiv( $b, 2 ) . "1.5"; // 1.5 / 2' ) ),
			),
			'exact comparison'     => array(
				'bad'  => array( array( 'a.php', '$a == 1;' ), array( 'a.php', '$a != 1;' ) ),
				'good' => array( array( 'a.php', '$a === 1 && $b !== "==";' ) ),
			),
			'PHP 8.1'              => array(
				'bad'  => array(
					array( 'a.php', 'final readonly class A {}' ),
					array( 'a.php', 'readonly class A {}' ),
					array( 'a.php', 'class A { const int B = 1; }' ),
					array( 'a.php', 'json_validate( $a );' ),
				),
				'good' => array(
					array( 'a.php', 'class A { const B = 1; public readonly int $c; }' ),
				),
			),
			'prefixes'             => self::prefixes(),
			'text domain'          => array(
				'bad'  => array(
					array( 'a.php', "__( 'a' );" ),
					array( 'a.php', "__( 'a', 'woocommerce' );" ),
					array( 'a.php', "_n( 'a', 'b', f( 1, 2 ), 'c' );" ),
				),
				'good' => array(
					array( 'a.php', "__( 'a', 'nivella-credits' );" ),
					array( 'a.php', "_n( 'a', 'b', f( 1, 2 ), 'nivella-credits' );" ),
				),
			),
			'no test switched off' => array(
				'bad'  => array( array( 'a.php', 'self::markTestSkipped();' ) ),
				'good' => array( array( 'a.php', '// markTestSkipped' ) ),
			),
		);
	}

	/** @return array<string, array<array{string, string}>> */
	private static function prefixes(): array {
		$space = "namespace Nivella\\Credits;\n";
		return array(
			'bad'  => array(
				array( 'a.php', 'function use_credits() {}' ),
				array( 'a.php', 'final class Credits {}' ),
				array( 'a.php', "define( 'VERSION', 1 );" ),
				array( 'a.php', "do_action( 'credits_used', 1 );" ),
				array( 'a.php', 'do_action( "credits_$what", 1 );' ),
				array( 'a.php', "update_option( 'credits', 1 );" ),
				array( 'a.php', "update_option( 'credits_' . \$name, 1 );" ),
				array( 'A.php', "{$space}class A { const B = 'b'; f() { add_option( self::B ); } }" ),
				array( 'A.php', 'update_option( Tokens::SLUG, 1 );' ),
				array( 'a.php', "update_user_meta( \$user, 'credits', 1 );" ),
				array( 'a.php', "\$order->update_meta_data( 'credits', 1 );" ),
				array( 'a.php', "get_role( 'a' )?->add_cap( 'see_credits' );" ),
				array( 'a.php', "wp_enqueue_style( 'admin', \$url );" ),
				array( 'a.php', "wp_schedule_event( 1, 'daily', 'check' );" ),
				array( 'a.php', "as_enqueue_async_action( 'check', array() );" ),
				array( 'a.php', "register_rest_route( 'credits/v1', '/balance' );" ),
				array( 'a.php', "add_action( 'admin_post_save', 'f' );" ),
				array( 'a.php', "add_action( 'wp_ajax_' . Tokens::SLUG, 'f' );" ),
				array( 'a.php', "\$table = \$wpdb->prefix . 'grants';" ),
				array( 'a.php', '$sql = "SELECT * FROM {$wpdb->prefix}grants";' ),
			),
			'good' => array(
				array( 'a.php', 'function nivella_credits_use() {}' ),
				array( 'a.php', "{$space}function f() {}\nfinal class A {}" ),
				array( 'a.php', "do_action( 'nivella_credits_used', 'a' );" ),
				array( 'a.php', 'do_action( $name ); $a->do_action( "b" );' ),
				array( 'a.php', 'update_option( Lane::OPTION, 1 ); get_option( "date_format" );' ),
				array( 'a.php', "update_user_meta( \$user, '_nivella_credits_a', 1 );" ),
				array( 'a.php', "add_action( 'admin_post_nivella_credits_save', 'f' );" ),
				array( 'a.php', "add_action( 'admin_post_' . Action::PREFIX . 'a', 'f' );" ),
				array( 'a.php', "add_action( 'init', 'f' ); add_shortcode( 'nivella_a', 'f' );" ),
				array( 'a.php', "\$table = \$wpdb->prefix . 'nivella_credits_grants';" ),
				array( 'templates/a.php', "do_action( 'woocommerce_email_header' );" ),
			),
		);
	}
}
