<?php
/**
 * One other PHP process with the same WordPress.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

/** Started, made ready, let go; then its result is read, or it is killed. */
final class Process {
	/**
	 * @param resource             $handle Of proc_open().
	 * @param array<int, resource> $pipes  Its input and output.
	 */
	private function __construct( private $handle, private array $pipes ) {
	}

	/**
	 * Starts WordPress in a new process and loads the task there.
	 *
	 * @param string                $task  A file that returns a closure of one argument.
	 * @param mixed                 $input The argument; what JSON can say.
	 * @param array<string, string> $env   Added to the environment.
	 */
	public static function start( string $task, mixed $input = null, array $env = array() ): self {
		$command = array( PHP_BINARY, __DIR__ . '/worker.php', $task );
		$log     = array( 'file', (string) getenv( 'WP_LOG' ), 'a' );
		$spec    = array( array( 'pipe', 'r' ), array( 'pipe', 'w' ), $log );
		$handle  = proc_open( $command, $spec, $pipes, null, $env + getenv() );
		if ( ! is_resource( $handle ) ) {
			throw new \RuntimeException( 'no new process' );
		}
		fwrite( $pipes[0], json_encode( $input, JSON_THROW_ON_ERROR ) . "\n" );
		return new self( $handle, $pipes );
	}

	/** Waits until WordPress and the task are loaded. */
	public function wait_until_ready(): void {
		$line = fgets( $this->pipes[1] );
		if ( "ready\n" !== $line ) {
			$said = $line . stream_get_contents( $this->pipes[1] );
			throw new \RuntimeException( "a process did not get ready: $said" );
		}
	}

	/** Lets the task begin. */
	public function go(): void {
		fwrite( $this->pipes[0], "go\n" );
	}

	/** The process's id, for posix_kill(). */
	public function pid(): int {
		return proc_get_status( $this->handle )['pid'];
	}

	/** A line that the task printed on its way; null at the end. */
	public function line(): ?string {
		$line = fgets( $this->pipes[1] );
		return false === $line ? null : rtrim( $line, "\n" );
	}

	/** What the task returned; an exception where it threw one or died. */
	public function result(): mixed {
		$said   = (string) stream_get_contents( $this->pipes[1] );
		$status = $this->close();
		$result = strrchr( "\n" . rtrim( $said ), "\n" );
		$answer = json_decode( substr( (string) $result, 1 ), true );
		if ( 0 !== $status || ! is_array( $answer ) || ! array_key_exists( 'returned', $answer ) ) {
			throw new \RuntimeException( "a process ended with status $status: $said" );
		}
		return $answer['returned'];
	}

	/** Ends it without a chance to clean up; what it printed until then. */
	public function kill(): string {
		posix_kill( $this->pid(), SIGKILL );
		$said = (string) stream_get_contents( $this->pipes[1] );
		$this->close();
		return $said;
	}

	private function close(): int {
		array_map( 'fclose', $this->pipes );
		return proc_close( $this->handle );
	}
}
