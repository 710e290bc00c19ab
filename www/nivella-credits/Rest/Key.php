<?php
/**
 * A server key.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

defined( 'ABSPATH' ) || exit;

/** What is stored of a key. Immutable. */
final class Key {
	/** What a key may be allowed: prices, metering, reading what happened. */
	public const SCOPES = array( 'quote', 'use', 'read' );

	/**
	 * One key.
	 *
	 * @param string   $name       The first part of its text.
	 * @param string   $digest     SHA-256 of its text.
	 * @param string   $label      What its owner calls it.
	 * @param string[] $scopes     Of SCOPES.
	 * @param ?int     $account    The only account that it is for; null: any of the store.
	 * @param ?string  $site       The only site that it is for; null: any.
	 * @param string   $created_at UTC.
	 * @param ?string  $revoked_at UTC; null while it counts.
	 */
	public function __construct(
		public readonly string $name,
		public readonly string $digest,
		public readonly string $label,
		public readonly array $scopes,
		public readonly ?int $account,
		public readonly ?string $site,
		public readonly string $created_at,
		public readonly ?string $revoked_at,
	) {}

	/**
	 * Whether this is the text of the key, and it still counts.
	 *
	 * @param string $token What a caller sent.
	 */
	public function is( string $token ): bool {
		return hash_equals( $this->digest, Token::digest( $token ) ) && null === $this->revoked_at;
	}
}
