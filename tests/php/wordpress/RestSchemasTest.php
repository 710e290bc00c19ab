<?php
/**
 * What is said about the REST interface: shapes and the OpenAPI document.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Ledger\Codes;
use Nivella\Credits\Rest\Catalogue;
use Nivella\Credits\Rest\OpenApi;
use Nivella\Credits\Rest\Schemas;
use Nivella\Credits\Tests\Support\JsonSchema;
use PHPUnit\Framework\TestCase;

final class RestSchemasTest extends TestCase {
	public function test_the_openapi_document_is_the_one_that_is_made_of_the_schemas(): void {
		$file = NIVELLA_REPO . '/www/nivella-credits/openapi.json';
		$same = file_get_contents( $file ) === OpenApi::text();
		self::assertTrue( $same, 'run: php pkg/build/openapi.php' );
	}

	public function test_every_shape_that_is_named_is_there_and_every_one_is_used(): void {
		$named = array_column( Catalogue::routes(), 'answer' );
		array_push( $named, ...array_column( Catalogue::routes(), 'body' ), ...array( 'Error' ) );
		$text = json_encode( Schemas::all(), JSON_UNESCAPED_SLASHES );
		preg_match_all( '#schemas/(\w+)"#', $text, $refs );
		$named = array_unique( array_filter( array( ...$named, ...$refs[1] ) ) );
		$named = array_diff( $named, array( 'text/csv' ) );
		$known = array_keys( Schemas::all() );
		sort( $named );
		sort( $known );
		self::assertSame( $known, $named );
	}

	public function test_every_route_is_registered_with_a_permission_and_a_schema(): void {
		$routes = rest_get_server()->get_routes( Catalogue::NAMESPACE );
		foreach ( Catalogue::routes() as $route ) {
			$path     = '/' . Catalogue::NAMESPACE . '/' . Catalogue::pattern( $route['path'] );
			$handlers = array_filter(
				$routes[ $path ] ?? array(),
				static fn( $handler ): bool => isset( $handler['methods'][ $route['method'] ] )
			);
			self::assertCount( 1, $handlers, $route['name'] );
			self::assertIsCallable( current( $handlers )['permission_callback'] );
			$schema = rest_get_server()->get_route_options( $path )['schema']();
			self::assertContains( $schema['type'], array( 'object', 'string' ) );
			self::assertStringNotContainsString( '$ref', json_encode( $schema ) );
		}
	}

	public function test_the_codes_are_those_of_the_shared_list(): void {
		$file = NIVELLA_REPO . '/tests/vectors/error_codes.json';
		$list = json_decode( (string) file_get_contents( $file ), true )['codes'];
		foreach ( $list as list( 'code' => $code, 'status' => $status ) ) {
			self::assertSame( $status, Codes::status( $code ) );
		}
	}

	/**
	 * @dataProvider values
	 */
	public function test_shapes_refuse_what_they_should(
		string $shape,
		string $json,
		bool $good
	): void {
		$faults = JsonSchema::faults( json_decode( $json ), $shape );
		self::assertSame( $good, array() === $faults, $json );
	}

	/** @return array<array{string, string, bool}> */
	public static function values(): array {
		$use  = '{"request_id":"r","mode":"strict","amount":"1"';
		$time = '"as_of":"2026-11-21T10:00:00.000Z"';
		$pill = "{\"version\":1,$time,\"show\":\"level\",\"level\":\"ok\"";
		return array(
			array( 'Use', "$use}", true ),
			array( 'Use', $use . ',"usage":{"feature":"chat","messages":1}}', true ),
			array( 'Use', '{"request_id":"r","mode":"strict","amount":1}', false ),
			array( 'Use', '{"request_id":"r","mode":"loose","amount":"1"}', false ),
			array( 'Use', '{"request_id":"","mode":"strict","amount":"1"}', false ),
			array( 'Use', $use . ',"price":"1"}', false ),
			array( 'Use', $use . ',"usage":{"feature":"chat","messages":-1}}', false ),
			array( 'Uses', '{"items":[]}', false ),
			array( 'Uses', "{\"items\":[$use}]}", true ),
			array( 'NewAlerts', '{"low":{"share":20},"critical":{"amount":"5"}}', true ),
			array( 'NewAlerts', '{"low":{"share":1001},"critical":{"amount":"5"}}', false ),
			array( 'NewAlerts', '{"low":{"share":1,"amount":"5"},"critical":{"amount":"5"}}', false ),
			array( 'Pill', "$pill}", true ),
			array( 'Pill', str_replace( '2026', 'year', "$pill}" ), false ),
			array( 'Pill', $pill . ',"debt":"1"}', false ),
		);
	}
}
