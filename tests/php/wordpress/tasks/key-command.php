<?php
/** Runs `wp nivella-credits key` commands; what each printed. As much of WP-CLI as they use. */

declare( strict_types=1 );

namespace {
	final class WP_CLI {
		/** @var string[] */
		public static array $said = array();
		/** @var array<string, string> */
		public static array $commands = array();

		public static function add_command( string $name, string $command ): void {
			self::$commands[ $name ] = $command;
		}

		public static function line( string $text ): void {
			self::$said[] = $text;
		}

		public static function success( string $text ): void {
			self::$said[] = "Success: $text";
		}

		public static function error( string $text ): void {
			self::$said[] = "Error: $text";
		}
	}
}

namespace WP_CLI\Utils {
	function format_items( string $format, array $rows, array $fields ): void {
		foreach ( $rows as $row ) {
			\WP_CLI::line( json_encode( array_replace( array_flip( $fields ), $row ) ) );
		}
	}
}

namespace Nivella\Credits\Tests {
	return static function ( array $calls ): array {
		\Nivella\Credits\Rest\KeyCommand::register();
		$command = new \WP_CLI::$commands['nivella-credits key']();
		$said    = array();
		foreach ( $calls as list( $what, $args, $options ) ) {
			\WP_CLI::$said = array();
			$command->$what( $args, $options );
			$said[] = \WP_CLI::$said;
		}
		return $said;
	};
}
