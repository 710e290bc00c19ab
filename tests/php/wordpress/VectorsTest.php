<?php
/**
 * The shared vectors through the books on a real database: what every implementation must answer.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Ledger\Engine;
use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Ledger\Settings;
use Nivella\Credits\Ledger\Shapes;
use Nivella\Credits\Storage\SqlStore;
use Nivella\Credits\Tests\Ledger\CasesTest;
use Nivella\Credits\Tests\Ledger\Vectors;
use Nivella\Credits\Tests\Support\Checked;
use Nivella\Credits\Tests\Support\Configured;
use Nivella\Credits\Tests\Support\WordPressTestCase;

final class VectorsTest extends WordPressTestCase {
	/** @return iterable<string, array{array<string, mixed>}> */
	public static function cases(): iterable {
		return CasesTest::cases();
	}

	/**
	 * @dataProvider cases
	 *
	 * @param array<string, mixed> $case The case.
	 */
	public function test_the_books_answer_as_the_vectors_say( array $case ): void {
		$own = new Configured( $case['settings'] ?? array() );
		foreach ( $case['steps'] as $n => $step ) {
			$own->now = Instant::parse( $step['at'] );
			$where    = 'step ' . ( $n + 1 ) . ' ' . json_encode( $step );
			self::assertNull( $this->step( $own, $step ), $where );
		}
		self::assertNull( Checked::fault( $own->db, $own->account ) );
	}

	/**
	 * Takes one step, and says what is not as expected.
	 *
	 * @param array<string, mixed> $step The step.
	 */
	private function step( Configured $own, array $step ): ?string {
		if ( isset( $step['configure'] ) ) {
			$this->configure( $own, $step['configure'] );
		}
		if ( isset( $step['do'] ) ) {
			$found = self::answer( fn() => $own->books()->write( $own->account, $step['do'] ) );
			return Vectors::lacks( $step['error'] ?? $step['answer'], $found );
		}
		$grants = array();
		foreach ( ( new SqlStore( $own->db, $own->account ) )->grants_after( 0, 1000 ) as $grant ) {
			$grants[] = array( 'id' => (string) $grant->id )
				+ Shapes::terms( $grant ) + Shapes::parts( $grant );
		}
		$found = array(
			'grants'  => $grants,
			'balance' => $own->books()->balance( $own->account ),
		);
		$lacks = null;
		foreach ( array_intersect_key( $step, $found ) as $name => $due ) {
			$lacks ??= Vectors::lacks( $due, $found[ $name ] );
		}
		return $lacks;
	}

	/** @param array<string, mixed> $wire The new settings. */
	private function configure( Configured $own, array $wire ): void {
		$settings = Settings::from_wire( $wire );
		$own->db->transaction(
			static function () use ( $own, $settings ): void {
				$store = new SqlStore( $own->db, $own->account );
				( new Engine( $store, $settings ) )->configure( $settings, $own->now );
			}
		);
		$own->configure( $wire );
	}

	/** @return array<string, mixed> The answer, or the refusal. */
	private static function answer( callable $call ): array {
		try {
			return $call();
		} catch ( Refusal $refusal ) {
			return array(
				'code'  => $refusal->error,
				'field' => $refusal->field,
			);
		}
	}
}
