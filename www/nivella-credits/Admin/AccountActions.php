<?php
/**
 * What the forms of an account do.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Plugin\Capabilities;
use Nivella\Credits\Rest\Clock;
use Nivella\Credits\Storage\Books;

defined( 'ABSPATH' ) || exit;

/** Each is one command of the ledger. */
final class AccountActions {
	private const MAX_MONTHS = 1200;

	/** Gives or takes credits by hand. */
	public static function adjust(): void {
		Action::run(
			'adjust',
			Capabilities::ADJUST,
			static function ( Sent $sent ): Notice {
				$way    = $sent->one_of( 'way', array_keys( AccountForms::ways() ) );
				$amount = $sent->amount( 'amount' );
				$reason = $sent->text( 'reason' );
				if ( '' === $reason ) {
					throw new Refusal( 'field_invalid', 'an adjustment needs a reason', 'reason' );
				}
				$end = 'take' === $way ? null : $sent->end_of_day( 'expires' );
				if ( null !== $end && Instant::parse( $end ) <= Clock::now() ) {
					throw new Refusal( 'period_invalid', 'the day has passed', 'expires' );
				}
				$command = 'refund' === $way
					? array( 'op' => 'grant', 'kind' => 'refund' )
					: array( 'op' => 'adjust', 'direction' => $way );
				$command = $command + array( 'amount' => $amount, 'reason' => $reason )
					+ ( null === $end ? array() : array( 'expires_at' => $end ) );
				$text    = 'take' === $way
					/* translators: %s: how many credits. */
					? __( '%s credits were taken.', 'nivella-credits' )
					/* translators: %s: how many credits. */
					: __( '%s credits were given.', 'nivella-credits' );
				return self::write( 'adjust', $sent, $command, sprintf( $text, Shown::credits( $amount ) ) );
			}
		);
	}

	/** Gives a hold back. */
	public static function release(): void {
		Action::run(
			'release',
			Capabilities::ADJUST,
			static fn( Sent $sent ): Notice => self::write(
				'release',
				$sent,
				array( 'op' => 'release', 'hold' => $sent->text( 'hold' ) ),
				__( 'The hold was released.', 'nivella-credits' ),
			)
		);
	}

	/** Assigns a plan. */
	public static function subscribe(): void {
		Action::run(
			'subscribe',
			Capabilities::ADJUST,
			static function ( Sent $sent ): Notice {
				$term = '' === $sent->text( 'months' )
					? array( 'open_ended' => true )
					: array( 'months' => $sent->whole( 'months', 1, self::MAX_MONTHS ) );
				return self::write(
					'subscribe',
					$sent,
					array( 'op' => 'subscribe', 'plan' => $sent->text( 'plan' ) ) + $term,
					__( 'The plan was assigned.', 'nivella-credits' ),
				);
			}
		);
	}

	/** Changes the plan that runs. */
	public static function change_plan(): void {
		Action::run(
			'change_plan',
			Capabilities::ADJUST,
			static fn( Sent $sent ): Notice => self::write(
				'change_plan',
				$sent,
				array( 'op' => 'change_plan', 'plan' => $sent->text( 'plan' ) ),
				__( 'The plan was changed.', 'nivella-credits' ),
			)
		);
	}

	/** Pays for more of the plan that runs. */
	public static function renew(): void {
		Action::run(
			'renew',
			Capabilities::ADJUST,
			static fn( Sent $sent ): Notice => self::write(
				'renew',
				$sent,
				array( 'op' => 'renew', 'months' => $sent->whole( 'months', 1, self::MAX_MONTHS ) ),
				__( 'The plan was renewed.', 'nivella-credits' ),
			)
		);
	}

	/** Ends the plan that runs. */
	public static function cancel(): void {
		Action::run(
			'cancel',
			Capabilities::ADJUST,
			static fn( Sent $sent ): Notice => self::write(
				'cancel',
				$sent,
				array( 'op' => 'cancel' ),
				__( 'The plan ends with its cycle.', 'nivella-credits' ),
			)
		);
	}

	/** Sends the whole account with its proof. */
	public static function statement(): void {
		Action::send(
			'statement',
			Capabilities::VIEW,
			static function ( Sent $sent ): array {
				$account = self::account( $sent );
				$books   = Books::open();
				// What is refused is refused before anything is sent.
				$books->balance( $account );
				$name = "statement-$account-" . wp_date( 'Y-m-d' ) . '.json';
				return array( $name, 'application/json', $books->statement( $account ) );
			}
		);
	}

	/**
	 * Books a command of a form.
	 *
	 * @param string               $form    The form.
	 * @param Sent                 $sent    What it sent.
	 * @param array<string, mixed> $command The command without its id.
	 * @param string               $done    What is said when it is booked.
	 */
	private static function write( string $form, Sent $sent, array $command, string $done ): Notice {
		$account = self::account( $sent );
		$command = $command + array( 'request_id' => Action::request_id_of( $sent ) );
		$answer  = Books::open()->write( $account, $command );
		if ( $answer['booked'] ) {
			return Notice::done( $done, AccountsScreen::url_of( $account ) );
		}
		/* translators: %s: how many credits. */
		$text  = __(
			'Not enough credits: %s more would be needed. Nothing was changed.',
			'nivella-credits'
		);
		$short = Shown::credits( $answer['short_by'] );
		return Notice::refused( sprintf( $text, $short ), $form, $sent, 'amount' );
	}

	/**
	 * The account that a form is about.
	 *
	 * @param Sent $sent The form.
	 */
	private static function account( Sent $sent ): int {
		return $sent->whole( 'account', 1, PHP_INT_MAX );
	}
}
