<?php
/**
 * The module on a page.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Page;

use Nivella\Credits\Woo\Addresses;
use Nivella\Credits\Woo\After\ReturnAddress;

defined( 'ABSPATH' ) || exit;

/**
 * Registers the built script and prints where the store answers. The build puts everything into a
 * folder that is named by its content: scripts and WebAssembly of two versions never meet, however
 * long a browser keeps them.
 */
final class Module {
	/** The shim reads `wp-script-module-data-nivella-credits`. */
	public const ID = 'nivella-credits';
	/** The action of `admin-ajax.php` that renews a nonce. */
	public const NONCE = 'nivella_credits_nonce';
	/** The elements that have something to be clicked. */
	private const TAGS = array(
		'nivella-credit-pill',
		'nivella-buy-credits',
		'nivella-usage-dashboard',
		'nivella-purchase-result',
		'nivella-credit-toast',
	);
	/** Defines the elements beside the pill, for a page that gets one after it was loaded. */
	private const ELEMENTS = 'nivella-credits-elements';

	/** Runs on `init`. */
	public static function register(): void {
		$folder = self::folder();
		if ( null === $folder ) {
			return;
		}
		$address = plugins_url( "assets/$folder/nivella-credits.js", NIVELLA_CREDITS_FILE );
		// Without a version: the folder has it. What the page itself shows comes ahead of it; WordPress
		// before 6.9 does not know how to say that, and ignores it.
		$behind = array( 'in_footer' => true, 'fetchpriority' => 'low' );
		wp_register_script_module( self::ID, $address, array(), null, $behind );
		$elements = plugins_url( 'scripts/elements.js', NIVELLA_CREDITS_FILE );
		wp_register_script_module(
			self::ELEMENTS,
			$elements,
			array( self::ID ),
			NIVELLA_CREDITS_VERSION,
			$behind
		);
		add_filter( 'script_module_data_' . self::ID, array( self::class, 'data' ) );
	}

	/**
	 * Where the store answers. A nonce is printed only for whoever is signed in; a page that a cache
	 * gives to somebody else, or too late, makes the script fetch its own.
	 *
	 * @param mixed $data What others want printed.
	 * @return array<string, mixed>
	 */
	public static function data( mixed $data ): array {
		$endpoints = array(
			'home'     => home_url( '/' ),
			'rest'     => rest_url(),
			'checkout' => Addresses::checkout(),
			// A path: where only the admin is on https, its address would be another origin.
			'ajax'     => admin_url( 'admin-ajax.php?action=' . self::NONCE, 'relative' ),
		);
		$origins   = ReturnAddress::origins();
		if ( array() !== $origins ) {
			$endpoints['origins'] = $origins;
		}
		if ( is_user_logged_in() ) {
			$endpoints['nonce'] = wp_create_nonce( 'wp_rest' );
		}
		return array( 'endpoints' => $endpoints ) + (array) $data;
	}

	/**
	 * Answers a nonce to whoever is signed in, and "0" to a guest: no refusal, which a browser would
	 * show as an error on every page that a guest reads.
	 */
	public static function answer_nonce(): never {
		nocache_headers();
		header( 'Content-Type: text/plain; charset=UTF-8' );
		wp_die( is_user_logged_in() ? esc_html( wp_create_nonce( 'wp_rest' ) ) : '0', '', 200 );
		exit;
	}

	/** Puts the script on this page; WordPress prints it once. */
	public static function enqueue(): void {
		wp_enqueue_script_module( self::ID );
		self::without_second_ring();
	}

	/**
	 * Each element marks what has the focus inside of it. A theme that marks whatever has the focus
	 * would draw a second frame, around all of the element.
	 */
	private static function without_second_ring(): void {
		Style::add( self::ID, ':is(' . implode( ',', self::TAGS ) . '){outline:none!important}' );
	}

	/** The same for a page whose scripts make one of our elements, or put it there later. */
	public static function enqueue_elements(): void {
		self::enqueue();
		wp_enqueue_script_module( self::ELEMENTS );
	}

	/**
	 * Whether the module brings the texts of a language.
	 *
	 * @param string $language As `de`.
	 */
	public static function speaks( string $language ): bool {
		if ( 'en' === $language ) {
			return true;
		}
		$folder = self::folder();
		$file   = "assets/$folder/locales/" . basename( $language ) . '.json';
		return null !== $folder && is_file( plugin_dir_path( NIVELLA_CREDITS_FILE ) . $file );
	}

	/** The folder of the build; null where nothing was built. */
	private static function folder(): ?string {
		$file = plugin_dir_path( NIVELLA_CREDITS_FILE ) . 'assets/build.json';
		$read = array( 'associative' => true );
		$made = is_readable( $file ) ? wp_json_file_decode( $file, $read ) : null;
		$name = is_array( $made ) ? $made['folder'] ?? null : null;
		return is_string( $name ) && 1 === preg_match( '/^[0-9a-f]{12}$/D', $name ) ? $name : null;
	}
}
