<?php
/**
 * For other plugins: functions, and what they may hook.
 *
 * Each function answers an array as the REST route of its name does (openapi.json), or a WP_Error
 * whose code is one of the shared list and whose data have `status` and, where there are some,
 * `field` and `details`. That credits do not suffice is no error: `booked` is false then, with
 * `reason` and `short_by`.
 *
 * Amounts are texts in credits ("2.5"), never numbers. Every write has a `request_id` that the
 * caller made and kept before: the same once more has the same effect once, for ever. Those that
 * begin as `order-12-item-34:` are the plugin's own, and refused (`request_id_invalid`).
 *
 * Filters. An answer of another kind than the one described counts as none:
 * - `nivella_credits_usage` (array $usage, int $account): what was measured, before it is rated,
 *   held or quoted. It has to give the same for the same, since a repeated request is compared. Add
 *   it when your plugin is loaded: while there is one, the fast lane stays closed.
 *
 * - `nivella_credits_purchase` (?array $purchase, string $order_item, int $account): what the
 *   receipt of a grant says of its order: `store`, `order`, `at` (RFC 3339), `package`, `price` and
 *   `lines` of `name` and `text`; null: no order is known. Texts are shown as they are, never as
 *   HTML.
 * - `nivella_credits_plan_prices` (?array $prices, string $plan): what a cycle of a plan costs, as
 *   a product's prices in the Store API: `price` (whole minor units, in digits), `minor_unit`,
 *   `currency`, `prefix`, `suffix`, `decimal_separator`, `thousand_separator`. The dashboard
 *   advises the plan that would have cost less; nothing is charged by them.
 * - `nivella_credits_price_shape` (array $shape, string $currency): how a price is written that an
 *   owner enters for a plan: the same fields without `price`; '' for the store's own currency.
 * - `nivella_credits_paid_statuses` (string[] $statuses): those of an order that is paid, without
 *   `wc-`: processing and completed. Cash on delivery is paid when completed, whatever this says.
 * - `nivella_credits_taken_back_statuses` (string[] $statuses): those in which a paid order gives
 *   all its credits back, until it is paid again.
 * - `nivella_credits_return_origins` (string[] $origins): where a buyer may be led back to after
 *   the checkout, beside the store's own origin; else those of `nivella_credits_origins`.
 * - `nivella_credits_order_of_item` (?array $order, string $order_item): for the owner's screens,
 *   where an item was sold: `text` and, for who may open it, `url`.
 * - `nivella_credits_plan_uses` (string[] $uses, string $plan): texts of what a plan is needed for;
 *   one with any is not deleted.
 * - `nivella_credits_health_checks` (array $checks): by name `label`, `slow` (asks over HTTP) and
 *   `run`, which gives a Health\Finding: for the health screen and Site Health. The plugin's own
 *   stay.
 * - `nivella_credits_repair` (?array $result, array $ask): what the repair of the health screen
 *   compares and books: `lines` and `next`, asked with `since`, `apply`, `gone` and `at`.
 *
 * Actions that tell what happened. They are fired behind the answer or by a job, never within a
 * booking; one whose listener fails is told again, with the same `$event`:
 * - `nivella_credits_granted` (int $account, array $grant, int $event): `kind`, `amount`,
 *   `expires_at`, and `order_item` where it was sold. A plan's allowance is not told.
 * - `nivella_credits_low_balance` (int $account, string $level, array $balance, int $event): `low`
 *   or `critical` was crossed; the balance of then, as the REST route answers it.
 * - `nivella_credits_depleted` and
 * - `nivella_credits_recovered`, with the same: nothing is left; there is enough again.
 * - `nivella_credits_failure` (Throwable $failure): something in the background failed, and is
 *   tried again.
 *
 * Actions that you may fire:
 * - `nivella_credits_order_disputed` (int|WC_Order $order): its payment is disputed, and its
 *   credits go back until
 * - `nivella_credits_order_dispute_won` (int|WC_Order $order).
 * - `nivella_credits_check_now`: the check of every day begins.
 *
 * Options, each with what counts without it; all have their place on the owner's screens:
 * - `nivella_credits_fast_lane` (yes): `no` answers every server by the full routes.
 * - `nivella_credits_customers_meter` (no): `yes` lets a customer's own page use and hold, and
 *   settle and release what it held itself, never what a server did. A page's request ids are kept
 *   as `page:…`, apart from those of servers.
 * - `nivella_credits_visitors` (off): `exact`, `rounded` or `level`, what anyone may see of a site.
 * - `nivella_credits_origins` (none): a list of origins that may read over REST, without cookies.
 * - `nivella_credits_rate_limits` (refused 60, visitor 1200, customer 2400, server 60000): requests
 *   in a minute over REST, by kind, 0 for no limit. A server is counted by its key, a customer by
 *   user, visitors and who is refused (no key, a forged or revoked one) by address; each machine
 *   that runs PHP counts for itself. Who comes more often is answered 429 `store_rate_limited` with
 *   Retry-After, before anything is done: nothing is booked, and the same request id is safe later.
 *   The functions here are never limited.
 * - `nivella_credits_labels` (none): names of agents, features, models and sites by their keys, and
 *   `company` with the companies that sites belong to, as JSON: `{"site": {"s1": "tea.example"},
 *   "company": {"s1": "Tea & Co"}}`.
 * - `nivella_credits_address_header` (none): behind a proxy of your own, the header in which it
 *   writes the reader's address, such as X-Forwarded-For; else all of its readers count as one.
 * - `nivella_credits_thresholds` (20 % and 5 %): where levels of new accounts begin, as JSON of
 *   `low` and `critical`, each `{"share": 200}` (of 1,000) or `{"amount": "500"}`.
 * - `nivella_credits_forgive_shortfall` (none): `1` forgives what a refund finds used already;
 *   else it is owed.
 * - `nivella_credits_refund_policy` (none): what customers are told of refunds, as plain text.
 * - `nivella_credits_complete_orders` (yes): `no` leaves paid orders of nothing but packages and
 *   plans in processing.
 * - `nivella_credits_allow_coupons` (yes): `no` refuses coupons for carts with packages.
 * - `nivella_credits_delete_on_uninstall` (none): `1` lets the ledger and all settings go with the
 *   plugin.
 *
 * The plugin's own notes, which nobody else sets: `nivella_credits_version`,
 * `nivella_credits_schema`, `nivella_credits_keys_version`, `nivella_credits_capabilities`,
 * `nivella_credits_first_active_at`, `nivella_credits_rating`, `nivella_credits_jobs_looked_at`,
 * `nivella_credits_last_check`, `nivella_credits_expiry_told_until`, `nivella_credits_month_told`,
 * `nivella_credits_rules`, `nivella_credits_decimals`, `nivella_credits_tokens`,
 * `nivella_credits_starter_set`, `nivella_credits_next_steps`, `nivella_credits_page`.
 *
 * The capability `nivella_credits_serve` lets an application password act for the whole store. The
 * screens ask for `nivella_credits_view`, `nivella_credits_adjust` and `nivella_credits_manage`.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

use Nivella\Credits\Rest\Calls;

defined( 'ABSPATH' ) || exit;

/**
 * Books work that was done.
 *
 * @param int                  $user_id Whose credits.
 * @param array<string, mixed> $use     `request_id`; `mode`: 'strict' (covered in full, or not
 *                                      booked) or 'record' (what is not covered is owed); `amount`,
 *                                      or `usage` of `feature` and what was measured; where wanted
 *                                      `occurred_at`, `reference`, `site`, and `reason`, which an
 *                                      amount of "0" needs.
 * @return array<string, mixed>|WP_Error `booked`, `entries`, `replayed`, `balance`, `as_of`. Or:
 *                                      `not_found` (user), `field_invalid`, `request_id_invalid`,
 *                                      `request_id_conflict`, `amount_invalid`,
 *                                      `amount_out_of_range`, `quantity_invalid`, `time_invalid`,
 *                                      `occurred_at_out_of_range`, `rate_not_found`,
 *                                      `feature_not_in_plan`; `store_unreachable`: the database is
 *                                      busy, send the same again; `storage_unavailable`.
 */
