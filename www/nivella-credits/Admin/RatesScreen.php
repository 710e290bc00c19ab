<?php
/**
 * The rates.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\RateCard;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Plugin\Capabilities;
use Nivella\Credits\Rest\Clock;
use Nivella\Credits\Storage\Configuration;

defined( 'ABSPATH' ) || exit;

/**
 * Every version of the rates. One that counts, or has counted, is only read; a new one begins as a
 * copy of the last; one that is still to come may be changed.
 */
final class RatesScreen extends Screen {
	public const PAGE = 'nivella-credits-rates';

	private const EMPTY_ROWS = 3;
	private const MORE_ROWS  = 10;
	private const MOST_ROWS  = 1000;

	/** Its title. */
	public function title(): string {
		return __( 'Rates', 'nivella-credits' );
	}

	/** Who manages the store. */
	public function capability(): string {
		return Capabilities::MANAGE;
	}

	/** The list, a version, or the editor. */
	protected function body(): string {
		$cards   = Configuration::open()->history()->to_wire()['rate_cards'];
		$cards   = array_column( $cards, null, 'version' );
		$version = self::asked_number( 'version' );
		$own     = null === $version ? null : $cards[ $version ] ?? null;
		$comes   = null !== $own && Instant::parse( $own['effective_at'] ) > Clock::now();
		if ( '1' === self::asked( 'new' ) || $comes ) {
			$last = array() === $cards ? null : end( $cards );
			return $this->editor( $comes ? $own : null, $own ?? $last );
		}
		return null === $own ? $this->list( $cards, null !== $version ) : $this->version( $own );
	}

	/**
	 * The list.
	 *
	 * @param array<int, array<string, mixed>> $cards   By version.
	 * @param bool                             $missing Whether one was asked for that is not there.
	 */
	private function list( array $cards, bool $missing ): string {
		$now  = Clock::now();
		$rows = array();
		$is   = null;
		foreach ( $cards as $version => $card ) {
			$is = Instant::parse( $card['effective_at'] ) <= $now ? $version : $is;
		}
		foreach ( array_reverse( $cards, true ) as $version => $card ) {
			$state = __( 'Counted before', 'nivella-credits' );
			if ( $version === $is ) {
				$state = __( 'Counts now', 'nivella-credits' );
			} elseif ( Instant::parse( $card['effective_at'] ) > $now ) {
				$state = __( 'To come', 'nivella-credits' );
			}
			/* translators: %d: the number of a version of the rates. */
			$name   = sprintf( __( 'Version %d', 'nivella-credits' ), $version );
			$url    = Menu::url( self::PAGE, array( 'version' => $version ) );
			$rows[] = array(
				'version' => Markup::tag( 'strong', array(), Markup::link( $url, $name ) ),
				'state'   => esc_html( $state ),
				'from'    => Shown::instant( $card['effective_at'] ),
				'rates#'  => esc_html( number_format_i18n( count( $card['rates'] ) ) ),
			);
		}
		$columns = array(
			'version' => __( 'Version', 'nivella-credits' ),
			'state'   => __( 'State', 'nivella-credits' ),
			'from'    => __( 'Effective from', 'nivella-credits' ),
			'rates#'  => __( 'Rates', 'nivella-credits' ),
		);
		$add     = self::button( array( 'new' => 1 ), __( 'New version', 'nivella-credits' ) );
		$empty   = __( 'There are no rates yet: nothing can be metered by usage.', 'nivella-credits' );
		$fault   = $missing ? __( 'There is no such version.', 'nivella-credits' ) : '';
		return $this->heading( $this->title(), $add ) . self::alert( $fault )
			. Markup::table( $columns, $rows, $empty );
	}

	/**
	 * A version that is only read.
	 *
	 * @param array<string, mixed> $card The card.
	 */
	private function version( array $card ): string {
		$units = Words::units();
		$rows  = array();
		foreach ( $card['rates'] as $rate ) {
			$each   = $rate['increment_s'] ?? null;
			$rows[] = array(
				'feature'  => esc_html( $rate['feature'] ),
				'model'    => esc_html( $rate['model'] ?? __( 'Any', 'nivella-credits' ) ),
				'unit'     => esc_html( $units[ $rate['unit'] ] ),
				'each#'    => null === $each ? '' : esc_html( (string) $each ),
				'credits#' => esc_html( Shown::credits( $rate['credits'] ) ),
			);
		}
		/* translators: %d: the number of a version of the rates. */
		$title = sprintf( __( 'Rates, version %d', 'nivella-credits' ), $card['version'] );
		$again = array( 'new' => 1, 'version' => $card['version'] );
		$note  = __( 'This version counts or has counted, so it never changes.', 'nivella-credits' );
		$model = array( 'model' => __( 'Model', 'nivella-credits' ) );
		$heads = array_replace( self::columns(), $model );
		return $this->heading(
			$title,
			self::button( array(), __( 'All versions', 'nivella-credits' ) ),
			self::button( $again, __( 'New version from this one', 'nivella-credits' ) ),
		) . Markup::note( $note ) . Markup::table( $heads, $rows, '' )
			. $this->preview( $card );
	}

