<?php
/**
 * The fields of a plan on a product's edit screen.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Plans;

use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Woo\Product\Entered;

defined( 'ABSPATH' ) || exit;

/**
 * Plan and months among a product's general data. WooCommerce has checked the form's nonce and who
 * may edit before anything here is asked to save.
 */
final class Fields {
	/** Prints them for the product on screen, where the store has plans. */
	public static function show(): void {
		$product = $GLOBALS['product_object'] ?? null;
		if ( ! $product instanceof \WC_Product ) {
			return;
		}
		$kept  = self::kept( $product, Offer::PLAN );
		$plans = Configuration::plans();
		if ( '' === $kept && array() === $plans ) {
			return;
		}
		// What is sold is shown, whatever has become of the product's type.
		$where = '' === $kept ? 'show_if_simple show_if_subscription' : '';
		printf( '<div class="options_group %s nivella-credits-plan">', esc_attr( $where ) );
		woocommerce_wp_select( self::plan( $kept, array_column( $plans, 'name', 'key' ) ) );
		woocommerce_wp_text_input( self::months( self::kept( $product, Offer::MONTHS ) ) );
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
		// phpcs:disable WordPress.Security -- checked by the store; compared, or read as a number.
		$plan   = $_POST[ Offer::PLAN ] ?? null;
		$months = $_POST[ Offer::MONTHS ] ?? null;
		// phpcs:enable
		if ( is_string( $plan ) ) {
			self::keep_plan( $product, wp_unslash( $plan ) );
		}
		if ( is_string( $months ) ) {
			self::keep_months( $product, trim( wp_unslash( $months ) ) );
		}
	}

	/** Keeps a plan that there is, and one that is gone only where it was chosen before. */
	private static function keep_plan( \WC_Product $product, string $plan ): void {
		if ( '' === $plan ) {
			$product->delete_meta_data( Offer::PLAN );
		} elseif ( isset( Configuration::plans()[ $plan ] ) ) {
			$product->update_meta_data( Offer::PLAN, $plan );
		} elseif ( $plan !== self::kept( $product, Offer::PLAN ) ) {
			self::tell( __( 'Plan: there is no such plan, so nothing was changed.', 'nivella-credits' ) );
		}
	}

	/** Keeps months that can be. */
	private static function keep_months( \WC_Product $product, string $typed ): void {
		$months = Offer::months( $typed );
		if ( null === $months ) {
			/* translators: %s: what was typed. */
			$text = __(
				'Months: “%s” was not saved. Enter whole months from 1 to 1200.',
				'nivella-credits'
			);
			self::tell( sprintf( $text, Entered::quoted( $typed ) ) );
		} elseif ( 1 === $months ) {
			$product->delete_meta_data( Offer::MONTHS );
		} else {
			$product->update_meta_data( Offer::MONTHS, (string) $months );
		}
	}

	/**
	 * The choice of a plan, for woocommerce_wp_select().
	 *
	 * @param string                $kept  The plan's key, or ''.
	 * @param array<string, string> $names By the plans' keys.
	 * @return array<string, mixed>
	 */
	private static function plan( string $kept, array $names ): array {
		$options = array( '' => __( 'None', 'nivella-credits' ) );
		foreach ( $names as $key => $name ) {
			$options[ $key ] = $name;
		}
		if ( ! isset( $options[ $kept ] ) ) {
			/* translators: %s: the key of a plan. */
			$options[ $kept ] = sprintf( __( '%s (deleted)', 'nivella-credits' ), $kept );
		}
		return array(
			'id'          => Offer::PLAN,
			'label'       => __( 'Plan', 'nivella-credits' ),
			'value'       => $kept,
			'options'     => $options,
			'desc_tip'    => true,
			'description' => __(
				'The plan that its buyer has when it is paid. A plan that runs already goes on for longer.',
				'nivella-credits'
			),
		);
	}

	/**
	 * The months, for woocommerce_wp_text_input().
	 *
	 * @param string $kept As they are kept.
	 * @return array<string, mixed>
	 */
	private static function months( string $kept ): array {
		return array(
			'id'                => Offer::MONTHS,
			'label'             => __( 'Months', 'nivella-credits' ),
			'value'             => $kept,
			'placeholder'       => '1',
			'desc_tip'          => true,
			'description'       => __( 'How long one piece pays for. Empty: 1.', 'nivella-credits' ),
			'custom_attributes' => array( 'inputmode' => 'numeric', 'autocomplete' => 'off' ),
		);
	}

	/** What is kept, as a text. */
	private static function kept( \WC_Product $product, string $key ): string {
		$kept = $product->get_meta( $key, true, 'edit' );
		return is_scalar( $kept ) ? (string) $kept : '';
	}

	/** Tells the owner after saving. */
	private static function tell( string $text ): void {
		\WC_Admin_Meta_Boxes::add_error( esc_html( $text ) );
	}
}
