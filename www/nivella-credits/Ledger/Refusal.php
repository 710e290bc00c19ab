<?php
/**
 * A coded "no".
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * What is refused, and why: a code of the shared list, a message for developers, the field.
 *
 * That credits do not suffice is no refusal but an answer.
 */
final class Refusal extends \RuntimeException {
	/**
	 * The stable code: one of tests/vectors/error_codes.json.
	 *
	 * @var string
	 */
	public readonly string $error;

	/**
	 * One refusal.
	 *
	 * @param string                $code    The stable code.
	 * @param string                $message For developers; never shown to a customer.
	 * @param ?string               $field   The field that is wrong.
	 * @param array<string, string> $details More for developers.
	 */
	public function __construct(
		string $code,
		string $message,
		public readonly ?string $field = null,
		public readonly array $details = array(),
	) {
		parent::__construct( $message );
		$this->error = $code;
	}

	/**
	 * The same refusal, naming the field that it is about.
	 *
	 * @param string $field The field.
	 */
	public function at( string $field ): self {
		return new self( $this->error, $this->getMessage(), $field, $this->details );
	}

	/**
	 * The HTTP status of the code.
	 */
	public function status(): int {
		return Codes::status( $this->error );
	}
}
