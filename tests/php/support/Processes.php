<?php
/**
 * Other PHP processes with the same WordPress.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

/**
 * What two at once may do to each other. A task is a file that returns a closure; every process
 * starts WordPress, waits until all are ready, and calls it with the input of its own.
 */
final class Processes {
	/**
	 * Runs a task in as many processes as there are inputs, all let go at the same moment.
	 *
	 * @param string                   $task   The file.
	 * @param array<int|string, mixed> $inputs One for each process; what JSON can say.
	 * @return array<int|string, mixed> What each returned, by the inputs' keys.
	 */
	public static function race( string $task, array $inputs ): array {
		$running = array();
		foreach ( $inputs as $key => $input ) {
			$running[ $key ] = Process::start( $task, $input );
		}
		foreach ( $running as $process ) {
			$process->wait_until_ready();
		}
		foreach ( $running as $process ) {
			$process->go();
		}
		return array_map( static fn( Process $process ) => $process->result(), $running );
	}
}
