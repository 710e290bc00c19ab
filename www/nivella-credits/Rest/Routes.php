<?php
/**
 * The full routes.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Rest;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Page\Messages;
use Nivella\Credits\Storage\Books;

defined( 'ABSPATH' ) || exit;

/** Registers every route of the catalogue, lets callers in, and sends what the handlers answer. */
final class Routes {
	/**
	 * Who sent which request, or why they were not let in: WordPress asks twice, the second time for
	 * the header Allow, and a request counts once.
	 *
	 * @var \WeakMap<\WP_REST_Request, Caller|Refusal>
	 */
	private \WeakMap $callers;

	private function __construct( private readonly Access $access, private readonly Books $books ) {
		$this->callers = new \WeakMap();
	}

	/** Runs on `rest_api_init`. */
	public static function register(): void {
		$routes = new self( Access::of_site(), Books::open() );
		foreach ( Catalogue::routes() as $route ) {
			$path = '/' . Catalogue::pattern( $route['path'] );
			register_rest_route( Catalogue::NAMESPACE, $path, $routes->described( $route ) );
		}
	}

	/**
	 * Whether a route is one of ours.
	 *
	 * @param string $route As WordPress has it: `/nivella-credits/v1/balance`.
	 */
	public static function is_ours( string $route ): bool {
		return 0 === stripos( $route . '/', '/' . Catalogue::NAMESPACE . '/' );
	}

	/**
	 * Runs on `rest_request_before_callbacks`: what is no JSON is refused by the handler, after it is
	 * known who asks, as everything else is.
	 *
	 * @param mixed            $response An error that WordPress has found.
	 * @param mixed            $handler  Ignored.
	 * @param \WP_REST_Request $request  The request.
	 * @return mixed
	 */
	public static function leave_json(
		mixed $response,
		mixed $handler,
		\WP_REST_Request $request
	): mixed {
		$json = is_wp_error( $response ) && 'rest_invalid_json' === $response->get_error_code();
		return $json && self::is_ours( $request->get_route() ) ? null : $response;
	}

	/**
	 * A route as WordPress wants it described. Nothing is changed or refused by the description: the
	 * handlers do that, with codes of their own.
	 *
	 * @param array<string, mixed> $route Of the catalogue.
	 * @return array<string, mixed>
	 */
	private function described( array $route ): array {
		$text = array( 'type' => 'string', 'sanitize_callback' => null );
		$name = $route['name'];
		return array(
			array(
				'methods'             => $route['method'],
				'args'                => array_fill_keys( $route['query'], $text ),
				'permission_callback' => fn( \WP_REST_Request $r ) => $this->permitted( $route, $r ),
				'callback'            => fn( \WP_REST_Request $r ) => $this->answered( $name, $r ),
			),
			'schema' => static fn(): array => OpenApi::schema( $route['answer'] ),
		);
	}

	/**
	 * Whether the caller may do this at all.
	 *
	 * @param array<string, mixed> $route   Of the catalogue.
	 * @param \WP_REST_Request     $request The request.
	 */
	private function permitted( array $route, \WP_REST_Request $request ): bool|\WP_Error {
		try {
			Access::refuse_keys_in( $request->get_query_params() );
			$caller = $this->caller( $request, null === $route['scope'] );
			if ( null !== $route['scope'] ) {
				Access::check( $caller, $route['scope'] );
			}
			return true;
		} catch ( Refusal $refusal ) {
			return self::error( $refusal );
		}
	}

	/**
	 * Who sent a request.
	 *
	 * @param \WP_REST_Request $request The request.
	 * @param bool             $anyone  Whether anyone may.
	 * @throws Refusal Why they are not let in.
	 */
	private function caller( \WP_REST_Request $request, bool $anyone ): Caller {
		if ( ! isset( $this->callers[ $request ] ) ) {
			try {
				$found = $anyone ? $this->access->visitor() : $this->access->caller_of( $request );
			} catch ( Refusal $refusal ) {
				$found = $refusal;
			}
			$this->callers[ $request ] = $found;
		}
		$found = $this->callers[ $request ];
		return $found instanceof Refusal ? throw $found : $found;
	}

	/** The module's texts, which anyone may keep for an hour. */
	private static function messages( Ask $ask ): Reply {
		$texts = Messages::in( $ask->asked( 'locale' ) ?? '' );
		return Reply::tagged( $texts, $ask->has_tag, array(), 'public, max-age=3600' );
	}

	private function answered( string $name, \WP_REST_Request $request ): \WP_REST_Response {
		$path = $request->get_url_params();
		$ask  = new Ask(
			$name,
			rawurldecode( (string) ( $path['hold'] ?? $path['seq'] ?? '' ) ),
			$request->get_query_params(),
			(string) $request->get_body(),
			(string) $request->get_header( 'If-None-Match' ),
		);
		return Answering::of(
			fn(): Reply => match ( true ) {
				'pill' === $name                      => ( new Visitor( $this->books ) )->reply( $ask ),
				'messages' === $name                  => self::messages( $ask ),
				isset( Metering::SCOPES[ $name ] )    =>
					( new Metering( $this->books ) )->reply( $ask, $this->callers[ $request ] ),
				default                               =>
					( new Reading( $this->books ) )->reply( $ask, $this->callers[ $request ] ),
			}
		)->to_wordpress();
	}

	/**
	 * Runs on `rest_post_dispatch`: who is told to come again is told when, also where WordPress made
	 * the answer of an error.
	 *
	 * @param mixed            $response The answer.
	 * @param mixed            $server   Ignored.
	 * @param \WP_REST_Request $request  The request.
	 * @return mixed
	 */
	public static function tell_when(
		mixed $response,
		mixed $server,
		\WP_REST_Request $request
	): mixed {
		if ( ! self::is_ours( $request->get_route() ) || ! $response->is_error() ) {
			return $response;
		}
		$details = $response->get_data()['data']['details'] ?? array();
		foreach ( Reply::again( $response->get_status(), $details ) as $name => $value ) {
			$response->header( $name, $value );
		}
		return $response;
	}

	/**
	 * A refusal as WordPress's error.
	 *
	 * @param Refusal $refusal The refusal.
	 */
	public static function error( Refusal $refusal ): \WP_Error {
		$data = Reply::data( $refusal );
		return new \WP_Error( $refusal->error, $refusal->getMessage(), $data );
	}
}
