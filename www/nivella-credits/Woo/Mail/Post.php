<?php
/**
 * Who is written to, and when.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Mail;

use Nivella\Credits\Storage\Accounts;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Storage\Expiring as ExpiringGrants;
use Nivella\Credits\Woo\Log;
use Nivella\Credits\Woo\Retry;
use Nivella\Credits\Woo\Sold;
use Nivella\Credits\Woo\Sync;

defined( 'ABSPATH' ) || exit;

/**
 * Events of the ledger become jobs, and each job one mail: a mail server that is slow or away keeps
 * neither a customer nor the outbox waiting. A mail that could not be sent is tried again.
 */
final class Post {
	/** What the ids of our mails begin with, before their kind. */
	public const ID = 'nivella_credits_';

	/** Job: one mail. Arguments: its kind, its facts, how often it was tried before. */
	public const JOB = 'nivella_credits_send_mail';
	/** Job: who is written to today. Arguments: the kind, its facts, the last account ahead. */
	public const ROUND = 'nivella_credits_mail_round';
	/** Option: up to when expiring grants were told, in ms since 1970. */
	public const EXPIRY_TOLD = 'nivella_credits_expiry_told_until';
	/** Option: the last month that was told. */
	public const MONTH_TOLD = 'nivella_credits_month_told';

	/** What a guest is invited by, and what tells of credits of an order. */
	public const CLAIM     = 'claim';
	private const GRANTED  = 'granted';
	private const EXPIRING = 'expiring';
	private const MONTHLY  = 'monthly';

	/** Only the store's list makes them: their base is there no earlier. */
	private const KINDS = array(
		self::CLAIM    => Claim::class,
		self::GRANTED  => Granted::class,
		'low'          => Low::class,
		'critical'     => Critical::class,
		'depleted'     => Depleted::class,
		'recovered'    => Recovered::class,
		self::EXPIRING => Expiring::class,
		self::MONTHLY  => Monthly::class,
	);

	private const AHEAD_MS = 7 * DAY_IN_SECONDS * 1000;
	private const ACCOUNTS = 100;

	/**
	 * The store's list of mails, with ours. Its screens make addresses of the keys, and look for what
	 * is left of those in the keys: only plain ones in lower case are found again.
	 *
	 * Blocks of the shop have the store make its list while a page is made, where nobody sets or reads
	 * a mail: ours are not made for those.
	 *
	 * @param mixed $emails By names.
	 * @return array<string, \WC_Email>
	 */
	public static function listed( mixed $emails ): array {
		return self::is_on_a_page() ? (array) $emails : array( ...(array) $emails, ...self::ours() );
	}

	/** Whether a page is being made that a visitor waits for. */
	private static function is_on_a_page(): bool {
		return did_action( 'template_redirect' ) > 0;
	}

	/**
	 * All of our mails.
	 *
	 * @return array<string, \WC_Email>
	 */
	private static function ours(): array {
		$mails = array_map( static fn( string $class ) => new $class(), self::KINDS );
		return array_column( $mails, null, 'id' );
	}

	/**
	 * The options in which the store keeps what its owner has set for our mails. It reads those of
	 * all mails whenever it makes its list.
	 *
	 * @return string[]
	 */
	public static function options(): array {
		return array_map( self::option( ... ), array_keys( self::KINDS ) );
	}

	/**
	 * The option of one of them.
	 *
	 * @param string $kind Which.
	 */
	public static function option( string $kind ): string {
		return 'woocommerce_' . self::ID . $kind . '_settings';
	}

	/**
	 * A level was crossed.
	 *
	 * @param int    $account The account.
	 * @param string $level   `low`, `critical`, `depleted` or `recovered`.
	 */
	public static function crossed( int $account, string $level ): void {
		self::enqueue( $level, array( 'account' => $account ) );
	}

	/**
	 * Something was granted. What did not come from an order is told by whoever granted it.
	 *
	 * @param int                  $account The account.
	 * @param array<string, mixed> $grant   `kind`, `amount`, `order_item`.
	 */
	public static function granted( int $account, array $grant ): void {
		$ids = Sold::ids_of( (string) ( $grant['order_item'] ?? '' ) );
		if ( null !== $ids ) {
			// The lines of an order are told together: events come when all of them are booked.
			$facts = array( 'account' => $account, 'order' => $ids[0] );
			self::enqueue( self::GRANTED, $facts );
		}
	}

