<?php
/**
 * What an owner chooses for the whole store.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Owner;

defined( 'ABSPATH' ) || exit;

/** Options that a screen saves, and that others keep to who know nothing of screens. */
final class Policies {
	/** Option: what customers are told of refunds; plain text. */
	public const REFUNDS = 'nivella_credits_refund_policy';
	/** Option: orders of nothing but packages and plans are completed when they are paid. */
	public const COMPLETE = 'nivella_credits_complete_orders';
	/** Option: coupons may lower the price of packages. */
	public const COUPONS = 'nivella_credits_allow_coupons';
	/** Option: `1` where the ledger goes with the plugin. */
	public const DELETE = 'nivella_credits_delete_on_uninstall';
}
