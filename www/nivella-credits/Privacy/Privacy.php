<?php
/**
 * What a customer may ask for: their data, and to be forgotten.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Privacy;

use Nivella\Credits\Storage\Accounts;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\Personal;

defined( 'ABSPATH' ) || exit;

/**
 * For WordPress's tools of personal data. Erasing takes the texts out of an account's entries; what
 * was bought and used stays, as a record of payments must, under the number of the account.
 */
final class Privacy {
	private const ENTRIES = 200;
	private const ERASED  = 2000;

	/**
	 * The exporters, with ours.
	 *
	 * @param mixed $exporters By their ids.
	 * @return array<string, array<string, mixed>>
	 */
	public static function exporters( mixed $exporters ): array {
		$own = array(
			'exporter_friendly_name' => __( 'AI credits', 'nivella-credits' ),
			'callback'               => array( self::class, 'export' ),
		);
		return array( 'nivella-credits' => $own ) + (array) $exporters;
	}

	/**
	 * The erasers, with ours.
	 *
	 * @param mixed $erasers By their ids.
	 * @return array<string, array<string, mixed>>
	 */
	public static function erasers( mixed $erasers ): array {
		$own = array(
			'eraser_friendly_name' => __( 'AI credits', 'nivella-credits' ),
			'callback'             => array( self::class, 'erase' ),
		);
		return array( 'nivella-credits' => $own ) + (array) $erasers;
	}

	/**
	 * A page of what is kept of somebody.
	 *
	 * @param string $address Their e-mail address.
	 * @param int    $page    From 1.
	 * @return array{data: array, done: bool}
	 */
	public static function export( string $address, int $page = 1 ): array {
		$account = self::account( $address );
		if ( null === $account ) {
			return array( 'data' => array(), 'done' => true );
		}
		$data    = 1 === $page ? array( self::balance( $account ) + self::group() ) : array();
		$after   = ( $page - 1 ) * self::ENTRIES;
		$entries = ( new Personal( self::db(), $account ) )->entries( $after, self::ENTRIES );
		foreach ( $entries as $seq => $entry ) {
			$data[] = array( 'item_id' => "entry-$seq", 'data' => self::pairs( $entry ) ) + self::group();
		}
		return array( 'data' => $data, 'done' => count( $entries ) < self::ENTRIES );
	}

	/**
	 * Under what all of it stands.
	 *
	 * @return array{group_id: string, group_label: string}
	 */
	public static function group(): array {
		return array(
			'group_id'    => 'nivella-credits',
			'group_label' => __( 'AI credits', 'nivella-credits' ),
		);
	}

	/**
	 * Forgets some of what is kept of somebody.
	 *
	 * @param string $address Their e-mail address.
	 * @param int    $page    From 1.
	 * @return array{items_removed: bool, items_retained: bool, messages: string[], done: bool}
	 */
	public static function erase( string $address, int $page = 1 ): array {
		$account = self::account( $address );
		$next    = null;
		$count   = 0;
		if ( null !== $account ) {
			$personal             = new Personal( self::db(), $account );
			list( $count, $next ) = $personal->forget( ( $page - 1 ) * self::ERASED, self::ERASED );
		}
		$kept = array(
			__( 'Amounts and dates of AI credits are kept as a record of payments.', 'nivella-credits' ),
			__( 'What was written beside them is erased.', 'nivella-credits' ),
		);
		return array(
			'items_removed'  => $count > 0,
			'items_retained' => null !== $account,
			'messages'       => null === $account || null !== $next ? array() : $kept,
			'done'           => null === $next,
		);
	}

	/** Suggests a text for the store's privacy policy. */
	public static function suggest_policy(): void {
		$texts = array(
			__( 'We keep how many AI credits you bought and used, when, and for what.', 'nivella-credits' ),
			__( 'A reference to the conversation or order may stand beside it.', 'nivella-credits' ),
			__( 'What you wrote to the AI, and its answers, are not part of it.', 'nivella-credits' ),
			__( 'It is kept as long as records of payments must be.', 'nivella-credits' ),
		);
		$html  = '<p>' . implode( ' ', array_map( 'esc_html', $texts ) ) . '</p>';
		wp_add_privacy_policy_content( __( 'Nivella Credits', 'nivella-credits' ), $html );
	}

	/** The account of an address; null where there is none. */
	private static function account( string $address ): ?int {
		$user = get_user_by( 'email', $address );
		return false === $user ? null : ( new Accounts( self::db() ) )->find( $user->ID );
	}

	/**
	 * What somebody has.
	 *
	 * @param int $account The account.
	 * @return array{item_id: string, data: array}
	 */
	private static function balance( int $account ): array {
		$balance = Books::open()->balance( $account );
		$own     = array_intersect_key( $balance, array_flip( array( 'available', 'held', 'debt' ) ) );
		return array( 'item_id' => 'balance', 'data' => self::pairs( $own ) );
	}

	/**
	 * As WordPress wants names and values.
	 *
	 * @param array<string, string> $values Values by the ledger's names.
	 * @return array<array{name: string, value: string}>
	 */
	private static function pairs( array $values ): array {
		$names = array(
			'available'    => __( 'Available', 'nivella-credits' ),
			'held'         => __( 'Held', 'nivella-credits' ),
			'debt'         => __( 'Owed', 'nivella-credits' ),
			'booked_at'    => __( 'Date', 'nivella-credits' ),
			'kind'         => __( 'Kind', 'nivella-credits' ),
			'amount'       => __( 'Credits', 'nivella-credits' ),
			'agent'        => __( 'Agent', 'nivella-credits' ),
			'feature'      => __( 'Feature', 'nivella-credits' ),
			'list_site'    => __( 'Site', 'nivella-credits' ),
			'list_details' => __( 'Details', 'nivella-credits' ),
			'reference'    => __( 'Reference', 'nivella-credits' ),
			'reason'       => __( 'Reason', 'nivella-credits' ),
		);
		$pairs = array();
		foreach ( array_intersect_key( $names, $values ) as $key => $name ) {
			$pairs[] = array( 'name' => $name, 'value' => $values[ $key ] );
		}
		return $pairs;
	}

	/** The site's database. */
	private static function db(): Db {
		return new Db( $GLOBALS['wpdb'] );
	}
}
