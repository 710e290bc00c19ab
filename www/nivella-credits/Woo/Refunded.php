<?php
/**
 * How much of each line of an order was given back.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Ledger\Amount;
use Nivella\Credits\Ledger\Wide;

defined( 'ABSPATH' ) || exit;

/**
 * The refunds of an order as shares of its lines, whatever their order in time.
 *
 * A line's share is the money that went back for it (with tax) to what it cost (with tax), or by
 * pieces where no money went back for it or it cost nothing. Money that went back without a line is
 * spread over what is left of the lines if every line is a package; else nobody knows what it was
 * for, and it takes no credits.
 */
final class Refunded {
	/**
	 * The lines of products: cost and pieces, money and pieces that went back.
	 *
	 * @var array<int, array{cost: int, pieces: int, money: int, back: int}>
	 */
	private array $lines = array();
	private int $loose   = 0;
	private bool $pure   = true;
	private bool $all    = false;

	/**
	 * Reads an order with its refunds.
	 *
	 * @param \WC_Order          $order    The order, as it is now.
	 * @param \WC_Order_Refund[] $refunds  Its refunds, as they are now.
	 * @param int[]              $packages The ids of lines that are packages.
	 */
	public function __construct( \WC_Order $order, array $refunds, array $packages ) {
		foreach ( $order->get_items( array( 'line_item', 'fee', 'shipping' ) ) as $id => $item ) {
			$cost = self::cost( $item );
			if ( ! in_array( $id, $packages, true ) ) {
				$this->pure = $this->pure && 0 === $cost && ! $item->is_type( 'line_item' );
			} else {
				$pieces             = (int) $item->get_quantity();
				$this->lines[ $id ] = array( 'cost' => $cost, 'pieces' => $pieces, 'money' => 0, 'back' => 0 );
			}
		}
		$given = 0;
		foreach ( $refunds as $refund ) {
			$amount       = Money::of( $refund->get_amount() );
			$given       += $amount;
			$this->loose += $this->take( $refund, $amount );
		}
		$total     = Money::of( $order->get_total() );
		$this->all = $total > 0 && $given > 0 && $total - $given < Money::unit();
	}

	/**
	 * Whether money went back of which nobody knows what it was for.
	 */
	public function is_unclear(): bool {
		return $this->loose > 0 && ! $this->pure && ! $this->all;
	}

	/**
	 * The share of a line that went back, as two numbers of one unit.
	 *
	 * @param int $id The line's id; one that the order does not have went back as a whole.
	 * @return array{int, int} From 0 to the second, which is above 0.
	 */
	public function share( int $id ): array {
		$line = $this->lines[ $id ] ?? null;
		if ( null === $line || ( $this->all && $line['cost'] > 0 ) ) {
			return array( 1, 1 );
		}
		list( 'cost' => $cost, 'pieces' => $pieces, 'money' => $money, 'back' => $back ) = $line;
		if ( $money > 0 && $cost - $money < min( Money::unit(), $cost ) ) {
			return array( 1, 1 );
		}
		$by_money = $cost > 0 && ( $money > 0 || 0 === $back );

		list( $part, $whole ) = $by_money
			? array( $money, $cost )
			: array( min( $back, $pieces ), max( 1, $pieces ) );
		if ( 0 === $this->loose || ! $this->pure || 0 === $cost ) {
			return array( $part, $whole );
		}
		return $this->with_loose( $part, $whole, $by_money ? $cost - $money : $whole );
	}

	/**
	 * A share, and beside it that of the money without a line: what is left of the line counts.
	 *
	 * @param int $part  What went back of it.
	 * @param int $whole Of how much.
	 * @param int $left  What the loose money is spread over, in the whole's unit.
	 * @return array{int, int}
	 */
	private function with_loose( int $part, int $whole, int $left ): array {
		$rest = 0;
		foreach ( $this->lines as $line ) {
			$rest += max( 0, $line['cost'] - $line['money'] );
		}
		if ( $this->loose >= $rest ) {
			return array( 1, 1 );
		}
		$unit = self::gcd( $this->loose, $rest );
		$both = self::gcd( self::gcd( $part, $whole ), $left );

		list( $loose, $rest ) = array( intdiv( $this->loose, $unit ), intdiv( $rest, $unit ) );
		list( $part, $whole ) = array( intdiv( $part, $both ), intdiv( $whole, $both ) );

		$left = intdiv( $left, $both );
		$of   = $whole * $rest;
		$back = $part * $rest + $loose * $left;
		if ( is_int( $of ) && is_int( $back ) && $of <= Amount::MAX_MOVEMENT ) {
			return array( min( $back, $of ), $of );
		}
		return array( min( $part + Wide::share( $loose, $left, $rest ), $whole ), $whole );
	}

	/** Takes in the lines of one refund; the money of it that belongs to no line. */
	private function take( \WC_Order_Refund $refund, int $amount ): int {
		foreach ( $refund->get_items( array( 'line_item', 'fee', 'shipping' ) ) as $item ) {
			$of      = (int) $item->get_meta( '_refunded_item_id' );
			$money   = self::cost( $item );
			$amount -= $money;
			if ( isset( $this->lines[ $of ] ) ) {
				$this->lines[ $of ]['money'] += $money;
				$this->lines[ $of ]['back']  += abs( (int) $item->get_quantity() );
			}
		}
		// Less than the store can show is what rounding left.
		return $amount < Money::unit() ? 0 : $amount;
	}

	/** What a line cost, with tax. */
	private static function cost( \WC_Order_Item $item ): int {
		return Money::of( $item->get_total() ) + Money::of( $item->get_total_tax() );
	}

	/** The greatest common divisor; 1 where both are 0. */
	private static function gcd( int $a, int $b ): int {
		while ( 0 !== $b ) {
			list( $a, $b ) = array( $b, $a % $b );
		}
		return max( 1, $a );
	}
}
