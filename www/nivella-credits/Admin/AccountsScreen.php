<?php
/**
 * The accounts.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Plugin\Capabilities;
use Nivella\Credits\Rest\Clock;
use Nivella\Credits\Storage\AccountList;
use Nivella\Credits\Storage\AccountQuery;
use Nivella\Credits\Storage\Accounts;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Customers;

defined( 'ABSPATH' ) || exit;

/** The list of accounts. The same page shows one of them, or a receipt of it, where it is asked. */
final class AccountsScreen extends Screen {
	public const PAGE = 'nivella-credits';

	private const ROWS    = 20;
	private const OFFERED = 10;

	/** Its title. */
	public function title(): string {
		return __( 'Accounts', 'nivella-credits' );
	}

	/**
	 * The address of one account.
	 *
	 * @param int                       $account The account.
	 * @param array<string, string|int> $more    What of it.
	 */
	public static function url_of( int $account, array $more = array() ): string {
		return Menu::url( self::PAGE, array( 'account' => $account ) + $more );
	}

	/**
	 * Runs on `user_row_actions`: from the list of users to somebody's credits.
	 *
	 * @param array<string, string> $links Those of others.
	 * @param \WP_User              $user  The user.
	 * @return array<string, string>
	 */
	public static function of_user( array $links, \WP_User $user ): array {
		if ( current_user_can( Capabilities::VIEW ) ) {
			$url  = Menu::url( self::PAGE, array( 'user' => $user->ID ) );
			$text = __( 'Credits', 'nivella-credits' );

			$links['nivella-credits'] = Markup::link( $url, $text );
		}
		return $links;
	}

	/** A form of the list: makes the account of a customer who has none yet. */
	public static function open_account(): void {
		Action::run(
			'open',
			Capabilities::ADJUST,
			static function ( Sent $sent ): Notice {
				$user = get_userdata( $sent->whole( 'user', 1, PHP_INT_MAX ) );
				if ( false === $user || ! is_user_member_of_blog( $user->ID ) ) {
					$text = __( 'There is no such customer.', 'nivella-credits' );
					return Notice::refused( $text, 'open', $sent );
				}
				$account = Books::open()->account_of_user( $user->ID );
				$text    = __( 'The account is open.', 'nivella-credits' );
				return Notice::done( $text, self::url_of( $account ) );
			}
		);
	}

	/** The list, or what is asked for. */
	protected function body(): string {
		$account = self::asked_number( 'account' );
		$entry   = self::asked_number( 'entry' );
		$user    = self::asked_number( 'user' );
		$account = $account ?? ( null === $user ? null : Accounts::open()->find( $user ) );
		if ( null === $account ) {
			return $this->list( null === $user ? self::asked( 's' ) : (string) $user );
		}
		try {
			$page = null === $entry ? new AccountPage( $account ) : new ReceiptPage( $account, $entry );
		} catch ( Refusal $refusal ) {
			if ( 'not_found' !== $refusal->error ) {
				throw $refusal;
			}
			$text = __( 'There is no such account or entry (any more).', 'nivella-credits' );
			return $this->list( '', $text );
		}
		$actions = array_map(
			static fn( array $link ): string =>
				Markup::link( $link[0], $link[1], array( 'class' => 'page-title-action' ) ),
			$page->links(),
		);
		return $this->heading( $page->title(), ...$actions ) . $page->body();
	}

