<?php
/**
 * What an owner is told when something is refused.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Owner;

use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/** A text for each code that a screen can meet, never the ledger's own message. */
final class Faults {
	/**
	 * The text.
	 *
	 * @param Refusal $refusal The refusal.
	 */
	public static function text( Refusal $refusal ): string {
		$text = self::of_code( $refusal->error ) ?? self::of_field( $refusal->field );
		if ( null !== $text ) {
			return $text;
		}
		/* translators: %s: a code that support can look up. */
		$other = __( 'This could not be done (%s). Nothing was changed.', 'nivella-credits' );
		return sprintf( $other, $refusal->error );
	}

	/**
	 * The text of a code; null where the field says more.
	 *
	 * @param string $code The code.
	 */
	private static function of_code( string $code ): ?string {
		return match ( $code ) {
			'amount_invalid'       => __(
				'Write the credits in plain digits, with a point and at most 6 decimals: 1000 or 2.5.',
				'nivella-credits'
			),
			'amount_out_of_range'  => __(
				'The credits must be above 0 and at most 1,000,000,000,000.',
				'nivella-credits'
			),
			'amount_overflow'      => __(
				'The account would have more credits than can be counted. Nothing was changed.',
				'nivella-credits'
			),
			'decimal_invalid'      => __(
				'Write the price in plain digits, with a point and at most 9 decimals: 0.05.',
				'nivella-credits'
			),
			'time_invalid'         => __( 'This is no date.', 'nivella-credits' ),
			'period_invalid'       => __(
				'The date must be in the future.',
				'nivella-credits'
			),
			'request_id_invalid'   => __(
				'The form was incomplete. Load the page again and repeat.',
				'nivella-credits'
			),
			'request_id_conflict'  => __(
				'This form was sent before with other values. Load the page again and repeat.',
				'nivella-credits'
			),
			'hold_resolved'        => __(
				'The hold was settled or released meanwhile. Nothing was changed.',
				'nivella-credits'
			),
			'hold_lapsed'          => __(
				'The hold has lapsed: its credits were given back already.',
				'nivella-credits'
			),
			'not_found'            => __( 'There is no such thing (any more).', 'nivella-credits' ),
			'plan_unknown'         => __( 'There is no such plan.', 'nivella-credits' ),
			'store_unreachable'    => __(
				'The database is busy. Nothing was changed; please try again.',
				'nivella-credits'
			),
			'storage_unavailable'  => __(
				'The database could not do this. Nothing was changed. Credits → Health says what is wrong.',
				'nivella-credits'
			),
			'store_origin_refused' => __(
				'An origin is written https://chat.example, one a line.',
				'nivella-credits'
			),
			'store_not_configured' => __(
				'wp-config.php has no secret keys of its own: set AUTH_KEY and AUTH_SALT.',
				'nivella-credits'
			),
			default                => null,
		};
	}

	/**
	 * The text of a field; null where there is none.
	 *
	 * @param ?string $field The field.
	 */
	private static function of_field( ?string $field ): ?string {
		return match ( $field ) {
			'reason'      => __( 'Say why: the reason stays in the ledger.', 'nivella-credits' ),
			'months'      => __( 'A term is 1 to 1,200 months.', 'nivella-credits' ),
			'term'        => __( 'This plan is open-ended: it needs no renewal.', 'nivella-credits' ),
			'plan'        => __(
				'A plan is running already: change it, renew it or end it.',
				'nivella-credits'
			),
			'key'         => __(
				'A key is 1 to 191 bytes without control characters, and is used once.',
				'nivella-credits'
			),
			'name'        => __( 'A name is 1 to 191 bytes.', 'nivella-credits' ),
			'features'    => __( 'List each feature once, by its key.', 'nivella-credits' ),
			'level'       => __( 'A level is a whole number, 0 or more.', 'nivella-credits' ),
			'low', 'critical' => __(
				'Write a share of 0 to 100 percent (20%) or credits (500), "critical" not above "low".',
				'nivella-credits'
			),
			'price'       => __(
				'Write the price in plain digits, as 29 or 29.90, or leave it empty.',
				'nivella-credits'
			),
			'currency'    => __( 'A currency has three letters, such as EUR.', 'nivella-credits' ),
			'address_header' => __(
				'A header has letters, digits and hyphens alone.',
				'nivella-credits'
			),
			'limit_server', 'limit_customer', 'limit_visitor', 'limit_refused' => __(
				'A limit is a whole number up to 10,000,000; 0 for none.',
				'nivella-credits'
			),
			default       => null,
		};
	}
}
