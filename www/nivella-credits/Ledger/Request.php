<?php
/**
 * An operation with the key under which it is booked at most once.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * A request, as it was read.
 *
 * `args` has the operation's own fields, each with its type of the ledger; see Command. Texts
 * beside the figures are not checked yet.
 */
final class Request {
	/**
	 * The digest of the body, once it was asked for.
	 *
	 * @var ?string
	 */
	private ?string $hash = null;

	/**
	 * One request.
	 *
	 * @param string               $id        Made by the caller and kept before sending.
	 * @param string               $op        The operation.
	 * @param array<string, mixed> $args      Its own fields.
	 * @param ?string              $reference An order, a conversation, a refund.
	 * @param ?string              $site      The public id of the site.
	 * @param ?string              $reason    Why.
	 */
	public function __construct(
		public readonly string $id,
		public readonly string $op,
		public readonly array $args,
		public readonly ?string $reference,
		public readonly ?string $site,
		public readonly ?string $reason,
	) {}

	/**
	 * The digest of the body: equal for equal meaning, however it was written (`1.20` is `1.2`).
	 *
	 * Who chooses bodies must not find two that are taken for one, or the second would be answered
	 * as booked and never be: it is a SHA-256 over a form in which every field has a fixed place and
	 * texts carry their length.
	 */
	public function hash(): string {
		return $this->hash ??= Digest::of( Canonical::request( $this ) );
	}
}
