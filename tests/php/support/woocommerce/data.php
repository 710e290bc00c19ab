<?php
/**
 * What orders and their items have in common.
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

/** An instant, as the real store gives it. */
class WC_DateTime extends DateTime { // phpcs:ignore
	/** Formatted in the time zone of the site. */
	public function date( string $format ): string {
		return ( clone $this )->setTimezone( wp_timezone() )->format( $format );
	}

	public function getOffsetTimestamp(): int { // phpcs:ignore
		return $this->getTimestamp() + wp_timezone()->getOffset( $this );
	}

	public function __toString(): string {
		return $this->format( DATE_ATOM );
	}
}

/**
 * Named values with getters and setters (`get_total()`, `set_total()`), and meta data. Values are
 * kept one by one; meta data under the name `meta:` and its key.
 */
abstract class WC_Data { // phpcs:ignore
	protected int $id = 0;
	/** @var array<string, mixed> Every value there is, with its default. */
	protected array $data = array();
	/** @var array<string, mixed> What is to be written by save(). */
	protected array $changes = array();
	/** @var array<string, mixed> */
	protected array $meta = array();

	/** The kind of object, for the table. */
	abstract protected function kind(): string;

	public function get_id(): int {
		return $this->id;
	}

	public function set_id( mixed $id ): void {
		$this->id = (int) $id;
	}

	/** Reads what is kept; whether it was there. */
	protected function load( int $id ): bool {
		$kept = Stand_In_Rows::read( $id );
		if ( null === $kept || $kept['kind'] !== $this->kind() ) {
			return false;
		}
		$this->id = $id;
		foreach ( $kept['values'] as $name => $value ) {
			if ( str_starts_with( $name, 'meta:' ) ) {
				$this->meta[ substr( $name, 5 ) ] = $value;
			} else {
				$number              = is_int( $this->data[ $name ] ?? null );
				$this->data[ $name ] = $number ? (int) $value : $value;
			}
		}
		return true;
	}

	/** Writes what was changed. */
	protected function store( int $parent_id ): void {
		if ( 0 === $this->id ) {
			$this->id      = Stand_In_Rows::add( $this->kind(), $parent_id );
			$this->changes = $this->data + $this->changes;
		}
		Stand_In_Rows::write( $this->id, $this->changes );
		$this->changes = array();
	}

	protected function set_prop( string $name, mixed $value ): void {
		$this->data[ $name ]    = $value;
		$this->changes[ $name ] = $value;
	}

	/**
	 * Getters and setters of plain values.
	 *
	 * @param array<int, mixed> $arguments The value to be set; a getter's context is ignored.
	 */
	public function __call( string $method, array $arguments ): mixed {
		$name = substr( $method, 4 );
		if ( ! array_key_exists( $name, $this->data ) ) {
			$what = static::class . "::$method()";
			throw new BadMethodCallException( "$what is not part of the stand-in" );
		}
		if ( str_starts_with( $method, 'set_' ) ) {
			$this->set_prop( $name, $this->clean( $name, $arguments[0] ) );
			return null;
		}
		$value = $this->data[ $name ];
		return str_starts_with( $name, 'date_' ) ? self::instant( $value ) : $value;
	}

	/** A value as it is kept: money as a decimal, ids as integers. */
	protected function clean( string $name, mixed $value ): mixed {
		if ( str_starts_with( $name, 'date_' ) ) {
			$instant = $value instanceof DateTimeInterface;
			return $instant ? $value->getTimestamp() : self::seconds( $value );
		}
		if ( str_ends_with( $name, '_id' ) && 'transaction_id' !== $name ) {
			return (int) $value;
		}
		return is_scalar( $value ) ? (string) $value : $value;
	}

	private static function seconds( mixed $value ): ?int {
		if ( null === $value || '' === $value || 0 === $value ) {
			return null;
		}
		return is_numeric( $value ) ? (int) $value : (int) strtotime( (string) $value . ' UTC' );
	}

	private static function instant( mixed $seconds ): ?WC_DateTime {
		if ( null === $seconds || '' === $seconds ) {
			return null;
		}
		return new WC_DateTime( "@$seconds" );
	}

	/**
	 * @param array<string, mixed> $props Values by name.
	 */
	public function set_props( array $props ): void {
		foreach ( $props as $name => $value ) {
			$this->{"set_$name"}( $value );
		}
	}

	public function get_meta( string $key = '', bool $single = true, string $for = '' ): mixed {
		if ( ! $single ) {
			return isset( $this->meta[ $key ] ) ? array( $this->meta_row( $key ) ) : array();
		}
		return $this->meta[ $key ] ?? '';
	}

	/** @return object[] Rows with `key` and `value`. */
	public function get_meta_data(): array {
		return array_map( array( $this, 'meta_row' ), array_keys( $this->meta ) );
	}

	private function meta_row( string $key ): object {
		return (object) array( 'id' => crc32( $key ), 'key' => $key, 'value' => $this->meta[ $key ] );
	}

	public function meta_exists( string $key ): bool {
		return array_key_exists( $key, $this->meta );
	}

	public function update_meta_data( string $key, mixed $value, int $meta_id = 0 ): void {
		$this->meta[ $key ]           = $value;
		$this->changes[ "meta:$key" ] = is_scalar( $value ) ? (string) $value : $value;
	}

	public function add_meta_data( string $key, mixed $value, bool $unique = false ): void {
		if ( ! $unique && $this->meta_exists( $key ) ) {
			throw new BadMethodCallException( 'the stand-in keeps one value for each key' );
		}
		$this->update_meta_data( $key, $value );
	}

	public function delete_meta_data( string $key ): void {
		unset( $this->meta[ $key ] );
		$this->changes[ "meta:$key" ] = null;
	}

	/** Writes meta data alone. */
	public function save_meta_data(): void {
		$is_meta = static fn( string $name ): bool => str_starts_with( $name, 'meta:' );
		$changed = array_filter( $this->changes, $is_meta, ARRAY_FILTER_USE_KEY );
		Stand_In_Rows::write( $this->id, $changed );
		$this->changes = array_diff_key( $this->changes, $changed );
	}

	/** @return array<string, mixed> */
	public function get_data(): array {
		return array( 'id' => $this->id ) + $this->data;
	}
}
