<?php
/**
 * Where server keys are kept.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

defined( 'ABSPATH' ) || exit;

/**
 * A table of the current site that is none of the ledger's: keys are looked after also where the
 * ledger's tables cannot be used. So it has a version of its own.
 */
final class KeyRows {
	/** Raised when the table changes. */
	private const VERSION = 1;
	private const OPTION  = 'nivella_credits_keys_version';

	/** Makes or changes the table, once for each version of it. */
	public static function prepare(): void {
		global $wpdb;
		if ( self::VERSION === (int) get_option( self::OPTION, 0 ) ) {
			return;
		}
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		$table   = self::table();
		$collate = $wpdb->get_charset_collate();
		dbDelta(
			"CREATE TABLE $table (
			name varchar(32) NOT NULL,
			digest char(64) NOT NULL,
			label varchar(191) NOT NULL,
			scopes varchar(64) NOT NULL,
			account bigint(20) unsigned DEFAULT NULL,
			site varchar(191) DEFAULT NULL,
			created_at datetime NOT NULL,
			revoked_at datetime DEFAULT NULL,
			PRIMARY KEY  (name)
			) ENGINE=InnoDB $collate;"
		);
		update_option( self::OPTION, self::VERSION, true );
	}

	/**
	 * Runs on `wpmu_drop_tables`: a site leaves its network.
	 *
	 * @param string[] $tables Tables that go with it.
	 * @return string[]
	 */
	public static function drop_with_site( array $tables ): array {
		$tables[] = self::table();
		return $tables;
	}

	/**
	 * Keeps a key.
	 *
	 * @param array<string, mixed> $row Its columns.
	 * @return bool Whether it was kept.
	 */
	public function insert( array $row ): bool {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- a table of its own.
		return 1 === $wpdb->insert( self::table(), $row );
	}

	/**
	 * A key by its name: one look-up by the table's key.
	 *
	 * @param string $name The first part of its text.
	 * @return ?array<string, ?string> Its columns; null where there is none of this name.
	 * @throws Failure Where the database refuses.
	 */
	public function find( string $name ): ?array {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- a revoked key ends at once: no cache.
		$row = $wpdb->get_row(
			$wpdb->prepare( 'SELECT * FROM %i WHERE name = %s', self::table(), $name ),
			ARRAY_A
		);
		if ( null === $row && '' !== $wpdb->last_error ) {
			throw new Failure( 0, $wpdb->last_error );
		}
		return $row;
	}

	/**
	 * Every key, the newest first, revoked ones too.
	 *
	 * @return array<int, array<string, ?string>>
	 */
	public function all(): array {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- a table of its own.
		return $wpdb->get_results(
			$wpdb->prepare( 'SELECT * FROM %i ORDER BY created_at DESC, name', self::table() ),
			ARRAY_A
		);
	}

	/**
	 * Ends a key, from the next request on.
	 *
	 * @param string $name The first part of its text.
	 * @return bool Whether there was one that counted.
	 */
	public function revoke( string $name ): bool {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- a table of its own.
		return 1 === $wpdb->query(
			$wpdb->prepare(
				'UPDATE %i SET revoked_at = %s WHERE name = %s AND revoked_at IS NULL',
				self::table(),
				gmdate( 'Y-m-d H:i:s' ),
				$name
			)
		);
	}

	private static function table(): string {
		global $wpdb;
		return $wpdb->prefix . 'nivella_credits_keys';
	}
}