function nivella_credits_use( int $user_id, array $use ): array|WP_Error {
	return Calls::post( 'use', $user_id, $use );
}

/**
 * Reserves credits before work is done.
 *
 * @param int                  $user_id Whose credits.
 * @param array<string, mixed> $hold    As in nivella_credits_use(), with `duration_ms` after which
 *                                      it lapses; without `occurred_at`, and `mode` may be missing:
 *                                      then it is strict.
 * @return array<string, mixed>|WP_Error As nivella_credits_use(), with `hold`: `id`, `amount` and
 *                                      `lapses_at`. Or `too_many_holds`: 1,000 are open.
 */
function nivella_credits_hold( int $user_id, array $hold ): array|WP_Error {
	return Calls::post( 'hold', $user_id, $hold );
}

/**
 * Charges what the work cost in the end, and gives the rest of the hold back.
 *
 * @param int                  $user_id Whose credits.
 * @param string               $hold    The hold's id.
 * @param array<string, mixed> $settle  As in nivella_credits_use().
 * @return array<string, mixed>|WP_Error As nivella_credits_use(); besides `not_found`,
 *                                      `hold_resolved` and `hold_lapsed`.
 */
function nivella_credits_settle( int $user_id, string $hold, array $settle ): array|WP_Error {
	return Calls::post( 'settle', $user_id, $settle, $hold );
}

