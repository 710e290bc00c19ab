<?php
/**
 * Statements and their values.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

defined( 'ABSPATH' ) || exit;

/**
 * Puts tables and values into statements.
 *
 * In a statement `{name}` is one of the plugin's tables and `?` the next value: a number, a text,
 * null, bytes, a list of them in parentheses, or a list of such lists (rows). Values never become
 * part of a statement in another way.
 */
final class Sql {
	/** Texts of these alone need no escapes. */
	private const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ._:-';

	/**
	 * What stands between the values of statements, by the prefix of a site's tables.
	 *
	 * @var array<string, array<string, string[]>>
	 */
	private array $templates = array();

	/** Whether texts are written as bytes: SQLite finds a text in no column that holds bytes. */
	private readonly bool $by_bytes;

	/**
	 * Statements for the current site.
	 *
	 * @param \wpdb $wpdb WordPress's database.
	 */
	public function __construct( private readonly \wpdb $wpdb ) {
		$this->by_bytes = null !== Sqlite::of( $wpdb );
	}

	/**
	 * The full name of a table of this site.
	 *
	 * @param string $name Its name among the plugin's.
	 */
	public function table( string $name ): string {
		return $this->wpdb->prefix . 'nivella_credits_' . $name;
	}

	/**
	 * A statement with its tables and values.
	 *
	 * @param string  $sql    The statement.
	 * @param mixed[] $values Its values.
	 */
	public function text( string $sql, array $values ): string {
		$parts = $this->templates[ $this->wpdb->prefix ][ $sql ] ??= $this->template( $sql );
		if ( count( $parts ) !== count( $values ) + 1 ) {
			throw new \LogicException( 'a statement has as many values as places for them' );
		}
		$text = $parts[0];
		foreach ( array_values( $values ) as $n => $value ) {
			$text .= $this->literal( $value ) . $parts[ $n + 1 ];
		}
		return $text;
	}

	/**
	 * What stands between a statement's values.
	 *
	 * @param string $sql The statement.
	 * @return string[]
	 */
	private function template( string $sql ): array {
		$name = fn( array $found ): string => '`' . $this->table( $found[1] ) . '`';
		return explode( '?', (string) preg_replace_callback( '/\{(\w+)\}/', $name, $sql ) );
	}

	/**
	 * A value as it stands in a statement. A batch has tens of thousands of them.
	 *
	 * @param mixed $value The value.
	 */
	private function literal( mixed $value ): string {
		if ( is_int( $value ) ) {
			return (string) $value;
		}
		if ( is_string( $value ) && $this->by_bytes ) {
			return "x'" . bin2hex( $value ) . "'";
		}
		if ( is_string( $value ) ) {
			$plain = strlen( $value ) === strspn( $value, self::PLAIN );
			return $plain ? "'$value'" : "'" . $this->escaped( $value ) . "'";
		}
		if ( is_array( $value ) ) {
			$list = array();
			foreach ( $value as $one ) {
				$list[] = $this->literal( $one );
			}
			$text = implode( ',', $list );
			return is_array( $value[0] ?? null ) ? $text : "($text)";
		}
		return match ( true ) {
			null === $value       => 'NULL',
			$value instanceof Hex => "x'$value->digits'",
			default               => throw new \LogicException( 'no value of a statement' ),
		};
	}

	/**
	 * A text that may hold anything, escaped.
	 *
	 * @param string $text The text.
	 */
	private function escaped( string $text ): string {
		$link = $this->wpdb->dbh;
		return $link instanceof \mysqli
			? $link->real_escape_string( $text )
			: $this->wpdb->remove_placeholder_escape( $this->wpdb->_real_escape( $text ) );
	}
}
