<?php
/**
 * What of the site keeps the plugin from its work.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Rest\Key;
use Nivella\Credits\Rest\Keys;
use Nivella\Credits\Rest\Secret;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\Outbox;
use Nivella\Credits\Storage\Schema;
use Nivella\Credits\Storage\Sqlite;

defined( 'ABSPATH' ) || exit;

/** Looks at the site, and says what is to be mended and by what. */
final class Conditions {
	/**
	 * What is not as it should be, the worst first. An error stays until it is mended.
	 *
	 * @return array<string, array{type: string, text: string}> `error` or `warning`, by name.
	 */
	public static function found(): array {
		$found = array(
			'tables' => array( 'error', self::tables() ),
			'secret' => array( 'error', self::secret() ),
			'outbox' => array( 'error', self::outbox() ),
			'https'  => array( 'warning', self::https() ),
			'sqlite' => array( 'warning', self::sqlite() ),
		);
		$shape = static fn( array $one ): array => array( 'type' => $one[0], 'text' => $one[1] );
		return array_map( $shape, array_filter( $found, static fn( array $one ) => '' !== $one[1] ) );
	}

	/** Tables that cannot keep a ledger. */
	private static function tables(): string {
		global $wpdb;
		if ( Schema::UNUSABLE !== get_option( Schema::OPTION, '' ) ) {
			return '';
		}
		$nothing = __( 'Nothing is booked.', 'nivella-credits' );
		if ( Sqlite::is_here() && null === Sqlite::of( $wpdb ) ) {
			/* translators: %s: the version needed. */
			$needs = __( 'SQLite Database Integration %s or later is needed.', 'nivella-credits' );
			return $nothing . ' ' . sprintf( $needs, Sqlite::OLDEST );
		}
		$tables = implode( wp_get_list_item_separator(), Schema::unusable( new Db( $wpdb ) ) );
		/* translators: %s: names of tables. */
		$these = __( 'These tables are missing or are no InnoDB tables: %s.', 'nivella-credits' );
		$mend  = __( 'Please ask who runs the database to make them InnoDB.', 'nivella-credits' );
		return implode( ' ', array( $nothing, sprintf( $these, $tables ), $mend ) );
	}

	/** A secret that anybody may know. */
	private static function secret(): string {
		if ( '' !== Secret::of_site() ) {
			return '';
		}
		$text = array(
			__( 'wp-config.php has no secret of its own.', 'nivella-credits' ),
			__( 'Server keys and public sites do not work until then.', 'nivella-credits' ),
			__( 'Put NIVELLA_CREDITS_SECRET there, with 32 random characters.', 'nivella-credits' ),
		);
		return implode( ' ', $text );
	}

	/** Events that reach nobody. */
	private static function outbox(): string {
		global $wpdb;
		if ( ! Schema::is_ready() ) {
			return '';
		}
		$before = ( time() - HOUR_IN_SECONDS ) * 1000;
		$late   = array_sum( ( new Outbox( new Db( $wpdb ) ) )->backlog( $before ) );
		if ( 0 === $late ) {
			return '';
		}
		/* translators: %d: number of events. */
		$text = _n(
			'%d event of the ledger was not delivered for an hour.',
			'%d events of the ledger were not delivered for an hour.',
			$late,
			'nivella-credits'
		);
		$why  = __( 'Mails and other plugins wait for it.', 'nivella-credits' );
		$ask  = __( 'Does cron run, and does the log name a plugin that fails?', 'nivella-credits' );
		return implode( ' ', array( sprintf( $text, $late ), $why, $ask ) );
	}

	/** Keys that anybody on their way can read. */
	private static function https(): string {
		if ( ! self::are_open( wp_is_using_https(), wp_get_environment_type() ) ) {
			return '';
		}
		$open = __( 'Server keys travel in the open: this site is not on https.', 'nivella-credits' );
		return $open . ' ' . __( 'Whoever reads one can spend credits.', 'nivella-credits' );
	}

	/**
	 * Whether there are server keys that travel in the open.
	 *
	 * @param bool   $https       Whether the site is on https.
	 * @param string $environment WordPress's name for it; a `local` one is reached by nobody else.
	 */
	public static function are_open( bool $https, string $environment ): bool {
		if ( $https || 'local' === $environment ) {
			return false;
		}
		$works = static fn( Key $key ): bool => null === $key->revoked_at;
		return array() !== array_filter( ( new Keys() )->all(), $works );
	}

	/** A database for trying. */
	private static function sqlite(): string {
		if ( ! Sqlite::is_here() ) {
			return '';
		}
		$text = array(
			__( 'This store is on SQLite, which is for trying.', 'nivella-credits' ),
			__( 'Customers who come at once have to wait for each other.', 'nivella-credits' ),
			__( 'A real store needs MariaDB or MySQL.', 'nivella-credits' ),
		);
		return implode( ' ', $text );
	}
}
