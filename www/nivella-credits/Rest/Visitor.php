<?php
/**
 * What a visitor of a site may know of its credits.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Books;

defined( 'ABSPATH' ) || exit;

/**
 * The pill of somebody who is nobody here. Off, unless the owner wants it; then as exact as the
 * owner wants it, and nothing finer in the answer: no pool, no debt, not even how often something
 * was booked. Anyone may keep it for 15 seconds.
 */
final class Visitor {
	/** Option: 'off' (so it is without it), 'exact', 'rounded' or 'level'. */
	public const OPTION = 'nivella_credits_visitors';
	private const SHOW  = array( 'exact', 'rounded', 'level' );
	private const MS    = 15000;

	/**
	 * A handler.
	 *
	 * @param Books $books The ledgers.
	 */
	public function __construct( private readonly Books $books ) {}

	/**
	 * The public id of an account's one site. It says nothing about the account, and nobody else can
	 * make one up.
	 *
	 * @param int $account The account.
	 * @return string '' where the site has no secret of its own.
	 */
	public static function site_of( int $account ): string {
		$secret = Secret::of_site();
		if ( '' === $secret ) {
			return '';
		}
		$mac = hash_hmac( 'sha256', "site $account", $secret );
		return base_convert( (string) $account, 10, 36 ) . '-' . substr( $mac, 0, 20 );
	}

	/**
	 * The pill of a site.
	 *
	 * @param Ask $ask What is asked for: `site`.
	 * @throws Refusal `not_found`, the same whether it is off or there is no such site.
	 */
	public function reply( Ask $ask ): Reply {
		$show    = get_option( self::OPTION, 'off' );
		$account = self::account_of( $ask->asked( 'site' ) ?? '' );
		if ( ! in_array( $show, self::SHOW, true ) || null === $account ) {
			throw new Refusal( 'not_found', 'no such site', 'site' );
		}
		$pill = self::pill( $this->books->balance( $account ), $show, Clock::now() );
		$keep = 'public, max-age=' . intdiv( self::MS, 1000 );
		return Reply::tagged( $pill, $ask->has_tag, array( 'as_of', 'version' ), $keep );
	}

	/**
	 * What is shown of a balance. Its version is the time's, which counts up as it must.
	 *
	 * @param array<string, mixed> $balance The balance.
	 * @param string               $show    How exact.
	 * @param int                  $now     Now.
	 * @return array<string, mixed>
	 */
	public static function pill( array $balance, string $show, int $now ): array {
		$turn = intdiv( $now, self::MS );
		$pill = array(
			'version' => $turn,
			'as_of'   => Instant::text( $turn * self::MS ),
			'show'    => $show,
			'level'   => $balance['level'],
		);
		if ( 'level' === $show || 'unlimited' === $balance['level'] ) {
			return $pill;
		}
		$whole = (int) strtok( $balance['available'], '.' );
		if ( 'exact' === $show ) {
			return $pill + array( 'available' => (string) $whole );
		}
		$step = 10;
		while ( intdiv( $whole, $step ) >= 100 ) {
			$step *= 10;
		}
		return $pill + array( 'available' => (string) ( intdiv( $whole, $step ) * $step ) );
	}

	/** The account of a public id; null for one that was made up. */
	private static function account_of( string $site ): ?int {
		if ( 1 !== preg_match( '/^([0-9a-z]{1,12})-[0-9a-f]{20}$/D', $site, $found ) ) {
			return null;
		}
		$account = (int) base_convert( $found[1], 36, 10 );
		return $account > 0 && hash_equals( self::site_of( $account ), $site ) ? $account : null;
	}
}
