<?php
/**
 * What other plugins and owners may build on is described: functions.php says what each hook and
 * option means, and readme.txt names those that anybody may use.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Lint;

use PHPUnit\Framework\TestCase;

final class DocumentedNamesTest extends TestCase {
	/** Calls that name a hook; jobs and forms are named by constants there, and are nobody's. */
	private const HOOKS = array( 'apply_filters', 'do_action', 'add_filter', 'add_action' );

	private const OPTIONS = array( 'get_option', 'add_option', 'update_option', 'delete_option' );

	private const CONSTANT = '#/\*\* Option: [^/]*?\*/\s*(?:\w+ )?const \w+\s*='
		. ' .(nivella_credits_\w+)#';

	public function test_functions_php_describes_every_hook_and_option(): void {
		$used = array();
		foreach ( self::plugin() as $file ) {
			$used = array( ...$used, ...self::hooks( $file ), ...self::options( $file ) );
		}
		self::assertGreaterThan( 40, count( array_unique( $used ) ) );
		$told = self::names( self::header() );
		self::assertSame( array(), array_values( array_unique( array_diff( $used, $told ) ) ) );
	}

	public function test_functions_php_describes_nothing_that_is_gone(): void {
		$code = '';
		foreach ( self::plugin() as $file ) {
			$code .= implode( ' ', array_column( $file->code, 'text' ) ) . "\n";
		}
		foreach ( self::names( self::header() ) as $name ) {
			self::assertMatchesRegularExpression( "/\b$name\b/", $code );
		}
	}

	public function test_the_readme_names_what_anybody_may_use(): void {
		$readme = (string) file_get_contents( NIVELLA_REPO . '/www/nivella-credits/readme.txt' );
		preg_match_all( '/^ \* - `(nivella_credits_\w+)`/m', self::header(), $bullets );
		self::assertNotEmpty( $bullets[1] );
		$known = self::names( $readme );
		self::assertSame( array(), array_values( array_diff( $bullets[1], $known ) ) );
		foreach ( self::functions()->functions() as $function ) {
			$short = substr( $function['name'], strlen( 'nivella_credits' ) );
			self::assertStringContainsString( "$short()`", $readme );
		}
	}

	/** @return array<string, array{string, string[]}> */
	public static function samples(): array {
		$job    = "class X { const J = 'nivella_credits_a'; } add_action( X::J, 1 );";
		$option = "class X { const O = 'nivella_credits_a'; } add_option( X::O );";
		$told   = "/** Option: x. */\nprivate const O = 'nivella_credits_a';";
		return array(
			'a filter'           => array( "apply_filters( 'nivella_credits_a', 1 );", array( 'a' ) ),
			'heard of'           => array( "add_action( 'nivella_credits_a', 1 );", array( 'a' ) ),
			'a job'              => array( $job, array() ),
			'an option'          => array( "get_option( 'nivella_credits_a' );", array( 'a' ) ),
			'by a constant'      => array( $option, array( 'a' ) ),
			'told by a constant' => array( $told, array( 'a' ) ),
			'of the store'       => array( "get_option( 'woocommerce_nivella_credits_a' );", array() ),
			'a comment'          => array( "// apply_filters( 'nivella_credits_a' )", array() ),
		);
	}

	/**
	 * @dataProvider samples
	 *
	 * @param string[] $names
	 */
	public function test_names_are_found( string $code, array $names ): void {
		$file  = new Source( Source::PLUGIN . 'X.php', "<?php\n$code\n" );
		$found = array( ...self::hooks( $file ), ...self::options( $file ) );
		$names = array_map( static fn( string $name ): string => "nivella_credits_$name", $names );
		self::assertSame( $names, array_values( array_unique( $found ) ) );
	}

	/** @return string[] */
	private static function hooks( Source $file ): array {
		$found = array();
		foreach ( $file->calls() as $index => $function ) {
			$name = in_array( $function, self::HOOKS, true ) ? $file->argument( $index, 0 ) : null;
			if ( str_starts_with( (string) $name, 'nivella_credits_' ) ) {
				$found[] = $name;
			}
		}
		return $found;
	}

	/** @return string[] */
	private static function options( Source $file ): array {
		preg_match_all( self::CONSTANT, $file->text, $constants );
		$found = $constants[1];
		$texts = new Texts( $file );
		foreach ( $file->calls() as $index => $function ) {
			$name = in_array( $function, self::OPTIONS, true ) ? $texts->begins( $index, 0 ) : null;
			if ( str_starts_with( (string) $name, 'nivella_credits_' ) ) {
				$found[] = $name;
			}
		}
		return $found;
	}

	/** @return string[] */
	private static function names( string $text ): array {
		preg_match_all( '/`(nivella_credits_\w+)`/', $text, $found );
		return $found[1];
	}

	/** What stands at the head of functions.php. */
	private static function header(): string {
		return (string) strstr( self::functions()->text, '*/', true );
	}

	private static function functions(): Source {
		foreach ( self::plugin() as $file ) {
			if ( 'Plugin/functions.php' === $file->inner() ) {
				return $file;
			}
		}
		throw new \RuntimeException( 'no functions.php' );
	}

	/** @return Source[] */
	private static function plugin(): array {
		static $files = null;
		$files      ??= array_filter(
			Source::all(),
			static fn( Source $file ): bool => $file->is_plugin()
		);
		return $files;
	}
}
