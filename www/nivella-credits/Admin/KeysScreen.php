<?php
/**
 * The keys of servers.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Owner\Faults;
use Nivella\Credits\Plugin\Capabilities;
use Nivella\Credits\Rest\Key;
use Nivella\Credits\Rest\Keys;
use Nivella\Credits\Storage\Books;

defined( 'ABSPATH' ) || exit;

/**
 * Makes, lists and revokes keys. A new key is printed in the answer to its form, and kept nowhere:
 * that is why this form alone is answered by its own page.
 */
final class KeysScreen extends Screen {
	public const PAGE = 'nivella-credits-keys';

	private const FORM   = 'create_key';
	private const NONCE  = 'nivella_credits_create_key';
	private const USED   = 'nivella_credits_key_form_';
	private const USED_S = 86400;

	/** Its title. */
	public function title(): string {
		return __( 'Keys', 'nivella-credits' );
	}

	/** Who manages the store. */
	public function capability(): string {
		return Capabilities::MANAGE;
	}

	/** Ends a key. */
	public static function revoke(): void {
		Action::run(
			'revoke_key',
			Capabilities::MANAGE,
			static fn( Sent $sent ): Notice => ( new Keys() )->revoke( $sent->text( 'name' ) )
				? Notice::done( __( 'The key was revoked.', 'nivella-credits' ) )
				: throw new Refusal( 'not_found', 'no such key', 'name' )
		);
	}

	/** Runs on `admin_init`: a form that nobody meant to send ends here, before the page begins. */
	public static function guard(): void {
		if ( 'POST' === Action::method() && self::PAGE === self::asked( 'page' ) ) {
			check_admin_referer( self::NONCE );
		}
	}

	/** The list and the form, and a key that was made just now. */
	protected function body(): string {
		// phpcs:ignore WordPress.Security.NonceVerification.Missing -- guard() has it.
		$sent    = 'POST' === Action::method() ? new Sent( wp_unslash( $_POST ) ) : null;
		$said    = '';
		$refused = null;
		try {
			$said = null === $sent ? '' : $this->made( $sent );
		} catch ( Refusal $refusal ) {
			$field   = $refusal->field;
			$refused = Notice::refused( self::fault( $refusal ), self::FORM, $sent, $field );
			$said    = $refused->markup();
		}
		$list = Markup::table( self::columns(), self::rows(), __( 'No keys yet.', 'nivella-credits' ) );
		return $this->heading( $this->title() ) . $said . $list . $this->form( $refused );
	}

	/**
	 * Makes a key, and says what it is.
	 *
	 * @param Sent $sent The form.
	 * @throws Refusal Naming the field.
	 */
	private function made( Sent $sent ): string {
		$used = self::USED . Action::request_id_of( $sent );
		if ( false !== get_transient( $used ) ) {
			throw new Refusal( 'request_id_conflict', 'the form was sent before', 'request_id' );
		}
		$scopes = array_values( array_filter( Key::SCOPES, $sent->flag( ... ) ) );
		$token  = ( new Keys() )->create( $sent->text( 'label' ), $scopes, self::account( $sent ) );
		set_transient( $used, '1', self::USED_S );
		$text  = __( 'This is the key. Copy it now: it is not shown again.', 'nivella-credits' );
		$class = array( 'class' => 'notice notice-success', 'role' => 'status' );
		$about = array( 'class' => 'new-key', 'dir' => 'ltr' );
		$key   = Markup::tag( 'code', $about, esc_html( $token ) );
		return Markup::tag( 'div', $class, Markup::note( $text ), Markup::tag( 'p', array(), $key ) );
	}

	/** What a key may do. @return array<string, string> */
	private static function scopes(): array {
		return array(
			'quote' => __( 'Ask for prices', 'nivella-credits' ),
			'use'   => __( 'Use, hold and settle', 'nivella-credits' ),
			'read'  => __( 'Read balances, activity and statements', 'nivella-credits' ),
		);
	}

