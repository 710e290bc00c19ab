<?php
/** Runs commands of `wp nivella-credits`; what each printed. */

declare( strict_types=1 );

require_once __DIR__ . '/../../support/wp-cli.php';

return static function ( array $calls ): array {
	Nivella\Credits\Cli\AccountCommand::register();
	Nivella\Credits\Cli\VerifyCommand::register();
	Nivella\Credits\Cli\ImportCommand::register();
	Nivella\Credits\Woo\RepairCommand::register();
	$said = array();
	foreach ( $calls as list( $name, $args, $options ) ) {
		WP_CLI::$said = array();
		( WP_CLI::$commands[ "nivella-credits $name" ] )( $args, $options );
		$said[] = WP_CLI::$said;
	}
	return $said;
};
