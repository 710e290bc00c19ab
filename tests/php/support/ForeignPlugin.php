<?php
/**
 * Another plugin, whose callbacks answer what they should not.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

/** In this process, and in those that answer over HTTP, until the test ends. */
final class ForeignPlugin {
	private const OPTION = 'nivella_test_foreign';

	/** Before the plugin's own callbacks, and behind them. */
	private const CODE = <<<'PHP'
		<?php
		foreach ( (array) get_option( 'nivella_test_foreign', array() ) as $filter => $answer ) {
			foreach ( array( 1, 99 ) as $priority ) {
				add_filter( $filter, static fn() => $answer, $priority );
			}
		}
		PHP;

	/** @param array<string, mixed> $answers By filter. */
	public static function answers( array $answers ): void {
		$file = WPMU_PLUGIN_DIR . '/nivella-foreign.php';
		if ( ! file_exists( $file ) ) {
			wp_mkdir_p( WPMU_PLUGIN_DIR );
			file_put_contents( $file, self::CODE );
			register_shutdown_function( 'unlink', $file );
		}
		update_option( self::OPTION, $answers );
		require $file;
	}
}
