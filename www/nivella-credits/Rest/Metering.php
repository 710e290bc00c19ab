<?php
/**
 * The routes that measure use.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Books;

defined( 'ABSPATH' ) || exit;

/**
 * Answers balance, quote, use, uses, holds, settle and release. It is the one handler of both the
 * fast lane and the full routes, and uses nothing of WordPress that is loaded after the plugins.
 */
final class Metering {
	/** The scope that each route asks for. */
	public const SCOPES = array(
		'balance' => 'read',
		'quote'   => 'quote',
		'use'     => 'use',
		'uses'    => 'use',
		'hold'    => 'use',
		'settle'  => 'use',
		'release' => 'use',
	);

	/** The fields that each command takes from its body. */
	private const FIELDS = array(
		'use'     => array( ...self::NOTE, ...self::CHARGE, 'occurred_at' ),
		'hold'    => array( ...self::NOTE, ...self::CHARGE, 'duration_ms' ),
		'settle'  => array( ...self::NOTE, ...self::CHARGE, 'occurred_at' ),
		'release' => self::NOTE,
	);
	private const NOTE   = array( 'request_id', 'reference', 'site', 'reason' );
	private const CHARGE = array( 'mode', 'amount', 'usage' );
	private const MOST   = 1000;
	/**
	 * Ids of the requests that the plugin itself makes for an order's lines. Who could use one up
	 * would keep the credits of a refunded order. And of those that customers' pages make, so that
	 * these take none from a server, and get no answer that was meant for one.
	 */
	private const OWN_IDS = '/^order-\d+-item-\d+:|^page:/';

	/** Looks accounts up. @var Accounts */
	private readonly Accounts $accounts;

	/**
	 * A handler.
	 *
	 * @param Books $books The ledgers.
	 */
	public function __construct( private readonly Books $books ) {
		$this->accounts = new Accounts( $books );
	}

	/**
	 * Answers a request of somebody who was let in.
	 *
	 * @param Ask    $ask    What is asked for.
	 * @param Caller $caller Who asks.
	 * @throws Refusal Whatever is refused.
	 */
	public function reply( Ask $ask, Caller $caller ): Reply {
		Access::check( $caller, self::SCOPES[ $ask->route ] );
		if ( 'balance' === $ask->route ) {
			$account = $this->accounts->of( $caller, $ask );
			$balance = $this->books->balance_and_runway( $account );
			return Reply::tagged( $balance, $ask->has_tag );
		}
		// A body that is refused in any case must not make an account.
		$body    = $ask->body();
		$account = $this->accounts->of( $caller, $ask );
		return Reply::of( $this->call( $ask->route, $ask->of, $body, $caller, $account ) );
	}

	/**
	 * Does what a POST asks for.
	 *
	 * @param string               $route   One of SCOPES, but not `balance`.
	 * @param string               $hold    The hold that is settled or released; else ''.
	 * @param array<string, mixed> $body    What the route takes.
	 * @param Caller               $caller  Who asks.
	 * @param int                  $account For whom.
	 * @return array<string, mixed>
	 * @throws Refusal Whatever is refused.
	 */
	public function call(
		string $route,
		string $hold,
		array $body,
		Caller $caller,
		int $account
	): array {
		if ( 'quote' === $route ) {
			$quote = $this->books->quote( $account, self::usage( $body, $account ) );
			return $quote + array( 'as_of' => Clock::text() );
		}
		if ( 'uses' === $route ) {
			$command = $this->batch( $body, $caller, $account );
		} else {
			$of_hold = 'settle' === $route || 'release' === $route;
			$hold    = $of_hold && ! $caller->server ? PageHold::read( $hold, $account ) : $hold;
			$command = array( 'op' => $route ) + ( $of_hold ? array( 'hold' => $hold ) : array() )
				+ self::fields( $route, $body, $caller, $account );
		}
		return $this->told( $this->books->write( $account, $command ), $caller, $account );
	}

	/**
	 * A balance that says whose it is. What a server is answered for its work has no runway: that is
	 * for those who read a balance.
	 *
	 * @param array<string, mixed> $balance As the ledger gives it.
	 * @param int                  $account The account.
	 * @return array<string, mixed>
	 */
	public static function of_account( array $balance, int $account ): array {
		return $balance + array( 'runway' => null, 'account' => (string) $account );
	}

