<?php
/**
 * Credits that guests bought.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Woo\Plans\Terms;

defined( 'ABSPATH' ) || exit;

/**
 * A guest's order is paid: its credits wait until a signed-in customer opens the link that was
 * mailed to the order's address. Whoever reads that mail owns the address; who merely registers
 * with it does not.
 *
 * The link works once, for a limited time, and while the order has the address that it was mailed
 * to: where that is changed, a new one is mailed. Of its secret only a digest is kept. That two
 * accounts can't both claim is the ledger's matter: a line is granted once in the whole store.
 */
final class Guests {
	/** Job: sends the mail. Arguments: the order's id, and how often it was tried before. */
	public const JOB = 'nivella_credits_invite_guest';
	/** Meta data of an order: digests of the link's secret and of its address, and until when. */
	public const LINK = '_nivella_credits_claim';
	/** Of the link: the order's id and the secret. */
	public const PARAMETER = 'nivella_credits_claim';

	/** How long a link works. */
	public const VALID_DAYS = 30;

	/**
	 * The parts.
	 *
	 * @param Bookkeeper $books  The ledger.
	 * @param Grants     $grants Grants.
	 * @param Terms      $plans  Plans.
	 */
	public function __construct(
		private readonly Bookkeeper $books,
		private readonly Grants $grants,
		private readonly Terms $plans,
	) {}

	/**
	 * Has the mail sent, from a job, if an order waits for its guest and has not been mailed.
	 *
	 * @param \WC_Order $order The order, as it is now.
	 */
	public function maybe_invite( \WC_Order $order ): void {
		if ( ! $this->is_waiting( $order ) || null !== self::known( $order )
			|| self::is_anonymous( $order ) ) {
			return;
		}
		$args = array( $order->get_id() );
		if ( ! as_has_scheduled_action( self::JOB, $args, Sync::GROUP ) ) {
			as_enqueue_async_action( self::JOB, $args, Sync::GROUP );
		}
	}

	/**
	 * Whether an order's credits or plans are due and nobody's yet.
	 *
	 * @param \WC_Order $order The order, as it is now.
	 */
	public function is_waiting( \WC_Order $order ): bool {
		return 0 === Grants::customer( $order ) && Payment::is_due( $order )
			&& array() !== $this->grants->missing( $order ) + $this->plans->missing( $order );
	}

	/**
	 * Sends the mail. An older link no longer works once it is sent.
	 *
	 * @param int  $order_id The order's id.
	 * @param bool $again    Whether to send it even if there is a link that works.
	 * @return bool Whether it was sent.
	 * @throws \RuntimeException When it could not be sent.
	 */
	public function invite( int $order_id, bool $again = false ): bool {
		$order = Orders::fresh( $order_id );
		if ( null === $order || ! $this->is_waiting( $order ) ) {
			return false;
		}
		$known   = self::known( $order );
		$reached = is_email( $order->get_billing_email() ) && ! self::is_anonymous( $order );
		if ( ! $reached || ( null !== $known && ! $again ) ) {
			return false;
		}
		$secret = bin2hex( random_bytes( 32 ) );
		$until  = time() + self::VALID_DAYS * DAY_IN_SECONDS;
		$kept   = array( hash( 'sha256', $secret ), $until, self::address_digest( $order ) );
		$before = (string) $order->get_meta( self::LINK );
		$sent   = false;
		self::keep( $order, implode( ':', $kept ) );
		try {
			$sent = self::mail( $order, self::address( $order_id, $secret ) );
		} finally {
			if ( true !== $sent ) {
				// Nobody has the new link; an older one works on.
				self::keep( $order, $before );
			}
		}
		if ( null === $sent ) {
			return false;
		}
		if ( ! $sent ) {
			throw new \RuntimeException( "the mail about order $order_id was not sent" );
		}
		$note = __( 'The customer was mailed a link to claim the credits.', 'nivella-credits' );
		Notes::add( $order_id, $note );
		return true;
	}

