<?php
/**
 * What the plugin is built from is what was looked at once: every dependency is pinned by what is
 * in it, and the build takes nothing else.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Lint;

use PHPUnit\Framework\TestCase;

final class SupplyTest extends TestCase {
	private static function text( string $path ): string {
		return (string) file_get_contents( NIVELLA_REPO . "/$path" );
	}

	public function test_a32_every_npm_package_is_pinned_by_its_content(): void {
		$lock  = json_decode( self::text( 'package-lock.json' ), true );
		$loose = array();
		foreach ( $lock['packages'] as $path => $one ) {
			$sum = (string) ( $one['integrity'] ?? '' );
			if ( '' !== $path && 1 !== preg_match( '#^sha512-[A-Za-z0-9+/]{86}==$#D', $sum ) ) {
				$loose[] = $path;
			}
		}
		self::assertSame( array(), $loose );
		self::assertGreaterThan( 15, count( $lock['packages'] ) );
		$own = json_decode( self::text( 'package.json' ), true );
		foreach ( $own['devDependencies'] as $name => $version ) {
			self::assertMatchesRegularExpression( '/^\d+\.\d+\.\d+$/D', $version, $name );
		}
		self::assertArrayNotHasKey( 'dependencies', $own, 'nothing of npm is shipped' );
	}

	/** @return array<array{string}> */
	public static function locks(): array {
		return array( array( 'Cargo.lock' ), array( 'pkg/build/bindgen/Cargo.lock' ) );
	}

	/** @dataProvider locks */
	public function test_a32_every_crate_is_pinned_by_its_content( string $path ): void {
		$packages = array_slice( explode( '[[package]]', self::text( $path ) ), 1 );
		self::assertGreaterThan( 10, count( $packages ) );
		foreach ( $packages as $one ) {
			if ( str_contains( $one, 'source = ' ) ) {
				self::assertStringContainsString( 'source = "registry+', $one, 'no branch of a repository' );
				self::assertMatchesRegularExpression( '/checksum = "[0-9a-f]{64}"/', $one );
			}
		}
	}

	public function test_a32_the_build_keeps_to_the_locks_and_runs_no_script_of_a_package(): void {
		self::assertStringContainsString( 'npm ci --ignore-scripts', self::text( 'pkg/build/setup.sh' ) );
		self::assertStringNotContainsString( 'npm install', self::text( 'pkg/build/setup.sh' ) );
		$wasm = self::text( 'pkg/build/wasm.mjs' );
		preg_match_all( "/'--release'[^\n]*/", $wasm, $calls );
		self::assertNotEmpty( $calls[0] );
		foreach ( $calls[0] as $call ) {
			self::assertStringContainsString( "'--locked'", $call );
		}
	}
}