	/**
	 * Many uses, all of them or none.
	 *
	 * @param array<string, mixed> $body    Its `items`.
	 * @param Caller               $caller  Who asks.
	 * @param int                  $account For whom.
	 * @return array<string, mixed>
	 */
	private function batch( array $body, Caller $caller, int $account ): array {
		$items = $body['items'] ?? null;
		if ( ! is_array( $items ) || ! array_is_list( $items ) || count( $items ) > self::MOST
			|| array() === $items ) {
			throw new Refusal( 'field_invalid', '1 to 1,000 uses', 'items' );
		}
		$uses = array();
		foreach ( $items as $item ) {
			if ( ! is_array( $item ) ) {
				throw new Refusal( 'field_invalid', 'each of them is a use', 'items' );
			}
			$uses[] = self::fields( 'use', $item, $caller, $account );
		}
		return array( 'op' => 'batch', 'items' => $uses );
	}

	/**
	 * What a command takes from its body; the rest is not looked at.
	 *
	 * @param string               $op      The command.
	 * @param array<string, mixed> $body    The body.
	 * @param Caller               $caller  Who asks.
	 * @param int                  $account For whom.
	 * @return array<string, mixed>
	 */
	private static function fields( string $op, array $body, Caller $caller, int $account ): array {
		$fields = array_intersect_key( $body, array_flip( self::FIELDS[ $op ] ) );
		$id     = $fields['request_id'] ?? null;
		self::refuse_own_id( $id );
		if ( is_string( $id ) && '' !== $id && ! $caller->server ) {
			$fields['request_id'] = PageHold::PREFIX . $id;
		}
		$site = Access::site( $caller, $fields['site'] ?? null );
		if ( null !== $site ) {
			$fields['site'] = $site;
		}
		if ( isset( $fields['usage'] ) && is_array( $fields['usage'] ) ) {
			$fields['usage'] = self::usage( $fields['usage'], $account );
		}
		return $fields;
	}

	/**
	 * Refuses request ids that orders and pages need.
	 *
	 * @param mixed $id The id, as it came.
	 * @throws Refusal `request_id_invalid`.
	 */
	public static function refuse_own_id( mixed $id ): void {
		if ( is_string( $id ) && 1 === preg_match( self::OWN_IDS, $id ) ) {
			$message = 'ids that begin as those of orders and pages are the store\'s own';
			throw new Refusal( 'request_id_invalid', $message, 'request_id' );
		}
	}

	/**
	 * What was measured, as other plugins want it rated.
	 *
	 * @param array<string, mixed> $usage   As it came.
	 * @param int                  $account For whom.
	 * @return array<string, mixed>
	 */
	private static function usage( array $usage, int $account ): array {
		// Described in functions.php.
		$told = apply_filters( 'nivella_credits_usage', $usage, $account );
		// A callback that forgot to answer changes nothing.
		return is_array( $told ) ? $told : $usage;
	}

	/**
	 * An answer as its reader may see it: what a model counted is for servers alone.
	 *
	 * @param array<string, mixed> $answer  As the ledger gives it.
	 * @param Caller               $caller  Who asked.
	 * @param int                  $account For whom.
	 * @return array<string, mixed>
	 */
	private function told( array $answer, Caller $caller, int $account ): array {
		$answer['balance'] = self::of_account( $answer['balance'], $account );
		$answer['as_of']   = $answer['balance']['as_of'];
		if ( $caller->server ) {
			return $answer;
		}
		$answer['balance']['runway'] = $this->books->runway( $account, $answer['balance'] );

		$within = static function ( array $part ): array {
			foreach ( $part['entries'] ?? array() as $at => $entry ) {
				unset( $entry['usage']['input_tokens'], $entry['usage']['output_tokens'] );
				if ( isset( $entry['request_id'] ) ) {
					$entry['request_id'] = substr( $entry['request_id'], strlen( PageHold::PREFIX ) );
				}
				$part['entries'][ $at ] = $entry;
			}
			return $part;
		};
		if ( isset( $answer['hold'] ) ) {
			$answer['hold']['id'] = PageHold::name( $answer['hold']['id'], $account );
		}
		if ( isset( $answer['items'] ) ) {
			$answer['items'] = array_map( $within, $answer['items'] );
		}
		return $within( $answer );
	}
}
