<?php
/**
 * Which mails a customer gets.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Account;

use Nivella\Credits\Woo\Addresses;
use Nivella\Credits\Woo\Mail\Choices;

defined( 'ABSPATH' ) || exit;

/** A form on My account → Credits. Where the levels begin is chosen in the dashboard above it. */
final class Mails {
	private const ID     = 'nivella-credits-mails';
	private const ACTION = 'nivella_credits_mails';

	/** Where it is. */
	public static function url(): string {
		return Addresses::credits() . '#' . self::ID;
	}

	/**
	 * The form; '' where there is nothing to choose.
	 */
	public static function markup(): string {
		$rows = self::boxes();
		if ( '' === $rows ) {
			return '';
		}
		return sprintf(
			'<form method="post" action="%s" id="%s" class="woocommerce-form">%s%s'
				. '<p class="form-row"><button type="submit" name="%s" value="1" class="%s">%s</button></p>'
				. '</form>',
			esc_url( self::url() ),
			esc_attr( self::ID ),
			$rows,
			wp_nonce_field( self::ACTION, '_wpnonce', true, false ),
			esc_attr( self::ACTION ),
			'woocommerce-Button button wp-element-button',
			esc_html__( 'Save the choice', 'nivella-credits' )
		);
	}

	/** Runs on `template_redirect`: the form was sent. */
	public static function save(): void {
		$sent = wp_unslash( $_POST ); // phpcs:ignore WordPress.Security.NonceVerification -- below.
		$user = get_current_user_id();
		if ( ! isset( $sent[ self::ACTION ] ) || 0 === $user ) {
			return;
		}
		$nonce = is_string( $sent['_wpnonce'] ?? null ) ? $sent['_wpnonce'] : '';
		if ( false === wp_verify_nonce( $nonce, self::ACTION ) ) {
			$text = __( 'This page was open for too long. Please save once more.', 'nivella-credits' );
			wc_add_notice( $text, 'error' );
			return;
		}
		Choices::save( $user, array_filter( (array) ( $sent['mails'] ?? null ), 'is_string' ) );
		wc_add_notice( __( 'The choice was saved.', 'nivella-credits' ) );
		wp_safe_redirect( self::url() );
		exit;
	}

	/** The boxes of the mails. */
	private static function boxes(): string {
		$off  = Choices::off( get_current_user_id() );
		$html = '';
		foreach ( Choices::offered() as $kind => $name ) {
			$html .= sprintf(
				'<p class="form-row"><label class="woocommerce-form__label'
					. ' woocommerce-form__label-for-checkbox checkbox"><input type="checkbox"'
					. ' class="woocommerce-form__input woocommerce-form__input-checkbox"'
					. ' name="mails[]" value="%s"%s /> <span>%s</span></label></p>',
				esc_attr( $kind ),
				checked( in_array( $kind, $off, true ), false, false ),
				esc_html( $name )
			);
		}
		$legend = esc_html__( 'We write to you:', 'nivella-credits' );
		return '' === $html ? '' : "<fieldset><legend>$legend</legend>$html</fieldset>";
	}
}
