<?php
/**
 * The books on a real database: what is booked is answered, read back and shown alike.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Tests\Support\WordPressTestCase;

final class BooksTest extends WordPressTestCase {
	private Books $books;
	private int $account;

	protected function setUp(): void {
		parent::setUp();
		$this->books   = Books::open();
		$this->account = $this->books->account_of_user( $this->user() );
	}

	/** @param array<string, mixed> $more */
	private function send( string $op, string $id, array $more ): array {
		$command = array( 'op' => $op, 'request_id' => $id ) + $more;
		return $this->books->write( $this->account, $command );
	}

	private function buy( string $amount, string $item = 'order-1-item-1' ): array {
		$sold = array( 'kind' => 'purchase', 'amount' => $amount, 'order_item' => $item );
		return $this->send( 'grant', "$item:grant", $sold );
	}

	private function use( string $id, string $amount, array $more = array() ): array {
		return $this->send( 'use', $id, array( 'mode' => 'strict', 'amount' => $amount ) + $more );
	}

	public function test_a_user_has_one_account_and_keeps_it(): void {
		$user = $this->user();
		$id   = $this->books->account_of_user( $user );
		self::assertSame( $id, Books::open()->account_of_user( $user ) );
		self::assertSame( $user, $this->books->user_of_account( $id ) );
		self::assertNotSame( $id, $this->account );
	}

	public function test_what_was_bought_can_be_used_and_the_rest_is_left(): void {
		$this->buy( '100' );
		$answer = $this->use( 'u1', '30.5', array( 'site' => 'a', 'reference' => 'talk 7' ) );
		self::assertTrue( $answer['booked'] );
		self::assertSame( '69.5', $answer['balance']['available'] );
		$read = $this->books->balance( $this->account );
		unset( $read['as_of'], $answer['balance']['as_of'] );
		self::assertSame( $answer['balance'], $read );
	}

	/**
	 * @dataProvider sums
	 */
	public function test_no_use_is_refused_for_a_days_sum_that_is_full( string $sum ): void {
		global $wpdb;
		$this->buy( '100' );
		$rate = array( 'feature' => 'chat', 'unit' => 'message', 'credits' => '1' );
		$card = array( 'quantum' => '0.1', 'rates' => array( $rate ) );
		( new Configuration( new Db( $wpdb ) ) )->save_rate_card( $card );
		$books = Books::open();
		$usage = array( 'feature' => 'chat', 'messages' => 1, 'call_ms' => 5, 'images' => 2 );
		$use   = array( 'op' => 'use', 'mode' => 'strict', 'usage' => $usage );
		$books->write( $this->account, array( 'request_id' => 'u1' ) + $use );
		$table = $wpdb->prefix . 'nivella_credits_rollups';
		$wpdb->query( "UPDATE $table SET $sum = 9223372036854775807" );
		$again = $books->write( $this->account, array( 'request_id' => 'u2' ) + $use );
		self::assertTrue( $again['booked'] );
		self::assertSame( '9223372036854775807', $wpdb->get_var( "SELECT $sum FROM $table" ) );
	}

	/** @return array<array{string}> */
	public static function sums(): array {
		return array( array( 'credits' ), array( 'messages' ), array( 'call_ms' ), array( 'images' ) );
	}

	public function test_what_is_not_covered_is_answered_and_leaves_nothing(): void {
		$this->buy( '10' );
		$answer = $this->use( 'u1', '10.000001' );
		self::assertFalse( $answer['booked'] );
		self::assertSame( 'insufficient_credits', $answer['reason'] );
		self::assertSame( '0.000001', $answer['short_by'] );
		self::assertSame( 1, $this->rows( 'requests' ), 'only that of the purchase' );
		// The message that was kept goes through after a purchase.
		$this->buy( '1', 'order-2-item-2' );
		self::assertTrue( $this->use( 'u1', '10.000001' )['booked'] );
	}

	public function test_the_same_once_more_gets_the_first_answer_and_books_nothing(): void {
		$this->buy( '100' );
		$more  = array( 'reason' => 'ünïcode', 'reference' => '100 % "sure"', 'site' => "it's" );
		$first = $this->use( 'u1', '1', $more );
		$again = $this->use( 'u1', '1.0', $more );
		self::assertSame( $first['entries'], $again['entries'] );
		self::assertTrue( $again['replayed'] );
		self::assertSame( '99', $again['balance']['available'] );
		self::assertSame( 2, $this->rows( 'entries' ) );
	}

	public function test_the_same_id_with_another_body_is_refused_and_books_nothing(): void {
		$this->buy( '100' );
		$this->use( 'u1', '1' );
		$before = $this->everything();
		self::assertSame( 'request_id_conflict', $this->refused( fn() => $this->use( 'u1', '2' ) ) );
		self::assertSame( $before, $this->everything() );
	}

	public function test_an_order_item_is_granted_once_in_the_whole_store(): void {
		$this->buy( '100' );
		$other  = $this->books->account_of_user( $this->user() );
		$before = $this->everything();
		$grant  = array(
			'op'         => 'grant',
			'request_id' => 'another id',
			'kind'       => 'purchase',
			'amount'     => '100',
			'order_item' => 'order-1-item-1',
		);
		$refuse = fn( int $account ): string =>
			$this->refused( fn() => $this->books->write( $account, $grant ) );
		self::assertSame( 'reversal_invalid', $refuse( $other ), 'on another account' );
		self::assertSame( 'reversal_invalid', $refuse( $this->account ), 'on its own' );
		self::assertSame( $before, $this->everything() );
	}

	public function test_a_batch_is_booked_as_a_whole_or_not_at_all(): void {
		$this->buy( '100' );
		$item  = static fn( int $n, string $amount ): array => array(
			'request_id' => "b$n",
			'mode'       => 'strict',
			'amount'     => $amount,
		);
		$items = array_map( static fn( int $n ): array => $item( $n, '0.05' ), range( 1, 1000 ) );
		$batch = array( 'op' => 'batch', 'items' => $items );
		$first = $this->books->write( $this->account, $batch );
		self::assertSame( '50', $first['balance']['available'] );
		self::assertCount( 1000, $first['items'] );
		// Some of them again, with one that is too much: nothing more is booked.
		$before = $this->everything();
		$more   = array( 'op' => 'batch', 'items' => array( $items[7], $item( 2000, '50.01' ) ) );
		self::assertFalse( $this->books->write( $this->account, $more )['booked'] );
		self::assertSame( $before, $this->everything() );
		// Some of them again, with one that is covered: that one is booked.
		$more['items'][1]['amount'] = '49';
		$third                      = $this->books->write( $this->account, $more );
		self::assertSame( '1', $third['balance']['available'] );
		self::assertSame( $first['items'][7]['entries'], $third['items'][0]['entries'] );
		self::assertSame( array( true, false ), array_column( $third['items'], 'replayed' ) );
	}

	public function test_sums_of_days_are_those_of_the_entries(): void {
		$this->buy( '100' );
		$this->use( 'u1', '1', array( 'site' => 'a' ) );
		$this->use( 'u2', '2.5', array( 'site' => 'a' ) );
		$this->use( 'u3', '4', array( 'site' => 'b' ) );
		$this->use( 'u4', '0', array( 'site' => 'b', 'reason' => 'no reply' ) );
		$answer = $this->books->rollups( $this->account );
		$sums   = array_column( $answer['rows'], null, 'site' );
		self::assertSame( 5, $answer['through_seq'] );
		self::assertSame( array( '3.5', 2, 0 ), $this->of( $sums['a'], 'credits', 'uses', 'failed' ) );
		self::assertSame( array( '4', 2, 1 ), $this->of( $sums['b'], 'credits', 'uses', 'failed' ) );
		$day = $sums['a']['day'];
		self::assertSame( $answer['rows'], $this->books->rollups( $this->account, $day, $day )['rows'] );
		$later = gmdate( 'Y-m-d', strtotime( "$day +1 day" ) );
		self::assertSame( array(), $this->books->rollups( $this->account, $later )['rows'] );
	}

	public function test_a_receipt_says_what_each_grant_had_before_and_after(): void {
		$this->send(
			'grant',
			'g1',
			array( 'kind' => 'purchase', 'amount' => '100', 'bonus' => '10', 'order_item' => 'i' )
		);
		$this->use( 'u1', '30.5' );
		$this->use( 'u2', '0.5' );
		$draws  = $this->books->receipt( $this->account, 3 )['draws'];
		$figure = fn( array $draw ): array => $this->of( $draw, 'kind', 'amount', 'before', 'after' );
		$wanted = array( array( 'bonus', '10', '10', '0' ), array( 'purchase', '20.5', '100', '79.5' ) );
		self::assertSame( $wanted, array_map( $figure, $draws ) );
		$hold = $this->send( 'hold', 'h1', array( 'amount' => '5', 'duration_ms' => 60000 ) );
		$work = array( 'hold' => $hold['hold']['id'], 'mode' => 'strict', 'amount' => '4' );
		$this->send( 'settle', 's1', $work );
		$receipt = $this->books->receipt( $this->account, 6 );
		self::assertSame( array( 'purchase', '4', '79', '75' ), $figure( $receipt['draws'][0] ) );
		self::assertSame( '5', $receipt['hold']['amount'] );
		self::assertSame( $hold['entries'][0]['booked_at'], $receipt['hold']['booked_at'] );
		$missing = fn() => $this->books->receipt( $this->account, 99 );
		self::assertSame( 'not_found', $this->refused( $missing ) );
	}

	public function test_a_statement_is_whole_and_chained(): void {
		$this->buy( '100' );
		$this->use( 'u1', '1' );
		$text      = implode( '', iterator_to_array( $this->books->statement( $this->account ), false ) );
		$statement = json_decode( $text, true, 64, JSON_THROW_ON_ERROR );
		self::assertCount( 2, $statement['entries'] );
		self::assertSame( '99', $statement['closing']['available'] );
		self::assertSame( (string) $this->account, $statement['head']['account'] );
	}

	public function test_thresholds_are_the_customers_choice(): void {
		$this->buy( '100' );
		$chosen = array( 'low' => array( 'amount' => '100' ), 'critical' => array( 'share' => 10 ) );
		$answer = $this->books->save_alerts( $this->account, $chosen );
		self::assertSame( 'low', $answer['balance']['level'] );
		self::assertSame( $chosen, $this->books->alerts( $this->account ) );
		$wrong = array( 'low' => array( 'share' => 1001 ) ) + $chosen;
		$again = fn() => $this->books->save_alerts( $this->account, $wrong );
		self::assertSame( 'field_invalid', $this->refused( $again ) );
	}

	public function test_an_unknown_account_is_not_found_and_nothing_is_kept(): void {
		$this->account = 999999;
		self::assertSame( 'not_found', $this->refused( fn() => $this->use( 'u1', '1' ) ) );
		$read = fn() => $this->books->balance( 999999 );
		self::assertSame( 'not_found', $this->refused( $read ) );
		self::assertSame( 0, $this->rows( 'requests' ) );
	}

	private function refused( callable $call ): string {
		try {
			$call();
		} catch ( Refusal $refusal ) {
			return $refusal->error;
		}
		return 'nothing was refused';
	}

	/** @return array<int, mixed> */
	private function of( array $row, string ...$names ): array {
		return array_map( static fn( string $name ) => $row[ $name ], $names );
	}

	private function rows( string $table ): int {
		global $wpdb;
		return (int) $wpdb->get_var( "SELECT COUNT(*) FROM {$wpdb->prefix}nivella_credits_$table" );
	}

	/** A digest of all tables of the plugin. */
	private function everything(): string {
		global $wpdb;
		$tables = $wpdb->get_col( "SHOW TABLES LIKE '{$wpdb->prefix}nivella\_credits\_%'" );
		$sums   = $wpdb->get_results( 'CHECKSUM TABLE ' . implode( ', ', $tables ), ARRAY_A );
		return json_encode( $sums );
	}
}
