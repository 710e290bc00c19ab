<?php
/**
 * What the owner is told of packages.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Product;

defined( 'ABSPATH' ) || exit;

/**
 * Where products are kept: that the category Tokens is missing, and the offer of a starter set.
 * Each button is a form with a nonce; its answer comes back with the next page.
 */
final class Notices {
	/** The action of `admin-post.php`; the button says what it is for. */
	public const ACTION = 'nivella_credits_packages';

	private const DONE = 'nivella_credits_packages';
	/** Screens where products are kept. */
	private const SCREENS = array( 'edit-product', 'product', 'edit-product_cat' );
	/** What an owner sees after switching the plugin on: only the offer is for there. */
	private const FIRST = array( 'dashboard', 'plugins' );

	/** Prints them, for who may do something about it. */
	public static function show(): void {
		$screen = get_current_screen()?->id ?? '';
		$first  = in_array( $screen, self::FIRST, true );
		$here   = in_array( $screen, self::SCREENS, true ) || str_contains( $screen, 'nivella-credits' );
		if ( ! ( $first || $here ) || ! current_user_can( 'edit_products' ) ) {
			return;
		}
		self::show_done();
		if ( StarterSet::is_offered() ) {
			self::offer();
		} elseif ( $here && null === Tokens::id() && current_user_can( 'manage_product_terms' ) ) {
			self::missing();
		} elseif ( NextSteps::are_open() && current_user_can( 'manage_woocommerce' ) ) {
			self::notice( 'info', NextSteps::markup(), NextSteps::buttons() );
		}
	}

	/** One of the buttons was pressed. */
	public static function act(): void {
		check_admin_referer( self::ACTION );
		$do    = sanitize_key( wp_unslash( $_POST['do'] ?? '' ) );
		$needs = match ( $do ) {
			'category' => 'manage_product_terms',
			'page'     => 'publish_pages',
			default    => 'publish_products',
		};
		if ( ! current_user_can( $needs ) ) {
			$text = __( 'You may not do this.', 'nivella-credits' );
			wp_die( esc_html( $text ), '', array( 'response' => 403 ) );
		}
		$done = match ( $do ) {
			'publish', 'draft' => implode( '-', StarterSet::make( 'publish' === $do ) ),
			'category'         => null === Tokens::mend() ? 'failed' : 'category',
			default            => '',
		};
		match ( $do ) {
			'decline' => StarterSet::decline(),
			'hide'    => NextSteps::hide(),
			'page'    => NextSteps::make_page(),
			default   => null,
		};
		$back = wp_get_referer();
		$back = remove_query_arg( self::DONE, false === $back ? admin_url() : $back );
		wp_safe_redirect( '' === $done ? $back : add_query_arg( self::DONE, $done, $back ) );
		exit;
	}

	/** The offer. */
	private static function offer(): void {
		$text = sprintf(
			/* translators: 1: credits, 2: a price, 3: credits, 4: a price. */
			esc_html__(
				'Your store sells no credits yet. Begin with six packages in the category Tokens, from %1$s credits for %2$s to %3$s for %4$s? Each is a product of yours, to change as you like.',
				'nivella-credits'
			),
			esc_html( number_format_i18n( 2000 ) ),
			wp_kses_post( wc_price( '10', array( 'decimals' => 0 ) ) ),
			esc_html( number_format_i18n( 40000 ) ),
			wp_kses_post( wc_price( '60', array( 'decimals' => 0 ) ) )
		);
		$buttons = array(
			'publish' => __( 'Make them and sell them', 'nivella-credits' ),
			'draft'   => __( 'Make them as drafts', 'nivella-credits' ),
			'decline' => __( 'No, thanks', 'nivella-credits' ),
		);
		self::notice( 'info', $text, $buttons );
	}

