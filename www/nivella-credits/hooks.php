<?php
/**
 * Every hook of the plugin, on one screen.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits;

defined( 'ABSPATH' ) || exit;

// The plugin's own life.
register_activation_hook( NIVELLA_CREDITS_FILE, array( Activation::class, 'activate' ) );
add_action( 'wp_initialize_site', array( Activation::class, 'new_site' ), 900 );
add_action( 'plugins_loaded', array( Storage\Schema::class, 'update' ) );
add_filter( 'wpmu_drop_tables', array( Storage\Schema::class, 'drop_with_site' ) );

// Events of the ledger, behind the answer that they follow from.
add_action( 'shutdown', array( Storage\Outbox::class, 'deliver_now' ), 20 );

// The store.
add_action( 'plugins_loaded', array( Woo\Requirement::class, 'check' ) );
add_action( 'before_woocommerce_init', array( Woo\Compatibility::class, 'declare' ) );
