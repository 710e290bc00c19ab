<?php
/**
 * What the store tells of its orders.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo;

use Nivella\Credits\Storage\PlanSales;
use Nivella\Credits\Woo\Plans\Terms;

defined( 'ABSPATH' ) || exit;

/**
 * The store's hooks, each of which may be fired once, twice, in several processes at once, or not
 * at all. None is trusted further than that the order is worth a look.
 */
final class Listener {
	private static ?Sync $sync        = null;
	private static ?Bookkeeper $books = null;
	/**
	 * Orders to look at when this request ends, by id.
	 *
	 * @var array<int, true>
	 */
	private static array $at_end = array();

	/** The one that looks at orders. */
	public static function sync(): Sync {
		return self::$sync ??= self::over( self::books() );
	}

	/** The one that finds what was missed. */
	public static function repair(): Repair {
		return new Repair( self::books(), self::sync() );
	}

	/**
	 * Takes another ledger, for tests.
	 *
	 * @param ?Bookkeeper $books The ledger; null: the store's own.
	 */
	public static function use_books( ?Bookkeeper $books ): void {
		self::$books = $books;
		self::$sync  = null;
	}

	/** The ledger. */
	private static function books(): Bookkeeper {
		return self::$books ??= new StoredBooks();
	}

	/** The parts, put together. */
	private static function over( Bookkeeper $books ): Sync {
		$grants = new Grants( $books );
		$plans  = new Terms( PlanSales::open() );
		$guests = new Guests( $books, $grants, $plans );
		return new Sync( $grants, new Reversals( $books ), $guests, $plans );
	}

	/**
	 * Something happened to an order.
	 *
	 * @param mixed $order The order or its id.
	 */
	public static function changed( mixed $order ): void {
		$id = self::id_of( $order );
		try {
			$known = $order instanceof \WC_Order ? $order : Orders::fresh( $id );
			// Nothing is booked of an order that was never paid; most orders of a store end here.
			if ( null === $known || ! Payment::was_paid( $known ) ) {
				return;
			}
		} catch ( \Throwable $fault ) {
			Log::error( 'an order can not be read', $fault, $id );
			return;
		}
		self::sync()->check( $id );
	}

	/**
	 * An order was refunded.
	 *
	 * @param mixed $order_id  The order's id.
	 * @param mixed $refund_id The refund's id.
	 */
	public static function refunded( mixed $order_id, mixed $refund_id = 0 ): void {
		self::sync()->check( (int) $order_id );
		try {
			self::ask_owner( (int) $order_id, (int) $refund_id );
		} catch ( \Throwable $fault ) {
			Log::error( 'a refund can not be read', $fault, (int) $order_id );
		}
	}

	/** Says so where a refund took no credits because nobody knows what it was for. */
	private static function ask_owner( int $order_id, int $refund_id ): void {
		$order  = Orders::fresh( $order_id );
		$refund = wc_get_order( $refund_id );
		if ( null === $order || ! $refund instanceof \WC_Order_Refund ) {
			return;
		}
		self::sync()->plans->ask_owner( $order, $refund );
		$packages = array_keys( Orders::packages( $order ) );
		if ( array() === $packages || Payment::is_taken_back( $order ) ) {
			return;
		}
		$alone = new Refunded( $order, array( $refund ), $packages );
		if ( $alone->is_unclear() && Reversals::refunded( $order )->is_unclear() ) {
			Notes::unclear( $order, (string) $refund->get_amount() );
		}
	}

	/**
	 * A refund was deleted in the admin.
	 *
	 * @param mixed $refund_id The refund's id.
	 * @param mixed $order_id  The order's id.
	 */
	public static function refund_deleted( mixed $refund_id, mixed $order_id ): void {
		self::sync()->check( (int) $order_id );
	}

	/**
	 * A refund is about to be deleted by code; nobody says when it is done.
	 *
	 * @param mixed $answer Passed on.
	 * @param mixed $refund The refund.
	 * @return mixed
	 */
	public static function leaving( mixed $answer, mixed $refund ): mixed {
		try {
			$order = $refund instanceof \WC_Order_Refund ? wc_get_order( $refund->get_parent_id() ) : null;
			if ( $order instanceof \WC_Order
				&& array() !== Orders::packages( $order ) + Terms::offers( $order ) ) {
				self::$at_end[ $order->get_id() ] = true;
				as_enqueue_async_action( Sync::JOB, array( $order->get_id(), 0 ), Sync::GROUP );
			}
		} catch ( \Throwable $fault ) {
			Log::error( 'a refund can not be read', $fault, 0 );
		}
		return $answer;
	}

