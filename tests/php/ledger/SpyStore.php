<?php
/**
 * A store that notes what is asked of it.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Ledger;

use Nivella\Credits\Ledger\Account;
use Nivella\Credits\Ledger\Changes;
use Nivella\Credits\Ledger\Hold;
use Nivella\Credits\Ledger\Store;

/** Each call, by name, in its order; and what was written last. */
final class SpyStore implements Store {
	/** @var string[] */
	public array $calls = array();
	public ?Changes $written = null;

	public function __construct( private readonly Store $store ) {}

	public function claim( array $hashes ): array {
		$this->calls[] = __FUNCTION__;
		return $this->store->claim( $hashes );
	}

	public function account( bool $lock ): Account {
		$this->calls[] = $lock ? 'lock' : __FUNCTION__;
		return $this->store->account( $lock );
	}

	public function live_grants(): array {
		$this->calls[] = __FUNCTION__;
		return $this->store->live_grants();
	}

	public function grants( array $ids ): array {
		$this->calls[] = __FUNCTION__;
		return $this->store->grants( $ids );
	}

	public function grants_of_item( string $order_item ): array {
		$this->calls[] = __FUNCTION__;
		return $this->store->grants_of_item( $order_item );
	}

	public function items( array $ids ): array {
		$this->calls[] = __FUNCTION__;
		return $this->store->items( $ids );
	}

	public function open_holds(): array {
		$this->calls[] = __FUNCTION__;
		return $this->store->open_holds();
	}

	public function hold( int $id ): ?Hold {
		$this->calls[] = __FUNCTION__;
		return $this->store->hold( $id );
	}

	public function entries( int $first, int $count ): array {
		$this->calls[] = __FUNCTION__;
		return $this->store->entries( $first, $count );
	}

	public function grants_after( int $after, int $most ): array {
		$this->calls[] = __FUNCTION__;
		return $this->store->grants_after( $after, $most );
	}

	public function write( Changes $changes ): void {
		$this->calls[] = __FUNCTION__;
		$this->written = $changes;
		$this->store->write( $changes );
	}
}
