<?php
/**
 * Who may know of what.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Lint;

/** Each rule returns what it finds by line. */
final class Places {
	/** The files that must say for which plugin this is, which hooks there are, and what it leaves. */
	private const MAY_NAME_THE_STORE = array(
		'nivella-credits.php',
		'Plugin/hooks.php',
		'Plugin/hooks-shop.php',
		'uninstall.php',
	);

	private const ORDER = array(
		...array( 'Ledger', 'Storage', 'Page', 'Rest', 'Lane', 'Health', 'Owner', 'Privacy', 'Cli' ),
		...array( 'Admin', 'Woo' ),
	);

	/** What stands against that order, by folder: no more of it. */
	private const KNOWN = array(
		// It runs ahead of every hook, and may only run where the store was not loaded.
		'Lane' => array( 'Woo\\Requirement' ),
		// Where the store has its pages.
		'Page' => array( 'Woo\\Addresses', 'Woo\\After\\ReturnAddress' ),
	);

	private const SQL = '/\b(SELECT|UPDATE|DELETE FROM|INSERT INTO|CREATE TABLE)\s/';

	/**
	 * Only Woo/, and templates that its themes may replace, name WooCommerce; comments may.
	 *
	 * @return array<int, string>
	 */
	public static function store( Source $file ): array {
		$may = in_array( $file->inner(), self::MAY_NAME_THE_STORE, true );
		if ( ! $file->is_plugin() || $file->in( 'Woo' ) || $file->in( 'templates' ) || $may ) {
			return array();
		}
		$found = array();
		foreach ( $file->code as $token ) {
			if ( 1 === preg_match( '/\bwc_|\bwc\b|woocommerce/i', $token->text ) ) {
				$found[ $token->line ] = "$token->text: only Woo/ knows WooCommerce";
			}
		}
		return $found;
	}

	/**
	 * WordPress looks into each PHP file that lies beside the main one whenever it lists plugins, and
	 * stores have it do so on many pages.
	 *
	 * @return array<int, string>
	 */
	public static function beside( Source $file ): array {
		$may = array( 'nivella-credits.php', 'uninstall.php' );
		$top = $file->is_plugin() && ! str_contains( $file->inner(), '/' );
		return $top && ! in_array( $file->inner(), $may, true )
			? array( 0 => 'files of the plugin as a whole are in Plugin/' )
			: array();
	}

	/**
	 * Ledger/ is usable alone: of functions it calls PHP's own, of classes its own and PHP's.
	 *
	 * @return array<int, string>
	 */
	public static function ledger( Source $file ): array {
		if ( ! $file->in( 'Ledger' ) ) {
			return array();
		}
		$found = array();
		$known = array_flip( get_defined_functions()['internal'] );
		foreach ( $file->calls() as $index => $name ) {
			if ( ! isset( $known[ $name ] ) ) {
				$found[ $file->code[ $index ]->line ] = "$name(): Ledger/ calls PHP's functions alone";
			}
		}
		foreach ( $file->code as $index => $token ) {
			if ( $token->is( array( T_NAME_QUALIFIED, T_NAME_FULLY_QUALIFIED ) ) ) {
				$own = str_starts_with( ltrim( $token->text, '\\' ), 'Nivella\\Credits\\Ledger' );
				$php = 1 === preg_match( '/^\\\\[A-Z]\w*$/', $token->text ) && self::of_php( $token->text );
				if ( ! $own && ! $php ) {
					$found[ $token->line ] = "$token->text: Ledger/ is usable alone";
				}
			}
			$wordpress = '/^\$(wpdb|wp)$|^(WP_|ARRAY_A$|ABSPATH$)/';
			if ( 1 === preg_match( $wordpress, $token->text ) ) {
				$found[ $token->line ] = "$token->text: Ledger/ does not know WordPress";
			}
		}
		return $found;
	}

	/**
	 * The folders stand in an order, and none names one behind it: what the ledger is built on knows
	 * nothing of the store, which hears of it by hooks.
	 *
	 * @return array<int, string>
	 */
	public static function order( Source $file ): array {
		$folder = strstr( $file->inner(), '/', true );
		$own    = array_search( $folder, self::ORDER, true );
		$known  = self::KNOWN[ $folder ] ?? array();
		$found  = array();
		foreach ( false === $own ? array() : $file->code as $token ) {
			$name   = '/^\\\\?Nivella\\\\Credits\\\\((\w+).*)$/';
			$named  = 1 === preg_match( $name, $token->text, $part );
			$behind = $named && (int) array_search( $part[2], self::ORDER, true ) > $own;
			if ( $behind && ! in_array( $part[1], $known, true ) ) {
				$found[ $token->line ] = "$token->text: a hook, or a place that both may know";
			}
		}
		return $found;
	}

	/**
	 * Whoever changes a table looks for its statements in one place.
	 *
	 * @return array<int, string>
	 */
	public static function sql( Source $file ): array {
		// What removes the plugin loads none of its classes.
		if ( ! $file->is_plugin() || $file->in( 'Storage' ) || 'uninstall.php' === $file->inner() ) {
			return array();
		}
		$found = array();
		foreach ( $file->code as $token ) {
			$text = $token->is( array( T_CONSTANT_ENCAPSED_STRING, T_ENCAPSED_AND_WHITESPACE ) );
			if ( $text && 1 === preg_match( self::SQL, $token->text ) ) {
				$found[ $token->line ] = 'SQL stands in Storage/ alone';
			}
		}
		return $found;
	}

	private static function of_php( string $name ): bool {
		return class_exists( $name, false ) || interface_exists( $name, false );
	}
}
