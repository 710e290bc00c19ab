<?php
/**
 * The shared vectors: what every implementation must answer.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Ledger;

use Nivella\Credits\Ledger\Account;
use Nivella\Credits\Ledger\MemoryStore;
use Nivella\Credits\Ledger\Settings;

/** Reads them, and compares with them. */
final class Vectors {
	/**
	 * A file of tests/vectors.
	 *
	 * @return array<string, mixed>
	 */
	public static function of( string $name ): array {
		$text = (string) file_get_contents( NIVELLA_REPO . "/tests/vectors/$name.json" );
		return json_decode( $text, true, 64, JSON_THROW_ON_ERROR );
	}

	/**
	 * Says where a value lacks what is expected of it; null where it has all. Lists must have the
	 * same length, of other values only the named fields are looked at.
	 */
	public static function lacks( mixed $expected, mixed $actual ): ?string {
		$both = is_array( $expected ) && is_array( $actual );
		if ( ! $both || ( array_is_list( $expected ) && count( $expected ) !== count( $actual ) ) ) {
			return $expected === $actual
				? null
				: ': expected ' . json_encode( $expected ) . ', found ' . json_encode( $actual );
		}
		foreach ( $expected as $name => $value ) {
			$lacks = self::lacks( $value, $actual[ $name ] ?? null );
			if ( null !== $lacks ) {
				return ".$name$lacks";
			}
		}
		return null;
	}

	/**
	 * A new account under these settings.
	 *
	 * @param array<string, mixed> $settings As on the wire.
	 */
	public static function account( array $settings ): MemoryStore {
		$read = Settings::from_wire( $settings );
		return new MemoryStore( Account::fresh( $read->zone, $read->thresholds ) );
	}
}