	/**
	 * Gives a guest's credits to a customer.
	 *
	 * @param string $link    What the link has in PARAMETER.
	 * @param int    $user_id The customer who is signed in.
	 * @return string `claimed`; or why not: `invalid`, `expired`, `taken`, `unpaid`.
	 */
	public function claim( string $link, int $user_id ): string {
		list( $order, $fault ) = self::read( $link );
		if ( null === $order || $user_id <= 0 || false === get_userdata( $user_id ) ) {
			return null === $order ? $fault : 'invalid';
		}
		if ( ! in_array( Grants::customer( $order ), array( 0, $user_id ), true ) ) {
			return 'taken';
		}
		if ( ! Payment::is_due( $order ) ) {
			return 'unpaid';
		}
		$account = $this->books->account_of_user( $user_id );
		// Read ahead of who has which: of several who claim at once, the first line decides for all.
		$missing = $this->grants->missing( $order );
		$plans   = $this->plans->missing( $order );
		if ( $this->plans->is_of_another( $order, $user_id ) ) {
			return 'taken';
		}
		foreach ( $this->books->sold_of_order( $order->get_id() ) as $sold ) {
			if ( $sold->account !== $account ) {
				return 'taken';
			}
		}
		if ( null === $this->grants->grant_to( $order, $missing, $user_id )
			|| null === $this->plans->book_to( $order, $plans, $user_id ) ) {
			return 'taken';
		}
		// From here on it is an order like any other.
		$order->set_customer_id( $user_id );
		$order->delete_meta_data( self::LINK );
		$order->save();
		return 'claimed';
	}

	/**
	 * The order that a link is for, or why it is none that works.
	 *
	 * @param string $link What the link has in PARAMETER.
	 * @return array{?\WC_Order, string}
	 */
	public static function read( string $link ): array {
		if ( 1 !== preg_match( '/^(\d{1,18})-([0-9a-f]{64})$/D', $link, $found ) ) {
			return array( null, 'invalid' );
		}
		$order = Orders::fresh( (int) $found[1] );
		$known = null === $order ? null : self::kept( $order );
		// Compared in any case: a missing order takes as long as a wrong secret.
		$fits = hash_equals( $known[0] ?? str_repeat( '-', 64 ), hash( 'sha256', $found[2] ) );
		if ( ! $fits ) {
			return array( null, 'invalid' );
		}
		return $known[1] <= time() ? array( null, 'expired' ) : array( $order, '' );
	}

	/** Keeps what is known of an order's link; '' for none. */
	private static function keep( \WC_Order $order, string $known ): void {
		if ( '' === $known ) {
			$order->delete_meta_data( self::LINK );
		} else {
			$order->update_meta_data( self::LINK, $known );
		}
		$order->save_meta_data();
	}

	/** Sends the link; null where the owner has turned that mail off. */
	private static function mail( \WC_Order $order, string $link ): ?bool {
		$facts = array( 'order' => $order->get_id(), 'link' => $link, 'days' => self::VALID_DAYS );
		$mail  = Mail\Post::mail( Mail\Post::CLAIM );
		return $mail?->deliver( (string) $order->get_billing_email(), $facts );
	}

	/** The link. */
	private static function address( int $order_id, string $secret ): string {
		$page = (string) wc_get_page_permalink( 'myaccount' );
		$page = '' === $page ? home_url( '/' ) : $page;
		return add_query_arg( self::PARAMETER, "$order_id-$secret", $page );
	}

	/**
	 * Whether a link of an order still works.
	 *
	 * @param \WC_Order $order The order.
	 */
	public static function has_link( \WC_Order $order ): bool {
		return null !== self::known( $order );
	}

	/** The link of an order that still works. */
	private static function known( \WC_Order $order ): ?array {
		$kept = self::kept( $order );
		return null === $kept || $kept[1] <= time() ? null : $kept;
	}

	/**
	 * What is kept of an order's link, if it was mailed to the order's address of now.
	 *
	 * @return array{string, int}|null Digest, and until when.
	 */
	private static function kept( \WC_Order $order ): ?array {
		$kept = (string) $order->get_meta( self::LINK );
		$form = '/^([0-9a-f]{64}):(\d{1,18}):([0-9a-f]{64})$/D';
		$fits = 1 === preg_match( $form, $kept, $found )
			&& ( self::address_digest( $order ) === $found[3] || self::is_anonymous( $order ) );
		return $fits ? array( $found[1], (int) $found[2] ) : null;
	}

	/** Whether the store has taken everything personal out of an order, its address too. */
	private static function is_anonymous( \WC_Order $order ): bool {
		return 'yes' === $order->get_meta( '_anonymized' );
	}

	/** What tells an order's address from others. */
	private static function address_digest( \WC_Order $order ): string {
		return hash( 'sha256', strtolower( trim( (string) $order->get_billing_email() ) ) );
	}
}
