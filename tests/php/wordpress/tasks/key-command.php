<?php
/** Runs `wp nivella-credits key` commands; what each printed. */

declare( strict_types=1 );

require_once __DIR__ . '/../../support/wp-cli.php';

return static function ( array $calls ): array {
	Nivella\Credits\Rest\KeyCommand::register();
	$command = WP_CLI::$commands['nivella-credits key'];
	$said    = array();
	foreach ( $calls as list( $what, $args, $options ) ) {
		WP_CLI::$said = array();
		$command->$what( $args, $options );
		$said[] = WP_CLI::$said;
	}
	return $said;
};