	/** The request ends. */
	public static function finish(): void {
		$orders       = array_keys( self::$at_end );
		self::$at_end = array();
		foreach ( $orders as $order_id ) {
			self::sync()->check_left( $order_id );
		}
	}

	/**
	 * An order is about to be deleted.
	 *
	 * @param mixed $order_id The order's id.
	 */
	public static function order_leaving( mixed $order_id ): void {
		if ( self::is_order( (int) $order_id ) ) {
			self::$at_end[ (int) $order_id ] = true;
			self::sync()->check( (int) $order_id, true );
		}
	}

	/**
	 * A post was deleted, binned or fetched from the bin; it may be an order or a refund.
	 *
	 * @param mixed $id   The post's id.
	 * @param mixed $post The post, where it is gone.
	 */
	public static function post_changed( mixed $id, mixed $post = null ): void {
		$post = $post instanceof \WP_Post ? $post : get_post( (int) $id );
		if ( $post instanceof \WP_Post && 'shop_order_refund' === $post->post_type ) {
			self::sync()->check( $post->post_parent );
		} elseif ( $post instanceof \WP_Post && 'shop_order' === $post->post_type ) {
			self::sync()->check( $post->ID );
		}
	}

	/**
	 * A post is about to be deleted; it may be an order.
	 *
	 * @param mixed $id The post's id.
	 */
	public static function post_leaving( mixed $id ): void {
		if ( 'shop_order' === get_post_type( (int) $id ) ) {
			self::$at_end[ (int) $id ] = true;
			self::sync()->check( (int) $id, true );
		}
	}

	/**
	 * The payment of an order is disputed: its credits go back until it is won.
	 *
	 * @param mixed $order The order or its id.
	 */
	public static function disputed( mixed $order ): void {
		$known = Orders::fresh( self::id_of( $order ) );
		if ( null !== $known ) {
			$known->update_meta_data( Payment::DISPUTED, gmdate( 'Y-m-d\TH:i:s\Z' ) );
			$known->save_meta_data();
			self::sync()->check( $known->get_id() );
		}
	}

	/**
	 * A dispute was won.
	 *
	 * @param mixed $order The order or its id.
	 */
	public static function dispute_won( mixed $order ): void {
		$known = Orders::fresh( self::id_of( $order ) );
		if ( null !== $known ) {
			$known->delete_meta_data( Payment::DISPUTED );
			$known->save_meta_data();
			self::sync()->check( $known->get_id() );
		}
	}

	/**
	 * Looks at an order again.
	 *
	 * @param int $order_id The order's id.
	 * @param int $tries    How often it was tried before.
	 */
	public static function again( int $order_id, int $tries = 0 ): void {
		self::sync()->check( $order_id, false, $tries );
	}

	/**
	 * Mails a guest the link to claim the credits of an order. Until that is done it is tried again,
	 * at last by the daily check.
	 *
	 * @param int $order_id The order's id.
	 * @param int $tries    How often it was tried before.
	 */
	public static function invite( int $order_id, int $tries = 0 ): void {
		try {
			self::sync()->guests->invite( $order_id );
		} catch ( \Throwable $fault ) {
			Log::error( 'the link to claim credits was not mailed', $fault, $order_id );
			Retry::mail( Guests::JOB, array( $order_id ), $tries );
		}
	}

	/** The id that whoever fires a hook means; 0 for what is none. */
	private static function id_of( mixed $order ): int {
		$number = is_numeric( $order ) ? (int) $order : 0;
		return $order instanceof \WC_Order ? $order->get_id() : $number;
	}

	/** Whether it is an order that can have lines sold. */
	private static function is_order( int $id ): bool {
		$order = wc_get_order( $id );
		return $order instanceof \WC_Order && 'shop_order' === $order->get_type();
	}
}
