<?php
/**
 * The owner's list of accounts: database time of its first and later pages, by each order, filter
 * and search, with many accounts and a long ledger.
 *
 *     BENCH_ACCOUNTS=100000 BENCH_ENTRIES=5000000 node tests/php/bench.mjs accounts
 *
 * Without these it fills a twentieth. It ends with a fault where a page takes longer than its
 * budget.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Bench;

use Nivella\Credits\Storage\AccountList;
use Nivella\Credits\Storage\AccountQuery;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Customers;
use Nivella\Credits\Storage\Db;

const NIVELLA_REPO = __DIR__ . '/../../..';
require __DIR__ . '/../autoload.php';
require NIVELLA_REPO . '/pkg/store/load.php';

/** As tests/bench/budgets.mjs has it. */
$budgets = json_decode( (string) getenv( 'NIVELLA_BUDGETS' ), true );
define( 'BUDGET_MS', (int) $budgets['accountsMs'] );
/** What a table gets from its first row, at random where it matters. */
const ACCOUNTS = 'INSERT INTO {accounts} ( user_id, created_at, seq, version, digest, last_at,
	available, held, debt, last_grant, last_grant_amount, last_hold, subscriptions, days, due_at,
	zone, day_zone, day_zone_until, thresholds, alert )
	SELECT 10000 + s.seq, a.created_at, ?, a.version, a.digest,
	IF( s.seq %% 50 = 0, NULL, a.last_at - FLOOR( RAND( 1 ) * 30000000000 ) ),
	IF( s.seq %% 100 = 0, 0, FLOOR( RAND( 2 ) * 1000000000 ) ), 0,
	IF( s.seq %% 100 = 0, 1 + FLOOR( RAND( 3 ) * 1000000 ), 0 ), 1, 1000000, 0,
	IF( s.seq %% 2 = 0, 1, 0 ), REPEAT( "20400:1000000 ", 30 ), NULL, a.zone, NULL, NULL,
	a.thresholds, NULL FROM {accounts} a JOIN seq_1_to_%1$d s WHERE a.id = ?';
const PLANS    = 'INSERT INTO {subscriptions} SELECT a.id, 1,
	IF( a.id %% 1000 = 0, "rare", "team" ), 0, NULL, NULL, 1, 0, 9, 1, 0, 0
	FROM {accounts} a WHERE a.subscriptions = 1';
const USERS    = 'INSERT INTO `%2$s` ( ID, user_login, user_nicename, user_email, display_name )
	SELECT 10000 + seq, CONCAT( "buyer", seq ), CONCAT( "buyer", seq ),
	CONCAT( "person", seq, "@example.com" ),
	CONCAT( ELT( 1 + seq %% 5, "Ada", "Grace", "Karen", "Edsger", "Barbara" ), " Müller-", seq )
	FROM seq_1_to_%1$d';
const ENTRIES  = 'INSERT INTO {entries} SELECT a.id, s.seq, e.kind, e.amount, e.debt, e.waived,
	e.cost, NULL, NULL, NULL, e.measured, e.agent, e.feature, e.model, e.type, e.messages, e.call_ms,
	e.images, e.rate_version, NULL, NULL, NULL, NULL, NULL, NULL, e.reference, e.site, e.list_details,
	e.list_site, e.reason, CONCAT( "use-", s.seq ), e.request_hash, e.occurred_at, e.booked_at, e.day,
	e.digest FROM {accounts} a JOIN seq_1_to_%1$d s JOIN {entries} e
	WHERE e.account = ? AND e.seq = 1 AND a.id > ? AND a.id <= ?';

/** Microseconds as milliseconds. */
function ms( int $us ): string {
	return sprintf( '%4d.%02d ms', intdiv( $us, 1000 ), intdiv( $us % 1000, 10 ) );
}

