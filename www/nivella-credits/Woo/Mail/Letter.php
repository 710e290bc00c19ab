<?php
/**
 * What a mail says.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Mail;

defined( 'ABSPATH' ) || exit;

/** The body of a mail, as text; a template makes it HTML or plain. Immutable. */
final class Letter {
	/**
	 * A letter.
	 *
	 * @param string[]                     $paragraphs One after the other.
	 * @param array<array{string, string}> $figures What it is about, and how much: a table.
	 * @param ?array{string, string}       $way        Where to go from here: its name and its address.
	 * @param string                       $closing    A last paragraph, behind all that.
	 */
	public function __construct(
		public readonly array $paragraphs,
		public readonly array $figures = array(),
		public readonly ?array $way = null,
		public readonly string $closing = '',
	) {}
}
