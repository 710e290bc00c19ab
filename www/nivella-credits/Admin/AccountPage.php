<?php
/**
 * One account.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\Grant;
use Nivella\Credits\Plugin\Capabilities;
use Nivella\Credits\Storage\AccountDetails;
use Nivella\Credits\Storage\Books;

defined( 'ABSPATH' ) || exit;

/** Everything of one account, and beside it what can be done to it. */
final class AccountPage {
	private const GRANTS = 20;
	private const HOLDS  = 100;
	private const ITEMS  = 50;

	private readonly ?int $user;
	private readonly AccountDetails $details;

	/** @var array<string, mixed> */
	private readonly array $balance;

	/**
	 * The page of an account.
	 *
	 * @param int $account The account.
	 * @throws \Nivella\Credits\Ledger\Refusal `not_found`.
	 */
	public function __construct( private readonly int $account ) {
		$books         = Books::open();
		$this->balance = $books->balance( $account );
		$this->user    = $books->user_of_account( $account );
		$this->details = AccountDetails::open( $account );
	}

	/** Its title. */
	public function title(): string {
		/* translators: %s: a customer's name. */
		return sprintf( __( 'Credits of %s', 'nivella-credits' ), Shown::customer( $this->user ) );
	}

	/**
	 * What stands beside the title.
	 *
	 * @return array<int, array{string, string}> Addresses and texts.
	 */
	public function links(): array {
		$back  = array( Menu::url( Menu::TOP ), __( 'All accounts', 'nivella-credits' ) );
		$id    = array( 'account' => $this->account );
		$state = array(
			Action::url( 'statement', $id ),
			__( 'Download the statement', 'nivella-credits' ),
		);
		return array( $back, $state );
	}

	/** Its content. */
	public function body(): string {
		$entries = new EntryTable( $this->account );
		$main    = $this->figures() . $entries->markup() . $this->grants() . $this->holds()
			. $this->orders();
		$forms   = new AccountForms( $this->account, $this->balance, $this->details );
		$side    = $this->who() . ( current_user_can( Capabilities::ADJUST ) ? $forms->markup() : '' );
		return Markup::tag(
			'div',
			array( 'class' => 'columns' ),
			Markup::tag( 'div', array( 'class' => 'main' ), $main ),
			Markup::tag( 'div', array( 'class' => 'side' ), $side ),
		);
	}

	/** The balance of now. */
	private function figures(): string {
		$texts = array(
			'available' => __( 'Available', 'nivella-credits' ),
			'held'      => __( 'Held', 'nivella-credits' ),
			'posted'    => __( 'Posted', 'nivella-credits' ),
			'debt'      => __( 'Debt', 'nivella-credits' ),
		);
		$list  = '';
		foreach ( $texts as $key => $text ) {
			$amount = $this->balance[ $key ];
			$class  = 'debt' === $key && '0' !== $amount ? 'figure owed' : 'figure';
			$list  .= Markup::tag(
				'div',
				array( 'class' => $class ),
				Markup::tag( 'dt', array(), esc_html( $text ) ),
				Markup::tag( 'dd', array(), Shown::signed( $amount ) ),
			);
		}
		return Markup::tag( 'dl', array( 'class' => 'figures' ), $list );
	}

	/** Whose account it is. */
	private function who(): string {
		$user  = null === $this->user ? false : get_userdata( $this->user );
		$facts = array(
			array( __( 'Account', 'nivella-credits' ), esc_html( (string) $this->account ) ),
		);
		if ( false !== $user ) {
			$name    = esc_html( Shown::customer( $this->user ) );
			$edit    = get_edit_user_link( $user->ID );
			$name    = '' === $edit ? $name : Markup::link( $edit, Shown::customer( $user->ID ) );
			$facts[] = array( __( 'Customer', 'nivella-credits' ), $name );
			$facts[] = array( __( 'E-mail', 'nivella-credits' ), esc_html( $user->user_email ) );
		}
		$level   = $this->balance['level'];
		$badge   = array( 'class' => "level level-$level" );
		$badge   = Markup::tag( 'span', $badge, esc_html( Words::level( $level ) ) );
		$facts[] = array( __( 'Level', 'nivella-credits' ), $badge );
		$list    = '';
		foreach ( $facts as [ $term, $value ] ) {
			$list .= Markup::tag( 'dt', array(), esc_html( $term ) )
				. Markup::tag( 'dd', array(), $value );
		}
		$title = __( 'Customer', 'nivella-credits' );
		return Markup::box( $title, Markup::tag( 'dl', array( 'class' => 'facts' ), $list ) );
	}

	/** The grants with their five parts. */
	private function grants(): string {
		// phpcs:ignore WordPress.Security -- a number, only read.
		$before = (int) ( $_GET['grants'] ?? 0 );
		$grants = $this->details->grants( $before > 0 ? $before : null, self::GRANTS + 1 );
		$more   = count( $grants ) > self::GRANTS;
		$grants = array_slice( $grants, 0, self::GRANTS );
		$table  = Markup::table(
			array(
				'grant'      => __( 'Grant', 'nivella-credits' ),
				'amount#'    => __( 'Credits', 'nivella-credits' ),
				'available#' => __( 'Available', 'nivella-credits' ),
				'held#'      => __( 'Held', 'nivella-credits' ),
				'consumed#'  => __( 'Used', 'nivella-credits' ),
				'reversed#'  => __( 'Taken back', 'nivella-credits' ),
				'expired#'   => __( 'Expired', 'nivella-credits' ),
				'expires_at' => __( 'Expires', 'nivella-credits' ),
			),
			array_map( $this->grant( ... ), $grants ),
			__( 'Nothing was granted yet.', 'nivella-credits' ),
		);
		$links  = array();
		if ( $before > 0 ) {
			$first   = AccountsScreen::url_of( $this->account ) . '#grants';
			$links[] = Markup::link( $first, __( 'Newest grants', 'nivella-credits' ) );
		}
		if ( $more ) {
			$next    = array( 'grants' => end( $grants )->id );
			$url     = AccountsScreen::url_of( $this->account, $next ) . '#grants';
			$links[] = Markup::link( $url, __( 'Earlier grants', 'nivella-credits' ) );
		}
		$pages = Markup::below( ...$links );
		return Markup::box( __( 'Grants', 'nivella-credits' ), $table . $pages, 'grants' );
	}

