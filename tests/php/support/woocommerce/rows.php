<?php
/**
 * Where the stand-in keeps what it has.
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

/**
 * Objects, and their values one by one: saving writes what was changed and nothing else, as the
 * real store does, so that two processes with the same order undo no more of each other's work.
 */
final class Stand_In_Rows {
	/** Runs at activation. */
	public static function create_tables(): void {
		global $wpdb;
		$of = "ENGINE=InnoDB {$wpdb->get_charset_collate()}";
		foreach (
			array(
				"CREATE TABLE IF NOT EXISTS {$wpdb->prefix}stand_in_objects (
					id bigint(20) unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
					kind varchar(40) NOT NULL,
					parent_id bigint(20) unsigned NOT NULL,
					KEY kind (kind), KEY parent (parent_id, kind)
				) $of AUTO_INCREMENT=1000",
				"CREATE TABLE IF NOT EXISTS {$wpdb->prefix}stand_in_values (
					object_id bigint(20) unsigned NOT NULL,
					name varchar(191) NOT NULL,
					value longtext NOT NULL,
					PRIMARY KEY (object_id, name)
				) $of",
				"CREATE TABLE IF NOT EXISTS {$wpdb->prefix}stand_in_jobs (
					id bigint(20) unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
					hook varchar(191) NOT NULL,
					args longtext NOT NULL,
					grp varchar(191) NOT NULL,
					due_at bigint(20) NOT NULL,
					every bigint(20) NOT NULL,
					status varchar(20) NOT NULL,
					KEY due (status, due_at), KEY hook (hook)
				) $of",
			) as $sql
		) {
			$wpdb->query( $sql );
		}
	}

	/** A new object's id. */
	public static function add( string $kind, int $parent_id ): int {
		global $wpdb;
		$row = array( 'kind' => $kind, 'parent_id' => $parent_id );
		$wpdb->insert( $wpdb->prefix . 'stand_in_objects', $row );
		return (int) $wpdb->insert_id;
	}

	/**
	 * What is kept of an object: its kind, its parent's id and its values; null where it is not.
	 *
	 * @return array{kind: string, parent_id: int, values: array<string, mixed>}|null
	 */
	public static function read( int $id ): ?array {
		global $wpdb;
		$sql = "SELECT kind, parent_id FROM {$wpdb->prefix}stand_in_objects WHERE id = %d";
		$row = $wpdb->get_row( $wpdb->prepare( $sql, $id ), ARRAY_A );
		if ( null === $row ) {
			return null;
		}
		$sql    = "SELECT name, value FROM {$wpdb->prefix}stand_in_values WHERE object_id = %d";
		$kept   = $wpdb->get_results( $wpdb->prepare( $sql, $id ), ARRAY_A );
		$values = array_map( 'maybe_unserialize', array_column( $kept, 'value', 'name' ) );
		return array(
			'kind'      => $row['kind'],
			'parent_id' => (int) $row['parent_id'],
			'values'    => $values,
		);
	}

	/**
	 * Writes values; null removes one.
	 *
	 * @param array<string, mixed> $values By name.
	 */
	public static function write( int $id, array $values ): void {
		global $wpdb;
		$table = $wpdb->prefix . 'stand_in_values';
		foreach ( $values as $name => $value ) {
			if ( null === $value ) {
				$wpdb->delete( $table, array( 'object_id' => $id, 'name' => $name ) );
				continue;
			}
			$text = (string) maybe_serialize( $value );
			$row  = array( 'object_id' => $id, 'name' => $name, 'value' => $text );
			$wpdb->replace( $table, $row );
		}
	}

	public static function remove( int $id ): void {
		global $wpdb;
		$wpdb->delete( $wpdb->prefix . 'stand_in_values', array( 'object_id' => $id ) );
		$wpdb->delete( $wpdb->prefix . 'stand_in_objects', array( 'id' => $id ) );
	}

	/**
	 * Ids of objects of a kind, oldest first.
	 *
	 * @param int|null $parent_id Only those of this parent.
	 * @return int[]
	 */
	public static function ids( string $kind, ?int $parent_id = null ): array {
		global $wpdb;
		$sql = "SELECT id FROM {$wpdb->prefix}stand_in_objects WHERE kind LIKE %s";
		if ( null !== $parent_id ) {
			$sql .= $wpdb->prepare( ' AND parent_id = %d', $parent_id );
		}
		return array_map( 'intval', $wpdb->get_col( $wpdb->prepare( $sql . ' ORDER BY id', $kind ) ) );
	}
}
