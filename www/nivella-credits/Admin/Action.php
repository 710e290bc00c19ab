<?php
/**
 * What the forms of the screens do.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Owner\Faults;
use Nivella\Credits\Storage\Failure;

defined( 'ABSPATH' ) || exit;

/**
 * One way for every form: who sends it may do so, it comes from our page, and it leads back there
 * with a notice. Each is WordPress's `admin_post_nivella_credits_{name}`.
 */
final class Action {
	private const PREFIX = 'nivella_credits_';
	private const END    = 'complete';

	/**
	 * A form.
	 *
	 * @param string                    $name   The action.
	 * @param array<string, string|int> $hidden Fields that are not shown.
	 * @param string                    $inner  Markup.
	 * @param bool                      $files  Whether it sends files.
	 */
	public static function form(
		string $name,
		array $hidden,
		string $inner,
		bool $files = false
	): string {
		$fields = array( 'action' => self::PREFIX . $name, '_wpnonce' => self::nonce( $name ) );
		$here   = remove_query_arg( '_wp_http_referer' );
		$inputs = '';
		foreach ( $fields + array( '_wp_http_referer' => $here ) + $hidden as $field => $value ) {
			$input   = array( 'type' => 'hidden', 'name' => $field, 'value' => (string) $value );
			$inputs .= Markup::tag( 'input', $input );
		}
		return Markup::tag(
			'form',
			array(
				'method'  => 'post',
				'action'  => admin_url( 'admin-post.php' ),
				'class'   => "form-$name",
				'enctype' => $files ? 'multipart/form-data' : null,
			),
			$inputs,
			$inner,
		);
	}

	/**
	 * The address of something to be downloaded.
	 *
	 * @param string                    $name The action.
	 * @param array<string, string|int> $more What it is asked for.
	 */
	public static function url( string $name, array $more = array() ): string {
		$query = array( 'action' => self::PREFIX . $name, '_wpnonce' => self::nonce( $name ) ) + $more;
		return admin_url( 'admin-post.php?' . http_build_query( $query ) );
	}

	/** An id for a form that writes to the ledger: sent twice it has its effect once. */
	public static function request_id(): string {
		return bin2hex( random_bytes( 16 ) );
	}

	/**
	 * The request id that a form was printed with, as the ledger keeps it: with who sent it.
	 *
	 * @param Sent $sent The form.
	 * @throws Refusal `request_id_invalid` for one that we did not make.
	 */
	public static function request_id_of( Sent $sent ): string {
		$id = $sent->text( 'request_id' );
		if ( 1 !== preg_match( '/^[0-9a-f]{32}$/D', $id ) ) {
			throw new Refusal( 'request_id_invalid', 'the form has no id of ours', 'request_id' );
		}
		return 'admin-' . get_current_user_id() . "-$id";
	}

	/**
	 * Does what a form asks for, and leads back.
	 *
	 * @param string                 $name       The action.
	 * @param string                 $capability What who sends it must be allowed.
	 * @param callable(Sent): Notice $do         What it does.
	 */
	public static function run( string $name, string $capability, callable $do ): void {
		self::check( $name, $capability );
		// phpcs:ignore WordPress.Security.NonceVerification.Missing -- check() has it.
		$sent = new Sent( wp_unslash( $_POST ) );
		try {
			$notice = $do( $sent );
		} catch ( Refusal | Failure $fault ) {
			$refusal = $fault instanceof Failure ? $fault->refusal() : $fault;
			$notice  = Notice::refused( Faults::text( $refusal ), $name, $sent, $refusal->field );
		}
		$home = Menu::url( Menu::TOP );
		$back = wp_validate_redirect( wp_sanitize_redirect( $sent->text( '_wp_http_referer' ) ), $home );
		wp_safe_redirect( $notice->kept_for( $notice->to ?? $back ) );
		exit;
	}

	/**
	 * The same for a form with a field for each of many rows, which ends with end(): PHP leaves out
	 * what is beyond a certain number of fields, and half a list must not take the place of a whole.
	 *
	 * @param string                 $name       The action.
	 * @param string                 $capability As in run().
	 * @param callable(Sent): Notice $do         What it does.
	 */
	public static function run_long( string $name, string $capability, callable $do ): void {
		self::run(
			$name,
			$capability,
			static function ( Sent $sent ) use ( $do ): Notice {
				if ( $sent->flag( self::END ) ) {
					return $do( $sent );
				}
				$text = __(
					'The server took only a part of this long form (max_input_vars). Nothing was saved.',
					'nivella-credits'
				);
				return Notice::refused( $text, '', $sent );
			}
		);
	}

	/** The last field of a long form. */
	public static function end(): string {
		return Controls::hidden( array( self::END => 1 ) );
	}

	/**
	 * Sends a text to be kept as a file. What it asks for is read before anything is sent.
	 *
	 * @param string                                                  $name       The action.
	 * @param string                                                  $capability As in run().
	 * @param callable(Sent): array{string, string, iterable<string>} $do Gives the file's name, its
	 *                                                                    type and its text in pieces.
	 */
	public static function send( string $name, string $capability, callable $do ): void {
		self::check( $name, $capability, 'GET' );
		try {
			// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- check() has it.
			[ $file, $type, $pieces ] = $do( new Sent( wp_unslash( $_GET ) ) );
		} catch ( Refusal | Failure $fault ) {
			$refusal = $fault instanceof Failure ? $fault->refusal() : $fault;
			wp_die(
				esc_html( Faults::text( $refusal ) ),
				'',
				array( 'response' => absint( $refusal->status() ), 'back_link' => true )
			);
		}
		Download::send( $file, $type, $pieces );
		exit;
	}

	/** How this page was asked for, such as `POST`. */
	public static function method(): string {
		return strtoupper( sanitize_key( wp_unslash( $_SERVER['REQUEST_METHOD'] ?? '' ) ) );
	}

	/** What somebody is told who may not do this. */
	public static function not_allowed(): string {
		return __( 'Sorry, you are not allowed to do this.', 'nivella-credits' );
	}

	/**
	 * Ends the request unless who sent it may do this, and meant to.
	 *
	 * @param string $name       The action.
	 * @param string $capability What they must be allowed.
	 * @param string $method     How it is sent.
	 */
	private static function check( string $name, string $capability, string $method = 'POST' ): void {
		if ( self::method() !== $method ) {
			wp_die( esc_html( self::not_allowed() ), '', array( 'response' => 405 ) );
		}
		if ( ! current_user_can( $capability ) ) {
			wp_die( esc_html( self::not_allowed() ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( self::PREFIX . $name );
	}

	/**
	 * The nonce of an action.
	 *
	 * @param string $name The action.
	 */
	private static function nonce( string $name ): string {
		return wp_create_nonce( self::PREFIX . $name );
	}
}