	/**
	 * One grant.
	 *
	 * @param Grant $grant The grant.
	 * @return array<string, string>
	 */
	private function grant( Grant $grant ): array {
		$cells = array(
			'grant'      => $this->origin( $grant ),
			'expires_at' => Shown::time( $grant->expires_at ),
		);
		foreach ( array( 'amount', 'available', 'held', 'consumed', 'reversed', 'expired' ) as $part ) {
			$cells[ "$part#" ] = esc_html( Shown::micro( $grant->$part ) );
		}
		return $cells;
	}

	/**
	 * Where a grant comes from.
	 *
	 * @param Grant $grant The grant.
	 */
	private function origin( Grant $grant ): string {
		$kind = Markup::tag( 'strong', array(), esc_html( Words::kind( $grant->kind ) ) );
		$from = Shown::time( $grant->effective_at );
		if ( null !== $grant->order_item ) {
			$from .= '<br>' . self::order( $grant->order_item );
		} elseif ( null !== $grant->cycle ) {
			/* translators: %d: the number of a plan's cycle. */
			$text  = __( 'Cycle %d', 'nivella-credits' );
			$from .= '<br>' . esc_html( sprintf( $text, $grant->cycle + 1 ) );
		}
		return $kind . '<br>' . $from;
	}

	/** Open holds, each with a way to give it back. */
	private function holds(): string {
		$holds = $this->details->holds( self::HOLDS );
		if ( array() === $holds ) {
			return '';
		}
		$can  = current_user_can( Capabilities::ADJUST );
		$rows = array();
		foreach ( $holds as [ 'hold' => $hold, 'amount' => $amount, 'opened_at' => $opened ] ) {
			$about  = array_filter( array( $hold->usage?->feature, $hold->site, $hold->reference ) );
			$hidden = array(
				'account'    => $this->account,
				'hold'       => $hold->id,
				'request_id' => Action::request_id(),
			);
			$button = Controls::button( __( 'Release', 'nivella-credits' ), '' );
			$rows[] = array(
				'hold'      => esc_html( '#' . $hold->id ) . ' ' . Shown::time( $opened ),
				'about'     => esc_html( implode( ' · ', $about ) ),
				'amount#'   => esc_html( Shown::micro( $amount ) ),
				'lapses_at' => Shown::time( $hold->lapses_at ),
				'release'   => $can ? Action::form( 'release', $hidden, $button ) : '',
			);
		}
		$columns  = array(
			'hold'      => __( 'Hold', 'nivella-credits' ),
			'about'     => __( 'For', 'nivella-credits' ),
			'amount#'   => __( 'Credits', 'nivella-credits' ),
			'lapses_at' => __( 'Lapses', 'nivella-credits' ),
		);
		$columns += $can ? array( 'release' => __( 'Actions', 'nivella-credits' ) ) : array();
		return Markup::box(
			__( 'Open holds', 'nivella-credits' ),
			Markup::table( $columns, $rows, '', open: true ),
		);
	}

	/** What was sold to the account. */
	private function orders(): string {
		$items = $this->details->items( self::ITEMS );
		if ( array() === $items ) {
			return '';
		}
		$rows = array();
		foreach ( $items as $item ) {
			$rows[] = array(
				'order'    => self::order( $item['id'] ),
				'granted#' => esc_html( Shown::micro( $item['granted'] ) ),
				'bonus#'   => esc_html( Shown::micro( $item['bonus'] ) ),
				'taken#'   => esc_html( Shown::micro( $item['taken'] ) ),
			);
		}
		$columns = array(
			'order'    => __( 'Order', 'nivella-credits' ),
			'granted#' => __( 'Credits', 'nivella-credits' ),
			'bonus#'   => __( 'Bonus', 'nivella-credits' ),
			'taken#'   => __( 'Taken back', 'nivella-credits' ),
		);
		return Markup::box( __( 'Orders', 'nivella-credits' ), Markup::table( $columns, $rows, '' ) );
	}

	/**
	 * The order of an item.
	 *
	 * @param string $item The ledger's key of the item.
	 */
	private static function order( string $item ): string {
		/**
		 * The order that an item of the ledger belongs to.
		 *
		 * @param ?array $order `text` and, where there is a page of it, `url`; null: not known.
		 * @param string $item  The ledger's key of the item.
		 */
		$order = apply_filters( 'nivella_credits_order_of_item', null, $item );
		if ( ! is_array( $order ) || ! is_string( $order['text'] ?? null ) ) {
			return esc_html( $item );
		}
		return is_string( $order['url'] ?? null )
			? Markup::link( $order['url'], $order['text'] )
			: esc_html( $order['text'] );
	}
}
