<?php
/**
 * The checks in WordPress's Site Health.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Health;

defined( 'ABSPATH' ) || exit;

/** The same list as on the health screen. Slow checks are asked for by the page, one by one. */
final class SiteHealth {
	private const NAME = 'nivella-credits-';

	/**
	 * Runs on `site_status_tests`.
	 *
	 * @param array<string, array<string, mixed>> $tests Those of others.
	 * @return array<string, array<string, mixed>>
	 */
	public static function tests( array $tests ): array {
		foreach ( Checks::all() as $name => $check ) {
			$own  = self::NAME . $name;
			$run  = static fn(): array => self::result( $name, $check );
			$slow = array( 'test' => $own, 'async_direct_test' => $run );
			$kind = $check['slow'] ? 'async' : 'direct';

			$tests[ $kind ][ $own ] = array( 'label' => $check['label'] )
				+ ( $check['slow'] ? $slow : array( 'test' => $run ) );
		}
		return $tests;
	}

	/** Runs on `wp_ajax_health-check-nivella-credits-{name}`. */
	public static function answer(): void {
		check_ajax_referer( 'health-check-site-status' );
		if ( ! current_user_can( 'view_site_health_checks' ) ) {
			wp_send_json_error();
		}
		$name  = substr( (string) current_action(), strlen( 'wp_ajax_health-check-' . self::NAME ) );
		$check = Checks::all()[ $name ] ?? null;
		if ( null === $check ) {
			wp_send_json_error();
		}
		wp_send_json_success( self::result( $name, $check ) );
	}

	/**
	 * A finding as Site Health shows it.
	 *
	 * @param string                                         $name  The check's name.
	 * @param array{label: string, run: callable(): Finding} $check The check.
	 * @return array<string, mixed>
	 */
	private static function result( string $name, array $check ): array {
		$found = Checks::run( $check );
		/* translators: %s: what was checked. */
		$label = sprintf( __( 'Credits: %s', 'nivella-credits' ), $check['label'] );
		return array(
			'label'       => $label,
			'status'      => $found->status,
			'badge'       => array( 'label' => __( 'Credits', 'nivella-credits' ), 'color' => 'blue' ),
			'description' => '<p>' . esc_html( $found->text ) . '</p>',
			'actions'     => '',
			'test'        => self::NAME . $name,
		);
	}
}
