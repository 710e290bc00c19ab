<?php
/**
 * Every hook of the owner's screens. Read within the admin alone.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Health\SiteHealth;
use Nivella\Credits\Woo\OrderLink;
use Nivella\Credits\Woo\RepairNow;

defined( 'ABSPATH' ) || exit;

// The menu and what its pages load.
add_action( 'admin_menu', array( Menu::class, 'register' ) );
add_action( 'admin_enqueue_scripts', array( Menu::class, 'enqueue' ) );
$nivella_credits_row = 'plugin_action_links_' . plugin_basename( NIVELLA_CREDITS_FILE );
add_filter( $nivella_credits_row, array( Menu::class, 'in_plugins' ) );
add_action( 'admin_init', array( KeysScreen::class, 'guard' ) );
add_action( 'admin_notices', array( OwnerNotices::class, 'show' ) );
add_filter( 'user_row_actions', array( AccountsScreen::class, 'of_user' ), 10, 2 );

// What of the site is to be mended.
add_action( 'admin_notices', array( SiteNotices::class, 'show' ) );
add_action( 'admin_post_' . SiteNotices::HIDE, array( SiteNotices::class, 'hide' ) );

// What their forms do. Each asks for its capability and its nonce.
$nivella_credits_post = 'admin_post_nivella_credits_';
add_action( $nivella_credits_post . 'open', array( AccountsScreen::class, 'open_account' ) );
add_action( $nivella_credits_post . 'adjust', array( AccountActions::class, 'adjust' ) );
add_action( $nivella_credits_post . 'release', array( AccountActions::class, 'release' ) );
add_action( $nivella_credits_post . 'subscribe', array( AccountActions::class, 'subscribe' ) );
add_action( $nivella_credits_post . 'change_plan', array( AccountActions::class, 'change_plan' ) );
add_action( $nivella_credits_post . 'renew', array( AccountActions::class, 'renew' ) );
add_action( $nivella_credits_post . 'cancel', array( AccountActions::class, 'cancel' ) );
add_action( $nivella_credits_post . 'statement', array( AccountActions::class, 'statement' ) );
add_action( $nivella_credits_post . 'save_plan', array( PlanActions::class, 'save' ) );
add_action( $nivella_credits_post . 'delete_plan', array( PlanActions::class, 'delete' ) );
add_action( $nivella_credits_post . 'save_rates', array( RateActions::class, 'save' ) );
add_action( $nivella_credits_post . 'save_labels', array( LabelsScreen::class, 'save' ) );
add_action( $nivella_credits_post . 'save_policies', array( PolicyActions::class, 'save' ) );
add_action( $nivella_credits_post . 'revoke_key', array( KeysScreen::class, 'revoke' ) );
add_action( $nivella_credits_post . 'check_now', array( HealthActions::class, 'check_now' ) );
add_action( $nivella_credits_post . 'repair', array( HealthActions::class, 'repair' ) );
add_action( $nivella_credits_post . 'bulk_upload', array( BulkActions::class, 'upload' ) );
add_action( $nivella_credits_post . 'bulk_confirm', array( BulkActions::class, 'confirm' ) );
add_action( $nivella_credits_post . 'bulk_discard', array( BulkActions::class, 'discard' ) );
add_action( $nivella_credits_post . 'export_accounts', array( Exports::class, 'accounts' ) );
add_action( $nivella_credits_post . 'export_entries', array( Exports::class, 'entries' ) );

// Site Health asks for these by itself.
$nivella_credits_ajax = 'wp_ajax_health-check-nivella-credits-';
add_action( $nivella_credits_ajax . 'lane', array( SiteHealth::class, 'answer' ) );
add_action( $nivella_credits_ajax . 'module', array( SiteHealth::class, 'answer' ) );

// What the store knows of the ledger's items, and how it is repaired.
add_filter( 'nivella_credits_repair', array( RepairNow::class, 'run' ), 10, 2 );
add_filter( 'nivella_credits_order_of_item', array( OrderLink::class, 'of' ), 10, 2 );
