<?php
/**
 * Holds values to JSON Schema.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

use Nivella\Credits\Rest\Schemas;

/** As much of it as our shapes use; a word that it does not know is a fault of the shape. */
final class JsonSchema {
	private const WORDS = array(
		'type', 'properties', 'required', 'additionalProperties', 'items', 'minItems', 'maxItems',
		'enum', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'format', 'oneOf',
		'$ref',
	);

	/**
	 * What is wrong with a value.
	 *
	 * @param mixed  $value Decoded with objects as objects.
	 * @param string $name  The shape's name.
	 * @return string[]
	 */
	public static function faults( mixed $value, string $name ): array {
		return self::check( $value, array( '$ref' => "#/components/schemas/$name" ), $name );
	}

	/** @return string[] */
	private static function check( mixed $value, array $shape, string $at ): array {
		$unknown = array_diff( array_keys( $shape ), self::WORDS );
		if ( array() !== $unknown ) {
			return array( "$at: unknown words " . implode( ' ', $unknown ) );
		}
		if ( isset( $shape['$ref'] ) ) {
			$name = substr( $shape['$ref'], strlen( '#/components/schemas/' ) );
			return self::check( $value, Schemas::all()[ $name ], $at );
		}
		if ( isset( $shape['oneOf'] ) ) {
			$fits = array_filter(
				$shape['oneOf'],
				static fn( array $one ): bool => array() === self::check( $value, $one, $at )
			);
			return 1 === count( $fits ) ? array() : array( "$at: fits " . count( $fits ) );
		}
		$types = (array) $shape['type'];
		if ( ! in_array( self::type( $value ), $types, true ) ) {
			return array( "$at: " . self::type( $value ) . ', not ' . implode( ' or ', $types ) );
		}
		return match ( self::type( $value ) ) {
			'object' => self::object( $value, $shape, $at ),
			'array'  => self::items( $value, $shape, $at ),
			default  => self::scalar( $value, $shape, $at ),
		};
	}

	private static function type( mixed $value ): string {
		return match ( true ) {
			null === $value    => 'null',
			is_bool( $value )  => 'boolean',
			is_int( $value )   => 'integer',
			is_float( $value ) => 'number',
			is_array( $value ) => 'array',
			is_object( $value ) => 'object',
			default            => 'string',
		};
	}

	/** @return string[] */
	private static function object( object $value, array $shape, string $at ): array {
		$fields = get_object_vars( $value );
		$faults = array();
		foreach ( array_diff( $shape['required'] ?? array(), array_keys( $fields ) ) as $missing ) {
			$faults[] = "$at.$missing is missing";
		}
		foreach ( $fields as $name => $field ) {
			$of = $shape['properties'][ $name ] ?? $shape['additionalProperties'] ?? true;
			if ( false === $of ) {
				$faults[] = "$at.$name is not said";
			} elseif ( is_array( $of ) ) {
				array_push( $faults, ...self::check( $field, $of, "$at.$name" ) );
			}
		}
		return $faults;
	}

	/** @return string[] */
	private static function items( array $value, array $shape, string $at ): array {
		$count  = count( $value );
		$faults = $count < ( $shape['minItems'] ?? 0 ) || $count > ( $shape['maxItems'] ?? PHP_INT_MAX )
			? array( "$at has $count" )
			: array();
		foreach ( $value as $index => $item ) {
			array_push( $faults, ...self::check( $item, $shape['items'], "{$at}[$index]" ) );
		}
		return $faults;
	}

	/** @return string[] */
	private static function scalar( mixed $value, array $shape, string $at ): array {
		$time = '/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/D';
		$bad  = match ( true ) {
			null === $value => false,
			isset( $shape['enum'] ) && ! in_array( $value, $shape['enum'], true ) => true,
			is_int( $value ) => $value < ( $shape['minimum'] ?? PHP_INT_MIN )
				|| $value > ( $shape['maximum'] ?? PHP_INT_MAX ),
			is_bool( $value ) => false,
			isset( $shape['format'] ) => 1 !== preg_match( $time, $value ),
			isset( $shape['pattern'] ) => 1 !== preg_match( "/{$shape['pattern']}/D", $value ),
			default => strlen( $value ) < ( $shape['minLength'] ?? 0 )
				|| strlen( $value ) > ( $shape['maxLength'] ?? PHP_INT_MAX ),
		};
		return $bad ? array( "$at: " . json_encode( $value ) ) : array();
	}
}
