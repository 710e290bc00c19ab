<?php
/**
 * My account → Credits.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Account;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Owner\Policies;
use Nivella\Credits\Page\Elements;
use Nivella\Credits\Page\Fallback;
use Nivella\Credits\Page\Rates;
use Nivella\Credits\Page\Style;
use Nivella\Credits\Page\Usage;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\Failure;
use Nivella\Credits\Storage\Overview;

defined( 'ABSPATH' ) || exit;

/**
 * Balance, plan, activity, statements, mails, and how credits work. All of it is printed, and the
 * elements take the place of the first part when their script runs. The store keeps the page out
 * of caches.
 */
final class CreditsPage {
	/** Little enough beside the theme's own look: what stands in a row keeps apart. */
	private const STYLE = '.nivella-credits-head{display:flex;flex-wrap:wrap;align-items:center;'
		. 'gap:12px}.nivella-credits-account :is(.nivella-credits-plan,fieldset){'
		. 'margin-block-end:1em}'
		. '.nivella-credits-account form fieldset .form-row label.checkbox{display:flex;'
		. 'align-items:baseline;gap:.6em}';

	/** Prints the page of who is signed in. */
	public static function show(): void {
		$db = new Db( $GLOBALS['wpdb'] );
		try {
			$own     = Overview::of_user( $db, get_current_user_id() );
			$entries = $own?->entries( $db, Usage::ENTRIES ) ?? array();
			$card    = Overview::rate_card( $db );
		} catch ( Refusal | Failure ) {
			// Never a zero that nobody has booked.
			$text = __(
				'Your credits cannot be shown just now. Please try again later.',
				'nivella-credits'
			);
			wc_print_notice( esc_html( $text ), 'error' );
			return;
		}
		Style::add( 'nivella-credits-account', self::STYLE );
		$refunds = trim( (string) get_option( Policies::REFUNDS, '' ) );
		// phpcs:disable WordPress.Security.EscapeOutput -- escaped where each part is made.
		echo '<div class="nivella-credits-account">';
		echo self::head( $own );
		echo self::dashboard( $own, $entries, $refunds );
		echo null === $own ? '' : self::section(
			__( 'Statements and receipts', 'nivella-credits' ),
			Downloads::markup( $own->created_at )
		);
		$mails = Mails::markup();
		echo '' === $mails ? '' : self::section( __( 'Mails', 'nivella-credits' ), $mails );
		echo self::section( __( 'How credits work', 'nivella-credits' ), Rates::markup( $card ) );
		echo self::section( __( 'Refunds', 'nivella-credits' ), self::refunds( $refunds ) );
		echo '</div>';
		// phpcs:enable
	}

	/** The live balance, and the way to more. */
	private static function head( ?Overview $own ): string {
		$text = null === $own
			? Fallback::text( array( 'unlimited' => false, 'available' => '0' ) )
			: Usage::balance( $own );
		$pill = Elements::element( 'nivella_credit_pill', array(), esc_html( $text ) );
		$buy  = Elements::element( 'nivella_buy_credits', array() );
		return "<p class=\"nivella-credits-head\">$pill $buy</p>" . self::plan( $own );
	}

	/** The plan that runs, by its name, and until when it is paid: nothing renews it by itself. */
	private static function plan( ?Overview $own ): string {
		$name = (string) ( $own?->plan['name'] ?? '' );
		if ( '' === $name ) {
			return '';
		}
		if ( null === $own->paid_until ) {
			/* translators: %s: name of a plan. */
			$text = sprintf( __( 'Your plan: %s', 'nivella-credits' ), $name );
		} else {
			$day = (string) wp_date( get_option( 'date_format' ), intdiv( $own->paid_until, 1000 ) );
			/* translators: 1: name of a plan, 2: a date. */
			$text = __( 'Your plan: %1$s, paid until %2$s', 'nivella-credits' );
			$text = sprintf( $text, $name, $day );
		}
		return '<p class="nivella-credits-plan">' . esc_html( $text ) . '</p>';
	}

	/** The dashboard, with what stands in its place without scripts. */
	private static function dashboard( ?Overview $own, array $entries, string $refunds ): string {
		$inside = null === $own
			? '<p>' . esc_html__( 'You have no credits yet.', 'nivella-credits' ) . '</p>'
			: Usage::markup( $own, $entries );
		$given  = array( 'refund-policy' => $refunds );
		return Elements::element( 'nivella_usage_dashboard', $given, $inside );
	}

	/** The store's own words on refunds, or what the plugin does. */
	private static function refunds( string $own ): string {
		$text = '' !== $own ? $own : __(
			'When the store refunds a package, its unused credits go back with the money. Credits that were already used are owed and repaid first.',
			'nivella-credits'
		);
		// Its language is the owner's, not always that of the page.
		return str_replace( '<p>', '<p dir="auto">', wpautop( esc_html( $text ) ) );
	}

	/** A part of the page. */
	private static function section( string $title, string $html ): string {
		return sprintf( '<section><h2>%s</h2>%s</section>', esc_html( $title ), $html );
	}
}