	/**
	 * The form.
	 *
	 * @param ?Notice $refused What was said of it, where it was refused just now.
	 */
	private function form( ?Notice $refused ): string {
		$form   = new Controls( self::FORM, $refused );
		$rows   = Controls::rows(
			$form->text(
				'label',
				__( 'Name', 'nivella-credits' ),
				'',
				__( 'What you call the server that has it.', 'nivella-credits' ),
				array( 'required' => true, 'maxlength' => 191 ),
			),
			$form->checks( 'scopes', __( 'It may', 'nivella-credits' ), self::scopes() ),
			$form->text(
				'customer',
				__( 'Only for', 'nivella-credits' ),
				'',
				__( 'A customer\'s e-mail or id; empty: every account of the store.', 'nivella-credits' ),
			),
		);
		$hidden = array(
			'_wpnonce'   => wp_create_nonce( self::NONCE ),
			'request_id' => Action::request_id(),
		);
		$inner  = Controls::hidden( $hidden ) . $rows
			. Controls::submit( __( 'Make a key', 'nivella-credits' ) );
		$where  = array( 'method' => 'post', 'action' => Menu::url( self::PAGE ) );
		return Markup::tag( 'h2', array(), esc_html__( 'New key', 'nivella-credits' ) )
			. Markup::tag( 'form', $where, $inner );
	}

	/**
	 * The account that a key is bound to.
	 *
	 * @param Sent $sent The form.
	 * @throws Refusal `not_found`.
	 */
	private static function account( Sent $sent ): ?int {
		$text = $sent->text( 'customer' );
		if ( '' === $text ) {
			return null;
		}
		$user = get_user_by( str_contains( $text, '@' ) ? 'email' : 'id', $text );
		return false === $user
			? throw new Refusal( 'not_found', 'no such customer', 'customer' )
			: Books::open()->account_of_user( $user->ID );
	}

	/**
	 * What is said of a form that is refused.
	 *
	 * @param Refusal $refusal The refusal.
	 */
	private static function fault( Refusal $refusal ): string {
		return match ( $refusal->field ) {
			'label'    => __( 'Give the key a name of at most 191 bytes.', 'nivella-credits' ),
			'scopes'   => __( 'Allow the key something.', 'nivella-credits' ),
			'customer' => __( 'There is no such customer.', 'nivella-credits' ),
			default    => Faults::text( $refusal ),
		};
	}

	/** @return array<string, string> */
	private static function columns(): array {
		return array(
			'label'   => __( 'Name', 'nivella-credits' ),
			'scopes'  => __( 'It may', 'nivella-credits' ),
			'account' => __( 'Only for', 'nivella-credits' ),
			'created' => __( 'Made', 'nivella-credits' ),
			'state'   => __( 'Actions', 'nivella-credits' ),
		);
	}

	/** @return array<int, array<string, string>> */
	private static function rows(): array {
		$books = Books::open();
		$at    = static fn( string $utc ): string => Shown::time(
			Instant::parse( strtr( $utc, ' ', 'T' ) . 'Z' )
		);
		$rows  = array();
		foreach ( ( new Keys() )->all() as $key ) {
			$account = $key->account;
			$whose   = null === $account
				? esc_html__( 'Every account', 'nivella-credits' )
				: Markup::link(
					AccountsScreen::url_of( $account ),
					Shown::customer( $books->user_of_account( $account ) ),
				);
			$rows[]  = array(
				'label'   => Markup::tag( 'strong', array(), esc_html( $key->label ) )
					. Markup::note( $key->name, 'description' ),
				'scopes'  => implode( '<br>', array_map( 'esc_html', self::named( $key->scopes ) ) ),
				'account' => $whose . ( null === $key->site ? '' : '<br>' . esc_html( $key->site ) ),
				'created' => $at( $key->created_at ),
				'state'   => null === $key->revoked_at
					? self::revoking( $key )
					/* translators: %s: a date and time. */
					: sprintf( esc_html__( 'Revoked %s', 'nivella-credits' ), $at( $key->revoked_at ) ),
			);
		}
		return $rows;
	}

	/**
	 * What a key may do, in words.
	 *
	 * @param string[] $scopes Its scopes.
	 * @return string[]
	 */
	private static function named( array $scopes ): array {
		$texts = self::scopes();
		return array_map( static fn( string $scope ): string => $texts[ $scope ] ?? $scope, $scopes );
	}

	/**
	 * The way to end a key.
	 *
	 * @param Key $key The key.
	 */
	private static function revoking( Key $key ): string {
		$text   = __( 'Revoke', 'nivella-credits' );
		$what   = __( 'Servers that have it are refused at once, for good.', 'nivella-credits' );
		$button = Controls::button( __( 'Revoke the key', 'nivella-credits' ), 'link-delete' );
		$form   = Action::form( 'revoke_key', array( 'name' => $key->name ), $button );
		return Controls::asked( $text, $what, $form );
	}
}
