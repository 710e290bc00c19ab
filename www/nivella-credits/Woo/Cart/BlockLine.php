<?php
/**
 * The credits of an order, in the store's cart and checkout blocks.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Cart;

use Automattic\WooCommerce\Blocks\Integrations\IntegrationInterface;
use Automattic\WooCommerce\Blocks\Integrations\IntegrationRegistry;
use Nivella\Credits\Page\Messages;
use Nivella\Credits\Page\Module;

defined( 'ABSPATH' ) || exit;

/**
 * A script that fills the places below the total, from what the Store API says of the cart. The
 * module is put on the page where the cart has a package by then; where one gets in later, the
 * script's own text stays.
 *
 * This class is only read when a block asks for it: a store without blocks has no such interface.
 */
final class BlockLine implements IntegrationInterface {
	private const NAME   = 'nivella-credits';
	private const HANDLE = 'nivella-credits-order';
	private const NEEDS  = array(
		'wc-blocks-checkout',
		'wc-blocks-data-store',
		'wc-settings',
		'wp-data',
		'wp-element',
		'wp-plugins',
	);

	/**
	 * A block of the store gathers what else it shows.
	 *
	 * @param IntegrationRegistry $registry Of one block.
	 */
	public static function register( IntegrationRegistry $registry ): void {
		$registry->register( new self() );
	}

	/** Also names the data in the store's settings on the page. */
	public function get_name(): string {
		return self::NAME;
	}

	/** Runs on every page: names the script and no more. */
	public function initialize(): void {
		$script = plugins_url( 'scripts/order.js', NIVELLA_CREDITS_FILE );
		wp_register_script( self::HANDLE, $script, self::NEEDS, NIVELLA_CREDITS_VERSION, true );
	}

	/**
	 * On the page.
	 *
	 * @return string[]
	 */
	public function get_script_handles(): array {
		return array( self::HANDLE );
	}

	/**
	 * In the editor: nothing, its cart is an example.
	 *
	 * @return string[]
	 */
	public function get_editor_script_handles(): array {
		return array();
	}

	/**
	 * Runs when the page has one of the blocks. Nothing of it is about the buyer but whether there is
	 * an account; these pages are kept by no cache.
	 *
	 * @return array<string, mixed>
	 */
	public function get_script_data(): array {
		if ( is_admin() ) {
			return array();
		}
		try {
			if ( true === Contents::now()?->gives() ) {
				Module::enqueue_elements();
			}
		} catch ( \Throwable ) {
			// The line's own text stays.
			return array();
		}
		return array(
			'guest'      => ! is_user_logged_in(),
			'messages'   => Messages::address(),
			/* translators: {credits}: number of credits. */
			'text'       => __( 'Credits in this order: {credits}', 'nivella-credits' ),
			/* translators: {credits} and {bonus}: number of credits, and of those on top of them. */
			'bonus_text' => __(
				'Credits in this order: {credits}, and {bonus} as a bonus',
				'nivella-credits'
			),
			'guest_text' => Contents::guest_text(),
		);
	}
}
