<?php
/**
 * Figures over HTTP: the fast lane, batches, the full route, and the balance beside an empty one.
 */

declare( strict_types=1 );

use Nivella\Credits\Rest\Key;
use Nivella\Credits\Rest\Keys;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Tests\Support\Login;

const NIVELLA_REPO = __DIR__ . '/../../..';
require __DIR__ . '/../autoload.php';
require NIVELLA_REPO . '/pkg/store/load.php';

const V1 = '/wp-json/nivella-credits/v1/';

/** A customer with credits; the header of a server with a key for them, and of their browser. */
function nivella_bench_customer( int $n ): array {
	$name  = "bench-$n-" . bin2hex( random_bytes( 4 ) );
	$user  = wp_insert_user( array( 'user_login' => $name, 'user_pass' => $name ) );
	$books = Books::open();
	$id    = $books->account_of_user( $user );
	$grant = array( 'op' => 'grant', 'request_id' => "$name-grant", 'kind' => 'refund' );
	$books->write( $id, $grant + array( 'amount' => '1000000000' ) );
	$key = ( new Keys() )->create( 'bench', Key::SCOPES, $id );
	return array( array( 'Authorization' => "Bearer $key" ), Login::headers( $user ) );
}

/** A request that is ready to be sent. */
function nivella_bench_handle( string $path, array $headers, ?string $body ): CurlHandle {
	$handle = curl_init( getenv( 'WP_URL' ) . $path );
	$lines  = array( 'Expect:', 'Content-Type: application/json' );
	foreach ( $headers as $name => $value ) {
		$lines[] = "$name: $value";
	}
	$options = array( CURLOPT_HTTPHEADER => $lines, CURLOPT_RETURNTRANSFER => true );
	if ( null !== $body ) {
		$options[ CURLOPT_POSTFIELDS ] = $body;
	}
	curl_setopt_array( $handle, $options );
	return $handle;
}

/**
 * So many requests, `clients` of them under way at any time.
 *
 * @param callable(int): array $request Path, headers, body.
 * @return array{rate: int, p50: string, p99: string}
 */
function nivella_bench_run( int $count, int $clients, callable $request ): array {
	$multi = curl_multi_init();
	$times = array();
	$sent  = 0;
	$begun = hrtime( true );
	while ( count( $times ) < $count ) {
		while ( $sent < $count && $sent - count( $times ) < $clients ) {
			curl_multi_add_handle( $multi, nivella_bench_handle( ...$request( $sent++ ) ) );
		}
		curl_multi_exec( $multi, $running );
		curl_multi_select( $multi, 0.05 );
		while ( false !== ( $done = curl_multi_info_read( $multi ) ) ) {
			$handle = $done['handle'];
			$status = curl_getinfo( $handle, CURLINFO_RESPONSE_CODE );
			if ( 200 !== $status ) {
				throw new RuntimeException( "$status: " . curl_multi_getcontent( $handle ) );
			}
			$times[] = curl_getinfo( $handle, CURLINFO_TOTAL_TIME_T ) / 1000;
			curl_multi_remove_handle( $multi, $handle );
		}
	}
	sort( $times );
	$seconds = ( hrtime( true ) - $begun ) / 1e9;
	$at      = static fn( int $percent ): string =>
		sprintf( '%.1f', $times[ intdiv( $percent * ( $count - 1 ), 100 ) ] );
	return array( 'rate' => (int) ( $count / $seconds ), 'p50' => $at( 50 ), 'p99' => $at( 99 ) );
}

/** Prints a row. */
function nivella_bench_say( string $what, array $figures, string $more = '' ): void {
	$values = array( $what, ...array_values( $figures ), $more );
	vprintf( "%-40s %6d /s  p50 %6s  p99 %6s ms  %s\n", $values );
}

/** A use, or a batch of uses. */
function nivella_bench_use(): array {
	$usage = array( 'feature' => 'chat', 'agent' => 'chat', 'messages' => 1 );
	$id    = bin2hex( random_bytes( 10 ) );
	return array( 'request_id' => $id, 'mode' => 'strict', 'usage' => $usage );
}

// A route that does nothing, and needs nobody's leave.
wp_mkdir_p( WPMU_PLUGIN_DIR );
$nivella_bench_plugin = WPMU_PLUGIN_DIR . '/nivella-bench.php';
file_put_contents(
	$nivella_bench_plugin,
	"<?php add_action( 'rest_api_init', static fn() => register_rest_route( 'nivella-bench/v1', "
		. "'/nothing', array( 'callback' => static fn() => array( 'as_of' => 1 ), "
		. "'permission_callback' => '__return_true' ) ) );\n"
);
register_shutdown_function( 'unlink', $nivella_bench_plugin );

global $wpdb;
update_option( 'nivella_credits_rating', 'free' );
( new Configuration( new Db( $wpdb ) ) )->save_rate_card(
	array(
		'quantum' => '0.1',
		'rates'   => array( array( 'feature' => 'chat', 'unit' => 'message', 'credits' => '1.5' ) ),
	)
);
$customers = array_map( 'nivella_bench_customer', range( 1, 8 ) );
$use       = static fn( string $query, int $n, int $of ): array => array(
	V1 . "use$query",
	$customers[ $n % $of ][0],
	json_encode( nivella_bench_use() ),
);
$batch     = static fn( int $size ): callable => static fn( int $n ): array => array(
	V1 . 'uses',
	$customers[ $n % 8 ][0],
	json_encode( array( 'items' => array_map( 'nivella_bench_use', range( 1, $size ) ) ) ),
);

$ways = array(
	'a first look'                        => array( 100, 8, '', 8 ),
	'use, lane, 1 client'                 => array( 500, 1, '', 1 ),
	'use, lane, 8 clients, 8 accounts'    => array( 3000, 8, '', 8 ),
	'use, lane, 8 clients, 1 account'     => array( 3000, 8, '', 1 ),
	'use, full route, 8 clients'          => array( 200, 8, '?_locale=user', 8 ),
);
foreach ( $ways as $what => list( $count, $clients, $query, $of ) ) {
	$asked = static fn( int $n ): array => $use( $query, $n, $of );
	nivella_bench_say( $what, nivella_bench_run( $count, $clients, $asked ) );
}
foreach ( array( 100 => 300, 1000 => 40 ) as $size => $count ) {
	$figures = nivella_bench_run( $count, 8, $batch( $size ) );
	$uses    = $figures['rate'] * $size . ' uses/s';
	nivella_bench_say( "uses, lane, batches of $size, 8 clients", $figures, $uses );
}

// The two in turn, so that both meet the same machine.
$balance = array( V1 . 'balance', $customers[0][1], null );
$nothing = array( '/wp-json/nivella-bench/v1/nothing', $customers[0][1], null );
$sums    = array( array(), array() );
for ( $round = 0; $round < 40; $round++ ) {
	foreach ( array( $nothing, $balance ) as $which => $asked ) {
		$sums[ $which ][] = (float) nivella_bench_run( 5, 1, static fn() => $asked )['p50'];
	}
}
foreach ( $sums as &$sum ) {
	sort( $sum );
}
list( $least, $full ) = array( $sums[0][20], $sums[1][20] );
$more = 100 * ( $full / $least - 1 );
printf( "balance %.1f ms, an empty route %.1f ms (p50): %+.1f %%\n", $full, $least, $more );
