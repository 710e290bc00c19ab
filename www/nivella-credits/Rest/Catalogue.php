<?php
/**
 * Every route of the REST interface, in one table.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

defined( 'ABSPATH' ) || exit;

/**
 * What WordPress registers, the fast lane recognises and the OpenAPI document says. It needs
 * nothing of WordPress.
 */
final class Catalogue {
	public const NAMESPACE = 'nivella-credits/v1';

	/** Name, method, path, scope (null: anyone), schema of the body, schema of the answer, summary. */
	private const ROUTES = array(
		array( 'balance', 'GET', 'balance', 'read', null, 'Balance', 'The balance of now' ),
		array( 'pill', 'GET', 'pill', null, null, 'Pill', 'What a visitor of a site may know' ),
		array( 'quote', 'POST', 'quote', 'quote', 'Usage', 'Quote', 'What a usage would cost' ),
		array( 'use', 'POST', 'use', 'use', 'Use', 'Booking', 'Book work that was done' ),
		array( 'uses', 'POST', 'uses', 'use', 'Uses', 'Batch', 'Book up to 1,000 uses, or none' ),
		array( 'hold', 'POST', 'holds', 'use', 'NewHold', 'Booking', 'Reserve credits' ),
		array( 'settle', 'POST', 'holds/{hold}/settle', 'use', 'Settle', 'Booking', 'Charge a hold' ),
		array( 'release', 'POST', 'holds/{hold}/release', 'use', 'Release', 'Booking', 'Give it back' ),
		array( 'usage', 'GET', 'usage', 'read', null, 'Rollups', 'Sums of use by day' ),
		array( 'activity', 'GET', 'activity', 'read', null, 'Activity', 'Entries, newest first' ),
		array( 'csv', 'GET', 'activity.csv', 'read', null, 'text/csv', 'Entries as CSV' ),
		array( 'receipt', 'GET', 'activity/{seq}', 'read', null, 'Receipt', 'One entry explained' ),
		array( 'statement', 'GET', 'statement', 'read', null, 'Statement', 'Every entry, with proof' ),
		array( 'rate_card', 'GET', 'rate-card', 'read', null, 'RateCard', 'The prices of now' ),
		array( 'plans', 'GET', 'plans', 'read', null, 'Plans', 'The plans that there are' ),
		array( 'alerts', 'GET', 'alerts', 'read', null, 'Alerts', 'Where the levels begin' ),
		array( 'messages', 'GET', 'messages', null, null, 'Messages', 'The texts of a language' ),
		array( 'save_alerts', 'POST', 'alerts', 'alerts', 'NewAlerts', 'Alerts', 'Choose them' ),
	);
	/** Parameters of the address, beside `user`, by the route's name. */
	private const QUERY = array(
		'pill'     => array( 'site' ),
		'messages' => array( 'locale' ),
		'usage'    => array( 'from', 'to' ),
		'csv'      => array( 'from', 'to', ...self::KEYS ),
		'activity' => array( 'limit', 'before', 'from', 'to', ...self::KEYS ),
	);
	private const KEYS  = array( 'agent', 'feature', 'model', 'type', 'site', 'company', 'search' );

	/**
	 * The routes by name.
	 *
	 * @return array<string, array{name: string, method: string, path: string, scope: ?string,
	 *                             body: ?string, answer: string, summary: string, query: string[]}>
	 */
	public static function routes(): array {
		$fields = array( 'name', 'method', 'path', 'scope', 'body', 'answer', 'summary' );
		$routes = array();
		foreach ( self::ROUTES as $row ) {
			$route             = array_combine( $fields, $row );
			$who               = null === $route['scope'] ? array() : array( 'user' );
			$route['query']    = array( ...( self::QUERY[ $row[0] ] ?? array() ), ...$who );
			$routes[ $row[0] ] = $route;
		}
		return $routes;
	}

	/**
	 * A path as a regular expression, with its parameter by name.
	 *
	 * @param string $path As in the table.
	 */
	public static function pattern( string $path ): string {
		$patterns = array(
			'.'      => '\.',
			'{hold}' => '(?P<hold>[^/]+)',
			'{seq}'  => '(?P<seq>[^/]+)',
		);
		return strtr( $path, $patterns );
	}

	/**
	 * The route of a request.
	 *
	 * @param string $method GET or POST.
	 * @param string $path   Below the namespace.
	 * @return ?array{string, string} Its name, and the hold or entry that it names.
	 */
	public static function find( string $method, string $path ): ?array {
		foreach ( self::ROUTES as list( $name, $by, $known ) ) {
			$pattern = '@^' . self::pattern( $known ) . '$@iD';
			if ( $by === $method && 1 === preg_match( $pattern, $path, $found ) ) {
				return array( $name, $found['hold'] ?? $found['seq'] ?? '' );
			}
		}
		return null;
	}
}
