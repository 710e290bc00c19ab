<?php
/**
 * What a page says without scripts.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Page;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\Failure;
use Nivella\Credits\Storage\Overview;
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
		$own = self::own( new Db( $GLOBALS['wpdb'] ) );
		return null === $own ? self::word() : Usage::balance( $own );
	}

	/** The reader's last entries beside it, as HTML; or the word, as a link. */
	public static function usage(): string {
		$db  = new Db( $GLOBALS['wpdb'] );
		$own = self::own( $db );
		try {
			return null === $own
				? self::way()
				: Usage::markup( $own, $own->entries( $db, Usage::ENTRIES ) );
		} catch ( Failure ) {
			return self::way();
		}
	}

	/** The way to the reader's credits, or to signing in first. */
	private static function way(): string {
		$link = '<p><a href="%s">%s</a></p>';
		return sprintf( $link, esc_url( Addresses::sign_in() ), esc_html( self::word() ) );
	}

	/**
	 * The reader's account; null where nobody is signed in, where a cache may keep the page, and
	 * where it cannot be read.
	 */
	private static function own( Db $db ): ?Overview {
		$user = get_current_user_id();
		if ( 0 === $user || ! self::is_kept_by_nobody( headers_list() ) ) {
			return null;
		}
		try {
			return Overview::of_user( $db, $user );
		} catch ( Refusal | Failure ) {
			return null;
		}
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
