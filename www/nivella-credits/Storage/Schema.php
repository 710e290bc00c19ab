<?php
/**
 * Makes the plugin's tables.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

defined( 'ABSPATH' ) || exit;

/**
 * The tables of one site: made when the plugin is switched on, and again when a newer version of it
 * has others. Doing it again changes nothing.
 */
final class Schema {
	/** Option: the version of the tables that are there. */
	public const OPTION = 'nivella_credits_schema';

	/**
	 * Makes what is missing in the current site.
	 *
	 * @return string[] Tables that cannot be used, because the server made them without transactions.
	 */
	public static function install(): array {
		global $wpdb;
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		$db = new Db( $wpdb );
		foreach ( Tables::names() as $name ) {
			dbDelta( Tables::statement( $name, $db->table( $name ), $wpdb->get_charset_collate() ) );
		}
		$unusable = self::unusable( $db );
		if ( array() === $unusable ) {
			update_option( self::OPTION, (string) Tables::VERSION, true );
		}
		return $unusable;
	}

	/**
	 * Makes what a newer version of the plugin needs. An update of a plugin activates nothing.
	 */
	public static function update(): void {
		if ( (string) Tables::VERSION !== (string) get_option( self::OPTION, '' ) ) {
			self::install();
		}
	}

	/**
	 * Adds the tables of a site that is deleted from a network.
	 *
	 * @param string[] $tables Full names.
	 * @return string[]
	 */
	public static function drop_with_site( array $tables ): array {
		global $wpdb;
		$db = new Db( $wpdb );
		return array_merge( $tables, array_map( $db->table( ... ), Tables::names() ) );
	}

	/**
	 * Tables that are missing or have no transactions. SQLite has them in all tables.
	 *
	 * @param Db $db The database.
	 * @return string[]
	 */
	public static function unusable( Db $db ): array {
		global $wpdb;
		if ( ! $wpdb->dbh instanceof \mysqli ) {
			return array();
		}
		$all   = array_map( $db->table( ... ), Tables::names() );
		$rows  = $db->rows(
			'SELECT table_name AS name FROM information_schema.tables
			WHERE table_schema = DATABASE() AND engine = ? AND table_name IN ?',
			'InnoDB',
			$all,
		);
		return array_values( array_diff( $all, array_column( $rows, 'name' ) ) );
	}
}
