<?php
/**
 * What a page says without scripts.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Page;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Accounts;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\Failure;
use Nivella\Credits\Woo\Addresses;

defined( 'ABSPATH' ) || exit;

/**
 * True in every case, and for everyone who may get this page.
 *
 * A number is printed only for somebody who is signed in, and only where the answer itself already
 * says that no cache may keep it; else the word alone. A balance that cannot be read is no zero:
 * then too it is the word.
 */
final class Fallback {
	/** The word, without a number. */
	public static function word(): string {
		return __( 'Credits', 'nivella-credits' );
	}

	/** The reader's credits, or the word. */
	public static function credits(): string {
		$user = get_current_user_id();
		if ( 0 === $user || ! self::is_kept_by_nobody( headers_list() ) ) {
			return self::word();
		}
		try {
			// Looking at a page makes no account.
			$account = ( new Accounts( new Db( $GLOBALS['wpdb'] ) ) )->find( $user );
			$balance = null === $account ? null : Books::open()->balance( $account );
		} catch ( Refusal | Failure ) {
			return self::word();
		}
		return null === $balance ? self::word() : self::text( $balance );
	}

	/**
	 * A balance in words: whole credits, rounded down.
	 *
	 * @param array<string, mixed> $balance As the ledger gives it.
	 */
	public static function text( array $balance ): string {
		if ( $balance['unlimited'] ) {
			return __( 'Unlimited credits', 'nivella-credits' );
		}
		$whole = (int) strtok( $balance['available'], '.' );
		/* translators: %s: how many. */
		$text = _n( '%s Credit', '%s Credits', $whole, 'nivella-credits' );
		return sprintf( $text, number_format_i18n( $whole ) );
	}

	/**
	 * Whether the headers forbid every cache to keep the page.
	 *
	 * @param string[] $headers As they are sent.
	 */
	public static function is_kept_by_nobody( array $headers ): bool {
		foreach ( $headers as $header ) {
			if ( 1 === preg_match( '/^Cache-Control:.*\b(no-store|private)\b/i', $header ) ) {
				return true;
			}
		}
		return false;
	}

	/** Where packages are sold; null where there is no such place. */
	public static function shop(): ?string {
		return Addresses::category( 'tokens' );
	}
}
