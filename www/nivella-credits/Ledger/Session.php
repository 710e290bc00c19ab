<?php
/**
 * One write, or one look ahead: the parts of the ledger that work together.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * The working parts of the ledger over one state and one stamp.
 */
final class Session {
	public readonly Book $book;
	public readonly Uses $uses;
	public readonly Holds $holds;
	public readonly Granting $granting;
	public readonly Reversals $reversals;
	public readonly Subscriptions $subscriptions;
	public readonly Passing $passing;

	/**
	 * A session.
	 *
	 * @param State    $state    What is written to.
	 * @param Settings $settings The settings in force.
	 * @param Stamp    $stamp    Who writes, and when.
	 */
	public function __construct(
		public readonly State $state,
		public readonly Settings $settings,
		public readonly Stamp $stamp,
	) {
		$this->book          = new Book( $state, $stamp );
		$this->uses          = new Uses( $this );
		$this->holds         = new Holds( $this );
		$this->granting      = new Granting( $this );
		$this->reversals     = new Reversals( $this );
		$this->subscriptions = new Subscriptions( $this );
		$this->passing       = new Passing( $this );
	}

	/**
	 * The running plan; null where there is none.
	 */
	public function plan(): ?Plan {
		$own = $this->state->subscription;
		$now = $this->stamp->now;
		if ( null === $own || null === $own->cycle_starts_at
			|| $now < $own->cycle_starts_at || $now >= $own->cycle_ends_at ) {
			return null;
		}
		return $this->settings->plan_or_null( $own->plan );
	}

	/**
	 * Whether an unlimited plan is running.
	 */
	public function is_unlimited(): bool {
		return $this->plan()?->unlimited ?? false;
	}

	/**
	 * Does what a request asks for.
	 *
	 * @param Request $request The request.
	 * @return ?int How many credits more would have been enough, where it is not booked; some entries
	 *              may have been written then.
	 * @throws Refusal What the operation refuses.
	 */
	public function perform( Request $request ): ?int {
		$args = $request->args;
		Texts::check_note( $request->reference, $request->site, $request->reason );
		switch ( $request->op ) {
			case 'use':
				return $this->uses->use_credits( $args );
			case 'hold':
				return $this->holds->hold( $args );
			case 'settle':
				return $this->holds->settle( $args );
			case 'adjust':
				return 'take' === $args['direction']
					? $this->granting->take( $args['amount'] )
					: $this->granting->add( $args['amount'], $args['expires_at'] );
			case 'grant':
				$this->granting->grant( $args );
				break;
			case 'release':
				$this->holds->release( $args['hold'] );
				break;
			case 'reverse':
			case 'reinstate':
				$this->reversals->reverse( $args, 'reinstate' === $request->op );
				break;
			case 'subscribe':
				$this->subscriptions->subscribe( $args );
				break;
			case 'renew':
				$this->subscriptions->renew( $args );
				break;
			case 'change_plan':
				$this->subscriptions->change_plan( $args['plan'] );
				break;
			case 'cancel':
				$this->subscriptions->cancel();
				break;
		}
		return null;
	}
}
