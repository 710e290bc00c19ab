<?php
/**
 * What is said after something was done.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

defined( 'ABSPATH' ) || exit;

/**
 * One notice. It waits for the page that the action leads back to, which names it in its address;
 * with a form that was refused goes what was entered, so that nobody types it again.
 */
final class Notice {
	private const ASKED  = 'notice';
	private const KEPT_S = 600;

	/**
	 * One notice.
	 *
	 * @param string               $type    `success`, `warning`, `error` or `info`.
	 * @param string               $text    Plain text.
	 * @param ?string              $to      Where to go; null: where the form was.
	 * @param string               $form    The form that it is about.
	 * @param ?string              $field   The field that is wrong.
	 * @param array<string, mixed> $entered What was entered.
	 */
	private function __construct(
		public readonly string $type,
		public readonly string $text,
		public readonly ?string $to = null,
		public readonly string $form = '',
		public readonly ?string $field = null,
		public readonly array $entered = array(),
	) {}

	/**
	 * It was done.
	 *
	 * @param string  $text What.
	 * @param ?string $to   Where to go; null: where the form was.
	 */
	public static function done( string $text, ?string $to = null ): self {
		return new self( 'success', $text, $to );
	}

	/**
	 * It was not done.
	 *
	 * @param string  $text  Why.
	 * @param string  $form  The form.
	 * @param Sent    $sent  What was entered.
	 * @param ?string $field The field that is wrong.
	 */
	public static function refused(
		string $text,
		string $form,
		Sent $sent,
		?string $field = null
	): self {
		return new self( 'error', $text, null, $form, $field, $sent->all() );
	}

	/**
	 * Nothing was done yet: the form is shown once more with what was entered.
	 *
	 * @param string $text What is to be said; '' for nothing.
	 * @param string $form The form.
	 * @param Sent   $sent What was entered.
	 */
	public static function again( string $text, string $form, Sent $sent ): self {
		return new self( 'info', $text, null, $form, null, $sent->all() );
	}

	/**
	 * Keeps it for the next page.
	 *
	 * @param string $url The page.
	 * @return string Its address with the notice's name.
	 */
	public function kept_for( string $url ): string {
		$name = bin2hex( random_bytes( 8 ) );
		set_transient( self::key( $name ), get_object_vars( $this ), self::KEPT_S );
		return add_query_arg( self::ASKED, $name, remove_query_arg( self::ASKED, $url ) );
	}

	/** The notice of this page; null where there is none. */
	public static function current(): ?self {
		// phpcs:ignore WordPress.Security -- a name that is looked up.
		$name = $_GET[ self::ASKED ] ?? '';
		if ( ! is_string( $name ) || 1 !== preg_match( '/^[0-9a-f]{16}$/D', $name ) ) {
			return null;
		}
		$kept = get_transient( self::key( $name ) );
		return is_array( $kept ) ? new self( ...$kept ) : null;
	}

	/** As the page shows it. */
	public function markup(): string {
		if ( '' === $this->text ) {
			return '';
		}
		$class = "notice notice-$this->type is-dismissible";
		$role  = 'error' === $this->type ? 'alert' : 'status';
		$lines = array_map( array( Markup::class, 'note' ), explode( "\n", $this->text ) );
		return Markup::tag( 'div', array( 'class' => $class, 'role' => $role ), ...$lines );
	}

	/**
	 * Where it is kept: nobody sees another one's.
	 *
	 * @param string $name Its name.
	 */
	private static function key( string $name ): string {
		return 'nivella_credits_notice_' . get_current_user_id() . "_$name";
	}
}
