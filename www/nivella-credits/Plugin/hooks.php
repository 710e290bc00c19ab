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
register_activation_hook( NIVELLA_CREDITS_FILE, array( Plugin\Activation::class, 'activate' ) );
register_deactivation_hook( NIVELLA_CREDITS_FILE, array( Plugin\Activation::class, 'deactivate' ) );
add_action( 'wp_initialize_site', array( Plugin\Activation::class, 'new_site' ), 900 );
add_action( 'plugins_loaded', array( Storage\Schema::class, 'update' ) );
add_action( 'plugins_loaded', array( Plugin\Capabilities::class, 'prepare' ) );
add_action( 'plugins_loaded', array( Plugin\Activation::class, 'update' ) );
add_filter( 'wpmu_drop_tables', array( Storage\Schema::class, 'drop_with_site' ) );
add_filter( 'wpmu_drop_tables', array( Storage\KeyRows::class, 'drop_with_site' ) );

// Events of the ledger, behind the answer that they follow from.
add_action( 'shutdown', array( Storage\Outbox::class, 'deliver_now' ), 20 );
add_action( 'nivella_credits_failure', array( Woo\Log::class, 'failure' ) );

// The store.
add_action( 'plugins_loaded', array( Woo\Requirement::class, 'check' ) );
add_action( 'before_woocommerce_init', array( Woo\Compatibility::class, 'declare' ) );

// REST, and its keys.
add_action( 'plugins_loaded', array( Storage\KeyRows::class, 'prepare' ) );
add_action( 'rest_api_init', array( Rest\Routes::class, 'register' ) );
add_filter( 'rest_request_before_callbacks', array( Rest\Routes::class, 'leave_json' ), 10, 3 );
add_filter( 'rest_post_dispatch', array( Rest\Routes::class, 'tell_when' ), 10, 3 );
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

// Orders: each of these may mean that an order was paid, or that it no longer is.
add_action( 'woocommerce_order_status_processing', array( Woo\Listener::class, 'changed' ), 5 );
add_action( 'woocommerce_order_status_completed', array( Woo\Listener::class, 'changed' ), 5 );
add_action( 'woocommerce_order_status_changed', array( Woo\Listener::class, 'changed' ), 5 );
add_action( 'woocommerce_payment_complete', array( Woo\Listener::class, 'changed' ), 5 );
// A gateway says once more that an order is paid which is.
$nivella_credits_again = 'woocommerce_payment_complete_order_status_';
add_action( $nivella_credits_again . 'processing', array( Woo\Listener::class, 'changed' ), 5 );
add_action( $nivella_credits_again . 'completed', array( Woo\Listener::class, 'changed' ), 5 );
add_action( 'woocommerce_after_order_object_save', array( Woo\Listener::class, 'changed' ) );
add_action( 'woocommerce_order_refunded', array( Woo\Listener::class, 'refunded' ), 5, 2 );
add_action( 'woocommerce_refund_deleted', array( Woo\Listener::class, 'refund_deleted' ), 5, 2 );
add_filter( 'woocommerce_pre_delete_order_refund', array( Woo\Listener::class, 'leaving' ), 99, 2 );
add_action( 'woocommerce_trash_order', array( Woo\Listener::class, 'changed' ) );
add_action( 'woocommerce_untrash_order', array( Woo\Listener::class, 'changed' ) );
add_action( 'woocommerce_before_delete_order', array( Woo\Listener::class, 'order_leaving' ), 5 );
add_action( 'before_delete_post', array( Woo\Listener::class, 'post_leaving' ), 5 );
add_action( 'deleted_post', array( Woo\Listener::class, 'post_changed' ), 10, 2 );
add_action( 'trashed_post', array( Woo\Listener::class, 'post_changed' ) );
add_action( 'untrashed_post', array( Woo\Listener::class, 'post_changed' ) );
add_action( 'shutdown', array( Woo\Listener::class, 'finish' ), 1 );
add_action( 'nivella_credits_order_disputed', array( Woo\Listener::class, 'disputed' ) );
add_action( 'nivella_credits_order_dispute_won', array( Woo\Listener::class, 'dispute_won' ) );

// What is sold, and to whom.
add_action( 'woocommerce_checkout_create_order_line_item', array( Woo\Packages::class, 'sold' ) );
add_action( 'woocommerce_new_order_item', array( Woo\Packages::class, 'at_new_line' ), 10, 2 );
add_filter(
	'woocommerce_order_item_needs_processing',
	array( Woo\Completion::class, 'needs' ),
	10,
	2
);
add_action( 'woocommerce_before_order_object_save', array( Woo\Completion::class, 'date' ) );
add_filter( 'woocommerce_coupon_is_valid', array( Woo\Completion::class, 'coupon' ), 10, 3 );
add_action( 'woocommerce_blocks_loaded', array( Woo\StoreApi::class, 'register' ) );
add_filter( 'nivella_credits_purchase', array( Woo\Receipt::class, 'purchase' ), 10, 2 );
add_action( 'template_redirect', array( Woo\ClaimPage::class, 'show' ), 1 );
add_filter( 'woocommerce_order_actions', array( Woo\OrderActions::class, 'listed' ), 10, 2 );
add_action(
	'woocommerce_order_action_' . Woo\OrderActions::INVITE,
	array( Woo\OrderActions::class, 'invite' )
);

