<?php
/**
 * Reading the fields of a value, each by its name and type.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * The named values of a JSON object. Fields that nobody asks for are not looked at; null counts as
 * missing. What is missing or of another type is `snapshot_invalid`, naming the field.
 */
final class Fields {
	/**
	 * From decoded JSON.
	 *
	 * @param array<string, mixed> $fields The values by name.
	 */
	private function __construct( private readonly array $fields ) {}

	/**
	 * The fields of a value.
	 *
	 * @param mixed $value Decoded JSON: an object, as an array or an instance.
	 * @throws Refusal `snapshot_invalid` for any other value.
	 */
	public static function of( mixed $value ): self {
		$fields = self::fields_of( $value );
		if ( null === $fields ) {
			throw new Refusal( 'snapshot_invalid', 'has no fields' );
		}
		return new self( $fields );
	}

	/**
	 * Whether there is such a field.
	 *
	 * @param string $name Its name.
	 */
	public function has( string $name ): bool {
		return isset( $this->fields[ $name ] );
	}

	/**
	 * A text.
	 *
	 * @param string $name Its name.
	 * @throws Refusal `snapshot_invalid`.
	 */
	public function text( string $name ): string {
		$value = $this->fields[ $name ] ?? null;
		return is_string( $value ) ? $value : throw self::wrong( $name );
	}

	/**
	 * A text; null where it is missing.
	 *
	 * @param string $name Its name.
	 * @throws Refusal `snapshot_invalid`.
	 */
	public function optional_text( string $name ): ?string {
		return isset( $this->fields[ $name ] ) ? $this->text( $name ) : null;
	}

	/**
	 * A text that the caller must name: a missing one is the caller's mistake, not a snapshot's.
	 *
	 * @param string $name Its name.
	 * @throws Refusal `field_invalid` where it is missing, `snapshot_invalid` for another type.
	 */
	public function required( string $name ): string {
		if ( ! isset( $this->fields[ $name ] ) ) {
			throw new Refusal( 'field_invalid', 'a required field is missing', $name );
		}
		return $this->text( $name );
	}

	/**
	 * A whole number.
	 *
	 * @param string $name  Its name.
	 * @param int    $least The least that it can be.
	 * @param int    $most  The most that it can be.
	 * @throws Refusal `snapshot_invalid`.
	 */
	public function whole( string $name, int $least = PHP_INT_MIN, int $most = PHP_INT_MAX ): int {
		$value = $this->fields[ $name ] ?? null;
		$fits  = is_int( $value ) && $value >= $least && $value <= $most;
		return $fits ? $value : throw self::wrong( $name );
	}

	/**
	 * A whole number; null where it is missing.
	 *
	 * @param string $name  Its name.
	 * @param int    $least The least that it can be.
	 * @param int    $most  The most that it can be.
	 * @throws Refusal `snapshot_invalid`.
	 */
	public function optional_whole(
		string $name,
		int $least = PHP_INT_MIN,
		int $most = PHP_INT_MAX,
	): ?int {
		return isset( $this->fields[ $name ] ) ? $this->whole( $name, $least, $most ) : null;
	}

	/**
	 * Yes or no; no where it is missing.
	 *
	 * @param string $name Its name.
	 * @throws Refusal `snapshot_invalid`.
	 */
	public function flag( string $name ): bool {
		$value = $this->fields[ $name ] ?? false;
		return is_bool( $value ) ? $value : throw self::wrong( $name );
	}

	/**
	 * The fields of a field.
	 *
	 * @param string $name Its name.
	 * @throws Refusal `snapshot_invalid`.
	 */
	public function nested( string $name ): self {
		$fields = self::fields_of( $this->fields[ $name ] ?? null );
		return null === $fields ? throw self::wrong( $name ) : new self( $fields );
	}

