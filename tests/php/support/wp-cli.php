<?php
/** As much of WP-CLI as our commands use. */

declare( strict_types=1 );

namespace {
	final class WP_CLI {
		/** @var string[] */
		public static array $said = array();
		/** @var array<string, callable> */
		public static array $commands = array();

		public static function add_command( string $name, mixed $command ): void {
			self::$commands[ $name ] = is_string( $command ) ? new $command() : $command;
		}

		public static function line( string $text ): void {
			self::$said[] = $text;
		}

		public static function log( string $text ): void {
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
			$shown = array_flip( $fields );
			$shown = array_replace( $shown, array_intersect_key( $row, $shown ) );
			\WP_CLI::line( json_encode( $shown ) );
		}
	}
}
