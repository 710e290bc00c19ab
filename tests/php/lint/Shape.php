<?php
/**
 * Sizes, and what every file begins with.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Lint;

/** Each rule returns what it finds by line; line 0 where the whole file is meant. */
final class Shape {
	private const LINE     = 100;
	private const FILE     = 400;
	private const FUNCTION = 60;

	/** @return array<int, string> */
	public static function strict_types( Source $file ): array {
		$starts = preg_match( '/\bdeclare\( strict_types=1 \);/', $file->text );
		return 1 === $starts ? array() : array( 0 => 'begin with declare( strict_types=1 );' );
	}

	/**
	 * A file of the plugin does nothing when a browser asks for it: only what declares stands before
	 * the guard.
	 *
	 * @return array<int, string>
	 */
	public static function guard( Source $file ): array {
		if ( ! $file->is_plugin() ) {
			return array();
		}
		$name  = 'uninstall.php' === $file->inner() ? 'WP_UNINSTALL_PLUGIN' : 'ABSPATH';
		$index = 0;
		while ( $file->is( $index, T_DECLARE, T_NAMESPACE, T_USE ) ) {
			do {
				++$index;
			} while ( isset( $file->code[ $index ] ) && ! $file->is( $index - 1, ';' ) );
		}
		$guard = array( 'defined', '(', "'$name'", ')', '||', 'exit', ';' );
		$there = array_column( array_slice( $file->code, $index, count( $guard ) ), 'text' );
		$line  = $file->code[ $index ]->line ?? 0;
		return $guard === $there ? array() : array( $line => "first: defined( '$name' ) || exit;" );
	}

	/**
	 * A text alone in its line may be longer: translators get it in one piece.
	 *
	 * @return array<int, string>
	 */
	public static function line_length( Source $file ): array {
		$found = array();
		foreach ( explode( "\n", $file->text ) as $index => $line ) {
			$length = mb_strlen( $line );
			if ( $length > self::LINE && 1 !== preg_match( "/^\t+'[^']*',?$/", $line ) ) {
				$found[ $index + 1 ] = "$length columns, " . self::LINE . ' at most';
			}
		}
		return $found;
	}

	/** @return array<int, string> */
	public static function tabs( Source $file ): array {
		$found = array();
		foreach ( $file->tokens as $token ) {
			if ( $token->is( T_WHITESPACE ) && 1 === preg_match( '/\n\t* +\S?/', $token->text ) ) {
				$found[ $token->line ] = 'indent by tabs';
			}
		}
		return $found;
	}

	/** @return array<int, string> */
	public static function file_size( Source $file ): array {
		$lines = substr_count( $file->text, "\n" );
		$text  = "$lines lines, " . self::FILE . ' at most: split it by what its parts are for';
		return $lines > self::FILE ? array( 0 => $text ) : array();
	}

	/** @return array<int, string> */
	public static function function_size( Source $file ): array {
		$found = array();
		foreach ( $file->is_plugin() ? $file->functions() : array() as $function ) {
			$lines = $function['last'] - $function['first'] + 1;
			if ( $lines > self::FUNCTION ) {
				$most                        = self::FUNCTION;
				$found[ $function['first'] ] = "{$function['name']}: $lines lines, $most at most";
			}
		}
		return $found;
	}

	/**
	 * What others may call says what it does.
	 *
	 * @return array<int, string>
	 */
	public static function documented( Source $file ): array {
		$found = array();
		foreach ( $file->is_plugin() ? $file->functions() : array() as $function ) {
			$magic = str_starts_with( $function['name'], '__' );
			if ( $function['public'] && ! $function['doc'] && ! $magic ) {
				$found[ $function['first'] ] = "{$function['name']}(): say what it does";
			}
		}
		return $found;
	}

	/**
	 * One class in a file that has its name, in the namespace of its folder; not to be extended.
	 *
	 * @return array<int, string>
	 */
	public static function classes( Source $file ): array {
		if ( ! $file->is_plugin() || 1 !== preg_match( '~(^|/)[A-Z]\w*\.php$~', $file->path ) ) {
			return array();
		}
		$path  = explode( '/', substr( $file->inner(), 0, -4 ) );
		$name  = array_pop( $path );
		$space = implode( '\\', array( 'Nivella', 'Credits', ...$path ) );
		$found = array();
		if ( ! str_contains( $file->text, "\nnamespace $space;\n" ) ) {
			$found[0] = "belongs to the namespace $space";
		}
		$kinds = '/^((?:final |abstract |readonly )*)(class|interface|trait|enum) (\w+)/m';
		preg_match_all( $kinds, $file->text, $classes, PREG_SET_ORDER );
		if ( 1 !== count( $classes ) || $name !== $classes[0][3] ) {
			return $found + array( 1 => "has one class, $name" );
		}
		$open = 'class' === $classes[0][2] && 1 !== preg_match( '/final|abstract/', $classes[0][1] );
		return $found + ( $open ? array( 2 => "$name: final, unless it is abstract" ) : array() );
	}
}
