<?php
/**
 * Keys that the store knows of.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Storage;

defined( 'ABSPATH' ) || exit;

/** Agents, features, models and sites of rates, plans and late use, to be given names. */
final class KnownKeys {
	/** The accounts that were used last; the whole history is too long to look through. */
	private const LATE = 'SELECT DISTINCT r.agent, r.feature, r.model, r.site FROM {rollups} r
		JOIN ( SELECT id FROM {accounts} FORCE INDEX (last_at) ORDER BY last_at DESC LIMIT 50 ) a
		ON r.account = a.id WHERE r.day >= ? LIMIT 500';

	private const DAYS = 30;

	/**
	 * The keys of the site.
	 *
	 * @param Db $db The database.
	 */
	public function __construct( private readonly Db $db ) {}

	/** The current site's. */
	public static function open(): self {
		global $wpdb;
		return new self( new Db( $wpdb ) );
	}

	/**
	 * All of them, by kind.
	 *
	 * @return array{agent: string[], feature: string[], model: string[], site: string[]}
	 * @throws Failure Where the database refuses.
	 */
	public function all(): array {
		$settings = ( new Configuration( $this->db ) )->settings()->to_wire();
		$last     = end( $settings['rate_cards'] );
		$rates    = false === $last ? array() : $last['rates'];
		$today    = intdiv( time(), 86400 );
		$late     = $this->db->rows( self::LATE, $today - self::DAYS );
		$plans    = array_merge( ...array_column( $settings['plans'], 'features' ) );
		$known    = array(
			'agent'   => array_column( $late, 'agent' ),
			'feature' => array(
				...array_column( $rates, 'feature' ),
				...$plans,
				...array_column( $late, 'feature' ),
			),
			'model'   => array( ...array_column( $rates, 'model' ), ...array_column( $late, 'model' ) ),
			'site'    => array_column( $late, 'site' ),
		);
		return array_map(
			static fn( array $keys ): array => array_values(
				array_unique( array_filter( $keys, 'strlen' ) )
			),
			$known
		);
	}
}
