<?php
/**
 * The plugin's health.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Health\Checks;
use Nivella\Credits\Health\Finding;
use Nivella\Credits\Plugin\Capabilities;

defined( 'ABSPATH' ) || exit;

/** What the checks find, a way to check orders and sums now, and the repair. */
final class HealthScreen extends Screen {
	public const PAGE = 'nivella-credits-health';

	/** Its title. */
	public function title(): string {
		return __( 'Health', 'nivella-credits' );
	}

	/** Who manages the store. */
	public function capability(): string {
		return Capabilities::MANAGE;
	}

	/** The checks and the repair. */
	protected function body(): string {
		$rows = array();
		foreach ( Checks::all() as $check ) {
			$found  = Checks::run( $check );
			$class  = array( 'class' => "level level-$found->status" );
			$rows[] = array(
				'check'  => Markup::tag( 'strong', array(), esc_html( $check['label'] ) ) . ' '
					. Markup::tag( 'span', $class, esc_html( self::word( $found ) ) ),
				'result' => esc_html( $found->text ),
			);
		}
		$columns = array(
			'check'  => __( 'Check', 'nivella-credits' ),
			'result' => __( 'Result', 'nivella-credits' ),
		);
		$button  = Controls::button( __( 'Check orders and sums now', 'nivella-credits' ), '' );
		return $this->heading( $this->title() )
			. Markup::table( $columns, $rows, '', open: true )
			. Action::form( 'check_now', array(), Markup::tag( 'p', array(), $button ) )
			. Markup::box( __( 'Repair', 'nivella-credits' ), $this->repair(), 'repair' );
	}

	/** The repair: it looks first, and books only what was looked at. */
	private function repair(): string {
		$form    = new Controls( 'repair' );
		$entered = $form->entered();
		$next    = is_string( $entered['next'] ?? null ) ? $entered['next'] : '';
		$apply   = '1' === ( $entered['apply'] ?? '' );
		$about   = __(
			'Compares paid orders with the ledger. Looking changes nothing.',
			'nivella-credits'
		);
		$rows    = Controls::rows(
			$form->text(
				'since',
				__( 'Orders paid since', 'nivella-credits' ),
				'',
				__( 'Empty: since the plugin was first active.', 'nivella-credits' ),
				array( 'type' => 'date', 'class' => '' ),
			),
			$form->check(
				'gone',
				__( 'Orders that are gone', 'nivella-credits' ),
				__( 'were deleted: take their credits back', 'nivella-credits' ),
				false,
			),
		);
		$buttons = Controls::button( __( 'Look', 'nivella-credits' ), '', 'look' );
		if ( null !== $entered && '' !== $next ) {
			$buttons .= ' ' . Controls::button( __( 'Go on', 'nivella-credits' ), 'primary', 'go_on' );
		} elseif ( null !== $entered && ! $apply && '1' === ( $entered['differs'] ?? '' ) ) {
			$buttons .= ' ' . Controls::button( __( 'Repair this', 'nivella-credits' ), 'primary', 'apply' );
		}
		$hidden = array(
			'at'      => $next,
			'apply'   => $apply ? '1' : '',
			'differs' => is_string( $entered['differs'] ?? null ) ? $entered['differs'] : '',
		);
		return Markup::note( $about ) . Action::form( 'repair', $hidden, $rows . $buttons );
	}

	/**
	 * A finding in a word.
	 *
	 * @param Finding $found The finding.
	 */
	private static function word( Finding $found ): string {
		return match ( $found->status ) {
			Finding::GOOD     => __( 'Good', 'nivella-credits' ),
			Finding::CRITICAL => __( 'Critical', 'nivella-credits' ),
			default           => __( 'To be looked at', 'nivella-credits' ),
		};
	}
}
