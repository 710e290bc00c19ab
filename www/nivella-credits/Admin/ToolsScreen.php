<?php
/**
 * Tools.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Owner\BulkFile;
use Nivella\Credits\Plugin\Capabilities;

defined( 'ABSPATH' ) || exit;

/** Exports, and credits for many customers at once. */
final class ToolsScreen extends Screen {
	public const PAGE = 'nivella-credits-tools';

	private const SHOWN   = 100;
	private const EXAMPLE = "customer,credits,reason,expires
"
		. "ada@example.com,500,Sorry for the outage,
"
		. '12,2.5,Prize,2027-12-31';

	/** Its title. */
	public function title(): string {
		return __( 'Tools', 'nivella-credits' );
	}

	/** Exports and the bulk grant. */
	protected function body(): string {
		$bulk = current_user_can( Capabilities::ADJUST )
			? Markup::box( __( 'Bulk grant', 'nivella-credits' ), $this->bulk(), 'bulk' )
			: '';
		return $this->heading( $this->title() )
			. Markup::box( __( 'Export', 'nivella-credits' ), $this->exports(), 'export' )
			. $bulk;
	}

	/** Links to the exports. */
	private function exports(): string {
		$class = array( 'class' => 'button' );
		$links = array(
			Markup::link(
				Action::url( 'export_accounts' ),
				__( 'Accounts (CSV)', 'nivella-credits' ),
				$class
			),
			Markup::link(
				Action::url( 'export_entries' ),
				__( 'All entries (CSV)', 'nivella-credits' ),
				$class
			),
		);
		$about = __( 'Times are UTC. A large ledger takes minutes.', 'nivella-credits' );
		return Markup::tag(
			'p',
			array(),
			implode( ' ', $links ),
		) . Markup::note( $about, 'description' );
	}

	/** A file that was uploaded, or the form for one. */
	private function bulk(): string {
		$kept = BulkActions::kept();
		if ( null !== $kept ) {
			try {
				return $this->preview( BulkFile::read( $kept['text'] ), $kept['at'] );
			} catch ( Refusal $refusal ) {
				return Markup::note( $refusal->getMessage() ) . $this->discard();
			}
		}
		$about = __(
			'Columns: customer (e-mail or id), credits, reason, expires (last day, may be empty).',
			'nivella-credits'
		);
		$class = array( 'class' => 'sample', 'dir' => 'ltr' );
		$shown = Markup::tag( 'pre', $class, esc_html( self::EXAMPLE ) );
		return Markup::note( $about ) . $shown . $this->upload();
	}

	/** The form that takes a file. */
	private function upload(): string {
		$form = new Controls( 'bulk_upload' );
		$row  = $form->text(
			'file',
			__( 'CSV file', 'nivella-credits' ),
			'',
			__( 'At most 20,000 rows. Nothing is booked before you confirm.', 'nivella-credits' ),
			array( 'type' => 'file', 'class' => '', 'accept' => '.csv,text/csv', 'required' => true ),
		);
		$send = Controls::button( __( 'Upload and look', 'nivella-credits' ) );
		return Action::form( 'bulk_upload', array(), Controls::rows( $row ) . $send, true );
	}

	/**
	 * What a file would do.
	 *
	 * @param BulkFile $file The file.
	 * @param int      $done How many rows are booked.
	 */
	private function preview( BulkFile $file, int $done ): string {
		$faults = $file->faults();
		$wrong  = array_filter( $file->rows, static fn( array $row ): bool => '' !== $row['fault'] );
		$shown  = array_slice( $faults > 0 ? $wrong : $file->rows, 0, self::SHOWN );
		$heads  = array(
			'line'     => __( 'Line', 'nivella-credits' ),
			'customer' => __( 'Customer', 'nivella-credits' ),
			'credits#' => __( 'Credits', 'nivella-credits' ),
			'reason'   => __( 'Reason', 'nivella-credits' ),
			'expires'  => __( 'Valid through', 'nivella-credits' ),
		);
		$heads += $faults > 0 ? array( 'fault' => __( 'What is wrong', 'nivella-credits' ) ) : array();
		$rows   = array_map( self::row( ... ), array_values( $shown ) );
		$table  = Markup::table( $heads, $rows, '', open: true );
		/* translators: 1: how many rows. 2: how many credits. */
		$text  = __( 'Rows: %1$s. Credits in all: %2$s.', 'nivella-credits' );
		$count = number_format_i18n( count( $file->rows ) );
		$text  = sprintf( $text, $count, Shown::micro( $file->sum() ) );
		if ( $faults > 0 ) {
			/* translators: %s: how many rows. */
			$wrong_rows = __( 'Rows that cannot be booked: %s.', 'nivella-credits' );
			$text      .= ' ' . sprintf( $wrong_rows, number_format_i18n( $faults ) );
		}
		$button = Controls::button(
			$done > 0 ? __( 'Go on', 'nivella-credits' ) : __( 'Book all rows', 'nivella-credits' )
		);
		$mend   = __( 'Mend these rows in the file and upload it again.', 'nivella-credits' );
		$next   = $faults > 0 && 0 === $done
			? Markup::note( $mend ) . $this->upload() . Markup::below( $this->discard() )
			: Markup::below(
				Action::form( 'bulk_confirm', array( 'hash' => $file->hash ), $button ),
				$this->discard(),
			);
		$more   = count( $faults > 0 ? $wrong : $file->rows ) > self::SHOWN
			? Markup::note( __( 'The first 100 are shown.', 'nivella-credits' ), 'description' )
			: '';
		return Markup::tag( 'p', array(), Markup::tag( 'strong', array(), esc_html( $text ) ) )
			. $table . $more . $next;
	}

	/** Forgets the file. */
	private function discard(): string {
		$button = Controls::button( __( 'Discard the file', 'nivella-credits' ), 'link-delete' );
		return Action::form( 'bulk_discard', array(), $button );
	}

	/**
	 * A row of the preview.
	 *
	 * @param array<string, mixed> $row Of the file.
	 * @return array<string, string>
	 */
	private static function row( array $row ): array {
		$name = null === $row['user'] ? '' : ' · ' . Shown::customer( $row['user'] );
		return array(
			'line'     => esc_html( (string) $row['line'] ),
			'customer' => esc_html( $row['customer'] . $name ),
			'credits#' => esc_html(
				0 === $row['amount'] ? $row['credits'] : Shown::micro( $row['amount'] )
			),
			'reason'   => esc_html( $row['reason'] ),
			'expires'  => esc_html( $row['expires'] ),
			'fault'    => esc_html( $row['fault'] ),
		);
	}
}
