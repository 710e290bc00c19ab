<?php
/**
 * The rules of the plugin's code as a failing test. A rule that could not fire would be worth
 * nothing, so each one has samples that it must refuse and samples that it must accept.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Lint;

use PHPUnit\Framework\TestCase;

final class LintTest extends TestCase {
	/** @return array<string, array{callable(Source): array<int, string>}> */
	public static function rules(): array {
		return array(
			'strict types'         => array( array( Shape::class, 'strict_types' ) ),
			'guard'                => array( array( Shape::class, 'guard' ) ),
			'line length'          => array( array( Shape::class, 'line_length' ) ),
			'tabs'                 => array( array( Shape::class, 'tabs' ) ),
			'file size'            => array( array( Shape::class, 'file_size' ) ),
			'function size'        => array( array( Shape::class, 'function_size' ) ),
			'documented'           => array( array( Shape::class, 'documented' ) ),
			'classes'              => array( array( Shape::class, 'classes' ) ),
			'store'                => array( array( Places::class, 'store' ) ),
			'beside'               => array( array( Places::class, 'beside' ) ),
			'ledger'               => array( array( Places::class, 'ledger' ) ),
			'order'                => array( array( Places::class, 'order' ) ),
			'SQL'                  => array( array( Places::class, 'sql' ) ),
			'never'                => array( array( Words::class, 'never' ) ),
			'no floats'            => array( array( Words::class, 'no_floats' ) ),
			'exact comparison'     => array( array( Words::class, 'exact_comparison' ) ),
			'PHP 8.1'              => array( array( Words::class, 'php_81' ) ),
			'prefixes'             => array( array( Prefixes::class, 'rule' ) ),
			'text domain'          => array( array( Words::class, 'text_domain' ) ),
			'no test switched off' => array( array( Words::class, 'no_test_switched_off' ) ),
		);
	}

	/**
	 * @dataProvider rules
	 *
	 * @param callable(Source): array<int, string> $rule
	 */
	public function test_every_file_keeps_the_rule( callable $rule ): void {
		static $files = null;
		$files      ??= Source::all();
		$faults       = array();
		foreach ( $files as $file ) {
			foreach ( $rule( $file ) as $line => $advice ) {
				$faults[] = "$file->path:$line: $advice";
			}
		}
		self::assertSame( array(), $faults );
	}

	/**
	 * @dataProvider rules
	 *
	 * @param callable(Source): array<int, string> $rule
	 */
	public function test_every_rule_refuses_bad_samples_and_accepts_good_ones(
		callable $rule
	): void {
		$samples = Samples::of( (string) $this->dataName() );
		self::assertNotEmpty( $samples['bad'] );
		self::assertNotEmpty( $samples['good'] );
		foreach ( $samples as $kind => $of_kind ) {
			foreach ( $of_kind as $sample ) {
				list( $path, $text ) = $sample;

				$found = $rule( new Source( Source::PLUGIN . $path, "<?php\n$text\n" ) );
				self::assertSame( 'bad' === $kind, array() !== $found, "$kind: $path: $text" );
			}
		}
	}

	public function test_php_itself_finds_no_fault(): void {
		$top    = (string) realpath( NIVELLA_REPO );
		$faults = array();
		foreach ( Source::all() as $file ) {
			$command = array( PHP_BINARY, '-n', '-l', "$top/$file->path" );
			$to      = array( 1 => array( 'pipe', 'w' ), 2 => array( 'redirect', 1 ) );
			$php     = proc_open( $command, $to, $pipes );
			$said    = (string) stream_get_contents( $pipes[1] );
			if ( 0 !== proc_close( $php ) || 1 === preg_match( '/Warning|Deprecated/', $said ) ) {
				$faults[] = trim( $said );
			}
		}
		self::assertSame( array(), $faults );
	}
}
