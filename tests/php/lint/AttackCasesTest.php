<?php
/**
 * Every case of the list of attacks is held by a test that names it, and the README says by which.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Lint;

use PHPUnit\Framework\TestCase;

/**
 * A test names its cases in the comment above it, `A7: what is tried` or `A7, A8: ...`, or in its
 * own name, `test_a7_...`.
 */
final class AttackCasesTest extends TestCase {
	private const LAST = 35;

	private const IN_COMMENT = '#^\s*(?:/\*\*|\*|///?)\s+(A\d{1,2}(?:, A\d{1,2})*): #';
	private const IN_NAME    = '/function test_a(\d{1,2})_/';
	private const COMMENT    = '#^\s*(/\*|\*|//|\#\[|$)#';
	private const TEST       = '/function test_|\b(test|describe)\(|\bfn \w+\(/';

	public function test_every_case_has_a_test_and_the_readme_says_which(): void {
		$found = array();
		foreach ( self::tests() as $path => $text ) {
			foreach ( self::cases_in( $text ) as $case ) {
				$found[ $case ][] = basename( $path );
			}
		}
		self::assertSame( self::all(), array_intersect( self::all(), array_keys( $found ) ) );
		foreach ( self::told() as $case => $files ) {
			$held = array_values( array_unique( $found[ $case ] ?? array() ) );
			sort( $held );
			sort( $files );
			self::assertSame( $held, $files, "$case in tests/php/README.md" );
		}
		self::assertSame( self::all(), array_keys( self::told() ) );
	}

	/** @return array<string, array{string, string[]}> */
	public static function samples(): array {
		return array(
			'a comment'       => array( "/** A7: x. */\npublic function test_x(", array( 'A7' ) ),
			'two cases'       => array( "\t * A7, A12: x\n\t */\n\tfunction test_x(", array( 'A7', 'A12' ) ),
			'a name'          => array( 'public function test_a7_x(', array( 'A7' ) ),
			'in Rust'         => array( "/// A25: x\n#[test]\nfn x() {", array( 'A25' ) ),
			'in a script'     => array( "  // A25: x\n  test('x', ", array( 'A25' ) ),
			'above no test'   => array( "/** A7: x. */\nprivate const X = 1;\nfunction test_x(", array() ),
			'in other words'  => array( "// as A7 says\ntest('x', ", array() ),
			'a helper'        => array( "/** A7: x. */\nprivate function x(", array() ),
		);
	}

	/**
	 * @dataProvider samples
	 *
	 * @param string[] $cases
	 */
	public function test_cases_are_found_above_tests_and_nowhere_else(
		string $text,
		array $cases
	): void {
		self::assertSame( $cases, self::cases_in( $text ) );
	}

	/** @return string[] */
	private static function cases_in( string $text ): array {
		$found = array();
		$above = array();
		foreach ( explode( "\n", $text ) as $line ) {
			if ( 1 === preg_match( self::IN_COMMENT, $line, $said ) ) {
				array_push( $above, ...explode( ', ', $said[1] ) );
			}
			if ( 1 === preg_match( self::IN_NAME, $line, $said ) ) {
				$found[] = "A$said[1]";
			}
			if ( 1 === preg_match( self::TEST, $line ) ) {
				array_push( $found, ...$above );
			}
			$above = 1 === preg_match( self::COMMENT, $line ) || str_starts_with( trim( $line ), '/**' )
				? $above
				: array();
		}
		return array_values( array_unique( $found ) );
	}

	/** @return string[] A1 to A35. */
	private static function all(): array {
		return array_map( static fn( int $n ): string => "A$n", range( 1, self::LAST ) );
	}

	/** @return array<string, string[]> Files by case, as the README has them. */
	private static function told(): array {
		$text = (string) file_get_contents( NIVELLA_REPO . '/tests/php/README.md' );
		preg_match_all( '/^\| (A\d{1,2}) \|[^|]*\| (.*) \|$/m', $text, $rows, PREG_SET_ORDER );
		$told = array();
		foreach ( $rows as list( , $case, $files ) ) {
			preg_match_all( '/`([^`]+)`/', $files, $names );
			$told[ $case ] = array_map(
				static fn( string $name ): string => str_contains( $name, '.' ) ? $name : "$name.php",
				$names[1]
			);
		}
		return $told;
	}

	/** @return array<string, string> Texts of all tests by path, this one aside. */
	private static function tests(): array {
		$top  = (string) realpath( NIVELLA_REPO );
		$list = array( 'git', '-C', $top, 'ls-files', '-z', '--cached', '--others' );
		$ends = array( '*.php', '*.mjs', '*.js', '*.rs' );
		$ends = array_map( static fn( string $end ): string => ":(glob)tests/**/$end", $ends );
		$list = array( ...$list, '--exclude-standard', '--', ...$ends );
		$git  = proc_open( $list, array( 1 => array( 'pipe', 'w' ) ), $pipes );
		$said = (string) stream_get_contents( $pipes[1] );
		proc_close( $git );
		$found = array();
		foreach ( array_filter( explode( "\0", $said ) ) as $path ) {
			if ( is_file( "$top/$path" ) && ! str_ends_with( $path, 'AttackCasesTest.php' ) ) {
				$found[ $path ] = (string) file_get_contents( "$top/$path" );
			}
		}
		return $found;
	}
}