	/**
	 * The editor.
	 *
	 * @param ?array<string, mixed> $own  The version that is changed; null for a new one.
	 * @param ?array<string, mixed> $from What it begins with; null for nothing.
	 */
	private function editor( ?array $own, ?array $from ): string {
		$form    = new Controls( 'save_rates' );
		$entered = $form->entered();
		$rates   = null === $entered
			? $from['rates'] ?? array()
			: RateActions::rows( new Sent( $entered ) );
		$asked   = 'more' === ( $entered['do'] ?? '' ) ? self::MORE_ROWS : 0;
		$more    = min( 200, (int) ( $entered['more'] ?? 0 ) + $asked );
		$count   = min( self::MOST_ROWS, count( $rates ) + self::EMPTY_ROWS + $more );
		$rows    = array();
		for ( $n = 0; $n < $count; $n++ ) {
			$rows[] = self::inputs( $form, $n, $rates[ $n ] ?? array() );
		}
		$hidden = array( 'version' => $own['version'] ?? '', 'more' => $more );
		$inner  = Controls::rows( $this->when( $form, $own ), $this->quantum( $form, $from ) )
			. Markup::table( self::columns(), $rows, '', open: true )
			. Markup::tag(
				'p',
				array( 'class' => 'submit buttons' ),
				Controls::button( __( 'Save the rates', 'nivella-credits' ), 'primary', 'save' ),
				Controls::button( __( 'Preview', 'nivella-credits' ), '', 'preview' ),
				Controls::button( __( 'More rows', 'nivella-credits' ), '', 'more' ),
			)
			// What a server drops of a long form is at its end.
			. Action::end();
		$title = null === $own
			? __( 'New rates', 'nivella-credits' )
			/* translators: %d: the number of a version of the rates. */
			: sprintf( __( 'Rates, version %d', 'nivella-credits' ), $own['version'] );
		$card = null === $entered ? $from : self::draft( new Sent( $entered ) );
		return $this->heading( $title, self::button( array(), __( 'All versions', 'nivella-credits' ) ) )
			. Action::form( 'save_rates', $hidden, $inner )
			. ( null === $card ? '' : $this->preview( $card ) );
	}

	/**
	 * The card of a form that was not saved; null where that cannot be one.
	 *
	 * @param Sent $sent The form.
	 * @return ?array<string, mixed>
	 */
	private static function draft( Sent $sent ): ?array {
		try {
			return RateActions::draft( RateActions::card( $sent ) );
		} catch ( Refusal ) {
			// The notice says what is wrong.
			return null;
		}
	}

	/**
	 * From when it counts.
	 *
	 * @param Controls              $form The form.
	 * @param ?array<string, mixed> $own  The version that is changed.
	 */
	private function when( Controls $form, ?array $own ): string {
		$at   = null === $own ? null : Instant::parse( $own['effective_at'] );
		$text = null === $at ? '' : (string) wp_date( 'Y-m-d\TH:i', intdiv( $at, 1000 ) );
		return $form->text(
			'effective',
			__( 'Effective from', 'nivella-credits' ),
			$text,
			__( 'In the time of the site; empty: from now on.', 'nivella-credits' ),
			array( 'type' => 'datetime-local', 'class' => '' ),
		);
	}

	/**
	 * What a cost is rounded up to.
	 *
	 * @param Controls              $form The form.
	 * @param ?array<string, mixed> $from What it begins with.
	 */
	private function quantum( Controls $form, ?array $from ): string {
		return $form->text(
			'quantum',
			__( 'Round up to', 'nivella-credits' ),
			$from['quantum'] ?? '0.01',
			__( 'A cost is a multiple of this, and at least this where it is not free.', 'nivella-credits' ),
			array( 'class' => 'small-text', 'inputmode' => 'decimal' ),
		);
	}

	/**
	 * The fields of one rate.
	 *
	 * @param Controls             $form The form.
	 * @param int                  $n    Its place.
	 * @param array<string, mixed> $rate What they hold at first.
	 * @return array<string, string>
	 */
	private static function inputs( Controls $form, int $n, array $rate ): array {
		$cells = array();
		foreach ( self::columns() as $key => $text ) {
			$name  = rtrim( $key, '#' );
			$field = array( 'each' => 'increment_s' )[ $name ] ?? $name;
			$value = (string) ( $rate[ $field ] ?? '' );
			$label = $text . ' ' . ( $n + 1 );
			$more  = str_ends_with( $key, '#' ) ? array( 'inputmode' => 'decimal' ) : Controls::CODE;

			$cells[ $key ] = 'unit' === $name
				? Controls::choice(
					"rates[$n][unit]",
					Words::units(),
					$value,
					array( 'aria-label' => $label ),
				)
				: $form->cell( "rates[$n][$field]", $label, $value, $more );
		}
		return $cells;
	}

	/** @return array<string, string> */
	private static function columns(): array {
		return array(
			'feature'  => __( 'Feature', 'nivella-credits' ),
			'model'    => __( 'Model (empty: any)', 'nivella-credits' ),
			'unit'     => __( 'For each', 'nivella-credits' ),
			'each#'    => __( 'Call seconds a step', 'nivella-credits' ),
			'credits#' => __( 'Credits', 'nivella-credits' ),
		);
	}

	/**
	 * What some work would cost, by the same rating as real work.
	 *
	 * @param array<string, mixed> $card The card.
	 */
	private function preview( array $card ): string {
		try {
			$read = RateCard::from_wire( $card );
			$read->validate();
			$lines = RatePreview::lines( $read, $card['rates'] );
			$inner = Markup::tag( 'ul', array( 'class' => 'examples' ), ...$lines );
		} catch ( Refusal $refusal ) {
			$inner = Markup::note( RateFault::of( $refusal, $card['rates'] )[0] );
		}
		return Markup::box( __( 'What work costs', 'nivella-credits' ), $inner, 'preview' );
	}

	/**
	 * A link beside the title.
	 *
	 * @param array<string, string|int> $asked What it asks for.
	 * @param string                    $text  What it says.
	 */
	private static function button( array $asked, string $text ): string {
		$url = Menu::url( self::PAGE, $asked );
		return Markup::link( $url, $text, array( 'class' => 'page-title-action' ) );
	}
}
