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
