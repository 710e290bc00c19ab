<?php
/**
 * What the store owner sets for the accounts.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * The settings under which a ledger books: plans, rates, policies, and the zone and thresholds of a
 * new account. Immutable; replaced as a whole, never in retrospect.
 *
 * Plans and rate cards are kept as on the wire and read when they are asked for; plans may even be
 * fetched then, since only an account that has one asks.
 */
final class Settings {
	private const MAX_PLANS = 1000;

	/**
	 * From what reading them gave.
	 *
	 * @param Zone                 $zone              The account's zone.
	 * @param Thresholds           $thresholds        Where its levels begin.
	 * @param bool                 $forgive_shortfall Whether a reversal that finds nothing left to
	 *                                                take forgives the rest.
	 * @param array|\Closure       $plans             By key; or what fetches them.
	 * @param array<int, RateCard> $cards             The earliest first.
	 */
	private function __construct(
		public readonly Zone $zone,
		public readonly Thresholds $thresholds,
		public readonly bool $forgive_shortfall,
		private array|\Closure $plans,
		private readonly array $cards,
	) {}

	/**
	 * Settings as they come: `zone`, `plans`, `rate_cards`, `forgive_shortfall`, `thresholds`. What is
	 * left out is as in a new account: UTC, no plans, no rates, shortfalls are debt, 20 % and 5 %.
	 *
	 * @param array<string, mixed> $wire The settings; `zone` may be a name, too.
	 * @throws Refusal `zone_invalid`, `plan_invalid`, `rate_card_invalid` and the like.
	 */
	public static function from_wire( array $wire ): self {
		$settings = self::stored( $wire );
		$settings->validate( Fields::of( $wire ) );
		return $settings;
	}

	/**
	 * Settings that were checked when they were saved, and are not looked at again.
	 *
	 * @param array<string, mixed> $wire  As in from_wire().
	 * @param ?\Closure            $plans Fetches the plans, instead of those there.
	 * @throws Refusal What can't be read.
	 */
	public static function stored( array $wire, ?\Closure $plans = null ): self {
		$fields = Fields::of( $wire );
		$cards  = array_map( RateCard::from_wire( ... ), $fields->values( 'rate_cards' ) );
		usort( $cards, static fn( RateCard $a, RateCard $b ): int => $a->version <=> $b->version );
		$zone   = is_string( $wire['zone'] ?? null )
			? Zone::from_text( $wire['zone'] )
			: ( $fields->has( 'zone' ) ? Zone::from_wire( $fields->nested( 'zone' ) ) : Zone::utc() );
		$chosen = $fields->optional_nested( 'thresholds' );
		$usual  = null === $chosen || ! $chosen->has( 'low' );
		return new self(
			$zone,
			$usual ? Thresholds::usual() : Thresholds::from_wire( $chosen ),
			$fields->flag( 'forgive_shortfall' ),
			$plans ?? self::by_key( $fields->values( 'plans' ) ),
			$cards,
		);
	}

	/**
	 * The same with another zone and other thresholds.
	 *
	 * @param Zone       $zone       The account's.
	 * @param Thresholds $thresholds The account's.
	 */
	public function of_account( Zone $zone, Thresholds $thresholds ): self {
		return new self( $zone, $thresholds, $this->forgive_shortfall, $this->plans, $this->cards );
	}

	/**
	 * As from_wire() reads them.
	 *
	 * @return array<string, mixed>
	 */
	public function to_wire(): array {
		$plan = static fn( mixed $plan ): array => Plan::from_wire( Fields::of( $plan ) )->to_wire();
		$card = static fn( RateCard $card ): array => $card->to_wire();
		return array(
			'zone'              => $this->zone->to_wire(),
			'plans'             => array_map( $plan, array_values( $this->plans() ) ),
			'rate_cards'        => array_map( $card, $this->cards ),
			'forgive_shortfall' => $this->forgive_shortfall,
			'thresholds'        => $this->thresholds->to_wire(),
		);
	}

	/**
	 * The plan with this key.
	 *
	 * @param string $key The key.
	 * @throws Refusal `plan_unknown`.
	 */
	public function plan( string $key ): Plan {
		return $this->plan_or_null( $key )
			?? throw new Refusal( 'plan_unknown', 'no plan with this key', 'plan' );
	}

	/**
	 * The plan with this key; null where there is none.
	 *
	 * @param string $key The key.
	 */
	public function plan_or_null( string $key ): ?Plan {
		$plan = $this->plans()[ $key ] ?? null;
		return null === $plan ? null : Plan::from_wire( Fields::of( $plan ) );
	}

	/**
	 * The rate card that counts at this instant.
	 *
	 * @param int $at Milliseconds since 1970.
	 * @throws Refusal `rate_not_found` where there are no rates, or none that counts yet.
	 */
	public function card_at( int $at ): RateCard {
		if ( array() === $this->cards ) {
			throw new Refusal( 'rate_not_found', 'there are no rates' );
		}
		foreach ( array_reverse( $this->cards ) as $card ) {
			if ( $card->effective_at <= $at ) {
				return $card;
			}
		}
		throw new Refusal( 'rate_not_found', 'no rate card counts yet at this time' );
	}

	/**
	 * Checks plans and rates against their ranges and each other.
	 *
	 * @param Fields $wire The settings.
	 * @throws Refusal `plan_invalid` or `rate_card_invalid`, naming the field.
	 */
	private function validate( Fields $wire ): void {
		foreach ( $this->cards as $n => $card ) {
			$card->validate();
			$before = $this->cards[ $n - 1 ] ?? null;
			if ( null !== $before && ( $before->version === $card->version
				|| $before->effective_at >= $card->effective_at ) ) {
				$message = 'each version counts from a later instant';
				throw new Refusal( 'rate_card_invalid', $message, 'version' );
			}
		}
		$plans = $wire->optional_list( 'plans' );
		if ( count( $plans ) > self::MAX_PLANS || count( $plans ) > count( $this->plans() ) ) {
			$message = 'there are at most 1,000 plans, and each has a key of its own';
			throw new Refusal( 'plan_invalid', $message, 'plans' );
		}
		foreach ( $plans as $plan ) {
			Plan::from_wire( $plan )->validate();
		}
	}

	/** All plans by key, fetched where they were not yet. */
	private function plans(): array {
		if ( $this->plans instanceof \Closure ) {
			$this->plans = self::by_key( ( $this->plans )() );
		}
		return $this->plans;
	}

	/**
	 * Plans by key.
	 *
	 * @param array<int, mixed> $plans On the wire.
	 * @return array<string, mixed>
	 */
	private static function by_key( array $plans ): array {
		$found = array();
		foreach ( $plans as $plan ) {
			$found[ Fields::of( $plan )->text( 'key' ) ] = $plan;
		}
		return $found;
	}
}
