<?php
/**
 * What a subscription gives.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Ledger;

defined( 'ABSPATH' ) || exit;

/**
 * A plan: features, and an allowance of credits in each cycle. Immutable.
 */
final class Plan {
	private const MAX_FEATURES = 1000;

	/**
	 * One plan. Amounts are micro-credits.
	 *
	 * @param string   $key          Its stable key, 1 to 191 bytes.
	 * @param string   $name         Its name as shown.
	 * @param int      $level        Its place among plans: a change to a higher level counts at once,
	 *                               to a lower one from the next cycle.
	 * @param int      $allowance    Granted at the start of each cycle, 0 to 10^12 credits.
	 * @param bool     $unlimited    Every use is recorded with its cost as waived, and draws nothing.
	 * @param int      $rollover_cap The most of an unused allowance that the next cycle keeps.
	 * @param string[] $features     The features it includes; empty means all of them.
	 */
	private function __construct(
		public readonly string $key,
		public readonly string $name,
		public readonly int $level,
		public readonly int $allowance,
		public readonly bool $unlimited,
		public readonly int $rollover_cap,
		public readonly array $features,
	) {}

	/**
	 * Reads a plan.
	 *
	 * @param Fields $fields `key`, `name`, `level`, `allowance`, [`unlimited`, `rollover_cap`,
	 *                       `features`].
	 * @throws Refusal `snapshot_invalid`, `amount_invalid` and the like, naming the field.
	 */
	public static function from_wire( Fields $fields ): self {
		return new self(
			$fields->text( 'key' ),
			$fields->text( 'name' ),
			$fields->whole( 'level', 0, 4294967295 ),
			$fields->amount( 'allowance' ),
			$fields->flag( 'unlimited' ),
			$fields->optional_amount( 'rollover_cap' ),
			$fields->optional_texts( 'features' ),
		);
	}

	/**
	 * As from_wire() reads it.
	 *
	 * @return array<string, mixed>
	 */
	public function to_wire(): array {
		$cap = $this->rollover_cap > 0
			? array( 'rollover_cap' => Amount::text( $this->rollover_cap ) )
			: array();
		return array(
			'key'       => $this->key,
			'name'      => $this->name,
			'level'     => $this->level,
			'allowance' => Amount::text( $this->allowance ),
			'unlimited' => $this->unlimited,
		) + $cap + array( 'features' => $this->features );
	}

	/**
	 * Whether the plan includes this feature.
	 *
	 * @param string $feature The feature.
	 */
	public function allows( string $feature ): bool {
		return array() === $this->features || in_array( $feature, $this->features, true );
	}

	/**
	 * Checks every field against its range.
	 *
	 * @throws Refusal `plan_invalid`, naming the field.
	 */
	public function validate(): void {
		$keys  = array_filter( $this->features, Texts::is_key( ... ) );
		$field = match ( true ) {
			! Texts::is_key( $this->key )                          => 'key',
			! Texts::is_key( $this->name )                         => 'name',
			count( $this->features ) > self::MAX_FEATURES,
			count( $keys ) < count( $this->features ),
			count( array_unique( $keys ) ) < count( $keys )        => 'features',
			default                                                => null,
		};
		if ( null !== $field ) {
			$message = 'keys are 1 to 191 bytes without control characters, each once';
			throw new Refusal( 'plan_invalid', $message, $field );
		}
	}
}
