<?php
/**
 * What a form sent.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Owner\Day;

defined( 'ABSPATH' ) || exit;

/** The fields of a form, each checked as it is read. */
final class Sent {
	/** At most so many bytes of a form are kept for being filled in again. */
	private const KEPT = 200000;

	/**
	 * From what PHP read, without WordPress's slashes.
	 *
	 * @param array<mixed> $all The fields.
	 */
	public function __construct( private readonly array $all ) {}

	/**
	 * A text without space around it; '' where there is none.
	 *
	 * @param string $name The field.
	 */
	public function text( string $name ): string {
		$value = $this->all[ $name ] ?? '';
		return is_string( $value ) ? trim( wp_check_invalid_utf8( $value ) ) : '';
	}

	/**
	 * Whether a box is ticked.
	 *
	 * @param string $name The field.
	 */
	public function flag( string $name ): bool {
		return '1' === $this->text( $name );
	}

	/**
	 * One of some words.
	 *
	 * @param string   $name  The field.
	 * @param string[] $words The words.
	 * @throws Refusal `field_invalid`.
	 */
	public function one_of( string $name, array $words ): string {
		$text = $this->text( $name );
		return in_array( $text, $words, true )
			? $text
			: throw new Refusal( 'field_invalid', 'not one of its words', $name );
	}

	/**
	 * A whole number.
	 *
	 * @param string $name  The field.
	 * @param int    $least The lowest.
	 * @param int    $most  The highest.
	 * @throws Refusal `field_invalid`.
	 */
	public function whole( string $name, int $least, int $most ): int {
		$text = $this->text( $name );
		$good = 1 === preg_match( '/^\d{1,18}$/D', $text ) && (int) $text >= $least;
		return $good && (int) $text <= $most
			? (int) $text
			: throw new Refusal( 'field_invalid', "a whole number from $least to $most", $name );
	}

	/**
	 * An amount that is above 0, as the ledger takes it.
	 *
	 * @param string $name The field.
	 * @throws Refusal `amount_invalid`, `amount_out_of_range`, naming the field.
	 */
	public function amount( string $name ): string {
		try {
			$micro = Amount::parse( $this->text( $name ) );
			Amount::check( $micro, $name );
		} catch ( Refusal $refusal ) {
			throw new Refusal( $refusal->error, $refusal->getMessage(), $name );
		}
		return Amount::text( $micro );
	}

	/**
	 * An amount that may be 0; '' is 0.
	 *
	 * @param string $name The field.
	 * @throws Refusal `amount_invalid`, `amount_out_of_range`, naming the field.
	 */
	public function amount_or_none( string $name ): string {
		return 1 === preg_match( '/^0*(\.0*)?$/D', $this->text( $name ) ) ? '0' : $this->amount( $name );
	}

	/**
	 * The end of a day in the site's zone; null where no day is named.
	 *
	 * @param string $name The field: 2026-01-31.
	 * @throws Refusal `time_invalid`, naming the field.
	 */
	public function end_of_day( string $name ): ?string {
		$text = $this->text( $name );
		return '' === $text ? null : Day::end( $text, $name );
	}

	/**
	 * Rows of a table of fields: `name[0][column]`.
	 *
	 * @param string   $name    The table.
	 * @param string[] $columns Its columns.
	 * @return array<int, array<string, string>> Rows that are not empty.
	 */
	public function rows( string $name, array $columns ): array {
		$rows = array();
		$all  = is_array( $this->all[ $name ] ?? null ) ? $this->all[ $name ] : array();
		ksort( $all );
		foreach ( $all as $row ) {
			$sent  = new self( is_array( $row ) ? $row : array() );
			$texts = array_map( $sent->text( ... ), array_combine( $columns, $columns ) );
			if ( '' !== implode( '', $texts ) ) {
				$rows[] = $texts;
			}
		}
		return $rows;
	}

	/**
	 * Everything, for filling the form in again; nothing of a form that is too long.
	 *
	 * @return array<mixed>
	 */
	public function all(): array {
		$kept = array_diff_key( $this->all, array_flip( array( '_wpnonce', 'action' ) ) );
		return strlen( (string) wp_json_encode( $kept ) ) > self::KEPT ? array() : $kept;
	}
}