	/**
	 * The list.
	 *
	 * @param string $search What is looked for.
	 * @param string $fault  Why it is shown in place of what was asked for; '' for no reason.
	 */
	private function list( string $search, string $fault = '' ): string {
		$now   = Clock::now();
		$found = '' === $search ? null : Customers::open()->find( $search );
		$query = self::query( $found );
		$list  = AccountList::open();
		$page  = $list->page( $query, self::ROWS, $now );
		$users = array_filter( array_column( $page['rows'], 'user_id' ) );
		cache_users( $users );
		$plans = array_column( Books::open()->plans()['plans'], 'name', 'key' );
		$parts = array(
			$this->heading( $this->title() ),
			self::alert( $fault ),
			self::filters( $search, $plans ),
		);
		if ( null !== $found && count( $found ) > Customers::MOST ) {
			$text    = __( 'Very many customers fit: only some of them are listed.', 'nivella-credits' );
			$parts[] = Markup::note( $text, 'description' );
		}
		$narrow  = '' !== $search || null !== $query->plan || $query->debt;
		$empty   = $narrow
			? __( 'No account fits.', 'nivella-credits' )
			: __(
				'No accounts yet. One opens with a first purchase or use, or search for a customer.',
				'nivella-credits'
			);
		$show    = static fn( array $row ): array => self::row( $row, $plans, $now );
		$rows    = array_map( $show, $page['rows'] );
		$parts[] = Markup::table( self::columns(), $rows, $empty, self::sorting( $query ) );
		$parts[] = self::pages( $page['next'] );
		$parts[] = null === $found ? '' : self::others( $found );
		return implode( '', $parts );
	}

	/**
	 * What the address asks for.
	 *
	 * @param ?int[] $found Users that were looked for.
	 */
	private static function query( ?array $found ): AccountQuery {
		$order = self::asked( 'orderby' );
		$plan  = self::asked( 'plan' );
		$query = new AccountQuery(
			in_array( $order, AccountQuery::ORDERS, true ) ? $order : 'last_at',
			'asc' === self::asked( 'order' ),
			null === $found ? null : array_slice( $found, 0, Customers::MOST ),
			'' === $plan ? null : $plan,
			'1' === self::asked( 'debt' ),
		);
		return $query->behind( self::asked( 'behind' ) );
	}

	/**
	 * Search and filters.
	 *
	 * @param string                $search What is looked for.
	 * @param array<string, string> $plans  Names by key.
	 */
	private static function filters( string $search, array $plans ): string {
		$plans = array( '' => __( 'All plans', 'nivella-credits' ) ) + $plans;
		$text  = __( 'Name, e-mail or user id', 'nivella-credits' );
		$kept  = array( 'orderby' => self::asked( 'orderby' ), 'order' => self::asked( 'order' ) );
		$find  = array(
			'type'        => 'search',
			'name'        => 's',
			'value'       => $search,
			'placeholder' => $text,
			'aria-label'  => $text,
		);
		$debt  = array( 'type' => 'checkbox', 'name' => 'debt', 'value' => '1' );
		$about = array( 'aria-label' => __( 'Plan', 'nivella-credits' ) );
		return Markup::tag(
			'form',
			array( 'method' => 'get', 'class' => 'filters' ),
			Controls::hidden( array( 'page' => self::PAGE ) + array_filter( $kept ) ),
			Markup::tag( 'input', $find ),
			count( $plans ) > 1
				? Controls::choice( 'plan', $plans, self::asked( 'plan' ), $about )
				: '',
			Markup::tag(
				'label',
				array(),
				Markup::tag( 'input', $debt + array( 'checked' => '1' === self::asked( 'debt' ) ) ),
				' ' . esc_html__( 'Only with debt', 'nivella-credits' ),
			),
			Controls::button( __( 'Search', 'nivella-credits' ), '' ),
		);
	}

	/** @return array<string, string> */
	private static function columns(): array {
		return array(
			'customer'   => __( 'Customer', 'nivella-credits' ),
			'plan'       => __( 'Plan', 'nivella-credits' ),
			'available#' => __( 'Available', 'nivella-credits' ),
			'held#'      => __( 'Held', 'nivella-credits' ),
			'debt#'      => __( 'Debt', 'nivella-credits' ),
			'last_at'    => __( 'Last entry', 'nivella-credits' ),
		);
	}

