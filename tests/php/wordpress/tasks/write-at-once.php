<?php
/**
 * Sends commands, one after the other; the answers. What `without` names is switched off, so that
 * the tests can be tested.
 */

declare( strict_types=1 );

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Tests\Support\Link;

return static function ( array $input ): array {
	$nothing = array( 'START TRANSACTION' => 'DO 0', 'COMMIT' => 'DO 0', 'ROLLBACK' => 'DO 0' );
	if ( 'transaction' === $input['without'] ) {
		add_filter( 'query', static fn( string $sql ): string => $nothing[ $sql ] ?? $sql );
		Link::install()->before = static fn( string $sql ): ?string => $nothing[ $sql ] ?? null;
	}
	if ( 'the write of the account' === $input['without'] ) {
		Link::install()->before = static function ( string $sql ): ?string {
			// It says that one row was changed, and none of its figures was.
			return 1 === preg_match( '/^UPDATE (\S+_accounts)/', $sql, $found )
				? "UPDATE $found[1] SET created_at = created_at + 1 ORDER BY id DESC LIMIT 1"
				: null;
		};
	}
	$books   = Books::open();
	$answers = array();
	foreach ( $input['writes'] as [ $account, $command ] ) {
		try {
			$answers[] = $books->write( $account, $command );
		} catch ( Refusal $refusal ) {
			$answers[] = array( 'code' => $refusal->error );
		}
	}
	return $answers;
};
