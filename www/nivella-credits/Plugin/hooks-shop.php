<?php
/**
 * What buyers meet in the shop, on one screen.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits;

defined( 'ABSPATH' ) || exit;

// Products: what their owner enters. These fire on the store's own edit screens.
add_action(
	'woocommerce_product_options_general_product_data',
	array( Woo\Product\Fields::class, 'show' )
);
add_action(
	'woocommerce_admin_process_product_object',
	array( Woo\Product\Fields::class, 'save' )
);
add_action(
	'woocommerce_variation_options_pricing',
	array( Woo\Product\VariationFields::class, 'show' ),
	10,
	3
);
add_action(
	'woocommerce_admin_process_variation_object',
	array( Woo\Product\VariationFields::class, 'save' ),
	10,
	2
);
add_action( 'admin_notices', array( Woo\Product\Notices::class, 'show' ) );
add_action(
	'admin_post_' . Woo\Product\Notices::ACTION,
	array( Woo\Product\Notices::class, 'act' )
);

// My account → Credits.
add_filter( 'woocommerce_get_query_vars', array( Woo\Account\Endpoint::class, 'query_vars' ) );
add_filter( 'woocommerce_account_menu_items', array( Woo\Account\Endpoint::class, 'menu' ) );
add_filter( 'woocommerce_endpoint_credits_title', array( Woo\Account\Endpoint::class, 'title' ) );
add_action( 'init', array( Woo\Account\Endpoint::class, 'flush_once' ), 1 );
add_action(
	'woocommerce_account_credits_endpoint',
	array( Woo\Account\CreditsPage::class, 'show' )
);
add_action( 'template_redirect', array( Woo\Account\Mails::class, 'save' ), 20 );

// Products that sell a plan.
add_action(
	'woocommerce_product_options_general_product_data',
	array( Woo\Plans\Fields::class, 'show' ),
	11
);
add_action( 'woocommerce_admin_process_product_object', array( Woo\Plans\Fields::class, 'save' ) );
add_action( 'admin_notices', array( Woo\Plans\Shop::class, 'show' ) );
add_filter( 'woocommerce_is_purchasable', array( Woo\Plans\Shop::class, 'can_be_bought' ), 10, 2 );
add_filter(
	'woocommerce_variation_is_purchasable',
	array( Woo\Plans\Shop::class, 'can_be_bought' ),
	10,
	2
);
add_action( 'woocommerce_simple_add_to_cart', array( Woo\Plans\Shop::class, 'say_why' ), 31 );
add_filter(
	'woocommerce_cart_product_cannot_be_purchased_message',
	array( Woo\Plans\Shop::class, 'why' ),
	10,
	2
);

// Products: what a buyer reads beside a price.
add_filter( 'woocommerce_get_price_html', array( Woo\Product\Worth::class, 'beside' ), 20, 2 );
add_filter(
	'woocommerce_available_variation',
	array( Woo\Product\Worth::class, 'of_choice' ),
	10,
	3
);
add_filter(
	'woocommerce_variation_prices_array',
	array( Woo\Product\Range::class, 'keep' ),
	10,
	2
);
add_action(
	'woocommerce_delete_product_transients',
	array( Woo\Product\Decimals::class, 'forget' )
);
add_filter( 'woocommerce_get_variation_prices_hash', array( Woo\Product\Range::class, 'hash' ) );

// Cart and checkout: what the Store API says, the blocks, the classic templates.
add_action( 'woocommerce_blocks_loaded', array( Woo\Cart\Extension::class, 'register' ) );
add_action(
	'woocommerce_blocks_cart_block_registration',
	array( Woo\Cart\BlockLine::class, 'register' )
);
add_action(
	'woocommerce_blocks_checkout_block_registration',
	array( Woo\Cart\BlockLine::class, 'register' )
);
add_action( 'woocommerce_cart_totals_after_order_total', array( Woo\Cart\Line::class, 'row' ) );
add_action( 'woocommerce_review_order_after_order_total', array( Woo\Cart\Line::class, 'row' ) );

// After the checkout: what is kept when an order is placed, and what its page says.
add_action( 'wp_loaded', array( Woo\After\ReturnAddress::class, 'remember' ), 15 );
add_action(
	'woocommerce_store_api_checkout_order_processed',
	array( Woo\After\Placed::class, 'keep' ),
	5
);
add_action(
	'woocommerce_checkout_order_processed',
	array( Woo\After\Placed::class, 'keep_classic' ),
	5,
	3
);
add_action( 'woocommerce_before_thankyou', array( Woo\After\ThankYou::class, 'begin' ) );
add_filter(
	'render_block_woocommerce/order-confirmation-status',
	array( Woo\After\ThankYou::class, 'after_heading' )
);
add_action( 'woocommerce_thankyou', array( Woo\After\ThankYou::class, 'show' ), 5 );