	/**
	 * The heads that order the list: address, and how it is ordered now.
	 *
	 * @param AccountQuery $query What is shown.
	 * @return array<string, array{string, ?string}>
	 */
	private static function sorting( AccountQuery $query ): array {
		$heads = array();
		foreach ( array( 'available#', 'debt#', 'last_at' ) as $column ) {
			$order = rtrim( $column, '#' );
			$own   = $order === $query->order;
			$asked = array( 'orderby' => $order, 'order' => $own && ! $query->rising ? 'asc' : 'desc' );
			$now   = $query->rising ? 'asc' : 'desc';
			$url   = add_query_arg( $asked, remove_query_arg( array( 'behind', 'notice' ) ) );

			$heads[ $column ] = array( $url, $own ? $now : null );
		}
		return $heads;
	}

	/**
	 * One account. What time has done since its last entry counts.
	 *
	 * @param array<string, mixed>  $row   Of AccountList.
	 * @param array<string, string> $plans Names by key.
	 * @param int                   $now   Now.
	 * @return array<string, string>
	 */
	private static function row( array $row, array $plans, int $now ): array {
		if ( null !== $row['due_at'] && $row['due_at'] <= $now ) {
			$balance = Books::open()->balance( $row['id'] );
			$figures = array( $balance['available'], $balance['held'], $balance['debt'] );
			$plan    = $balance['plan']['name'] ?? null;
		} else {
			$figures = array_map(
				Amount::text( ... ),
				array( $row['available'], $row['held'], $row['debt'] ),
			);
			$plan    = $plans[ $row['plan'] ?? '' ] ?? $row['plan'];
		}
		[ $available, $held, $debt ] = array_map( array( Shown::class, 'credits' ), $figures );

		$user = null === $row['user_id'] ? false : get_userdata( $row['user_id'] );
		$name = Markup::link( self::url_of( $row['id'] ), Shown::customer( $row['user_id'] ) );
		$mail = false === $user ? '' : Markup::note( $user->user_email, 'description' );
		return array(
			'customer'   => Markup::tag( 'strong', array(), $name ) . $mail,
			'plan'       => esc_html( $plan ?? Shown::NONE ),
			'available#' => esc_html( $available ),
			'held#'      => esc_html( $held ),
			'debt#'      => '0' === $debt ? '0' : Markup::tag( 'strong', array(), esc_html( $debt ) ),
			'last_at'    => Shown::time( $row['last_at'] ),
		);
	}

	/**
	 * Where the list goes on.
	 *
	 * @param ?string $next The place of the next page.
	 */
	private static function pages( ?string $next ): string {
		$links = array();
		if ( '' !== self::asked( 'behind' ) ) {
			$links[] = Markup::link(
				remove_query_arg( array( 'behind', 'notice' ) ),
				__( 'First page', 'nivella-credits' ),
				array( 'class' => 'button' ),
			);
		}
		if ( null !== $next ) {
			$links[] = Markup::link(
				add_query_arg( 'behind', $next, remove_query_arg( 'notice' ) ),
				__( 'Next page', 'nivella-credits' ),
				array( 'class' => 'button next-page' ),
			);
		}
		return Markup::below( ...$links );
	}

	/**
	 * Customers that were looked for and have no account yet.
	 *
	 * @param int[] $found Users.
	 */
	private static function others( array $found ): string {
		if ( ! current_user_can( Capabilities::ADJUST ) ) {
			return '';
		}
		$have = AccountList::open()->users( $found );
		$none = array_slice( array_diff( $found, $have ), 0, self::OFFERED );
		$rows = array();
		cache_users( $none );
		foreach ( array_filter( $none, 'is_user_member_of_blog' ) as $user ) {
			$data   = get_userdata( $user );
			$button = Controls::button( __( 'Open an account', 'nivella-credits' ), '' );
			$rows[] = array(
				'customer' => esc_html( Shown::customer( $user ) )
					. Markup::note( $data->user_email, 'description' ),
				'open'     => Action::form( 'open', array( 'user' => $user ), $button ),
			);
		}
		$columns = array(
			'customer' => __( 'Customer', 'nivella-credits' ),
			'open'     => __( 'Actions', 'nivella-credits' ),
		);
		$title   = esc_html__( 'Customers without an account yet', 'nivella-credits' );
		return array() === $rows ? ''
			: Markup::tag( 'h2', array(), $title ) . Markup::table( $columns, $rows, '' );
	}
}