// Plans that products sell, and subscriptions of WooCommerce Subscriptions where it is active.
add_filter( 'nivella_credits_plan_prices', array( Woo\Plans\Prices::class, 'of_plan' ), 5, 2 );
add_filter( 'nivella_credits_price_shape', array( Woo\Plans\Prices::class, 'shape_of' ), 5, 2 );
add_filter( 'nivella_credits_plan_uses', array( Woo\Plans\Shop::class, 'uses' ), 10, 2 );
$nivella_credits_on = 'woocommerce_subscription_';
add_action( $nivella_credits_on . 'status_active', array( Woo\Plans\Recurring::class, 'changed' ) );
add_action(
	$nivella_credits_on . 'renewal_payment_complete',
	array( Woo\Plans\Recurring::class, 'changed' )
);
add_action( $nivella_credits_on . 'status_cancelled', array( Woo\Plans\Recurring::class, 'over' ) );
add_action( $nivella_credits_on . 'status_expired', array( Woo\Plans\Recurring::class, 'over' ) );
add_action(
	'woocommerce_subscriptions_switched_item',
	array( Woo\Plans\Recurring::class, 'changed' )
);
add_action(
	'woocommerce_subscriptions_switch_completed',
	array( Woo\Plans\Recurring::class, 'switched' )
);
add_action( Woo\Plans\Recurring::JOB, array( Woo\Plans\Recurring::class, 'again' ), 10, 2 );

// Mails to customers: events of the ledger, and what a day brings.
add_filter( 'woocommerce_email_classes', array( Woo\Mail\Post::class, 'listed' ) );
add_action( 'nivella_credits_granted', array( Woo\Mail\Post::class, 'granted' ), 10, 2 );
add_action( 'nivella_credits_low_balance', array( Woo\Mail\Post::class, 'crossed' ), 10, 2 );
add_action( 'nivella_credits_depleted', array( Woo\Mail\Post::class, 'crossed' ), 10, 2 );
add_action( 'nivella_credits_recovered', array( Woo\Mail\Post::class, 'crossed' ), 10, 2 );
add_action( Woo\DailyCheck::JOB, array( Woo\Mail\Post::class, 'today' ) );
add_action( Woo\Mail\Post::ROUND, array( Woo\Mail\Post::class, 'round' ), 10, 3 );
add_action( Woo\Mail\Post::JOB, array( Woo\Mail\Post::class, 'send' ), 10, 3 );

// Jobs.
add_action( 'wp_loaded', array( Woo\Jobs::class, 'plan' ) );
// phpcs:ignore WordPress.WP.CronInterval -- five minutes.
add_filter( 'cron_schedules', array( Woo\Delivery::class, 'intervals' ) );
add_action( Storage\Outbox::JOB, array( Storage\Outbox::class, 'run' ) );
add_action( Woo\DailyCheck::JOB, array( Woo\DailyCheck::class, 'run' ) );
add_action( Woo\DailyCheck::JOB, array( Storage\Schema::class, 'check' ) );
add_action( Woo\DailyCheck::PAID, array( Woo\DailyCheck::class, 'paid' ) );
add_action( Woo\DailyCheck::SOLD, array( Woo\DailyCheck::class, 'sold' ) );
add_action( Woo\DailyCheck::SUMS, array( Woo\DailyCheck::class, 'sums' ) );
add_action( Woo\Sync::JOB, array( Woo\Listener::class, 'again' ), 10, 2 );
add_action( Woo\Guests::JOB, array( Woo\Listener::class, 'invite' ), 10, 2 );
add_action( 'cli_init', array( Woo\RepairCommand::class, 'register' ) );

// At the command line.
add_action( 'cli_init', array( Cli\AccountCommand::class, 'register' ) );
add_action( 'cli_init', array( Cli\VerifyCommand::class, 'register' ) );
add_action( 'cli_init', array( Cli\ImportCommand::class, 'register' ) );

// What a customer may ask for: their data, and to be forgotten.
add_filter( 'wp_privacy_personal_data_exporters', array( Privacy\Privacy::class, 'exporters' ) );
add_filter( 'wp_privacy_personal_data_exporters', array( Woo\Mail\Exporter::class, 'listed' ) );
add_filter( 'wp_privacy_personal_data_erasers', array( Privacy\Privacy::class, 'erasers' ) );
add_action( 'admin_init', array( Privacy\Privacy::class, 'suggest_policy' ) );
add_filter(
	'woocommerce_privacy_remove_order_personal_data_meta',
	array( Woo\After\ReturnAddress::class, 'personal' )
);

// Health: the same checks for the owner's screen and for Site Health.
add_filter( 'site_status_tests', array( Health\SiteHealth::class, 'tests' ) );
add_filter( 'nivella_credits_health_checks', array( Woo\JobsCheck::class, 'add' ) );
add_action( 'nivella_credits_check_now', array( Woo\DailyCheck::class, 'run' ) );

// Texts.
add_action( 'init', array( Page\Messages::class, 'load' ), 0 );

// Pages.
add_action( 'init', array( Page\Module::class, 'register' ), 9 );
add_action( 'init', array( Page\Elements::class, 'register' ) );
add_action( 'wp_ajax_' . Page\Module::NONCE, array( Page\Module::class, 'answer_nonce' ) );
add_action( 'wp_ajax_nopriv_' . Page\Module::NONCE, array( Page\Module::class, 'answer_nonce' ) );
