<?php
/**
 * Uses through the PHP functions, with draws, sums, digest and outbox: how many in a second with 1
 * and 8 processes on one account, and whether an account's length matters.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Bench;

use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Tests\Support\Processes;

const NIVELLA_REPO = __DIR__ . '/../../..';
require __DIR__ . '/../autoload.php';
require NIVELLA_REPO . '/pkg/store/load.php';

const TASK = __DIR__ . '/tasks/uses.php';

( new Configuration( new Db( $GLOBALS['wpdb'] ) ) )->save_rate_card(
	array(
		'quantum' => '0.01',
		'rates'   => array(
			array( 'feature' => 'chat_reply', 'unit' => 'message', 'credits' => '0.05' ),
		),
	)
);

/** A new account with this many credits in some grants. */
function account( int $grants = 3 ): int {
	static $user = 1000;
	$books = Books::open();
	$id    = $books->account_of_user( ++$user );
	for ( $n = 0; $n < $grants; $n++ ) {
		$books->write(
			$id,
			array(
				'op'         => 'grant',
				'request_id' => "grant $n",
				'kind'       => 'purchase',
				'amount'     => '1000000',
				'order_item' => "order-$id-item-$n",
			)
		);
	}
	return $id;
}

/** Microseconds as milliseconds. */
function ms( int $us ): string {
	return sprintf( '%d.%02d ms', intdiv( $us, 1000 ), intdiv( $us % 1000, 10 ) );
}

/** Microseconds that the database's processors were busy so far. */
function database_cpu(): int {
	$pid  = (int) file_get_contents( dirname( explode( ':', DB_HOST, 2 )[1] ) . '/pid' );
	$file = "/proc/$pid/stat";
	$stat = explode( ' ', (string) file_get_contents( $file ) );
	return ( (int) $stat[13] + (int) $stat[14] ) * 10000;
}

/**
 * Some processes at once: prints a line of figures; the median. The processors' time of a use, of
 * PHP and of the database, says what a machine that does nothing else could do.
 */
function race( string $what, array $accounts, int $seconds, int $tokens = 0 ): int {
	$input = static fn( int $id ): array => array(
		'account' => $id,
		'seconds' => $seconds,
		'tokens'  => $tokens,
	);
	$before = database_cpu();
	$all    = Processes::race( TASK, array_map( $input, $accounts ) );
	$took   = array_merge( ...array_column( $all, 'took' ) );
	sort( $took );
	$count = count( $took );
	$half  = $took[ intdiv( $count - 1, 2 ) ];
	$slow  = $took[ intdiv( ( $count - 1 ) * 99, 100 ) ];
	$php   = intdiv( array_sum( array_column( $all, 'cpu' ) ), $count );
	$own   = intdiv( database_cpu() - $before, $count );
	$each  = intdiv( $count, $seconds );
	$line  = "%-38s %6d/s   p50 %s   p99 %s   processors %d + %d us\n";
	printf( $line, $what, $each, ms( $half ), ms( $slow ), $php, $own );
	return $half;
}

/** Makes an account this long, by batches. */
function lengthen( int $account, int $until ): void {
	$books = Books::open();
	$item  = static fn( int $n ): array => array(
		'request_id' => "long $n",
		'mode'       => 'strict',
		'usage'      => array( 'feature' => 'chat_reply', 'agent' => 'chat', 'messages' => 1 ),
	);
	for ( $seq = 3; $seq < $until; $seq += 1000 ) {
		$items = array_map( $item, range( $seq, $seq + 999 ) );
		$books->write( $account, array( 'op' => 'batch', 'items' => $items ) );
	}
}

$seconds = (int) ( getenv( 'BENCH_SECONDS' ) ?: 5 );
race( '1 process, to warm up', array( account() ), 1 );
race( '1 process', array( account() ), $seconds );
race( '1 process, with model tokens', array( account() ), $seconds, 100 );
race( '8 processes, one account', array_fill( 0, 8, account() ), $seconds );
race( '8 processes, own accounts', array_map( fn() => account(), range( 1, 8 ) ), $seconds );

$most = (int) ( getenv( 'BENCH_ENTRIES' ) ?: 400000 );
list( $short, $long ) = array( account(), account() );
lengthen( $short, 1000 );
$start = hrtime( true );
lengthen( $long, $most );
$took = intdiv( hrtime( true ) - $start, 1000000 );
printf( "%-38s %6d/s\n", 'batches of 1,000', intdiv( $most * 1000, max( 1, $took ) ) );

// The two in turn, so that both meet the same machine and the same database.
$halves = array( array(), array() );
for ( $round = 1; $round <= 5; $round++ ) {
	$halves[0][] = race( "1 process, 1,000 entries, round $round", array( $short ), 1 );
	$halves[1][] = race( "1 process, $most entries, round $round", array( $long ), 1 );
}
list( $half_short, $half_long ) = array_map(
	static function ( array $halves ): int {
		sort( $halves );
		return $halves[2];
	},
	$halves
);
$share = intdiv( $half_long * 100, $half_short );
printf( "%-38s %d %%\n", 'the long account, of the short one', $share );
