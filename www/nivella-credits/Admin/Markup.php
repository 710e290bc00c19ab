<?php
/**
 * Markup of the screens.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

defined( 'ABSPATH' ) || exit;

/** Tags whose attributes are escaped here, and whose content is markup already. */
final class Markup {
	private const VOID = array( 'input', 'br', 'hr' );

	/**
	 * A tag.
	 *
	 * @param string                              $name       Its name.
	 * @param array<string, string|int|bool|null> $attributes By name; null and false are left out.
	 * @param string                              ...$inner   Markup.
	 */
	public static function tag( string $name, array $attributes = array(), string ...$inner ): string {
		$text = "<$name";
		foreach ( $attributes as $attribute => $value ) {
			if ( null === $value || false === $value ) {
				continue;
			}
			$is_url = 'href' === $attribute || 'action' === $attribute;
			$safe   = $is_url ? esc_url( (string) $value ) : esc_attr( (string) $value );
			$text  .= true === $value ? " $attribute" : " $attribute=\"$safe\"";
		}
		return in_array( $name, self::VOID, true )
			? "$text>"
			: "$text>" . implode( '', $inner ) . "</$name>";
	}

	/**
	 * A link.
	 *
	 * @param string                $url        Where to.
	 * @param string                $text       What it says.
	 * @param array<string, string> $attributes More of them.
	 */
	public static function link( string $url, string $text, array $attributes = array() ): string {
		return self::tag( 'a', array( 'href' => $url ) + $attributes, esc_html( $text ) );
	}

	/**
	 * A paragraph of plain text.
	 *
	 * @param string $text  The text.
	 * @param string $class Its class; '' for none.
	 */
	public static function note( string $text, string $class = '' ): string {
		return self::tag( 'p', array( 'class' => '' === $class ? null : $class ), esc_html( $text ) );
	}

	/**
	 * A box with a title, as WordPress's own screens have them.
	 *
	 * @param string $title The title.
	 * @param string $inner Markup.
	 * @param string $id    To be linked to.
	 */
	public static function box( string $title, string $inner, string $id = '' ): string {
		$heading = self::tag( 'h2', array(), esc_html( $title ) );
		return self::tag(
			'div',
			array( 'class' => 'postbox', 'id' => '' === $id ? null : $id ),
			self::tag( 'div', array( 'class' => 'postbox-header' ), $heading ),
			self::tag( 'div', array( 'class' => 'inside' ), $inner ),
		);
	}

	/**
	 * Links or buttons in a row below a list; '' where there are none.
	 *
	 * @param string ...$links Markup.
	 */
	public static function below( string ...$links ): string {
		$links = array_filter( $links );
		return array() === $links
			? ''
			: self::tag( 'div', array( 'class' => 'pages' ), implode( ' ', $links ) );
	}

	/**
	 * A table in the look of WordPress's lists, which folds to its first column on a phone.
	 *
	 * @param array<string, string>                 $columns Texts of the heads by key; those that end
	 *                                                       in `#` are figures.
	 * @param array<int, array<string, string>>     $rows    Markup by the columns' keys.
	 * @param string                                $empty   What is said where there are no rows.
	 * @param array<string, array{string, ?string}> $sorted Of heads that order the list: an address,
	 *                                                      and `asc`, `desc` or null: as it is now.
	 * @param bool                                  $open    Whether rows are unfolded on a phone, too.
	 */
	public static function table(
		array $columns,
		array $rows,
		string $empty,
		array $sorted = array(),
		bool $open = false
	): string {
		$heads = '';
		foreach ( $columns as $key => $text ) {
			[ $url, $how ] = $sorted[ $key ] ?? array( null, null );

			$class  = self::column_class( $key, $columns );
			$class .= null === $url ? '' : ( null === $how ? ' sortable asc' : " sorted $how" );
			$about  = array( 'asc' => 'ascending', 'desc' => 'descending' )[ $how ?? '' ] ?? null;
			$head   = array( 'scope' => 'col', 'class' => $class, 'aria-sort' => $about );
			$heads .= self::tag( 'th', $head, self::head( $text, $url ) );
		}
		$body = '';
		foreach ( $rows as $row ) {
			$class = array( 'class' => $open ? 'is-expanded' : null );
			$body .= self::tag( 'tr', $class, self::cells( $columns, $row, ! $open ) );
		}
		if ( array() === $rows ) {
			$cell = self::tag( 'td', array( 'colspan' => count( $columns ) ), esc_html( $empty ) );
			$body = self::tag( 'tr', array( 'class' => 'no-items' ), $cell );
		}
		return self::tag(
			'table',
			array( 'class' => 'wp-list-table widefat striped' . ( $open ? ' unfolded' : '' ) ),
			self::tag( 'thead', array(), self::tag( 'tr', array(), $heads ) ),
			self::tag( 'tbody', array(), $body ),
		);
	}

	/**
	 * What stands in a head.
	 *
	 * @param string  $text The text.
	 * @param ?string $url  Where it orders the list; null: it does not.
	 */
	private static function head( string $text, ?string $url ): string {
		if ( null === $url ) {
			return esc_html( $text );
		}
		$sign = static fn( string $way ): string => self::tag(
			'span',
			array( 'class' => "sorting-indicator $way", 'aria-hidden' => 'true' )
		);
		return self::tag(
			'a',
			array( 'href' => $url ),
			self::tag( 'span', array(), esc_html( $text ) ),
			self::tag( 'span', array( 'class' => 'sorting-indicators' ), $sign( 'asc' ), $sign( 'desc' ) ),
		);
	}

	/**
	 * The cells of one row. The first has the button that unfolds the others on a phone.
	 *
	 * @param array<string, string> $columns The heads.
	 * @param array<string, string> $row     Markup.
	 * @param bool                  $folds   Whether there is anything to unfold.
	 */
	private static function cells( array $columns, array $row, bool $folds ): string {
		$cells = '';
		foreach ( $columns as $key => $text ) {
			$first  = array_key_first( $columns ) === $key;
			$about  = self::tag(
				'span',
				array( 'class' => 'screen-reader-text' ),
				esc_html__( 'Show more details', 'nivella-credits' ),
			);
			$button = array( 'type' => 'button', 'class' => 'toggle-row' );
			$cells .= self::tag(
				'td',
				array( 'class' => self::column_class( $key, $columns ), 'data-colname' => $text ),
				$row[ $key ] ?? '',
				$folds && $first && count( $columns ) > 1 ? self::tag( 'button', $button, $about ) : '',
			);
		}
		return $cells;
	}

	/**
	 * The class of a column.
	 *
	 * @param string                $key     Its key.
	 * @param array<string, string> $columns All of them.
	 */
	private static function column_class( string $key, array $columns ): string {
		$class  = 'column-' . rtrim( $key, '#' );
		$class .= array_key_first( $columns ) === $key ? ' column-primary' : '';
		return $class . ( str_ends_with( $key, '#' ) ? ' figure' : '' );
	}
}
