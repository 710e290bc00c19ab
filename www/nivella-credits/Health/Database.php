<?php
/**
 * Checks of the database.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Health;

use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\Outbox;
use Nivella\Credits\Storage\Schema;
use Nivella\Credits\Storage\Sqlite;
use Nivella\Credits\Storage\Tables;

defined( 'ABSPATH' ) || exit;

/** Tables, transactions, and events that wait. */
final class Database {
	private const LATE_MS = 900000;

	/** Whether the tables are those of this version of the plugin. */
	public static function schema(): Finding {
		$there = (string) get_option( Schema::OPTION, '' );
		if ( (string) Tables::VERSION === $there ) {
			/* translators: %s: a number. */
			$text = __( 'The tables have version %s, as they should.', 'nivella-credits' );
			return Finding::good( sprintf( $text, $there ) );
		}
		if ( Schema::UNUSABLE === $there ) {
			$text = __( 'The tables cannot be used: see "Transactions".', 'nivella-credits' );
			return Finding::critical( $text );
		}
		/* translators: 1: a number. 2: another one. */
		$text = __( 'The tables have version %1$s, and %2$d is needed.', 'nivella-credits' );
		return Finding::critical( sprintf( $text, '' === $there ? '0' : $there, Tables::VERSION ) );
	}

	/** Whether all tables have transactions. */
	public static function engine(): Finding {
		global $wpdb;
		$wrong = Schema::unusable( new Db( $wpdb ) );
		if ( array() === $wrong && Sqlite::is_here() ) {
			$text = __( 'The ledger is on SQLite: for trying, not for a store.', 'nivella-credits' );
			return Finding::recommended( $text );
		}
		if ( array() === $wrong ) {
			$text = __( 'Every table of the ledger has transactions.', 'nivella-credits' );
			return Finding::good( $text );
		}
		/* translators: %s: names of tables. */
		$text = __(
			'These tables are missing, or are not InnoDB: %s. Nothing is booked until whoever runs the database has mended them.',
			'nivella-credits',
		);
		$list = implode( wp_get_list_item_separator(), $wrong );
		return Finding::critical( sprintf( $text, $list ) );
	}

	/** Whether events are delivered. */
	public static function outbox(): Finding {
		global $wpdb;
		$state = ( new Outbox( new Db( $wpdb ) ) )->backlog( time() * 1000 - self::LATE_MS );
		if ( $state['given_up'] > 0 ) {
			/* translators: %s: how many. */
			$text = _n(
				'%s event was given up after many tries: a plugin that listens fails. See the log.',
				'%s events were given up after many tries: a plugin that listens fails. See the log.',
				$state['given_up'],
				'nivella-credits'
			);
			return Finding::critical( sprintf( $text, number_format_i18n( $state['given_up'] ) ) );
		}
		if ( $state['late'] > 0 ) {
			/* translators: %s: how many. */
			$text = _n(
				'%s event waits for more than 15 minutes. Does the site\'s cron run?',
				'%s events wait for more than 15 minutes. Does the site\'s cron run?',
				$state['late'],
				'nivella-credits'
			);
			return Finding::recommended( sprintf( $text, number_format_i18n( $state['late'] ) ) );
		}
		return Finding::good( __( 'No event waits for long.', 'nivella-credits' ) );
	}
}