/**
 * Gives a hold back.
 *
 * @param int                  $user_id Whose credits.
 * @param string               $hold    The hold's id.
 * @param array<string, mixed> $release `request_id`; where wanted `reason` and `reference`.
 * @return array<string, mixed>|WP_Error As nivella_credits_settle().
 */
function nivella_credits_release( int $user_id, string $hold, array $release ): array|WP_Error {
	return Calls::post( 'release', $user_id, $release, $hold );
}

/**
 * The balance of now.
 *
 * @param int $user_id Whose credits.
 * @return array<string, mixed>|WP_Error `available`, `posted`, `held`, `debt`, `pools`, `level` and
 *                                      more. Or: `not_found`, `store_unreachable`,
 *                                      `storage_unavailable`.
 */
function nivella_credits_balance( int $user_id ): array|WP_Error {
	return Calls::balance( $user_id );
}

/**
 * What a usage would cost.
 *
 * @param int                  $user_id Whose plan counts.
 * @param array<string, mixed> $usage   `feature` and what is expected: `messages`, `call_ms`,
 *                                      `input_tokens`, `output_tokens`, `images`; `model`, `agent`.
 * @return array<string, mixed>|WP_Error `cost`, `rate_version`, `lines`, `as_of`. Or: `not_found`,
 *                                      `feature_not_in_plan`, `rate_not_found`, `field_invalid`,
 *                                      `quantity_invalid`.
 */
function nivella_credits_quote( int $user_id, array $usage ): array|WP_Error {
	return Calls::post( 'quote', $user_id, $usage );
}

/**
 * The public id of a user's site: what its pages name, so that visitors see as much of its credits
 * as the store's owner allows (the option `nivella_credits_visitors`).
 *
 * @param int $user_id Whose credits the site spends.
 * @return string|WP_Error Or: `not_found`; `store_not_configured` where wp-config.php has no secret
 *                         keys of its own.
 */
function nivella_credits_site( int $user_id ): string|WP_Error {
	return Calls::site( $user_id );
}

/**
 * Gives a user a plan.
 *
 * @param int                  $user_id Whose plan.
 * @param string               $plan    The plan's key.
 * @param array<string, mixed> $term    `request_id`, and for how long: `months` (1 to 1,200),
 *                                      `paid_until` (RFC 3339) or `open_ended` (true); else a
 *                                      month. Where wanted `started_at`, now or earlier.
 * @return array<string, mixed>|WP_Error As nivella_credits_use(). Or: `not_found` (user),
 *                                      `plan_unknown`, `period_invalid`, `time_invalid`,
 *                                      `request_id_invalid`, `request_id_conflict`;
 *                                      `field_invalid`, also where a plan runs: renew, change or
 *                                      cancel that one.
 */
function nivella_credits_subscribe( int $user_id, string $plan, array $term ): array|WP_Error {
	return Calls::plan( 'subscribe', $user_id, array( 'plan' => $plan ) + $term );
}

/**
 * Pays for more of the plan that a user has: behind what is paid for.
 *
 * @param int                  $user_id Whose plan.
 * @param array<string, mixed> $term    As in nivella_credits_subscribe(), without `started_at`.
 * @return array<string, mixed>|WP_Error As nivella_credits_subscribe(); `not_found` without a plan,
 *                                      `field_invalid` for one without an end, `period_invalid`
 *                                      where nothing would be paid beyond what is.
 */
function nivella_credits_renew( int $user_id, array $term ): array|WP_Error {
	return Calls::plan( 'renew', $user_id, $term );
}

/**
 * Moves a user to another plan: up at once, with the difference in allowance; down or sideways with
 * the next cycle.
 *
 * @param int    $user_id    Whose plan.
 * @param string $plan       The plan's key.
 * @param string $request_id The request id.
 * @return array<string, mixed>|WP_Error As nivella_credits_subscribe(); `not_found` without a plan.
 */
function nivella_credits_change_plan(
	int $user_id,
	string $plan,
	string $request_id
): array|WP_Error {
	$fields = array( 'plan' => $plan, 'request_id' => $request_id );
	return Calls::plan( 'change_plan', $user_id, $fields );
}

/**
 * Ends a user's plan with its running cycle.
 *
 * @param int    $user_id    Whose plan.
 * @param string $request_id The request id.
 * @return array<string, mixed>|WP_Error As nivella_credits_subscribe(); `not_found` without a plan.
 */
function nivella_credits_cancel_plan( int $user_id, string $request_id ): array|WP_Error {
	return Calls::plan( 'cancel', $user_id, array( 'request_id' => $request_id ) );
}
