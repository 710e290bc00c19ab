<?php
/**
 * Runs histories of commands for the differential test: one JSON text a line in, one out.
 *
 * In: `{"settings": {...}, "steps": [{"now": "...", "do": {...}}, ...]}`; instead of `do` a step
 * may have `balance`, `quote` (a usage), `thresholds` or `statement`. Out: the answers, in their
 * order; what breaks an invariant stands in the place of an answer.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Ledger;

use Nivella\Credits\Ledger\Account;
use Nivella\Credits\Ledger\Engine;
use Nivella\Credits\Ledger\Fields;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\MemoryStore;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Ledger\Settings;
use Nivella\Credits\Ledger\Statement;
use Nivella\Credits\Ledger\Thresholds;

require __DIR__ . '/../bootstrap.php';

/** @param array<string, mixed> $step The step. */
function answer( array $step, MemoryStore $store, Settings $settings ): mixed {
	$now    = Instant::parse( $step['now'] );
	$engine = new Engine( $store, $settings );
	switch ( true ) {
		case isset( $step['do'] ):
			return $engine->apply( $step['do'], $now );
		case isset( $step['quote'] ):
			return $engine->quote( $step['quote'], $now );
		case isset( $step['thresholds'] ):
			$chosen = Thresholds::from_wire( Fields::of( $step['thresholds'] ) );
			$engine->configure( $settings->of_account( $store->account->zone, $chosen ), $now );
			return null;
		case isset( $step['statement'] ):
			$pieces = ( new Statement( $store, $step['statement'], $now ) )->text();
			return implode( '', iterator_to_array( $pieces, false ) );
	}
	return $engine->balance( $now );
}

/** @param array<string, mixed> $step The step. */
function checked( array $step, MemoryStore $store, Settings $settings, Invariants $all ): mixed {
	$before = $store->account;
	try {
		$answer  = answer( $step, $store, $settings );
		$changes = $answer['booked'] ?? isset( $step['thresholds'] );
	} catch ( Refusal $refusal ) {
		$changes = false;
		$answer  = array(
			'code'  => $refusal->error,
			'field' => $refusal->field,
		);
	}
	if ( ! $changes && $store->account !== $before ) {
		return 'what was not booked has changed something';
	}
	return $all->fault( $store ) ?? $answer;
}

while ( false !== ( $line = fgets( STDIN ) ) ) {
	$history    = json_decode( $line, true, 64, JSON_THROW_ON_ERROR );
	$settings   = Settings::from_wire( $history['settings'] );
	$store      = new MemoryStore( Account::fresh( $settings->zone, $settings->thresholds ) );
	$invariants = new Invariants();
	$answers    = array();
	foreach ( $history['steps'] as $step ) {
		$answers[] = checked( $step, $store, $settings, $invariants );
	}
	echo Statement::json( $answers ), "\n";
}
