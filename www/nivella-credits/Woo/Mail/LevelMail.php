<?php
/**
 * Mails about a level that was crossed.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Mail;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Page\Figure;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Woo\Addresses;

defined( 'ABSPATH' ) || exit;

/** Sent once for each crossing, unless the account has left that level before it is sent. */
abstract class LevelMail extends Mail {
	/** The levels that it is still true of. */
	protected const LEVELS = array();
	/** What its example has left, in credits. */
	protected const EXAMPLE = 0;

	/**
	 * What it says: how much is left.
	 *
	 * @param string  $available What is left, as it is written.
	 * @param ?string $until     How long that lasts, as a day; null: not known.
	 * @return string[]
	 */
	protected function paragraphs( string $available, ?string $until ): array {
		if ( null === $until ) {
			/* translators: %s: credits, such as 360. */
			$left = sprintf( __( '%s credits are left.', 'nivella-credits' ), $available );
		} else {
			/* translators: 1: credits, such as 360, 2: a day, such as 24 November. */
			$left = __( '%1$s credits are left, enough until about %2$s.', 'nivella-credits' );
			$left = sprintf( $left, $available, $until );
		}
		return array( $left );
	}

	/**
	 * What it says of the account as it is now.
	 *
	 * @param array<string, mixed> $facts `account`.
	 */
	protected function letter( array $facts ): ?Letter {
		$balance = Books::open()->balance_and_runway( (int) $facts['account'] );
		if ( ! in_array( $balance['level'], static::LEVELS, true ) ) {
			return null;
		}
		$available = Figure::text( Amount::parse_signed( $balance['available'] ) );
		$around    = $balance['runway']['around'] ?? null;
		$day       = get_option( 'date_format' );
		$until     = null === $around ? null : (string) wp_date( $day, (int) strtotime( $around ) );
		return new Letter( $this->paragraphs( $available, $until ), array(), $this->way() );
	}

	/** As Mail says. */
	protected function example(): Letter {
		$available = Figure::text( static::EXAMPLE * Amount::SCALE );
		$until     = (string) wp_date( get_option( 'date_format' ), time() + 3 * DAY_IN_SECONDS );
		return new Letter( $this->paragraphs( $available, $until ), array(), $this->way() );
	}

	/**
	 * Where to go from here.
	 *
	 * @return array{string, string}
	 */
	protected function way(): array {
		$packages = Addresses::category( 'tokens' );
		return null === $packages
			? array( __( 'See your credits', 'nivella-credits' ), Addresses::credits() )
			: array( __( 'Add credit', 'nivella-credits' ), $packages );
	}
}