/** The database's time of some work: the worst of five, and its last result. */
function timed( string $what, callable $work, bool $counts = true ): mixed {
	$worst = 0;
	for ( $n = 0; $n < 5; $n++ ) {
		$start = hrtime( true );
		$found = $work();
		$worst = max( $worst, intdiv( hrtime( true ) - $start, 1000 ) );
	}
	$over = $counts && $worst > 1000 * \BUDGET_MS;
	printf( "%-52s %s%s\n", $what, ms( $worst ), $over ? '   OVER' : '' );
	$GLOBALS['nivella_over'] = ( $GLOBALS['nivella_over'] ?? false ) || $over;
	return $found;
}

/** Fills the tables from one real account with one entry. */
function fill( Db $db, int $accounts, int $entries ): void {
	global $wpdb;
	$books = Books::open();
	$first = $books->account_of_user( 1 );
	$grant = array( 'op' => 'grant', 'request_id' => 'first', 'kind' => 'refund', 'amount' => '5' );
	$books->write( $first, $grant );
	$each = max( 1, intdiv( $entries, $accounts ) );
	$db->run( sprintf( ACCOUNTS, $accounts ), $each, $first );
	$db->run( sprintf( USERS, $accounts, $wpdb->users ) );
	$db->run( str_replace( '%%', '%', PLANS ) );
	for ( $from = $first; $from < $first + 2 * $accounts; $from += 2000 ) {
		$db->run( sprintf( ENTRIES, $each ), $first, max( $first, $from ), $from + 2000 );
	}
	foreach ( array( 'accounts', 'entries', 'subscriptions' ) as $table ) {
		$db->rows( "SELECT 1 FROM {{$table}} LIMIT 0" );
		$wpdb->query( 'ANALYZE TABLE ' . $db->table( $table ) );
	}
	$wpdb->query( "ANALYZE TABLE $wpdb->users" );
	$count = static fn( string $t ): string => $db->row( "SELECT COUNT(*) AS n FROM {{$t}}" )['n'];
	printf( "%s accounts, %s entries\n", $count( 'accounts' ), $count( 'entries' ) );
}

$db = new Db( $GLOBALS['wpdb'] );
fill(
	$db,
	(int) ( getenv( 'BENCH_ACCOUNTS' ) ?: 5000 ),
	(int) ( getenv( 'BENCH_ENTRIES' ) ?: 250000 )
);
printf( "A page of the list: at most %d ms of database time\n", \BUDGET_MS );
$list = new AccountList( $db );
$now  = time() * 1000;
$page = static fn( AccountQuery $query ): callable => static fn(): array =>
	$list->page( $query, 20, $now );
foreach ( AccountQuery::ORDERS as $order ) {
	foreach ( array( false, true ) as $rising ) {
		$name  = "first page by $order" . ( $rising ? ', rising' : '' );
		$found = timed( $name, $page( new AccountQuery( $order, $rising ) ) );
		$query = new AccountQuery( $order, $rising );
		for ( $n = 0; $n < 20 && null !== $found['next']; $n++ ) {
			$found = $list->page( $query = $query->behind( $found['next'] ), 20, $now );
		}
		timed( "  page 21", $page( $query ) );
	}
	timed( "by $order, with debt", $page( new AccountQuery( $order, debt: true ) ) );
	foreach ( array( 'team', 'rare', 'nobody' ) as $plan ) {
		timed( "by $order, plan $plan", $page( new AccountQuery( $order, plan: $plan ) ) );
	}
}
$customers = Customers::open();
$texts     = array( '10077', 'person77@', 'buyer77', 'Müller-77', 'Grace', 'nobody like that' );
foreach ( $texts as $text ) {
	$search = static fn(): array => $list->page(
		new AccountQuery( users: array_slice( $customers->find( $text ), 0, Customers::MOST ) ),
		20,
		$now
	);
	timed( "search: $text", $search );
}
timed( 'accounts by plan', static fn(): array => $list->plans( $now ), false );
exit( $GLOBALS['nivella_over'] ? 1 : 0 );
