<?php
/**
 * Where server keys are kept.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/**
 * The keys of this site. A key's text is given out once, when it is made; a revoked one stays, so
 * that it can be seen what there was.
 */
final class Keys {
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
	 * Makes a key.
	 *
	 * @param string   $label   What its owner calls it: 1 to 191 bytes.
	 * @param string[] $scopes  Of Key::SCOPES.
	 * @param ?int     $account The only account that it is for; null: any of the store.
	 * @param ?string  $site    The only site that it is for; null: any.
	 * @return string Its text, which nobody can be told again.
	 * @throws Refusal `store_not_configured` where the site has no secret of its own;
	 *                 `field_invalid`; `storage_unavailable`.
	 */
	public function create(
		string $label,
		array $scopes,
		?int $account,
		?string $site = null
	): string {
		global $wpdb;
		$secret = Secret::of_site();
		if ( '' === $secret ) {
			$message = 'wp-config.php has no secret keys of its own: AUTH_KEY and AUTH_SALT';
			throw new Refusal( 'store_not_configured', $message );
		}
		if ( '' === $label || strlen( $label ) > 191 ) {
			throw new Refusal( 'field_invalid', 'a label has 1 to 191 bytes', 'label' );
		}
		if ( array() === $scopes || array() !== array_diff( $scopes, Key::SCOPES ) ) {
			throw new Refusal( 'field_invalid', 'scopes are quote, use and read', 'scopes' );
		}
		$token = Token::mint( $secret );
		$row   = array(
			'name'       => Token::name_of( $token, $secret ),
			'digest'     => Token::digest( $token ),
			'label'      => $label,
			'scopes'     => implode( ',', array_intersect( Key::SCOPES, $scopes ) ),
			'account'    => $account,
			'site'       => $site,
			'created_at' => gmdate( 'Y-m-d H:i:s' ),
		);
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- a table of its own.
		if ( 1 !== $wpdb->insert( self::table(), $row ) ) {
			throw new Refusal( 'storage_unavailable', 'the key could not be stored' );
		}
		return $token;
	}

	/**
	 * A key by its name: one look-up by the table's key.
	 *
	 * @param string $name The first part of its text.
	 * @return ?Key null where there is none of this name.
	 * @throws Refusal `store_unreachable` where it could not be looked up.
	 */
	public function find( string $name ): ?Key {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- a revoked key ends at once: no cache.
		$row = $wpdb->get_row(
			$wpdb->prepare( 'SELECT * FROM %i WHERE name = %s', self::table(), $name ),
			ARRAY_A
		);
		if ( null === $row && '' !== $wpdb->last_error ) {
			throw new Refusal( 'store_unreachable', 'the key could not be looked up' );
		}
		return null === $row ? null : self::key_of( $row );
	}

	/**
	 * Every key, the newest first, revoked ones too.
	 *
	 * @return Key[]
	 */
	public function all(): array {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- a table of its own.
		$rows = $wpdb->get_results(
			$wpdb->prepare( 'SELECT * FROM %i ORDER BY created_at DESC, name', self::table() ),
			ARRAY_A
		);
		return array_map( self::key_of( ... ), $rows );
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

	/** @param array<string, ?string> $row A row of the table. */
	private static function key_of( array $row ): Key {
		return new Key(
			(string) $row['name'],
			(string) $row['digest'],
			(string) $row['label'],
			explode( ',', (string) $row['scopes'] ),
			null === $row['account'] ? null : (int) $row['account'],
			$row['site'],
			(string) $row['created_at'],
			$row['revoked_at'],
		);
	}
}
