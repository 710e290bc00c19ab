<?php
/**
 * What is asked for.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

use Nivella\Credits\Ledger\Refusal;

defined( 'ABSPATH' ) || exit;

/** A request without how it came here. Immutable. */
final class Ask {
	/** More than a thousand uses with all their texts. */
	private const MOST_BYTES = 2000000;
	private const DEPTH      = 8;
	/** A text that is no name is passed over as a whole, so that each byte is looked at once. */
	private const NAME = '/"(?:[^"\\\\]++|\\\\.)*+"(?:\s*+:|(*SKIP)(*FAIL))/s';

	/**
	 * A request.
	 *
	 * @param string       $route   Its name in Catalogue.
	 * @param string       $of      The hold or the entry that its path names; else ''.
	 * @param array<mixed> $query   What its address asks for.
	 * @param string       $text    Its body as it came.
	 * @param string       $has_tag `If-None-Match`; else ''.
	 */
	public function __construct(
		public readonly string $route,
		public readonly string $of = '',
		public readonly array $query = array(),
		private readonly string $text = '',
		public readonly string $has_tag = '',
	) {}

	/**
	 * The body: an object of JSON in which no name stands twice.
	 *
	 * @return array<string, mixed>
	 * @throws Refusal `snapshot_too_large`, `field_invalid`.
	 */
	public function body(): array {
		if ( strlen( $this->text ) > self::MOST_BYTES ) {
			throw new Refusal( 'snapshot_too_large', 'the body is too long' );
		}
		$body = json_decode( $this->text, true, self::DEPTH );
		if ( ! is_array( $body ) || ! str_starts_with( ltrim( $this->text ), '{' ) ) {
			throw new Refusal( 'field_invalid', 'the body is no object of JSON' );
		}
		// What programs read differently is not to be guessed: each name counts once.
		$names = preg_match_all( self::NAME, $this->text );
		if ( self::members( $body ) !== $names ) {
			throw new Refusal( 'field_invalid', 'a name stands twice' );
		}
		return $body;
	}

	/**
	 * A text of the address.
	 *
	 * @param string $name Its name.
	 * @return ?string null where it was not asked for.
	 * @throws Refusal `field_invalid` for a list, and for what is longer than anything here.
	 */
	public function asked( string $name ): ?string {
		$value = $this->query[ $name ] ?? null;
		if ( null === $value ) {
			return null;
		}
		if ( ! is_string( $value ) || strlen( $value ) > 191 || ! mb_check_encoding( $value, 'UTF-8' ) ) {
			throw new Refusal( 'field_invalid', 'one text of at most 191 bytes', $name );
		}
		return $value;
	}

	/**
	 * How many names there are in objects, at whatever depth.
	 *
	 * @param array<mixed> $value What was read.
	 */
	private static function members( array $value ): int {
		$count = array_is_list( $value ) ? 0 : count( $value );
		foreach ( $value as $each ) {
			$count += is_array( $each ) ? self::members( $each ) : 0;
		}
		return $count;
	}
}
