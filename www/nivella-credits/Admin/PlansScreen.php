<?php
/**
 * The plans.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Plugin\Capabilities;
use Nivella\Credits\Rest\Clock;
use Nivella\Credits\Storage\AccountList;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Configuration;

defined( 'ABSPATH' ) || exit;

/** The list of plans, and an editor for one. */
final class PlansScreen extends Screen {
	public const PAGE = 'nivella-credits-plans';

	/** Its title. */
	public function title(): string {
		return __( 'Plans', 'nivella-credits' );
	}

	/** Who manages the store. */
	public function capability(): string {
		return Capabilities::MANAGE;
	}

	/** The list, or the editor. */
	protected function body(): string {
		$plans = array_column( Books::open()->plans()['plans'], null, 'key' );
		$key   = self::asked( 'plan' );
		$new   = '1' === self::asked( 'new' );
		return $new || isset( $plans[ $key ] )
			? $this->editor( $new ? null : $plans[ $key ] )
			: $this->list( $plans, '' !== $key );
	}

	/**
	 * The list.
	 *
	 * @param array<string, array<string, mixed>> $plans   By key.
	 * @param bool                                $missing Whether one was asked for that is not there.
	 */
	private function list( array $plans, bool $missing ): string {
		$used = AccountList::open()->plans( Clock::now() );
		$rows = array();
		foreach ( $plans as $key => $plan ) {
			$name   = Markup::link( Menu::url( self::PAGE, array( 'plan' => $key ) ), $plan['name'] );
			$key    = (string) $key;
			$rows[] = array(
				'name'       => Markup::tag( 'strong', array(), $name )
					. Markup::note( $key, 'description' ),
				'level#'     => esc_html( number_format_i18n( $plan['level'] ) ),
				'allowance#' => esc_html( self::allowance( $plan ) ),
				'rollover#'  => esc_html( Shown::credits( $plan['rollover_cap'] ?? '0' ) ),
				'features'   => esc_html(
					array() === $plan['features']
						? __( 'All', 'nivella-credits' )
						: implode( wp_get_list_item_separator(), $plan['features'] )
				),
				'price#'     => Markup::tag(
					'bdi',
					array(),
					esc_html( Shown::price( $plan['prices'] ?? null ) ),
				),
				'accounts#'  => esc_html( number_format_i18n( $used[ $key ] ?? 0 ) ),
				'delete'     => self::deleting( $key ),
			);
		}
		$add     = Markup::link(
			Menu::url( self::PAGE, array( 'new' => 1 ) ),
			__( 'Add a plan', 'nivella-credits' ),
			array( 'class' => 'page-title-action' ),
		);
		$columns = array(
			'name'       => __( 'Plan', 'nivella-credits' ),
			'level#'     => __( 'Level', 'nivella-credits' ),
			'allowance#' => __( 'Credits a month', 'nivella-credits' ),
			'rollover#'  => __( 'Rolls over up to', 'nivella-credits' ),
			'features'   => __( 'Features', 'nivella-credits' ),
			'price#'     => __( 'Price', 'nivella-credits' ),
			'accounts#'  => __( 'Accounts', 'nivella-credits' ),
			'delete'     => __( 'Actions', 'nivella-credits' ),
		);
		$empty   = __( 'There are no plans yet. Packages are sold without them.', 'nivella-credits' );
		$fault   = $missing ? __( 'There is no such plan.', 'nivella-credits' ) : '';
		return $this->heading( $this->title(), $add ) . self::alert( $fault )
			. Markup::table( $columns, $rows, $empty );
	}

