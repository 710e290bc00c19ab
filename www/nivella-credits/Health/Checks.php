<?php
/**
 * What is checked of the plugin's health.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Health;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Failure;

defined( 'ABSPATH' ) || exit;

/** One list, for the health screen, for Site Health, and for notices on other pages. */
final class Checks {
	/**
	 * Every check, by its name.
	 *
	 * @return array<string, array{label: string, slow: bool, run: callable(): Finding}> Slow ones ask
	 *         the site over HTTP.
	 */
	public static function all(): array {
		$own = array(
			'schema' => self::check( __( 'Tables', 'nivella-credits' ), Database::schema( ... ) ),
			'engine' => self::check( __( 'Transactions', 'nivella-credits' ), Database::engine( ... ) ),
			'sqlite' => self::check( __( 'Database', 'nivella-credits' ), Database::kind( ... ) ),
			'secret' => self::check( __( 'Secret of the site', 'nivella-credits' ), Site::secret( ... ) ),
			'https'  => self::check( __( 'Server keys', 'nivella-credits' ), Site::https( ... ) ),
			'outbox' => self::check( __( 'Events', 'nivella-credits' ), Database::outbox( ... ) ),
			'daily'  => self::check( __( 'Daily check', 'nivella-credits' ), Daily::last( ... ) ),
			'lane'   => self::check( __( 'Fast lane', 'nivella-credits' ), Site::lane( ... ), true ),
			'module' => self::check( __( 'WebAssembly', 'nivella-credits' ), Site::module( ... ), true ),
		);
		/**
		 * What is checked of the plugin's health.
		 *
		 * @param array $checks By name: `label`, `slow` (asks over HTTP), `run` (gives a Finding).
		 */
		$told = apply_filters( 'nivella_credits_health_checks', $own );
		return $own + self::usable( is_array( $told ) ? $told : array() );
	}

	/**
	 * Those that can be shown and run.
	 *
	 * @param array<mixed> $checks What other plugins told.
	 * @return array<string, array{label: string, slow: bool, run: callable(): Finding}>
	 */
	private static function usable( array $checks ): array {
		$usable = array();
		foreach ( $checks as $name => $check ) {
			$label = is_array( $check ) ? $check['label'] ?? null : null;
			if ( is_string( $name ) && is_string( $label ) && is_callable( $check['run'] ?? null ) ) {
				$slow            = true === ( $check['slow'] ?? false );
				$usable[ $name ] = self::check( $label, $check['run'], $slow );
			}
		}
		return $usable;
	}

	/**
	 * What a check finds; one that fails is a finding too.
	 *
	 * @param array{run: callable(): Finding} $check Of all().
	 */
	public static function run( array $check ): Finding {
		try {
			$found = $check['run']();
			return $found instanceof Finding
				? $found
				: throw new \UnexpectedValueException( 'the check gave no Health\Finding' );
		} catch ( Refusal | Failure $fault ) {
			$text = __( 'This could not be checked now: the database did not answer.', 'nivella-credits' );
			return Finding::recommended( $text );
		} catch ( \Throwable $fault ) {
			/* translators: %s: what went wrong, in English. */
			$text = __( 'This could not be checked: the check itself failed. %s', 'nivella-credits' );
			return Finding::recommended( sprintf( $text, $fault->getMessage() ) );
		}
	}

	/**
	 * One check.
	 *
	 * @param string   $label What it is called.
	 * @param callable $run   Gives a Finding.
	 * @param bool     $slow  Whether it asks the site over HTTP.
	 * @return array{label: string, slow: bool, run: callable}
	 */
	public static function check( string $label, callable $run, bool $slow = false ): array {
		return array( 'label' => $label, 'slow' => $slow, 'run' => $run );
	}
}