	/** The category is not there. */
	private static function missing(): void {
		$known = Tokens::renamed();
		$text  = null === $known
			? __( 'The product category with the slug “tokens” is missing.', 'nivella-credits' )
			: sprintf(
				/* translators: 1: name of a category, 2: its slug. */
				__( 'The category “%1$s” has the slug “%2$s” now, and no longer “tokens”.', 'nivella-credits' ),
				$known->name,
				$known->slug
			);
		$text  .= ' ' . __(
			'The Buy Credits dialog lists what is in that category, so it has nothing to sell. Packages, orders and balances are not affected: what gives credits is a product’s own field.',
			'nivella-credits'
		);
		$button = null === $known
			? __( 'Make the category again, with all packages', 'nivella-credits' )
			: __( 'Give it the slug “tokens” back', 'nivella-credits' );
		self::notice( 'warning', esc_html( $text ), array( 'category' => $button ) );
	}

	/** What the button did. */
	private static function show_done(): void {
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- it only names what is shown.
		$done = sanitize_text_field( wp_unslash( $_GET[ self::DONE ] ?? '' ) );
		if ( 'category' === $done && null !== Tokens::id() ) {
			$text = __( 'The category Tokens is there again.', 'nivella-credits' );
			self::notice( 'success', esc_html( $text ) . ' ' . self::category_link() );
		} elseif ( 'failed' === $done ) {
			$text = __( 'The category could not be made. Please make it by hand.', 'nivella-credits' );
			self::notice( 'error', esc_html( $text ) );
		} elseif ( 1 === preg_match( '/^\d+(-\d+)*$/D', $done ) ) {
			self::made( array_map( 'intval', explode( '-', $done ) ) );
		}
	}

	/**
	 * The packages that were made.
	 *
	 * @param int[] $ids Of products.
	 */
	private static function made( array $ids ): void {
		$links = array();
		foreach ( array_slice( $ids, 0, 6 ) as $id ) {
			$link = current_user_can( 'edit_post', $id ) ? get_edit_post_link( $id ) : null;
			if ( null !== $link && 'product' === get_post_type( $id ) ) {
				$name    = esc_html( get_the_title( $id ) );
				$links[] = sprintf( '<a href="%s">%s</a>', esc_url( $link ), $name );
			}
		}
		if ( array() === $links ) {
			return;
		}
		$text = _n( 'Package made:', 'Packages made:', count( $links ), 'nivella-credits' );
		$list = esc_html( $text ) . ' ' . implode( wp_get_list_item_separator(), $links ) . '. ';
		self::notice( 'success', $list . self::category_link() );
	}

	/** Where customers see them. */
	private static function category_link(): string {
		$link = get_term_link( Tokens::SLUG, 'product_cat' );
		$text = esc_html__( 'See the category in the shop', 'nivella-credits' );
		return is_string( $link ) ? sprintf( '<a href="%s">%s</a>', esc_url( $link ), $text ) : '';
	}

	/**
	 * A notice, with buttons.
	 *
	 * @param string                $kind    As WordPress names it.
	 * @param string                $html    What it says.
	 * @param array<string, string> $buttons Their texts, by what they do.
	 */
	private static function notice( string $kind, string $html, array $buttons = array() ): void {
		printf( '<div class="notice notice-%s"><p>%s</p>', esc_attr( $kind ), wp_kses_post( $html ) );
		if ( array() !== $buttons ) {
			printf( '<form method="post" action="%s"><p>', esc_url( admin_url( 'admin-post.php' ) ) );
			// Without an id, which the form of a product has already.
			$hidden = array( 'action' => self::ACTION, '_wpnonce' => wp_create_nonce( self::ACTION ) );
			foreach ( $hidden as $name => $value ) {
				printf(
					'<input type="hidden" name="%s" value="%s" />',
					esc_attr( $name ),
					esc_attr( $value )
				);
			}
			foreach ( $buttons as $do => $text ) {
				$main  = array_key_first( $buttons ) === $do && 'hide' !== $do;
				$first = $main ? 'button button-primary' : 'button';
				printf(
					'<button name="do" value="%s" class="%s">%s</button> ',
					esc_attr( $do ),
					esc_attr( $first ),
					esc_html( $text )
				);
			}
			echo '</p></form>';
		}
		echo '</div>';
	}
}
