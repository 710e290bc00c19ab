<?php
/** Sends a command and stops for ever ahead of a statement, or behind the last one. */

declare( strict_types=1 );

use Nivella\Credits\Storage\Books;
use Nivella\Credits\Tests\Support\Link;

return static function ( array $input ): void {
	[ $account, $command, $at ] = $input;

	$stop = static function (): void {
		echo "stopped\n";
		sleep( 60 );
	};
	$link = Link::install();

	$link->before = static function ( string $sql, int $n ) use ( $at, $stop ): ?string {
		$n === $at ? $stop() : null;
		return null;
	};
	Books::open()->write( $account, $command );
	$stop();
};
