<?php
/**
 * What an owner can do to one account.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Subscription;
use Nivella\Credits\Storage\AccountDetails;
use Nivella\Credits\Storage\Books;

defined( 'ABSPATH' ) || exit;

/**
 * The forms beside an account. Each was printed with a request id of its own: a double click, or a
 * page that is sent again, has its effect once.
 */
final class AccountForms {
	/**
	 * The forms of an account.
	 *
	 * @param int                  $account The account.
	 * @param array<string, mixed> $balance Its balance.
	 * @param AccountDetails       $details What else there is of it.
	 */
	public function __construct(
		private readonly int $account,
		private readonly array $balance,
		private readonly AccountDetails $details,
	) {}

	/** All of them. */
	public function markup(): string {
		return $this->adjust() . $this->plan();
	}

	/** What credits can be given as. @return array<string, string> */
	public static function ways(): array {
		return array(
			'add'    => __( 'Give credits', 'nivella-credits' ),
			'refund' => __( 'Give credits back', 'nivella-credits' ),
			'take'   => __( 'Take credits', 'nivella-credits' ),
		);
	}

	/** Gives and takes by hand. */
	private function adjust(): string {
		$form   = new Controls( 'adjust' );
		$digits = array( 'inputmode' => 'decimal', 'autocomplete' => 'off', 'required' => true );
		$rows   = Controls::rows(
			$form->select(
				'way',
				__( 'What', 'nivella-credits' ),
				self::ways(),
				'add',
				__( 'Credits are taken from what is available, never into debt.', 'nivella-credits' ),
			),
			$form->text(
				'amount',
				__( 'Credits', 'nivella-credits' ),
				'',
				__( 'Plain digits: 1000 or 2.5.', 'nivella-credits' ),
				$digits,
			),
			$form->text(
				'reason',
				__( 'Reason', 'nivella-credits' ),
				'',
				__( 'The customer sees it beside the entry.', 'nivella-credits' ),
				array( 'required' => true, 'maxlength' => 200 ),
			),
			$form->text(
				'expires',
				__( 'Valid through', 'nivella-credits' ),
				'',
				__( 'Of credits that are given; empty: for ever.', 'nivella-credits' ),
				array( 'type' => 'date' ),
			),
		);
		$button = Controls::button( __( 'Book', 'nivella-credits' ) );
		$inner  = Action::form( 'adjust', $this->hidden(), $rows . $button );
		return Markup::box( __( 'Adjust', 'nivella-credits' ), $inner, 'adjust' );
	}

	/** The plan, and what can be done to it. */
	private function plan(): string {
		$plans = array_column( Books::open()->plans()['plans'], 'name', 'key' );
		$own   = $this->details->subscription();
		$now   = Instant::parse( $this->balance['as_of'] );
		$runs  = true === $own?->covers( $now );
		if ( array() === $plans ) {
			$text  = __( 'There are no plans yet.', 'nivella-credits' );
			$inner = Markup::note( $text );
		} else {
			$inner = $runs ? $this->running( $own, $plans ) : $this->assign( $plans );
		}
		return Markup::box( __( 'Plan', 'nivella-credits' ), $inner, 'plan' );
	}

	/**
	 * Assigns a plan.
	 *
	 * @param array<string, string> $plans Names by key.
	 */
	private function assign( array $plans ): string {
		$form   = new Controls( 'subscribe' );
		$rows   = Controls::rows(
			$form->select( 'plan', __( 'Plan', 'nivella-credits' ), $plans ),
			$form->text(
				'months',
				__( 'Months', 'nivella-credits' ),
				'',
				__( 'How many are paid; empty: until you end it.', 'nivella-credits' ),
				array( 'type' => 'number', 'min' => 1, 'max' => 1200, 'class' => 'small-text' ),
			),
		);
		$none   = Markup::note( __( 'No plan is running.', 'nivella-credits' ) );
		$button = Controls::button( __( 'Assign the plan', 'nivella-credits' ) );
		return $none . Action::form( 'subscribe', $this->hidden(), $rows . $button );
	}

	/**
	 * Changes, renews or ends the plan that runs.
	 *
	 * @param Subscription          $own   The subscription.
	 * @param array<string, string> $plans Names by key.
	 */
	private function running( Subscription $own, array $plans ): string {
		$name = static fn( string $key ): string => $plans[ $key ] ?? $key;
		$list = array(
			array( __( 'Plan', 'nivella-credits' ), esc_html( $name( $own->plan ) ) ),
			array( __( 'Since', 'nivella-credits' ), Shown::time( $own->started_at ) ),
			array( __( 'Next cycle', 'nivella-credits' ), Shown::time( $own->next_cycle_at() ) ),
			array(
				__( 'Paid until', 'nivella-credits' ),
				null === $own->paid_until
					? esc_html__( 'Open-ended', 'nivella-credits' )
					: Shown::time( $own->paid_until ),
			),
		);
		if ( null !== $own->next_plan ) {
			$list[] = array( __( 'Then', 'nivella-credits' ), esc_html( $name( $own->next_plan ) ) );
		}
		$facts = '';
		foreach ( $list as [ $term, $value ] ) {
			$facts .= Markup::tag( 'dt', array(), esc_html( $term ) )
				. Markup::tag( 'dd', array(), $value );
		}
		return Markup::tag( 'dl', array( 'class' => 'facts' ), $facts )
			. $this->change( $own, $plans )
			. ( null === $own->paid_until ? '' : $this->renew() )
			. $this->end();
	}

	/**
	 * Changes the plan.
	 *
	 * @param Subscription          $own   The subscription.
	 * @param array<string, string> $plans Names by key.
	 */
	private function change( Subscription $own, array $plans ): string {
		$form   = new Controls( 'change_plan' );
		$text   = __(
			'A higher level counts at once, a lower one from the next cycle.',
			'nivella-credits'
		);
		$rows   = Controls::rows(
			$form->select(
				'plan',
				__( 'Change to', 'nivella-credits' ),
				$plans,
				$own->next_plan ?? $own->plan,
				$text,
			),
		);
		$button = Controls::button( __( 'Change the plan', 'nivella-credits' ), '' );
		return Action::form( 'change_plan', $this->hidden(), $rows . $button );
	}

	/** Pays for more months. */
	private function renew(): string {
		$form   = new Controls( 'renew' );
		$number = array( 'type' => 'number', 'min' => 1, 'max' => 1200, 'class' => 'small-text' );
		$rows   = Controls::rows(
			$form->text( 'months', __( 'More months', 'nivella-credits' ), '1', '', $number )
		);
		$button = Controls::button( __( 'Renew', 'nivella-credits' ), '' );
		return Action::form( 'renew', $this->hidden(), $rows . $button );
	}

	/** Ends the plan with its cycle. */
	private function end(): string {
		$text   = __( 'The credits of this cycle stay until it ends.', 'nivella-credits' );
		$button = Controls::button( __( 'End the plan', 'nivella-credits' ), 'link-delete' );
		return Action::form( 'cancel', $this->hidden(), $button . Markup::note( $text, 'description' ) );
	}

	/** @return array<string, string|int> */
	private function hidden(): array {
		return array( 'account' => $this->account, 'request_id' => Action::request_id() );
	}
}
