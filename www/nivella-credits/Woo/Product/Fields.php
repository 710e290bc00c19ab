<?php
/**
 * The fields of a package on a product's edit screen.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Product;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Woo\Packages;

defined( 'ABSPATH' ) || exit;

/**
 * Credits, bonus and validity among a product's general data. WooCommerce has checked the form's
 * nonce and who may edit before anything here is asked to save.
 */
final class Fields {
	/** Prints them for the product on screen. */
	public static function show(): void {
		$product = $GLOBALS['product_object'] ?? null;
		if ( ! $product instanceof \WC_Product ) {
			return;
		}
		echo '<div class="options_group show_if_simple show_if_variable nivella-credits-fields">';
		foreach ( Entered::KEYS as $key ) {
			woocommerce_wp_text_input( self::field( $key, $product ) );
		}
		self::warn( $product );
		echo '</div>';
	}

	/**
	 * The form was sent.
	 *
	 * @param mixed $product The product, about to be saved.
	 */
	public static function save( mixed $product ): void {
		if ( ! $product instanceof \WC_Product ) {
			return;
		}
		$typed = array();
		foreach ( Entered::KEYS as $key ) {
			// phpcs:ignore WordPress.Security -- the store has checked it; Entered reads it.
			$typed[ $key ] = $_POST[ $key ] ?? null;
		}
		self::keep( $product, $typed );
	}

	/**
	 * Keeps what can be read, and tells of the rest.
	 *
	 * @param \WC_Product          $product The product or variation, about to be saved.
	 * @param array<string, mixed> $typed   By key, as it came; what was not sent stays as it is.
	 */
	public static function keep( \WC_Product $product, array $typed ): void {
		foreach ( $typed as $key => $text ) {
			if ( ! is_string( $text ) ) {
				continue;
			}
			try {
				$value = Entered::value( $key, wp_unslash( $text ) );
			} catch ( Refusal $refusal ) {
				self::tell( $product, $refusal->getMessage() );
				continue;
			}
			if ( '' === $value ) {
				$product->delete_meta_data( $key );
			} else {
				$product->update_meta_data( $key, $value );
			}
		}
		$alone = '' === (string) $product->get_meta( Packages::CREDITS )
			&& '' !== $product->get_meta( Packages::BONUS ) . $product->get_meta( Packages::VALIDITY );
		if ( $alone ) {
			$text = __( 'A bonus and days count only with credits.', 'nivella-credits' );
			self::tell( $product, $text );
		}
	}

	/**
	 * A field for woocommerce_wp_text_input().
	 *
	 * @param string      $key     One of Entered::KEYS.
	 * @param \WC_Product $product The product or variation.
	 * @return array<string, mixed>
	 */
	public static function field( string $key, \WC_Product $product ): array {
		$kept = $product->get_meta( $key, true, 'edit' );
		return array(
			'id'                => $key,
			'label'             => Entered::name( $key ),
			'value'             => Entered::shown( is_scalar( $kept ) ? (string) $kept : '' ),
			'desc_tip'          => true,
			'description'       => self::help( $key ),
			'custom_attributes' => array( 'inputmode' => 'decimal', 'autocomplete' => 'off' ),
		);
	}

	/** What a field means. */
	private static function help( string $key ): string {
		return match ( $key ) {
			Packages::CREDITS => __(
				'What one piece gives its buyer when it is paid. Empty: this is no package.',
				'nivella-credits'
			),
			Packages::BONUS   => __( 'Given on top, and used first.', 'nivella-credits' ),
			default           => __( 'From the payment on. Empty: for ever.', 'nivella-credits' ),
		};
	}

	/** Says where what is kept gives nothing: it may have come by import or REST. */
	private static function warn( \WC_Product $product ): void {
		try {
			Packages::of_product( $product );
		} catch ( Refusal ) {
			printf(
				'<p class="form-field"><strong>%s</strong></p>',
				esc_html__(
					'These values cannot be read, so the product gives no credits. Please mend them.',
					'nivella-credits'
				)
			);
		}
	}

	/** Tells the owner after saving. */
	private static function tell( \WC_Product $product, string $text ): void {
		if ( $product->is_type( 'variation' ) ) {
			/* translators: 1: number of the variation, 2: what is wrong. */
			$about = __( 'Variation #%1$d: %2$s', 'nivella-credits' );
			$text  = sprintf( $about, $product->get_id(), $text );
		}
		\WC_Admin_Meta_Boxes::add_error( esc_html( $text ) );
	}
}
