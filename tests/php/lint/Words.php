<?php
/**
 * What must not stand in the plugin.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Lint;

/** Each rule returns what it finds by line. */
final class Words {
	/** Functions that hide a fault, run text as code, or print for the developer. */
	private const NEVER = array(
		'eval'             => 'text is never code',
		'extract'          => 'name what is used',
		'unserialize'      => 'JSON only: an object may be hidden in it',
		'maybe_unserialize' => 'JSON only: an object may be hidden in it',
		'var_dump'         => 'made for trying',
		'print_r'          => 'made for trying',
		'var_export'       => 'made for trying',
		'error_log'        => "the store's logger",
		'exec'             => 'no other programs',
		'shell_exec'       => 'no other programs',
		'system'           => 'no other programs',
		'passthru'         => 'no other programs',
		'get_lock'         => 'the row of the account is the lock',
		'rand'             => 'random_int()',
		'mt_rand'          => 'random_int()',
		'uniqid'           => 'random_bytes()',
		'md5'              => "hash( 'sha256', … )",
		'sha1'             => "hash( 'sha256', … )",
	);

	/** What came after PHP 8.1. */
	private const NEWER = array(
		...array( 'json_validate', 'mb_str_pad', 'str_increment', 'array_find', 'array_any' ),
		...array( 'array_all', 'mb_trim', 'ini_parse_quantity', 'array_first', 'array_last' ),
	);

	/** Functions that make a float of anything. */
	private const FLOATS = array( 'floatval', 'doubleval', 'round', 'floor', 'ceil', 'fdiv', 'fmod' );

	/** @return array<int, string> */
	public static function never( Source $file ): array {
		$found = array();
		foreach ( $file->is_plugin() ? $file->calls() : array() as $index => $name ) {
			if ( isset( self::NEVER[ $name ] ) ) {
				$found[ $file->code[ $index ]->line ] = "$name(): " . self::NEVER[ $name ];
			}
		}
		foreach ( $file->is_plugin() ? $file->code : array() as $token ) {
			if ( $token->is( array( T_EVAL, '@', '`' ) ) ) {
				$found[ $token->line ] = "$token->text hides or runs what nobody reads";
			}
		}
		return $found;
	}

	/**
	 * Amounts, prices and credits are integers or decimal strings.
	 *
	 * @return array<int, string>
	 */
	public static function no_floats( Source $file ): array {
		$found = array();
		if ( ! $file->is_plugin() ) {
			return $found;
		}
		foreach ( $file->code as $token ) {
			$type = $token->is( T_STRING ) && in_array( $token->text, array( 'float', 'double' ), true );
			if ( $type || $token->is( array( T_DNUMBER, T_DOUBLE_CAST, '/', '/=', T_DIV_EQUAL ) ) ) {
				$found[ $token->line ] = "$token->text: a float is not exact; intdiv(), strings";
			}
		}
		foreach ( $file->calls() as $index => $name ) {
			if ( in_array( $name, self::FLOATS, true ) ) {
				$found[ $file->code[ $index ]->line ] = "$name() makes a float: not exact";
			}
		}
		return $found;
	}

	/** @return array<int, string> */
	public static function exact_comparison( Source $file ): array {
		$found = array();
		foreach ( $file->code as $token ) {
			if ( $token->is( array( T_IS_EQUAL, T_IS_NOT_EQUAL ) ) ) {
				$found[ $token->line ] = "$token->text compares '1e1' with 10: three signs";
			}
		}
		return $found;
	}

	/** @return array<int, string> */
	public static function php_81( Source $file ): array {
		$found = array();
		foreach ( $file->is_plugin() ? $file->calls() : array() as $index => $name ) {
			if ( in_array( $name, self::NEWER, true ) ) {
				$found[ $file->code[ $index ]->line ] = "$name() is newer than PHP 8.1";
			}
		}
		foreach ( $file->is_plugin() ? $file->code : array() as $index => $token ) {
			$class = array( T_CLASS, T_FINAL, T_ABSTRACT );
			if ( $token->is( T_READONLY ) && $file->is( $index + 1, ...$class ) ) {
				$found[ $token->line ] = 'a readonly class is newer than PHP 8.1';
			}
			if ( $token->is( T_CONST ) && $file->is( $index + 2, T_STRING ) ) {
				$found[ $token->line ] = 'a typed constant is newer than PHP 8.1';
			}
		}
		return $found;
	}

	/** @return array<int, string> */
	public static function text_domain( Source $file ): array {
		$domain = array(
			...array_fill_keys( array( '__', '_e', 'esc_html__', 'esc_attr__' ), 1 ),
			...array_fill_keys( array( 'esc_html_e', 'esc_attr_e' ), 1 ),
			...array_fill_keys( array( '_x', '_ex', 'esc_html_x', 'esc_attr_x' ), 2 ),
			'_n'  => 3,
			'_nx' => 4,
		);
		$found  = array();
		foreach ( $file->is_plugin() ? $file->calls() : array() as $index => $name ) {
			$own = 'nivella-credits';
			if ( isset( $domain[ $name ] ) && $own !== $file->argument( $index, $domain[ $name ] ) ) {
				$found[ $file->code[ $index ]->line ] = "$name(): its domain is '$own'";
			}
		}
		return $found;
	}

	/** @return array<int, string> */
	public static function no_test_switched_off( Source $file ): array {
		$found = array();
		foreach ( $file->code as $token ) {
			$off = array( 'markTestSkipped', 'markTestIncomplete', 'expectNotToPerformAssertions' );
			if ( $token->is( T_STRING ) && in_array( $token->text, $off, true ) ) {
				$found[ $token->line ] = "$token->text: every test runs";
			}
		}
		return $found;
	}
}
