<?php
/**
 * What the link of the mail opens.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

defined( 'ABSPATH' ) || exit;

/**
 * Opening the link changes nothing, since mail programs open links too: who is signed in is asked
 * first, with the account's name, and the answer is posted. Who is not signed in does that first,
 * and comes back.
 */
final class ClaimPage {
	/** Runs ahead of every page. */
	public static function show(): void {
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- reading changes nothing.
		$link = sanitize_text_field( wp_unslash( $_GET[ Guests::PARAMETER ] ?? '' ) );
		if ( '' === $link ) {
			return;
		}
		nocache_headers();
		header( 'Referrer-Policy: no-referrer' );
		if ( ! is_user_logged_in() ) {
			self::sign_in( $link );
			return;
		}
		$method          = sanitize_key( wp_unslash( $_SERVER['REQUEST_METHOD'] ?? '' ) );
		list( , $fault ) = Guests::read( $link );
		if ( 'post' === $method && self::is_meant( $link ) ) {
			self::finish( $link );
		} elseif ( '' !== $fault ) {
			self::say( self::text( $fault ), 410 );
		} else {
			self::ask( $link );
		}
	}

	/** The page of the account signs in and comes back; a store without it has WordPress's. */
	private static function sign_in( string $link ): void {
		if ( self::is_account_page() ) {
			$text = __( 'Sign in or register to claim your credits.', 'nivella-credits' );
			wc_add_notice( esc_html( $text ), 'notice' );
			return;
		}
		$here = add_query_arg( Guests::PARAMETER, $link, home_url( '/' ) );
		wp_safe_redirect( wp_login_url( $here ) );
		exit;
	}

	/** Whether the form was sent by who was shown it. */
	private static function is_meant( string $link ): bool {
		$nonce = sanitize_text_field( wp_unslash( $_POST['_wpnonce'] ?? '' ) );
		return false !== wp_verify_nonce( $nonce, self::action( $link ) );
	}

	/** Claims, and says how it went. */
	private static function finish( string $link ): void {
		try {
			$result = Listener::sync()->guests->claim( $link, get_current_user_id() );
		} catch ( \Throwable $fault ) {
			Log::error( 'credits could not be claimed', $fault, (int) $link );
			$text = __( 'This did not work. Please try again later.', 'nivella-credits' );
			self::say( $text, 503 );
			return;
		}
		self::say( self::text( $result ), 'claimed' === $result ? 200 : 410 );
	}

	/** Asks whether this is the account. */
	private static function ask( string $link ): void {
		$user = wp_get_current_user();
		/* translators: %s: name of the account. */
		$text = __( 'Add the credits to the account %s?', 'nivella-credits' );
		$text = sprintf( $text, $user->user_login );
		$form = sprintf(
			'<p>%s</p><form method="post">%s<p>'
				. '<button class="button wp-element-button">%s</button></p></form>',
			esc_html( $text ),
			wp_nonce_field( self::action( $link ), '_wpnonce', false, false ),
			esc_html__( 'Claim your credits', 'nivella-credits' )
		);
		self::page( $form, 200 );
	}

	/** Says one thing, and leads to the credits. */
	private static function say( string $text, int $status ): void {
		$name = 200 === $status
			? __( 'See your credits', 'nivella-credits' )
			: __( 'My account', 'nivella-credits' );
		$page = 200 === $status ? Addresses::credits() : wc_get_page_permalink( 'myaccount' );
		$back = sprintf( '<a href="%s">%s</a>', esc_url( $page ), esc_html( $name ) );
		self::page( sprintf( '<p>%s</p><p>%s</p>', esc_html( $text ), $back ), $status );
	}

	/** In the store's page of the account; a store without it gets a page of its own. */
	private static function page( string $html, int $status ): void {
		$title = __( 'Claim your credits', 'nivella-credits' );
		if ( ! self::is_account_page() ) {
			// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped where it was made.
			wp_die( $html, esc_html( $title ), array( 'response' => $status ) );
			exit;
		}
		status_header( $status );
		remove_action( 'woocommerce_account_content', 'woocommerce_account_content' );
		add_action(
			'woocommerce_account_content',
			static function () use ( $title, $html ): void {
				// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped where it was made.
				printf( '<h2>%s</h2>%s', esc_html( $title ), $html );
			}
		);
	}

	/** Whether the store shows its page of the account. */
	private static function is_account_page(): bool {
		return function_exists( 'is_account_page' ) && is_account_page();
	}

	/** Which form it is. */
	private static function action( string $link ): string {
		return 'nivella_credits_claim_' . hash( 'sha256', $link );
	}

	/** What a customer reads. */
	private static function text( string $result ): string {
		return match ( $result ) {
			'claimed' => __( 'The credits are yours.', 'nivella-credits' ),
			'expired' => __( 'This link is too old. Please ask for a new one.', 'nivella-credits' ),
			'taken'   => __( 'These credits have been claimed already.', 'nivella-credits' ),
			'unpaid'  => __( 'The order is not paid, so there are no credits to claim.', 'nivella-credits' ),
			default   => __( 'This link does not work, or was used already.', 'nivella-credits' ),
		};
	}
}
