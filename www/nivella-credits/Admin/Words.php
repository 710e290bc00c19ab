<?php
/**
 * Names of what the ledger keeps by key.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

defined( 'ABSPATH' ) || exit;

/** What an owner reads for the ledger's own keys; a key without a name is shown as it is. */
final class Words {
	/**
	 * What an entry or a grant is.
	 *
	 * @param string $key Its kind or type.
	 */
	public static function kind( string $key ): string {
		return self::kinds()[ $key ] ?? $key;
	}

	/**
	 * Every type that an entry may have, in the order of the filter.
	 *
	 * @return array<string, string>
	 */
	public static function types(): array {
		return array_diff_key( self::kinds(), array_flip( array( 'settle' ) ) );
	}

	/**
	 * How near an account is to its end.
	 *
	 * @param string $level The ledger's level.
	 */
	public static function level( string $level ): string {
		return match ( $level ) {
			'ok'        => __( 'Enough', 'nivella-credits' ),
			'low'       => __( 'Low', 'nivella-credits' ),
			'critical'  => __( 'Critical', 'nivella-credits' ),
			'depleted'  => __( 'Depleted', 'nivella-credits' ),
			'unlimited' => __( 'Unlimited', 'nivella-credits' ),
			default     => $level,
		};
	}

	/**
	 * What a rate is the price of.
	 *
	 * @return array<string, string> By the units' keys, in the order of a rate card.
	 */
	public static function units(): array {
		return array(
			'message'       => __( 'Message or reply', 'nivella-credits' ),
			'call_minute'   => __( 'Call minute', 'nivella-credits' ),
			'input_tokens'  => __( '1,000 input tokens of a model', 'nivella-credits' ),
			'output_tokens' => __( '1,000 output tokens of a model', 'nivella-credits' ),
			'image'         => __( 'Image', 'nivella-credits' ),
			'use'           => __( 'Use, whatever its size', 'nivella-credits' ),
		);
	}

	/** @return array<string, string> */
	private static function kinds(): array {
		return array(
			'message'       => __( 'Message', 'nivella-credits' ),
			'call'          => __( 'Call', 'nivella-credits' ),
			'image'         => __( 'Image', 'nivella-credits' ),
			'use'           => __( 'Use', 'nivella-credits' ),
			'settle'        => __( 'Settled use', 'nivella-credits' ),
			'purchase'      => __( 'Purchase', 'nivella-credits' ),
			'bonus'         => __( 'Bonus', 'nivella-credits' ),
			'allowance'     => __( 'Allowance', 'nivella-credits' ),
			'refund'        => __( 'Credits given back', 'nivella-credits' ),
			'adjustment'    => __( 'Adjustment', 'nivella-credits' ),
			'reversal'      => __( 'Reversal', 'nivella-credits' ),
			'reinstatement' => __( 'Reinstatement', 'nivella-credits' ),
			'hold'          => __( 'Hold', 'nivella-credits' ),
			'release'       => __( 'Release', 'nivella-credits' ),
			'lapse'         => __( 'Lapse of a hold', 'nivella-credits' ),
			'expiry'        => __( 'Expiry', 'nivella-credits' ),
			'plan'          => __( 'Plan', 'nivella-credits' ),
		);
	}
}
