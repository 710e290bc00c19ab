<?php
/**
 * The list of error codes.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * Every code that an answer can have, with its HTTP status. Texts may change, codes do not.
 */
final class Codes {
	public const ALL = array(
		'amount_invalid'           => 400,
		'amount_out_of_range'      => 400,
		'amount_overflow'          => 400,
		'quantity_invalid'         => 400,
		'decimal_invalid'          => 400,
		'time_invalid'             => 400,
		'occurred_at_out_of_range' => 422,
		'period_invalid'           => 400,
		'zone_invalid'             => 400,
		'field_invalid'            => 400,
		'request_id_invalid'       => 400,
		'request_id_conflict'      => 409,
		'not_found'                => 404,
		'insufficient_credits'     => 402,
		'hold_resolved'            => 409,
		'hold_lapsed'              => 409,
		'too_many_holds'           => 409,
		'feature_not_in_plan'      => 403,
		'plan_unknown'             => 400,
		'plan_invalid'             => 400,
		'rate_card_invalid'        => 400,
		'rate_not_found'           => 422,
		'reversal_invalid'         => 409,
		'snapshot_invalid'         => 422,
		'snapshot_version'         => 422,
		'snapshot_too_large'       => 413,
		'package_without_credits'  => 422,
		'package_unknown'          => 404,
		'package_unavailable'      => 409,
		'quantity_limited'         => 409,
		'store_unreachable'        => 503,
		'store_answer_invalid'     => 502,
		'store_refused'            => 400,
		'store_rate_limited'       => 429,
		'store_origin_refused'     => 400,
		'store_not_configured'     => 400,
		'ledger_missing'           => 404,
		'not_signed_in'            => 401,
		'forbidden'                => 403,
		'attribute_invalid'        => 400,
		'locale_unknown'           => 400,
		'clock_skewed'             => 400,
		'storage_unavailable'      => 507,
		'module_unavailable'       => 503,
		'module_trapped'           => 500,
	);

	/**
	 * The HTTP status of an answer with this code; 500 for an unknown one.
	 *
	 * @param string $code The code.
	 */
	public static function status( string $code ): int {
		return self::ALL[ $code ] ?? 500;
	}
}