	/** Once a day: what expires within a week, and on a month's first day what the last one was. */
	public static function today(): void {
		$until = time() * 1000 + self::AHEAD_MS;
		$after = (int) get_option( self::EXPIRY_TOLD, $until - DAY_IN_SECONDS * 1000 );
		update_option( self::EXPIRY_TOLD, $until, false );
		$facts = array( 'after' => max( $after, time() * 1000 ), 'until' => $until );
		as_enqueue_async_action( self::ROUND, array( self::EXPIRING, $facts, 0 ), Sync::GROUP );

		$month = wp_date( 'Y-m', strtotime( wp_date( 'Y-m-01' ) . ' -1 day' ) );
		$told  = (string) get_option( self::MONTH_TOLD, '' );
		update_option( self::MONTH_TOLD, $month, false );
		// A store that is new to this is not told of a month that it may have been told of.
		if ( '' !== $told && $told < $month ) {
			$args = array( self::MONTHLY, array( 'month' => $month ), 0 );
			as_enqueue_async_action( self::ROUND, $args, Sync::GROUP );
		}
	}

	/**
	 * Some of the accounts that are written to.
	 *
	 * @param string               $kind  What they are told.
	 * @param array<string, mixed> $facts Of all of them.
	 * @param int                  $after The last account ahead of these.
	 */
	public static function round( string $kind, array $facts, int $after ): void {
		if ( ! self::mail( $kind )?->is_enabled() ) {
			return;
		}
		$accounts = self::EXPIRING === $kind
			? ExpiringGrants::open()->accounts( $after, $facts['after'], $facts['until'], self::ACCOUNTS )
			: ( new Accounts( new Db( $GLOBALS['wpdb'] ) ) )->after( $after, self::ACCOUNTS );
		foreach ( $accounts as $account ) {
			self::enqueue( $kind, array( 'account' => $account ) + $facts );
		}
		if ( count( $accounts ) === self::ACCOUNTS ) {
			$args = array( $kind, $facts, end( $accounts ) );
			as_enqueue_async_action( self::ROUND, $args, Sync::GROUP );
		}
	}

	/**
	 * Sends one mail. An account without a user, or whose user has no address or does not want it,
	 * gets none.
	 *
	 * @param string               $kind  Which.
	 * @param array<string, mixed> $facts What it is about; `account`, and more by kind.
	 * @param int                  $tries How often it was tried before.
	 */
	public static function send( string $kind, array $facts, int $tries = 0 ): void {
		$account = (int) ( $facts['account'] ?? 0 );
		try {
			$user = get_userdata( (int) Books::open()->user_of_account( $account ) );
			$none = false === $user || in_array( $kind, Choices::off( $user->ID ), true );
			$sent = $none ? null : self::mail( $kind )?->deliver( $user->user_email, $facts );
			$why  = false === $sent ? new \RuntimeException( 'the mail was not accepted' ) : null;
		} catch ( \Throwable $fault ) {
			$why = $fault;
		}
		if ( null === $why ) {
			return;
		}
		Log::error( "the mail \"$kind\" was not sent", $why, $account );
		Retry::mail( self::JOB, array( $kind, $facts ), $tries );
	}

	/**
	 * A kind of mail, as the store has it.
	 *
	 * @param string $kind Its name.
	 */
	public static function mail( string $kind ): ?Mail {
		$mails = WC()->mailer()->get_emails();
		$mails = self::is_on_a_page() ? $mails + self::ours() : $mails;
		$mail  = $mails[ self::ID . $kind ] ?? null;
		return $mail instanceof Mail ? $mail : null;
	}

	/** Has a mail sent soon, unless the same one waits already. */
	private static function enqueue( string $kind, array $facts ): void {
		$args = array( $kind, $facts, 0 );
		if ( ! as_has_scheduled_action( self::JOB, $args, Sync::GROUP ) ) {
			as_enqueue_async_action( self::JOB, $args, Sync::GROUP );
		}
	}
}
