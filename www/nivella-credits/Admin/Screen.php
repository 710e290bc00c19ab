<?php
/**
 * What every screen of the owner has.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Owner\Faults;
use Nivella\Credits\Plugin\Capabilities;
use Nivella\Credits\Storage\Failure;

defined( 'ABSPATH' ) || exit;

/**
 * A page of the menu. It reads, and shows forms; what they do is an action of its own, which leads
 * back here with a notice.
 */
abstract class Screen {
	/** Its title, and what the menu calls it. */
	abstract public function title(): string;

	/** Its title and what is below it: markup, escaped in its parts. */
	abstract protected function body(): string;

	/** What who opens it must be allowed. */
	public function capability(): string {
		return Capabilities::VIEW;
	}

	/** Prints the page. */
	public function show(): void {
		if ( ! current_user_can( $this->capability() ) ) {
			wp_die( esc_html( Action::not_allowed() ), '', array( 'response' => 403 ) );
		}
		// What fails midway leaves no half of a page that could be taken for all of it.
		try {
			$body = $this->body();
		} catch ( Refusal | Failure $fault ) {
			$refusal = $fault instanceof Failure ? $fault->refusal() : $fault;
			$body    = $this->heading( $this->title() ) . self::alert( Faults::text( $refusal ) );
		}
		// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped in its parts.
		echo '<div class="wrap nivella-credits-admin">', $body, '</div>';
	}

	/**
	 * The page's title with what stands beside it, and the notice of what was done last. WordPress
	 * puts the notices of others behind the line.
	 *
	 * @param string $title The title.
	 * @param string ...$actions Markup of links beside it.
	 */
	protected function heading( string $title, string ...$actions ): string {
		$class  = array( 'class' => 'wp-heading-inline' );
		$notice = Notice::current();
		return Markup::tag( 'h1', $class, esc_html( $title ) ) . ' ' . implode( ' ', $actions )
			. '<hr class="wp-header-end">'
			. ( null === $notice ? '' : $notice->markup() );
	}

	/**
	 * What is said where something cannot be shown, or is not there.
	 *
	 * @param string $text The text; '' for nothing.
	 */
	protected static function alert( string $text ): string {
		$class = array( 'class' => 'notice notice-error', 'role' => 'alert' );
		return '' === $text ? '' : Markup::tag( 'div', $class, Markup::note( $text ) );
	}

	/**
	 * A part of what the address asks for.
	 *
	 * @param string $name Its name.
	 */
	protected static function asked( string $name ): string {
		// phpcs:ignore WordPress.Security -- who uses it checks it.
		$value = $_GET[ $name ] ?? '';
		return is_string( $value ) ? trim( wp_check_invalid_utf8( wp_unslash( $value ) ) ) : '';
	}

	/**
	 * A number that the address asks for; null for none, or what is no number.
	 *
	 * @param string $name Its name.
	 */
	protected static function asked_number( string $name ): ?int {
		$text = self::asked( $name );
		return 1 === preg_match( '/^[1-9]\d{0,17}$/D', $text ) ? (int) $text : null;
	}
}
