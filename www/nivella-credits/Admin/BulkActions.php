<?php
/**
 * What the forms of the bulk grant do.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Owner\BulkFile;
use Nivella\Credits\Owner\Faults;
use Nivella\Credits\Plugin\Capabilities;

defined( 'ABSPATH' ) || exit;

/**
 * A file is uploaded and looked at; nothing is booked before it is confirmed. Then its rows are
 * booked for as long as a request may take, and the next request goes on behind the last of them.
 */
final class BulkActions {
	private const KEPT_S  = DAY_IN_SECONDS;
	private const SECONDS = 15;
	private const SHOWN   = 50;

	/** Takes a file, and shows what it would do. */
	public static function upload(): void {
		Action::run(
			'bulk_upload',
			Capabilities::ADJUST,
			static function ( Sent $sent ): Notice {
				try {
					$text = self::uploaded();
					$file = BulkFile::read( $text );
				} catch ( Refusal $refusal ) {
					return Notice::refused( $refusal->getMessage(), 'bulk_upload', $sent, 'file' );
				}
				self::keep( array( 'text' => $text, 'at' => 0, 'told' => array() ) );
				if ( null === self::kept() ) {
					$text = __( 'The file could not be kept. Send a smaller one.', 'nivella-credits' );
					return Notice::refused( $text, 'bulk_upload', $sent, 'file' );
				}
				if ( $file->faults() > 0 ) {
					$text = __( 'Some rows cannot be booked, so none was.', 'nivella-credits' );
					return Notice::refused( $text, '', $sent );
				}
				$text = __( 'Nothing is booked yet. Look at the rows and confirm.', 'nivella-credits' );
				return Notice::again( $text, '', $sent );
			}
		);
	}

	/** Books the rows of the file that was looked at. */
	public static function confirm(): void {
		Action::run(
			'bulk_confirm',
			Capabilities::ADJUST,
			static function ( Sent $sent ): Notice {
				$kept = self::kept();
				$file = null === $kept ? null : BulkFile::read( $kept['text'] );
				if ( null === $file || $file->hash !== $sent->text( 'hash' ) ) {
					$text = __( 'This file is not here any more. Upload it again.', 'nivella-credits' );
					return Notice::refused( $text, 'bulk_upload', $sent );
				}
				if ( 0 === $kept['at'] && $file->faults() > 0 ) {
					$text = __( 'Some rows cannot be booked: mend the file first.', 'nivella-credits' );
					return Notice::refused( $text, 'bulk_upload', $sent );
				}
				return self::go_on( $file, $kept );
			}
		);
	}

	/** Forgets the file. */
	public static function discard(): void {
		Action::run(
			'bulk_discard',
			Capabilities::ADJUST,
			static function (): Notice {
				delete_transient( self::key() );
				return Notice::done( __( 'The file was discarded.', 'nivella-credits' ) );
			}
		);
	}

	/**
	 * The file that was uploaded last.
	 *
	 * @return ?array{text: string, at: int, told: string[]} Its text, how many rows are done, and what
	 *                                                       is to be said of them.
	 */
	public static function kept(): ?array {
		$kept = get_transient( self::key() );
		return is_array( $kept ) ? $kept : null;
	}

	/**
	 * Books rows while there is time.
	 *
	 * @param BulkFile             $file The file.
	 * @param array<string, mixed> $kept What is done of it.
	 */
	private static function go_on( BulkFile $file, array $kept ): Notice {
		$until = time() + self::SECONDS;
		$count = count( $file->rows );
		while ( $kept['at'] < $count && time() < $until ) {
			$row = $file->rows[ $kept['at'] ];
			try {
				$fault = $row['fault'];
				if ( '' === $fault ) {
					$file->book( $row );
				}
			} catch ( Refusal $refusal ) {
				if ( 'store_unreachable' === $refusal->error ) {
					self::keep( $kept );
					throw $refusal;
				}
				$fault = Faults::text( $refusal );
			}
			if ( '' !== $fault ) {
				/* translators: 1: the number of a line. 2: what is wrong. */
				$text           = __( 'Line %1$d was not booked: %2$s', 'nivella-credits' );
				$kept['told'][] = sprintf( $text, $row['line'], $fault );
			}
			++$kept['at'];
		}
		if ( $kept['at'] < $count ) {
			self::keep( $kept );
			/* translators: 1: how many rows. 2: how many rows. */
			$text = __( '%1$s of %2$s rows are booked. Go on for the others.', 'nivella-credits' );
			$text = sprintf( $text, number_format_i18n( $kept['at'] ), number_format_i18n( $count ) );
			return Notice::again( $text, '', new Sent( array() ) );
		}
		delete_transient( self::key() );
		$booked = $count - count( $kept['told'] );
		/* translators: %s: how many rows. */
		$some = _n( '%s row is booked.', '%s rows are booked.', $booked, 'nivella-credits' );
		$some = sprintf( $some, number_format_i18n( $booked ) );
		$told = array_slice( $kept['told'], 0, self::SHOWN );
		return Notice::done( implode( "\n", array( $some, ...$told ) ) );
	}

	/**
	 * The text of the file that was sent.
	 *
	 * @throws Refusal `field_invalid`, whose message is for the owner.
	 */
	private static function uploaded(): string {
		// phpcs:ignore WordPress.Security -- Action has checked it; never moved.
		$file = $_FILES['file'] ?? null;
		$name = is_array( $file ) && is_string( $file['tmp_name'] ?? null ) ? $file['tmp_name'] : '';
		$good = UPLOAD_ERR_OK === ( $file['error'] ?? null ) && is_uploaded_file( $name );
		if ( ! $good || (int) $file['size'] > BulkFile::MAX_BYTES ) {
			$text = __( 'Choose a CSV file of at most 2 MB.', 'nivella-credits' );
			throw new Refusal( 'field_invalid', $text, 'file' );
		}
		// phpcs:ignore WordPress.WP.AlternativeFunctions -- a file of this server.
		return (string) file_get_contents( $name );
	}

	/**
	 * Keeps a file for whoever sent it.
	 *
	 * @param array<string, mixed> $kept As kept() has it.
	 */
	private static function keep( array $kept ): void {
		set_transient( self::key(), $kept, self::KEPT_S );
	}

	/** Where the file of this user is kept. */
	private static function key(): string {
		return 'nivella_credits_bulk_' . get_current_user_id();
	}
}
