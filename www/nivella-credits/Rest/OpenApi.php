<?php
/**
 * The OpenAPI document.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

use Nivella\Credits\Ledger\Json;

defined( 'ABSPATH' ) || exit;

/** Made of the catalogue and the schemas alone, so that it says what the routes do. */
final class OpenApi {
	/** What parameters of an address are, beside texts. */
	private const NUMBERS = array(
		'limit'  => array( 'type' => 'integer', 'minimum' => 1, 'maximum' => 100, 'default' => 50 ),
		'before' => array( 'type' => 'integer', 'minimum' => 1 ),
		'from'   => array( 'type' => 'string', 'format' => 'date' ),
		'to'     => array( 'type' => 'string', 'format' => 'date' ),
		'user'   => array(
			'type'        => 'string',
			'pattern'     => '^[1-9][0-9]*$',
			'description' => 'The WordPress user whose credits are meant; only who acts for the whole '
				. 'store names one, and must.',
		),
	);

	/**
	 * The whole document.
	 *
	 * @return array<string, mixed>
	 */
	public static function document(): array {
		$paths = array();
		foreach ( Catalogue::routes() as $route ) {
			$at           = '/' . $route['path'];
			$by           = strtolower( $route['method'] );
			$paths[ $at ] = ( $paths[ $at ] ?? array() ) + array( $by => self::operation( $route ) );
		}
		$key    = array( 'type' => 'http', 'scheme' => 'bearer' );
		$cookie = array( 'type' => 'apiKey', 'in' => 'header', 'name' => 'X-WP-Nonce' );
		return array(
			'openapi'    => '3.1.0',
			'info'       => array( 'title' => 'Nivella Credits', 'version' => 'v1' ),
			'servers'    => array( array( 'url' => '/wp-json/' . Catalogue::NAMESPACE ) ),
			'paths'      => $paths,
			'components' => array(
				'schemas'         => Schemas::all(),
				'responses'       => array( 'TooOften' => self::too_often() ),
				'securitySchemes' => array(
					'key'      => $key,
					'customer' => $cookie,
					'password' => array( 'type' => 'http', 'scheme' => 'basic' ),
				),
			),
		);
	}

	/** The document as it stands in openapi.json. */
	public static function text(): string {
		$flags = JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE;
		return Json::text( self::document(), $flags ) . "\n";
	}

	/**
	 * A shape with its parts put in, for WordPress's own description of a route.
	 *
	 * @param string $name The shape.
	 * @return array<string, mixed>
	 */
	public static function schema( string $name ): array {
		$all  = Schemas::all();
		$fill = static function ( array $shape ) use ( &$fill, $all ): array {
			if ( isset( $shape['$ref'] ) ) {
				$shape = $all[ substr( $shape['$ref'], strlen( '#/components/schemas/' ) ) ];
			}
			return array_map( static fn( $part ) => is_array( $part ) ? $fill( $part ) : $part, $shape );
		};
		$head = array( '$schema' => 'http://json-schema.org/draft-04/schema#', 'title' => $name );
		return $head + $fill( $all[ $name ] ?? array( 'type' => 'string' ) );
	}

	/**
	 * One route.
	 *
	 * @param array<string, mixed> $route Of the catalogue.
	 * @return array<string, mixed>
	 */
	private static function operation( array $route ): array {
		$error     = self::content( 'Error' ) + array( 'description' => 'A coded refusal' );
		$operation = array(
			'operationId' => $route['name'],
			'summary'     => $route['summary'],
			'security'    => null === $route['scope'] ? array() : self::security( $route['scope'] ),
			'parameters'  => self::parameters( $route ),
		);
		if ( null !== $route['body'] ) {
			$operation['requestBody'] = array( 'required' => true ) + self::content( $route['body'] );
		}
		$operation['responses'] = array(
			'200'     => array( 'description' => $route['answer'] ) + self::content( $route['answer'] ),
			'429'     => array( '$ref' => '#/components/responses/TooOften' ),
			'default' => $error,
		);
		return $operation;
	}

	/**
	 * The answer to somebody who came too often.
	 *
	 * @return array<string, mixed>
	 */
	private static function too_often(): array {
		$seconds = array(
			'description' => 'Seconds. Nothing was done; the same request id is safe then.',
			'schema'      => array( 'type' => 'integer', 'minimum' => 1 ),
		);
		return array(
			'description' => 'Too many requests: `store_rate_limited`',
			'headers'     => array( 'Retry-After' => $seconds ),
		) + self::content( 'Error' );
	}

	/** @return array<array<string, mixed>> */
	private static function security( string $scope ): array {
		return array(
			array( 'key' => array( $scope ) ),
			array( 'customer' => array( $scope ) ),
			array( 'password' => array( $scope ) ),
		);
	}

	/** @return array<array<string, mixed>> */
	private static function parameters( array $route ): array {
		$parameters = array();
		if ( 1 === preg_match( '/\{(\w+)\}/', $route['path'], $found ) ) {
			$id           = array( 'type' => 'string', 'pattern' => '^[0-9]+(-[0-9a-f]{32})?$' );
			$parameters[] = array(
				'name'     => $found[1],
				'in'       => 'path',
				'required' => true,
				'schema'   => $id,
			);
		}
		foreach ( $route['query'] as $name ) {
			$text         = array( 'type' => 'string', 'maxLength' => 191 );
			$parameters[] = array(
				'name'     => $name,
				'in'       => 'query',
				'required' => null === $route['scope'],
				'schema'   => self::NUMBERS[ $name ] ?? $text,
			);
		}
		return $parameters;
	}

	/** @return array<string, mixed> */
	private static function content( string $shape ): array {
		if ( 'text/csv' === $shape ) {
			return array( 'content' => array( $shape => array( 'schema' => array( 'type' => 'string' ) ) ) );
		}
		$schema = array( '$ref' => "#/components/schemas/$shape" );
		return array( 'content' => array( 'application/json' => array( 'schema' => $schema ) ) );
	}
}
