<?php
/**
 * The entries of one account.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Storage\Books;

defined( 'ABSPATH' ) || exit;

/** A page of the ledger, newest first, each entry with its receipt. */
final class EntryTable {
	private const ROWS = 25;
	/** A type that is rare is looked for in so many slices of the ledger before the page is shown. */
	private const SLICES = 20;

	private readonly string $type;
	private readonly ?int $before;

	/**
	 * Entries as the address asks for them.
	 *
	 * @param int $account The account.
	 */
	public function __construct( private readonly int $account ) {
		// phpcs:disable WordPress.Security -- compared with known words; a number.
		$type         = $_GET['type'] ?? '';
		$before       = (int) ( $_GET['before'] ?? 0 );
		$this->type   = is_string( $type ) && isset( Words::types()[ $type ] ) ? $type : '';
		$this->before = $before > 0 ? $before : null;
		// phpcs:enable
	}

	/** The box. */
	public function markup(): string {
		[ $rows, $next, $labels ] = $this->read();

		$shown = array_map(
			fn( array $row ): array => $this->row( $row, $labels ),
			$rows
		);
		$table = Markup::table(
			array(
				'entry'   => __( 'Entry', 'nivella-credits' ),
				'details' => __( 'Details', 'nivella-credits' ),
				'amount#' => __( 'Credits', 'nivella-credits' ),
				'time'    => __( 'Booked', 'nivella-credits' ),
			),
			$shown,
			null === $next
				? __( 'No entries.', 'nivella-credits' )
				: __( 'None among these entries; there are earlier ones.', 'nivella-credits' ),
		);
		$title = __( 'Entries', 'nivella-credits' );
		return Markup::box( $title, $this->filter() . $table . $this->pages( $next ), 'entries' );
	}

	/**
	 * Rows, where to go on, and the names of keys.
	 *
	 * @return array{array<int, array<string, mixed>>, ?int, array<string, object>}
	 */
	private function read(): array {
		$rows = array();
		$next = $this->before;
		for ( $slice = 0; $slice < self::SLICES; $slice++ ) {
			$asked = array( 'limit' => self::ROWS - count( $rows ) )
				+ ( null === $next ? array() : array( 'before' => $next ) )
				+ ( '' === $this->type ? array() : array( 'type' => $this->type ) );
			$found = Books::open()->activity( $this->account, $asked );
			$rows  = array( ...$rows, ...$found['rows'] );
			$next  = $found['next'];
			if ( null === $next || count( $rows ) === self::ROWS ) {
				break;
			}
		}
		return array( $rows, $next, $found['labels'] );
	}

	/**
	 * One entry.
	 *
	 * @param array<string, mixed>  $row    As the activity has it.
	 * @param array<string, object> $labels Names of keys.
	 * @return array<string, string>
	 */
	private function row( array $row, array $labels ): array {
		$url   = AccountsScreen::url_of( $this->account, array( 'entry' => $row['seq'] ) );
		$about = array();
		foreach ( array( 'feature', 'agent', 'model', 'site' ) as $kind ) {
			$key     = $row[ $kind ];
			$about[] = $labels[ $kind ]->$key ?? $key;
		}
		array_push( $about, $row['details'], $row['reason'], self::author( $row['request_id'] ) );
		$waived = '0' === $row['waived'] ? '' : ' ' . Markup::tag(
			'span',
			array( 'class' => 'description' ),
			/* translators: %s: credits that an unlimited plan did not charge. */
			esc_html( sprintf( __( '(%s waived)', 'nivella-credits' ), Shown::credits( $row['waived'] ) ) ),
		);
		$kind = 'release' === $row['kind'] || 'lapse' === $row['kind'] ? $row['kind'] : $row['type'];
		return array(
			'entry'   => Markup::tag( 'strong', array(), Markup::link( $url, '#' . $row['seq'] ) )
				. ' ' . esc_html( Words::kind( $kind ) ),
			'details' => esc_html( implode( ' · ', array_filter( $about ) ) ),
			'amount#' => Shown::signed( $row['amount'], true ) . $waived,
			'time'    => Shown::instant( $row['booked_at'] ),
		);
	}

	/**
	 * Who of the store booked it by hand; '' where nobody did.
	 *
	 * @param string $request_id The entry's request id.
	 */
	public static function author( string $request_id ): string {
		if ( 1 === preg_match( '/^bulk-[0-9a-f]{32}-\d+$/D', $request_id ) ) {
			return __( 'by bulk grant', 'nivella-credits' );
		}
		if ( 1 !== preg_match( '/^admin-(\d{1,18})-[0-9a-f]{32}$/D', $request_id, $found ) ) {
			return '';
		}
		/* translators: %s: the name of somebody who works for the store. */
		$text = __( 'by %s', 'nivella-credits' );
		return sprintf( $text, Shown::customer( (int) $found[1] ) );
	}

	/** The choice of a type. */
	private function filter(): string {
		$choices = array( '' => __( 'All types', 'nivella-credits' ) ) + Words::types();
		$about   = array( 'aria-label' => __( 'Type', 'nivella-credits' ) );
		$hidden  = array( 'page' => AccountsScreen::PAGE, 'account' => $this->account );
		return Markup::tag(
			'form',
			array( 'method' => 'get', 'class' => 'filters' ),
			Controls::hidden( $hidden ),
			Controls::choice( 'type', $choices, $this->type, $about ),
			Controls::button( __( 'Filter', 'nivella-credits' ), '' ),
		);
	}

	/**
	 * Where the list goes on.
	 *
	 * @param ?int $next The entry that the next page is before.
	 */
	private function pages( ?int $next ): string {
		$type  = '' === $this->type ? array() : array( 'type' => $this->type );
		$links = array();
		if ( null !== $this->before ) {
			$url     = AccountsScreen::url_of( $this->account, $type ) . '#entries';
			$links[] = Markup::link( $url, __( 'Newest entries', 'nivella-credits' ) );
		}
		if ( null !== $next ) {
			$url     = AccountsScreen::url_of( $this->account, $type + array( 'before' => $next ) );
			$links[] = Markup::link( "$url#entries", __( 'Earlier entries', 'nivella-credits' ) );
		}
		return Markup::below( ...$links );
	}
}