	/**
	 * The fields of a field; null where it is missing.
	 *
	 * @param string $name Its name.
	 * @throws Refusal `snapshot_invalid`.
	 */
	public function optional_nested( string $name ): ?self {
		return isset( $this->fields[ $name ] ) ? $this->nested( $name ) : null;
	}

	/**
	 * A list of values that have fields; none where it is missing.
	 *
	 * @param string $name Its name.
	 * @return self[]
	 * @throws Refusal `snapshot_invalid`.
	 */
	public function optional_list( string $name ): array {
		return array_map( self::of( ... ), $this->values( $name ) );
	}

	/**
	 * A list of texts; none where it is missing.
	 *
	 * @param string $name Its name.
	 * @return string[]
	 * @throws Refusal `snapshot_invalid`.
	 */
	public function optional_texts( string $name ): array {
		$values = $this->values( $name );
		foreach ( $values as $value ) {
			is_string( $value ) || throw self::wrong( $name );
		}
		return $values;
	}

	/**
	 * A moment.
	 *
	 * @param string $name Its name.
	 * @throws Refusal `time_invalid` and the like.
	 */
	public function instant( string $name ): int {
		return self::accept_at( $name, fn(): int => Instant::parse( $this->text( $name ) ) );
	}

	/**
	 * A moment; null where it is missing.
	 *
	 * @param string $name Its name.
	 * @throws Refusal `time_invalid` and the like.
	 */
	public function optional_instant( string $name ): ?int {
		return isset( $this->fields[ $name ] ) ? $this->instant( $name ) : null;
	}

	/**
	 * An amount of one movement, as callers send it.
	 *
	 * @param string $name Its name.
	 * @throws Refusal `amount_invalid` and the like.
	 */
	public function amount( string $name ): int {
		return self::accept_at( $name, fn(): int => Amount::parse( $this->text( $name ) ) );
	}

	/**
	 * An amount; 0 where it is missing.
	 *
	 * @param string $name Its name.
	 * @throws Refusal `amount_invalid` and the like.
	 */
	public function optional_amount( string $name ): int {
		return isset( $this->fields[ $name ] ) ? $this->amount( $name ) : 0;
	}

	/**
	 * An amount that the caller must name.
	 *
	 * @param string $name Its name.
	 * @throws Refusal `field_invalid` where it is missing, `amount_invalid` and the like.
	 */
	public function required_amount( string $name ): int {
		$this->required( $name );
		return $this->amount( $name );
	}

	/**
	 * What is read of a field; a refusal names it.
	 *
	 * @template T
	 * @param string        $name Its name.
	 * @param callable(): T $read Reads it.
	 * @return T
	 * @throws Refusal What reading it refuses.
	 */
	public static function accept_at( string $name, callable $read ): mixed {
		try {
			return $read();
		} catch ( Refusal $refusal ) {
			throw $refusal->at( $name );
		}
	}

	/**
	 * The values of a list as they are; none where it is missing.
	 *
	 * @param string $name Its name.
	 * @return array<int, mixed>
	 * @throws Refusal `snapshot_invalid`.
	 */
	public function values( string $name ): array {
		$values = $this->fields[ $name ] ?? array();
		$fits   = is_array( $values ) && array_is_list( $values );
		return $fits ? $values : throw self::wrong( $name );
	}

	/**
	 * The values by name; null for what has none.
	 *
	 * @param mixed $value Decoded JSON.
	 * @return ?array<string, mixed>
	 */
	private static function fields_of( mixed $value ): ?array {
		if ( is_object( $value ) ) {
			return get_object_vars( $value );
		}
		// An empty object and an empty list are the same here.
		$fits = is_array( $value ) && ( array() === $value || ! array_is_list( $value ) );
		return $fits ? $value : null;
	}

	/**
	 * What every wrong field is.
	 *
	 * @param string $name Its name.
	 */
	private static function wrong( string $name ): Refusal {
		return new Refusal( 'snapshot_invalid', 'is missing, or of another type', $name );
	}
}
