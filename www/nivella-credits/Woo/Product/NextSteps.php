<?php
/**
 * What is left to do until the first sale.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Product;

defined( 'ABSPATH' ) || exit;

/** A short list for the owner once packages are made; each step leads to where it is done. */
final class NextSteps {
	/** Option: `open` from the making of packages until the owner hides the list. */
	public const OPTION = 'nivella_credits_next_steps';

	/** Ways to pay of which only the owner knows whether the money came. */
	private const BY_HAND = array( 'bacs', 'cheque', 'cod' );
	/** Option: the page that was made. */
	private const PAGE = 'nivella_credits_page';

	/** Packages were made. */
	public static function open(): void {
		update_option( self::OPTION, 'open', true );
	}

	/** The owner has seen enough of them. */
	public static function hide(): void {
		update_option( self::OPTION, '', true );
	}

	/** Whether there is a list. */
	public static function are_open(): bool {
		return 'open' === get_option( self::OPTION, '' );
	}

	/**
	 * What its buttons do.
	 *
	 * @return array<string, string> Texts.
	 */
	public static function buttons(): array {
		$page = __( 'Make a page with the balance and “Buy credits”', 'nivella-credits' );
		$hide = array( 'hide' => __( 'Hide this list', 'nivella-credits' ) );
		return ( null === self::page() ? array( 'page' => $page ) : array() ) + $hide;
	}

	/** Makes the page, once. What is on it are blocks, to be changed or moved as any others. */
	public static function make_page(): void {
		if ( null !== self::page() ) {
			return;
		}
		$made = wp_insert_post(
			array(
				'post_type'    => 'page',
				'post_status'  => 'publish',
				'post_title'   => __( 'Credits', 'nivella-credits' ),
				'post_content' => "<!-- wp:nivella-credits/pill /-->\n\n<!-- wp:nivella-credits/buy /-->",
			)
		);
		update_option( self::PAGE, $made, false );
	}

	/** The list, as HTML. */
	public static function markup(): string {
		$items = '';
		foreach ( self::steps() as $step ) {
			$mark   = $step['done'] ? 'yes-alt' : 'marker';
			$state  = $step['done']
				? __( 'Done:', 'nivella-credits' )
				: __( 'To do:', 'nivella-credits' );
			$text   = esc_html( $step['text'] );
			$text   = '' === $step['url']
				? $text
				: sprintf( '<a href="%s">%s</a>', esc_url( $step['url'] ), $text );
			$items .= sprintf(
				'<li><span class="dashicons dashicons-%s" aria-hidden="true"></span> '
					. '<span class="screen-reader-text">%s</span> %s</li>',
				esc_attr( $mark ),
				esc_html( $state ),
				$text
			);
		}
		$title = esc_html__( 'Until your first sale of credits', 'nivella-credits' );
		return "<strong>$title</strong></p><ul>$items</ul><p>" . esc_html( self::when_paid() );
	}

	/**
	 * The steps.
	 *
	 * @return array<array{done: bool, text: string, url: string}>
	 */
	private static function steps(): array {
		$page  = self::page();
		$steps = array(
			array(
				'done' => array() !== self::ways_to_pay(),
				'text' => __( 'Choose how customers pay', 'nivella-credits' ),
				'url'  => admin_url( 'admin.php?page=wc-settings&tab=checkout' ),
			),
			array(
				'done' => null !== $page,
				'text' => __( 'Show customers their balance, beside “Buy credits”', 'nivella-credits' ),
				'url'  => null === $page ? '' : (string) get_permalink( $page ),
			),
		);
		if ( 'yes' === get_option( 'woocommerce_coming_soon', 'no' ) ) {
			$steps[] = array(
				'done' => false,
				'text' => __( 'Open the store: visitors do not see it yet', 'nivella-credits' ),
				'url'  => admin_url( 'admin.php?page=wc-settings&tab=site-visibility' ),
			);
		}
		return $steps;
	}

	/** When credits arrive. */
	private static function when_paid(): string {
		$text = __( 'Credits arrive when an order is paid.', 'nivella-credits' );
		$ways = self::ways_to_pay();
		if ( array() !== array_intersect( $ways, self::BY_HAND ) ) {
			$text .= ' ' . __(
				'By bank transfer, cheque or cash on delivery, that is when you complete the order.',
				'nivella-credits'
			);
		}
		return $text . ' ' . __( 'You find each customer under Credits → Accounts.', 'nivella-credits' );
	}

	/**
	 * Ways to pay that are switched on.
	 *
	 * @return string[] Their ids.
	 */
	private static function ways_to_pay(): array {
		$on = array();
		foreach ( WC()->payment_gateways()->payment_gateways() as $way ) {
			if ( 'yes' === $way->enabled ) {
				$on[] = (string) $way->id;
			}
		}
		return $on;
	}

	/** The page that was made; null where there is none (any more). */
	private static function page(): ?int {
		$id = (int) get_option( self::PAGE, 0 );
		return $id > 0 && 'publish' === get_post_status( $id ) ? $id : null;
	}
}
