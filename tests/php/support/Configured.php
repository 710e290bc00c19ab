<?php
/**
 * Books whose settings and clock a test chooses.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

use Nivella\Credits\Ledger\Account;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Settings;
use Nivella\Credits\Storage\AccountRows;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Storage\Db;

/** One account under settings of its own, at a time of its own. */
final class Configured {
	public readonly Db $db;
	public readonly int $account;
	/** Milliseconds since 1970. */
	public int $now = 0;

	/** @param array<string, mixed> $settings As on the wire. */
	public function __construct( array $settings ) {
		global $wpdb;
		$this->db = new Db( $wpdb );
		$read     = $this->configure( $settings );
		$fresh    = Account::fresh( $read->zone, $read->thresholds );
		$this->db->transaction( fn() => AccountRows::insert( $this->db, null, 0, $fresh ) );
		$this->account = (int) $this->db->row( 'SELECT MAX( id ) AS id FROM {accounts}' )['id'];
	}

	/** Books that see these settings and this time. */
	public function books(): Books {
		$clock = fn(): int => $this->now;
		return new Books( $this->db, new Configuration( $this->db, $clock ), $clock );
	}

	/**
	 * Puts settings in the place of those of the store; an owner could not change the past so.
	 *
	 * @param array<string, mixed> $settings As on the wire.
	 */
	public function configure( array $settings ): Settings {
		$read = Settings::from_wire( $settings );
		$this->db->run( 'DELETE FROM {plans}' );
		foreach ( $settings['plans'] ?? array() as $place => $plan ) {
			$row = array( array( $plan['key'], $place, json_encode( $plan ) ) );
			$this->db->run( 'INSERT INTO {plans} ( plan_key, place, plan ) VALUES ?', $row );
		}
		$this->db->run( 'DELETE FROM {rate_cards}' );
		foreach ( $settings['rate_cards'] ?? array() as $card ) {
			$at  = Instant::parse( $card['effective_at'] );
			$row = array( array( $card['version'], $at, json_encode( $card ) ) );
			$this->db->run( 'INSERT INTO {rate_cards} ( version, effective_at, card ) VALUES ?', $row );
		}
		$forgives = $settings['forgive_shortfall'] ?? false;
		update_option( Configuration::FORGIVE, $forgives ? '1' : '0', false );
		return $read;
	}
}
