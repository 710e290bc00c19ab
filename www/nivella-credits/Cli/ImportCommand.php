<?php
/**
 * `wp nivella-credits import`.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Cli;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Owner\BulkFile;

defined( 'ABSPATH' ) || exit;

/** `wp nivella-credits import`. */
final class ImportCommand {
	/** Runs on `cli_init`. */
	public static function register(): void {
		\WP_CLI::add_command( 'nivella-credits import', self::class );
	}

	/**
	 * Gives credits to many customers by a CSV file, as the screen Tools does: the same file has its
	 * effect once, whether it is sent there or here.
	 *
	 * ## OPTIONS
	 *
	 * <file>
	 * : CSV in UTF-8. Its first line names the columns: customer (e-mail or id), credits, reason and,
	 * where wanted, expires (2027-01-31, the last day).
	 *
	 * [--apply]
	 * : Books the rows. Without it, nothing is changed. A file with a row that cannot be booked is not
	 * booked at all.
	 *
	 * @param string[]              $args    The file's path.
	 * @param array<string, string> $options `apply`.
	 */
	public function __invoke( array $args, array $options ): void {
		try {
			$file = self::file( $args[0] );
			$sum  = Amount::text( $file->sum() );
		} catch ( Refusal $refusal ) {
			Say::refused( $refusal );
			return;
		}
		foreach ( $file->rows as $row ) {
			if ( '' !== $row['fault'] ) {
				\WP_CLI::log( "line {$row['line']}: {$row['fault']}" );
			}
		}
		$count = count( $file->rows );
		if ( $file->faults() > 0 ) {
			\WP_CLI::error( "{$file->faults()} of $count rows cannot be booked. Nothing was changed." );
		} elseif ( ! isset( $options['apply'] ) ) {
			\WP_CLI::log( "$count rows, $sum credits. Nothing was changed: add --apply to book them." );
		} else {
			self::book( $file );
		}
	}

	/**
	 * Reads a file.
	 *
	 * @param string $path Where it is.
	 * @throws Refusal What it cannot be.
	 */
	private static function file( string $path ): BulkFile {
		$good = is_file( $path ) && is_readable( $path );
		$size = $good ? (int) filesize( $path ) : 0;
		if ( ! $good || $size > BulkFile::MAX_BYTES ) {
			throw new Refusal( 'field_invalid', "no file of at most 2 MB: $path", 'file' );
		}
		// phpcs:ignore WordPress.WP.AlternativeFunctions -- a file of this server.
		return BulkFile::read( (string) file_get_contents( $path ) );
	}

	/**
	 * Books all rows. One that is refused meanwhile does not stop those behind it.
	 *
	 * @param BulkFile $file The file.
	 */
	private static function book( BulkFile $file ): void {
		$booked  = 0;
		$before  = 0;
		$refused = 0;
		foreach ( $file->rows as $row ) {
			try {
				$new     = $file->book( $row );
				$booked += (int) $new;
				$before += (int) ! $new;
			} catch ( Refusal $refusal ) {
				++$refused;
				\WP_CLI::log( "line {$row['line']}: $refusal->error: {$refusal->getMessage()}" );
			}
		}
		$text = "$booked rows were booked, $before had been booked before.";
		if ( 0 === $refused ) {
			\WP_CLI::success( $text );
		} else {
			\WP_CLI::error( "$text $refused were refused: mend that and run the same file again." );
		}
	}
}
