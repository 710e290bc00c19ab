<?php
/**
 * What the plugin adds to pages without credits: milliseconds of the server, and queries.
 *
 *     WP_DIR=folder BENCH_PAIRS=60 BENCH_PAGES=shop node tests/php/bench.mjs pages
 *
 * Each page is asked for with the plugin active and not, in turn, so that both meet the same
 * machine; what counts is the median of the differences. BENCH_PAGES is part of the names of the
 * pages that are wanted. It ends with a fault where a page surely costs more than its budget. Where
 * the machine was too busy to tell, it says so; then the processor's time and the quicker fifth of
 * the visits, of which less was taken by others, say more.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Bench;

use Nivella\Credits\Tests\Support\Meter;
use Nivella\Credits\Tests\Support\PlainPages;

const NIVELLA_REPO = __DIR__ . '/../../..';
require __DIR__ . '/../autoload.php';
require NIVELLA_REPO . '/pkg/store/load.php';

/** The first visits fill what servers keep: compiled files, rewritten rules, transients. */
const WARMING = 6;

/**
 * The median, and between which values it is at 95 %.
 *
 * @param int[] $values Not sorted.
 * @return array{int, int, int}
 */
function middle( array $values ): array {
	sort( $values );
	$count = count( $values );
	$aside = max( 0, (int) floor( ( $count - 1.96 * sqrt( $count ) ) / 2 ) );
	return array( $values[ intdiv( $count, 2 ) ], $values[ $aside ], $values[ $count - 1 - $aside ] );
}

/**
 * The differences of pairs.
 *
 * @param array<int, array<string, mixed>> $without Costs with the plugin off.
 * @param array<int, array<string, mixed>> $with    Costs with it on.
 * @param string                           $what    Which figure.
 * @return array{int, int, int}
 */
function more( array $without, array $with, string $what ): array {
	$difference = static fn( int $on, int $off ): int => $on - $off;
	return middle(
		array_map( $difference, array_column( $with, $what ), array_column( $without, $what ) )
	);
}

/**
 * How long the visit took that a fifth of them was quicker than.
 *
 * @param int[] $values Not sorted.
 */
function quick( array $values ): int {
	sort( $values );
	return $values[ intdiv( count( $values ), 5 ) ];
}

/** One page for one reader: prints what it costs; whether that is within the budget. */
function compare( string $name, Meter $reader, string $path, int $pairs, array $budgets ): bool {
	$costs = array( array(), array() );
	for ( $n = -WARMING; $n < $pairs; $n++ ) {
		// Who goes first goes second next time.
		foreach ( 0 === $n % 2 ? array( 1, 0 ) : array( 0, 1 ) as $active ) {
			$cost = $reader->visit( $path, 1 === $active );
			if ( $n >= 0 ) {
				$costs[ $active ][] = $cost;
			}
		}
	}
	$us      = more( $costs[0], $costs[1], 'us' );
	$cpu     = more( $costs[0], $costs[1], 'cpu_us' );
	$queries = more( $costs[0], $costs[1], 'queries' )[0];
	$quick   = quick( array_column( $costs[1], 'us' ) ) - quick( array_column( $costs[0], 'us' ) );
	$most    = 1000 * $budgets['pageMs'];
	$fits    = $us[1] <= $most && $queries <= $budgets['pageQueries'];
	$says    = $us[0] <= $most ? '' : '   (not told from the noise)';
	$ms      = static fn( int $value ): float => $value / 1000;
	vprintf(
		"%-20s %6.1f ms %+6.2f (%+.2f to %+.2f) ms, quicker fifth %+.2f ms, "
			. "processor %+.2f (%+.2f to %+.2f) ms, %d queries%s\n",
		array(
			$name,
			$ms( middle( array_column( $costs[0], 'us' ) )[0] ),
			...array_map( $ms, array( ...$us, $quick, ...$cpu ) ),
			$queries,
			$fits ? $says : '   OVER',
		)
	);
	foreach ( $queries > $budgets['pageQueries'] ? $reader->added( $path )[1] : array() as $query ) {
		echo '    ', substr( $query, 0, 200 ), "\n";
	}
	return $fits;
}

$budgets = json_decode( (string) getenv( 'NIVELLA_BUDGETS' ), true );
$pairs   = (int) ( getenv( 'BENCH_PAIRS' ) ?: 60 );
$word    = (string) getenv( 'BENCH_PAGES' );
wp_set_current_user( 1 );
$pages   = PlainPages::make();
$user    = array( 'user_login' => 'reader', 'user_pass' => 'reader', 'role' => 'customer' );
$readers = array( 'guest' => new Meter( 0 ), 'customer' => new Meter( wp_insert_user( $user ) ) );
$asked   = array();
foreach ( $readers as $who => $reader ) {
	PlainPages::fill_cart( $reader, $pages );
	foreach ( $pages as $name => $path ) {
		$asked[ "$name, $who" ] = array( $reader, $path );
	}
}
$asked['dashboard, owner'] = array( new Meter( 1 ), '/wp-admin/index.php' );
printf(
	"A page without credits, %d pairs: at most %d ms and %d queries more\n",
	$pairs,
	$budgets['pageMs'],
	$budgets['pageQueries']
);
if ( ! $readers['guest']->visit( '/', true )['opcache'] ) {
	echo "PHP keeps no compiled files here: the milliseconds are of no real store\n";
}
$fits = true;
foreach ( $asked as $name => list( $reader, $path ) ) {
	if ( '' === $word || str_contains( $name, $word ) ) {
		$fits = compare( $name, $reader, $path, $pairs, $budgets ) && $fits;
	}
}
exit( $fits ? 0 : 1 );
