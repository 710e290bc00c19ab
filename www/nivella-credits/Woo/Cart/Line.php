<?php
/**
 * The credits of an order, in the store's cart and checkout.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Cart;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Page\Messages;
use Nivella\Credits\Page\Module;
use Nivella\Credits\Woo\Log;

defined( 'ABSPATH' ) || exit;

/**
 * A row below the total of the classic templates: what the order gives, as text that is true
 * without scripts. The module adds the balance after it. A cart without packages has no such row
 * and no script.
 */
final class Line {
	private const STYLE = 'nivella-credits-line';

	/** Runs below the total. */
	public static function row(): void {
		try {
			$sum = Contents::now();
		} catch ( \Throwable $fault ) {
			// Nothing may stop a checkout.
			Log::error( 'the credits of a cart can not be read', $fault, 0 );
			return;
		}
		if ( null === $sum || ! $sum->gives() ) {
			return;
		}
		Module::enqueue_elements();
		$style = plugins_url( 'styles/line.css', NIVELLA_CREDITS_FILE );
		wp_enqueue_style( self::STYLE, $style, array(), NIVELLA_CREDITS_VERSION );
		echo '<tr class="nivella-credits-line"><td colspan="2">';
		// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped where it is made.
		echo self::element( $sum, ! is_user_logged_in() );
		echo '</td></tr>';
	}

	/**
	 * The element with its text.
	 *
	 * @param Contents $sum   The credits.
	 * @param bool     $guest Whether the buyer has no account.
	 */
	public static function element( Contents $sum, bool $guest ): string {
		$texts = Messages::address();
		$words = null === $texts ? '' : sprintf( ' messages="%s"', esc_url( $texts ) );
		return sprintf(
			'<nivella-order-credits credits="%s" bonus="%s"%s>%s</nivella-order-credits>',
			esc_attr( Amount::text( $sum->credits ) ),
			esc_attr( Amount::text( $sum->bonus ) ),
			( $guest ? ' guest' : '' ) . $words,
			esc_html( $guest ? $sum->text() . '. ' . Contents::guest_text() : $sum->text() )
		);
	}
}
