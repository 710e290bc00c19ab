<?php
/**
 * A plan that a buyer has, beside one that is for sale.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Plans;

use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Subscription;
use Nivella\Credits\Rest\Clock;
use Nivella\Credits\Storage\Accounts;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Db;

defined( 'ABSPATH' ) || exit;

/**
 * Nobody pays for a plan for which nothing would be booked, because Decision would ask the owner.
 * Who buys as a guest, or has paid already, is looked at when the order is paid.
 */
final class Clash {
	/**
	 * Cache of this request: what a user has. Not a property: WordPress keeps its cache apart by site
	 * where a network switches, and whoever empties that means this, too.
	 */
	private const GROUP = 'nivella_credits_plan_of';

	/**
	 * Whether the reader has a plan that stands in the way of another one.
	 *
	 * @param Offer       $offer   What the product sells.
	 * @param \WC_Product $product The product.
	 * @return ?string Its key; null where nothing is in the way.
	 */
	public static function of( Offer $offer, \WC_Product $product ): ?string {
		$user = get_current_user_id();
		if ( 0 === $user || self::is_of_subscriptions( $product ) ) {
			return null;
		}
		wp_cache_add_non_persistent_groups( self::GROUP );
		$known = wp_cache_get( (string) $user, self::GROUP );
		$known = is_array( $known ) ? $known : array();
		if ( ! array_key_exists( $offer->plan, $known ) ) {
			$known[ $offer->plan ] = self::found( $offer->plan, $user );
			wp_cache_set( (string) $user, $known, self::GROUP );
		}
		return $known[ $offer->plan ];
	}

	/**
	 * The plan that stands in the way.
	 *
	 * @param string $plan The key of the one that is for sale.
	 * @param int    $user Who would buy it.
	 */
	private static function found( string $plan, int $user ): ?string {
		$accounts = new Accounts( new Db( $GLOBALS['wpdb'] ) );
		$account  = $accounts->find( $user );
		$own      = null === $account ? null : $accounts->row( $account )->subscription;
		if ( null === $own || ! self::asks( $plan, $own ) ) {
			return null;
		}
		// Only where it matters: what time has done since is not booked yet.
		$own = self::as_it_is_now( $own, $account );
		return null !== $own && self::asks( $plan, $own ) ? $own->next_plan ?? $own->plan : null;
	}

	/** Whether a payment for a plan would book nothing. */
	private static function asks( string $plan, Subscription $own ): bool {
		$term = array( 'months' => 1 );
		return Decision::ASKS === Decision::pay( $plan, $term, $own, Clock::now() )[0];
	}

	/** What has become of a subscription by now; null where its plan does not run any more. */
	private static function as_it_is_now( Subscription $own, int $account ): ?Subscription {
		$plan = Books::open()->balance( $account )['plan'];
		if ( null === $plan ) {
			return null;
		}
		$ends = Instant::parse( $plan['cycle_ends_at'] );
		return $own->with(
			array(
				'plan'          => $plan['key'],
				'cycle_ends_at' => $ends,
				// What was to come with the next cycle came with it.
				'next_plan'     => $ends === $own->cycle_ends_at ? $own->next_plan : null,
			)
		);
	}

	/** Whether WooCommerce Subscriptions sells it: that settles itself what a switch costs. */
	private static function is_of_subscriptions( \WC_Product $product ): bool {
		return class_exists( \WC_Subscriptions_Product::class )
			&& \WC_Subscriptions_Product::is_subscription( $product );
	}
}
