<?php
/**
 * What a customer is told of, and when.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Account;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Page\Levels;
use Nivella\Credits\Storage\Accounts;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\Failure;
use Nivella\Credits\Woo\Addresses;
use Nivella\Credits\Woo\Mail\Choices;

defined( 'ABSPATH' ) || exit;

/** A form on My account → Credits: where the levels begin, and which mails are sent. */
final class Alerts {
	private const ID     = 'nivella-credits-alerts';
	private const ACTION = 'nivella_credits_alerts';

	/** Where it is. */
	public static function url(): string {
		return Addresses::credits() . '#' . self::ID;
	}

	/**
	 * The form; '' where there is nothing to choose.
	 *
	 * @param ?array<string, array> $levels Where the account's levels begin; null without an account.
	 */
	public static function markup( ?array $levels ): string {
		$rows = ( null === $levels ? '' : self::levels( $levels ) ) . self::mails();
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
			esc_html__( 'Save the alerts', 'nivella-credits' )
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
		try {
			self::save_levels( $user, array_filter( (array) ( $sent['levels'] ?? null ), 'is_string' ) );
			Choices::save( $user, array_filter( (array) ( $sent['mails'] ?? null ), 'is_string' ) );
		} catch ( Refusal $refusal ) {
			$text = 'critical' === $refusal->field
				? __(
					'“Critical” is a share such as 5% or credits such as 100, not above “low”.',
					'nivella-credits'
				)
				: __( '“Low” is a share such as 20% or credits such as 500.', 'nivella-credits' );
			wc_add_notice( $text . ' ' . __( 'Nothing was changed.', 'nivella-credits' ), 'error' );
			return;
		} catch ( Failure ) {
			$text = __( 'This cannot be saved just now. Please try again later.', 'nivella-credits' );
			wc_add_notice( $text, 'error' );
			return;
		}
		wc_add_notice( __( 'The alerts were saved.', 'nivella-credits' ) );
		wp_safe_redirect( self::url() );
		exit;
	}

	/**
	 * Where the levels begin.
	 *
	 * @param int                   $user  Whose.
	 * @param array<string, string> $texts As they were entered.
	 * @throws Refusal Naming the level.
	 */
	private static function save_levels( int $user, array $texts ): void {
		$account = ( new Accounts( new Db( $GLOBALS['wpdb'] ) ) )->find( $user );
		if ( null !== $account && array() !== $texts ) {
			Books::open()->save_alerts( $account, Levels::entered( $texts )->to_wire() );
		}
	}

	/**
	 * The fields of the levels.
	 *
	 * @param array<string, array> $levels Where they begin.
	 */
	private static function levels( array $levels ): string {
		// phpcs:ignore WordPress.Security -- shown once more where it was refused, and escaped.
		$entered = (array) wp_unslash( $_POST['levels'] ?? array() );
		$names   = array(
			'low'      => __( '“Low” begins at', 'nivella-credits' ),
			'critical' => __( '“Critical” begins at', 'nivella-credits' ),
		);
		$html    = '';
		foreach ( $names as $level => $name ) {
			$text  = $entered[ $level ] ?? Levels::text( $levels[ $level ] );
			$html .= sprintf(
				'<p class="form-row form-row-%1$s"><label for="%2$s">%3$s</label>'
					. '<input type="text" class="input-text" id="%2$s" name="levels[%4$s]" value="%5$s"'
					. ' autocomplete="off" aria-describedby="%6$s-help" /></p>',
				'low' === $level ? 'first' : 'last',
				esc_attr( self::ID . "-$level" ),
				esc_html( $name ),
				esc_attr( $level ),
				esc_attr( is_string( $text ) ? $text : '' ),
				esc_attr( self::ID )
			);
		}
		$help = __(
			'A share of your plan or of a month’s use, such as 20%, or credits, such as 500.',
			'nivella-credits'
		);
		return $html . sprintf(
			'<p class="form-row form-row-wide" id="%s-help"><small>%s</small></p>',
			esc_attr( self::ID ),
			esc_html( $help )
		);
	}

	/** The boxes of the mails. */
	private static function mails(): string {
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
		$legend = esc_html__( 'Mails', 'nivella-credits' );
		return '' === $html ? '' : "<fieldset><legend>$legend</legend>$html</fieldset>";
	}
}
