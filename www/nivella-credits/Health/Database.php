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
	/** Where nobody opens a page, cron may be late by some of it. */
	private const LATE_MS = HOUR_IN_SECONDS * 1000;

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
		$nothing = __( 'Nothing is booked.', 'nivella-credits' );
		if ( Sqlite::is_here() && null === Sqlite::of( $wpdb ) ) {
			/* translators: %s: the version needed. */
			$needs = __( 'SQLite Database Integration %s or later is needed.', 'nivella-credits' );
			return Finding::critical( $nothing . ' ' . sprintf( $needs, Sqlite::OLDEST ) );
		}
		$wrong = Schema::unusable( new Db( $wpdb ) );
		if ( array() === $wrong ) {
			$text = __( 'Every table of the ledger has transactions.', 'nivella-credits' );
			return Finding::good( $text );
		}
		/* translators: %s: names of tables. */
		$these = __( 'These tables are missing or are no InnoDB tables: %s.', 'nivella-credits' );
		$these = sprintf( $these, implode( wp_get_list_item_separator(), $wrong ) );
		$mend  = __( 'Please ask who runs the database to make them InnoDB.', 'nivella-credits' );
		return Finding::critical( implode( ' ', array( $nothing, $these, $mend ) ) );
	}

	/** Whether it is a database for a store. */
	public static function kind(): Finding {
		if ( ! Sqlite::is_here() ) {
			return Finding::good( __( 'The store is on MariaDB or MySQL.', 'nivella-credits' ) );
		}
		$text = array(
			__( 'This store is on SQLite, which is for trying.', 'nivella-credits' ),
			__( 'Customers who come at once have to wait for each other.', 'nivella-credits' ),
			__( 'A real store needs MariaDB or MySQL.', 'nivella-credits' ),
		);
		return Finding::recommended( implode( ' ', $text ) );
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
			/* translators: %d: number of events. */
			$text = _n(
				'%d event of the ledger was not delivered for an hour.',
				'%d events of the ledger were not delivered for an hour.',
				$state['late'],
				'nivella-credits'
			);
			$text = sprintf( $text, $state['late'] );
			$why  = __( 'Mails and other plugins wait for it.', 'nivella-credits' );
			$ask  = __( 'Does cron run, and does the log name a plugin that fails?', 'nivella-credits' );
			return Finding::recommended( implode( ' ', array( $text, $why, $ask ) ) );
		}
		return Finding::good( __( 'No event waits for long.', 'nivella-credits' ) );
	}
}
