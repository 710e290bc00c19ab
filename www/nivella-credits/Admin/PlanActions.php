<?php
/**
 * What the forms of plans do.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Plugin\Capabilities;
use Nivella\Credits\Rest\Clock;
use Nivella\Credits\Storage\AccountList;
use Nivella\Credits\Storage\Configuration;

defined( 'ABSPATH' ) || exit;

/** Plans are saved together, so a form says which ones it was printed with. */
final class PlanActions {
	private const MAX_LEVEL = 4294967295;

	/** What the plans are now, for a form to say what it has seen. */
	public static function seen(): string {
		return hash( 'sha256', (string) wp_json_encode( self::plans() ) );
	}

	/** Saves a plan. */
	public static function save(): void {
		Action::run(
			'save_plan',
			Capabilities::MANAGE,
			static function ( Sent $sent ): Notice {
				if ( $sent->text( 'seen' ) !== self::seen() ) {
					$text = __(
						'Somebody else changed the plans meanwhile. Look at them and save once more.',
						'nivella-credits'
					);
					return Notice::refused( $text, 'save_plan', $sent );
				}
				$plan  = self::read( $sent );
				$plans = array_column( self::plans(), null, 'key' );
				$own   = $sent->text( 'original' );
				if ( '' === $own && isset( $plans[ $plan['key'] ] ) ) {
					$text = __( 'Another plan has this key already.', 'nivella-credits' );
					return Notice::refused( $text, 'save_plan', $sent, 'key' );
				}
				$price = PlanPrice::entered( $sent, $plans[ $plan['key'] ]['prices'] ?? null );

				$plans[ $plan['key'] ] = $plan + ( null === $price ? array() : array( 'prices' => $price ) );
				self::keep( $plans );
				$text = __( 'The plan was saved.', 'nivella-credits' );
				return Notice::done( $text, Menu::url( PlansScreen::PAGE ) );
			}
		);
	}

	/** Deletes a plan that nobody has. */
	public static function delete(): void {
		Action::run(
			'delete_plan',
			Capabilities::MANAGE,
			static function ( Sent $sent ): Notice {
				$key   = $sent->text( 'key' );
				$plans = array_column( self::plans(), null, 'key' );
				if ( ! isset( $plans[ $key ] ) ) {
					throw new Refusal( 'plan_unknown', 'no plan with this key', 'plan' );
				}
				$uses = self::uses( $key );
				if ( array() !== $uses ) {
					$text = __( 'The plan cannot be deleted:', 'nivella-credits' );
					return Notice::refused( "$text\n" . implode( "\n", $uses ), 'delete_plan', $sent );
				}
				try {
					self::keep( array_diff_key( $plans, array( $key => true ) ) );
				} catch ( Refusal $refusal ) {
					if ( 'plan_invalid' !== $refusal->error ) {
						throw $refusal;
					}
					$text = __(
						'The plan cannot be deleted: some accounts had it last.',
						'nivella-credits'
					);
					return Notice::refused( $text, 'delete_plan', $sent );
				}
				return Notice::done( __( 'The plan was deleted.', 'nivella-credits' ) );
			}
		);
	}

	/**
	 * What a plan is needed for.
	 *
	 * @param string $key The plan.
	 * @return string[] Texts for the owner.
	 */
	private static function uses( string $key ): array {
		$count = AccountList::open()->plans( Clock::now() )[ $key ] ?? 0;
		$uses  = array();
		if ( $count > 0 ) {
			/* translators: %s: how many accounts. */
			$text   = _n(
				'%s account has it. Change or end it there first.',
				'%s accounts have it. Change or end it there first.',
				$count,
				'nivella-credits'
			);
			$uses[] = sprintf( $text, number_format_i18n( $count ) );
		}
		/**
		 * What else a plan is needed for, such as products that sell it.
		 *
		 * @param string[] $uses Texts for the owner; a plan with any is not deleted.
		 * @param string   $key  The plan's key.
		 */
		$told = apply_filters( 'nivella_credits_plan_uses', $uses, $key );
		// Whatever others say, who has the plan keeps it from being deleted.
		return array_unique( array( ...$uses, ...array_filter( (array) $told, 'is_string' ) ) );
	}

	/**
	 * The plan of a form.
	 *
	 * @param Sent $sent The form.
	 * @return array<string, mixed>
	 */
	private static function read( Sent $sent ): array {
		$lines    = preg_split( '/[\r\n]+/', $sent->text( 'features' ) );
		$features = array_values( array_filter( array_map( 'trim', (array) $lines ) ) );
		$own      = $sent->text( 'original' );
		return array(
			'key'          => '' === $own ? $sent->text( 'key' ) : $own,
			'name'         => $sent->text( 'name' ),
			'level'        => $sent->whole( 'level', 0, self::MAX_LEVEL ),
			'allowance'    => $sent->amount_or_none( 'allowance' ),
			'unlimited'    => $sent->flag( 'unlimited' ),
			'rollover_cap' => $sent->amount_or_none( 'rollover_cap' ),
			'features'     => $features,
		);
	}

	/**
	 * Saves all plans, the lowest level first.
	 *
	 * @param array<string, array<string, mixed>> $plans By key.
	 */
	private static function keep( array $plans ): void {
		$plans = array_values( $plans );
		usort( $plans, static fn( array $a, array $b ): int => $a['level'] <=> $b['level'] );
		self::configuration()->save_plans( $plans );
	}

	/**
	 * The plans as they are kept, with what a cycle of them costs.
	 *
	 * @return array<int, array<string, mixed>>
	 */
	private static function plans(): array {
		$prices = self::configuration()->plan_prices();
		return array_map(
			static function ( array $plan ) use ( $prices ): array {
				$own = $prices[ $plan['key'] ] ?? null;
				return $plan + ( null === $own ? array() : array( 'prices' => $own ) );
			},
			self::configuration()->settings()->to_wire()['plans']
		);
	}

	/** The store's settings, read anew. */
	private static function configuration(): Configuration {
		return Configuration::open();
	}
}
