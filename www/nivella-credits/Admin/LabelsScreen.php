<?php
/**
 * Agents and features.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Plugin\Capabilities;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Storage\KnownKeys;

defined( 'ABSPATH' ) || exit;

/**
 * What customers read for the keys of agents, features, models and sites. Those that rates, plans
 * or late use know are there already and need only a name.
 */
final class LabelsScreen extends Screen {
	public const PAGE  = 'nivella-credits-labels';
	public const KINDS = array( 'agent', 'feature', 'model', 'site' );

	private const EMPTY_ROWS = 3;
	private const MAX        = 191;

	/** Its title. */
	public function title(): string {
		return __( 'Agents and features', 'nivella-credits' );
	}

	/** Who manages the store. */
	public function capability(): string {
		return Capabilities::MANAGE;
	}

	/** Saves the names. */
	public static function save(): void {
		Action::run_long(
			'save_labels',
			Capabilities::MANAGE,
			static function ( Sent $sent ): Notice {
				$labels = self::read( $sent );
				if ( is_string( $labels ) ) {
					$text = __( 'Every name needs its key, of at most 191 bytes.', 'nivella-credits' );
					return Notice::refused( $text, 'save_labels', $sent, $labels );
				}
				update_option( Configuration::LABELS, (string) wp_json_encode( (object) $labels ) );
				return Notice::done( __( 'The names were saved.', 'nivella-credits' ) );
			}
		);
	}

	/**
	 * The names of a form.
	 *
	 * @param Sent $sent The form.
	 * @return array<string, array<string, string>>|string By kind and key; the field that lacks a key.
	 */
	private static function read( Sent $sent ): array|string {
		$labels = array();
		foreach ( self::KINDS as $kind ) {
			foreach ( $sent->rows( $kind, array_keys( self::columns( $kind ) ) ) as $n => $row ) {
				$key = $row['key'];
				if ( '' === $key || strlen( $key ) > self::MAX ) {
					return "{$kind}[$n][key]";
				}
				if ( '' !== $row['name'] ) {
					$labels[ $kind ][ $key ] = $row['name'];
				}
				if ( '' !== ( $row['company'] ?? '' ) ) {
					$labels['company'][ $key ] = $row['company'];
				}
			}
		}
		return $labels;
	}

	/**
	 * The columns of a kind.
	 *
	 * @param string $kind The kind.
	 * @return array<string, string>
	 */
	private static function columns( string $kind ): array {
		$columns = array(
			'key'  => __( 'Key', 'nivella-credits' ),
			'name' => __( 'Name', 'nivella-credits' ),
		);
		return 'site' === $kind
			? $columns + array( 'company' => __( 'Company', 'nivella-credits' ) )
			: $columns;
	}

	/**
	 * What is kept of a kind, and what is known of it.
	 *
	 * @param string   $kind  The kind.
	 * @param string[] $known Keys.
	 * @return array<int, array<string, string>>
	 */
	private static function kept( string $kind, array $known ): array {
		$names     = (array) Configuration::labels()[ $kind ];
		$companies = 'site' === $kind ? Configuration::companies() : array();
		$rows      = array();
		$keys      = array( ...array_keys( $names ), ...array_keys( $companies ), ...$known );
		foreach ( array_unique( array_map( 'strval', $keys ) ) as $key ) {
			$rows[] = array(
				'key'     => $key,
				'name'    => (string) ( $names[ $key ] ?? '' ),
				'company' => $companies[ $key ] ?? '',
			);
		}
		return $rows;
	}

	/** The form. */
	protected function body(): string {
		$known   = KnownKeys::open()->all();
		$form    = new Controls( 'save_labels' );
		$entered = $form->entered();
		$boxes   = '';
		foreach ( self::titles() as $kind => $title ) {
			$rows = null === $entered
				? self::kept( $kind, $known[ $kind ] )
				: ( new Sent( $entered ) )->rows( $kind, array_keys( self::columns( $kind ) ) );

			$boxes .= Markup::box( $title, self::table( $form, $kind, $rows ) );
		}
		$about  = __(
			'Customers read the names on their dashboard, receipts and exports.',
			'nivella-credits',
		);
		$button = Controls::submit( __( 'Save the names', 'nivella-credits' ) );
		$done   = Action::end();
		return $this->heading( $this->title() )
			. Markup::note( $about )
			. Action::form( 'save_labels', array(), $boxes . $button . $done );
	}

	/** @return array<string, string> */
	private static function titles(): array {
		return array(
			'agent'   => __( 'Agents', 'nivella-credits' ),
			'feature' => __( 'Features', 'nivella-credits' ),
			'model'   => __( 'Models', 'nivella-credits' ),
			'site'    => __( 'Sites', 'nivella-credits' ),
		);
	}

	/**
	 * The fields of one kind.
	 *
	 * @param Controls                          $form The form.
	 * @param string                            $kind The kind.
	 * @param array<int, array<string, string>> $rows What they hold.
	 */
	private static function table( Controls $form, string $kind, array $rows ): string {
		$columns = self::columns( $kind );
		$cells   = array();
		for ( $n = 0, $count = count( $rows ) + self::EMPTY_ROWS; $n < $count; $n++ ) {
			foreach ( $columns as $name => $text ) {
				$cells[ $n ][ $name ] = $form->cell(
					"{$kind}[$n][$name]",
					$text . ' ' . ( $n + 1 ),
					$rows[ $n ][ $name ] ?? '',
					array( 'maxlength' => self::MAX ) + ( 'key' === $name ? Controls::CODE : array() ),
				);
			}
		}
		return Markup::table( $columns, $cells, '', open: true );
	}
}
