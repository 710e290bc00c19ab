<?php
/**
 * One entry.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Storage\Books;

defined( 'ABSPATH' ) || exit;

/** The receipt of an entry: what it was, what it was rated by, which grants gave. */
final class ReceiptPage {
	/** @var array<string, mixed> */
	private readonly array $receipt;

	/**
	 * The page of an entry.
	 *
	 * @param int $account The account.
	 * @param int $seq     The entry.
	 * @throws \Nivella\Credits\Ledger\Refusal `not_found`.
	 */
	public function __construct( private readonly int $account, private readonly int $seq ) {
		$this->receipt = Books::open()->receipt( $account, $seq );
	}

	/** Its title. */
	public function title(): string {
		$user = Books::open()->user_of_account( $this->account );
		/* translators: 1: the number of an entry. 2: a customer's name. */
		$text = __( 'Entry %1$d of %2$s', 'nivella-credits' );
		return sprintf( $text, $this->seq, Shown::customer( $user ) );
	}

	/**
	 * What stands beside the title.
	 *
	 * @return array<int, array{string, string}> Addresses and texts.
	 */
	public function links(): array {
		$url = AccountsScreen::url_of( $this->account );
		return array( array( $url, __( 'Back to the account', 'nivella-credits' ) ) );
	}

	/** Its content. */
	public function body(): string {
		$row   = $this->receipt['row'];
		$facts = array(
			array( __( 'Entry', 'nivella-credits' ), esc_html( Words::kind( $row['kind'] ) ) ),
			array( __( 'Credits', 'nivella-credits' ), Shown::signed( $row['amount'], true ) ),
			array( __( 'Happened', 'nivella-credits' ), Shown::instant( $row['occurred_at'] ) ),
			array( __( 'Booked', 'nivella-credits' ), Shown::instant( $row['booked_at'] ) ),
			array( __( 'Waived', 'nivella-credits' ), self::some( $row['waived'] ) ),
			array( __( 'Feature', 'nivella-credits' ), esc_html( $row['feature'] ) ),
			array( __( 'Agent', 'nivella-credits' ), esc_html( $row['agent'] ) ),
			array( __( 'Model', 'nivella-credits' ), esc_html( $row['model'] ) ),
			array( __( 'Site', 'nivella-credits' ), esc_html( $row['site'] ) ),
			array( __( 'Details', 'nivella-credits' ), esc_html( $row['details'] ) ),
			array( __( 'Reason', 'nivella-credits' ), esc_html( $row['reason'] ) ),
			array( __( 'Request id', 'nivella-credits' ), esc_html( $row['request_id'] ) ),
			array(
				__( 'Booked by hand', 'nivella-credits' ),
				esc_html( EntryTable::author( $row['request_id'] ) ),
			),
		);
		$list  = '';
		foreach ( $facts as [ $term, $value ] ) {
			$list .= '' === $value ? '' : Markup::tag( 'dt', array(), esc_html( $term ) )
				. Markup::tag( 'dd', array(), $value );
		}
		$facts = Markup::tag( 'dl', array( 'class' => 'facts wide' ), $list );
		return Markup::box( __( 'Receipt', 'nivella-credits' ), $facts )
			. $this->hold() . $this->rate() . $this->draws();
	}

	/** What it was rated by. */
	private function rate(): string {
		$rate = $this->receipt['rate'];
		if ( null === $rate ) {
			return '';
		}
		$units = Words::units() + array( 'work' => __( 'Work of a model', 'nivella-credits' ) );
		$rows  = array();
		foreach ( $rate['lines'] as $line ) {
			$rows[] = array(
				'unit'      => esc_html( $units[ $line['unit'] ] ?? $line['unit'] ),
				'quantity#' => isset( $line['quantity'] )
					? esc_html( Shown::credits( (string) $line['quantity'] ) )
					: '',
				'rate#'     => isset( $line['rate'] ) ? esc_html( Shown::credits( $line['rate'] ) ) : '',
				'product#'  => esc_html( Shown::credits( $line['product'] ) ),
			);
		}
		$table = Markup::table(
			array(
				'unit'      => __( 'Unit', 'nivella-credits' ),
				'quantity#' => __( 'Quantity', 'nivella-credits' ),
				'rate#'     => __( 'Credits each', 'nivella-credits' ),
				'product#'  => __( 'Credits', 'nivella-credits' ),
			),
			$rows,
			__( 'Nothing was charged for.', 'nivella-credits' ),
			open: true,
		);
		/* translators: 1: a version of the rates. 2: a number of credits. */
		$text = __( 'Rates version %1$d; the sum is rounded up to %2$s credits.', 'nivella-credits' );
		$note = sprintf( $text, $rate['version'], Shown::credits( $rate['quantum'] ) );
		return Markup::box( __( 'How it was rated', 'nivella-credits' ), $table . Markup::note( $note ) );
	}

	/** Which grants gave. */
	private function draws(): string {
		if ( array() === $this->receipt['draws'] ) {
			return '';
		}
		$rows = array();
		foreach ( $this->receipt['draws'] as $draw ) {
			$rows[] = array(
				'grant'      => esc_html( '#' . $draw['grant'] . ' ' . Words::kind( $draw['kind'] ) ),
				'before#'    => esc_html( Shown::credits( $draw['before'] ) ),
				'amount#'    => esc_html( Shown::credits( $draw['amount'] ) ),
				'after#'     => esc_html( Shown::credits( $draw['after'] ) ),
				'expires_at' => Shown::instant( $draw['expires_at'] ),
			);
		}
		$columns = array(
			'grant'      => __( 'Grant', 'nivella-credits' ),
			'before#'    => __( 'Before', 'nivella-credits' ),
			'amount#'    => __( 'Gave', 'nivella-credits' ),
			'after#'     => __( 'After', 'nivella-credits' ),
			'expires_at' => __( 'Expires', 'nivella-credits' ),
		);
		$title   = __( 'Which grants gave', 'nivella-credits' );
		return Markup::box( $title, Markup::table( $columns, $rows, '', open: true ) );
	}

	/** The hold that it resolved. */
	private function hold(): string {
		$hold = $this->receipt['hold'];
		if ( null === $hold ) {
			return '';
		}
		/* translators: 1: a hold's number. 2: how many credits. */
		$text = __( 'Hold %1$s had reserved %2$s credits.', 'nivella-credits' );
		$text = sprintf( $text, $hold['id'], Shown::credits( $hold['amount'] ) );
		return Markup::box( __( 'Hold', 'nivella-credits' ), Markup::note( $text ) );
	}

	/**
	 * An amount; '' for nothing.
	 *
	 * @param string $amount The amount.
	 */
	private static function some( string $amount ): string {
		return '0' === $amount ? '' : esc_html( Shown::credits( $amount ) );
	}
}