	/**
	 * The editor.
	 *
	 * @param ?array<string, mixed> $plan The plan; null for a new one.
	 */
	private function editor( ?array $plan ): string {
		$form   = new Controls( 'save_plan' );
		$fixed  = array( 'readonly' => null !== $plan, 'required' => true, 'maxlength' => 191 )
			+ Controls::CODE;
		$number = array( 'type' => 'number', 'min' => 0, 'class' => 'small-text', 'required' => true );
		$rows   = Controls::rows(
			$form->text(
				'name',
				__( 'Name', 'nivella-credits' ),
				$plan['name'] ?? '',
				__( 'As customers see it.', 'nivella-credits' ),
				array( 'required' => true, 'maxlength' => 191 ),
			),
			$form->text(
				'key',
				__( 'Key', 'nivella-credits' ),
				$plan['key'] ?? '',
				__( 'What programs call it. It never changes.', 'nivella-credits' ),
				$fixed,
			),
			$form->text(
				'level',
				__( 'Level', 'nivella-credits' ),
				(string) ( $plan['level'] ?? 1 ),
				__(
					'A change to a higher level counts at once, to a lower one from the next cycle.',
					'nivella-credits'
				),
				$number,
			),
			$this->credits( $form, $plan ),
			PlanPrice::fields(
				$form,
				Configuration::open()->plan_prices()[ $plan['key'] ?? '' ] ?? null,
				$plan['prices'] ?? null,
			),
			$form->check(
				'unlimited',
				__( 'Unlimited', 'nivella-credits' ),
				__( 'Use is recorded and charges nothing', 'nivella-credits' ),
				$plan['unlimited'] ?? false,
			),
			$form->lines(
				'features',
				__( 'Features', 'nivella-credits' ),
				implode( "\n", $plan['features'] ?? array() ),
				__( 'The keys of the features that it includes, one a line; empty: all.', 'nivella-credits' ),
				true,
			),
		);
		$hidden = array( 'original' => $plan['key'] ?? '', 'seen' => PlanActions::seen() );
		$button = Controls::submit( __( 'Save the plan', 'nivella-credits' ) );
		$title  = $plan['name'] ?? __( 'New plan', 'nivella-credits' );
		$back   = Markup::link(
			Menu::url( self::PAGE ),
			__( 'All plans', 'nivella-credits' ),
			array( 'class' => 'page-title-action' ),
		);
		return $this->heading( $title, $back ) . Action::form( 'save_plan', $hidden, $rows . $button );
	}

	/**
	 * The fields of its credits.
	 *
	 * @param Controls              $form The form.
	 * @param ?array<string, mixed> $plan The plan; null for a new one.
	 */
	private function credits( Controls $form, ?array $plan ): string {
		$digits = array( 'inputmode' => 'decimal', 'autocomplete' => 'off' );
		return $form->text(
			'allowance',
			__( 'Credits a month', 'nivella-credits' ),
			$plan['allowance'] ?? '0',
			__( 'Granted when a cycle begins, and gone when it ends.', 'nivella-credits' ),
			$digits,
		) . $form->text(
			'rollover_cap',
			__( 'Rolls over up to', 'nivella-credits' ),
			$plan['rollover_cap'] ?? '0',
			__( 'So many unused credits stay for the next cycle; 0 for none.', 'nivella-credits' ),
			$digits,
		);
	}

	/**
	 * The way to delete a plan.
	 *
	 * @param string $key The plan.
	 */
	private static function deleting( string $key ): string {
		$text   = __( 'Delete', 'nivella-credits' );
		$what   = __( 'Its name, prices and features are gone then.', 'nivella-credits' );
		$button = Controls::button( __( 'Delete the plan', 'nivella-credits' ), 'link-delete' );
		$form   = Action::form( 'delete_plan', array( 'key' => $key ), $button );
		return Controls::asked( $text, $what, $form );
	}

	/**
	 * What a plan brings in each cycle.
	 *
	 * @param array<string, mixed> $plan The plan.
	 */
	private static function allowance( array $plan ): string {
		return true === $plan['unlimited']
			? __( 'Unlimited', 'nivella-credits' )
			: Shown::credits( $plan['allowance'] );
	}
}
