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

// REST, and its keys.
add_action( 'plugins_loaded', array( Rest\Keys::class, 'prepare' ) );
add_action( 'rest_api_init', array( Rest\Routes::class, 'register' ) );
add_filter( 'rest_request_before_callbacks', array( Rest\Routes::class, 'leave_json' ), 10, 3 );
add_filter( 'rest_pre_serve_request', array( Rest\Cors::class, 'send' ), 20, 3 );
add_filter( 'rest_pre_serve_request', array( Rest\Stream::class, 'serve' ), 30, 3 );
add_action( 'cli_init', array( Rest\KeyCommand::class, 'register' ) );

// What the fast lane must know before it is asked.
add_action( 'wp_loaded', array( Lane\Rating::class, 'look' ) );
add_action( 'rest_api_init', array( Lane\Rating::class, 'look' ), 9999 );
add_action( 'activated_plugin', array( Lane\Rating::class, 'forget' ) );
add_action( 'deactivated_plugin', array( Lane\Rating::class, 'forget' ) );
add_action( 'upgrader_process_complete', array( Lane\Rating::class, 'forget' ) );
add_action( 'switch_theme', array( Lane\Rating::class, 'forget' ) );
