<?php
/**
 * Texts in a file's calls, through constants too.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Lint;

/** What only running it would tell is not known. */
final class Texts {
	/**
	 * Texts of constants by `Class::NAME`, of the plugin's own files.
	 *
	 * @var ?array<string, string>
	 */
	private static ?array $constants = null;

	/** @var array<string, string> Texts of constants that this file may name. */
	private readonly array $known;

	/** @param Source $file The file. */
	public function __construct( private readonly Source $file ) {
		$this->known = self::constants_of( $file ) + self::constants();
	}

	/**
	 * What the n-th argument of a call begins with; null where only running it would tell.
	 *
	 * @param int $call  The index of the call's name.
	 * @param int $place The argument, from 0.
	 */
	public function begins( int $call, int $place ): ?string {
		$index = $this->file->first_of( $call, $place );
		$text  = null;
		while ( null !== $index ) {
			list( $piece, $next ) = $this->piece( $index );

			$text  = null === $piece ? $text : $text . $piece;
			$index = null !== $piece && $this->file->is( $next, '.' ) ? $next + 1 : null;
		}
		return $text;
	}

	/**
	 * A text, a string with variables up to the first of them, or a constant.
	 *
	 * @param int $index Where it begins.
	 * @return array{?string, int} The text, and the index behind it.
	 */
	private function piece( int $index ): array {
		$file  = $this->file;
		$token = $file->code[ $index ];
		if ( $token->is( T_CONSTANT_ENCAPSED_STRING ) ) {
			return array( substr( $token->text, 1, -1 ), $index + 1 );
		}
		if ( '"' === $token->text && $file->is( $index + 1, T_ENCAPSED_AND_WHITESPACE ) ) {
			return array( $file->code[ $index + 1 ]->text, $index + 2 );
		}
		if ( ! $file->is( $index + 1, T_DOUBLE_COLON ) || ! $file->is( $index + 2, T_STRING ) ) {
			return array( null, $index );
		}
		$class = preg_replace( '/^.*\\\\/', '', $token->text );
		return array( $this->known[ "$class::{$file->code[ $index + 2 ]->text}" ] ?? null, $index + 3 );
	}

	/** @return array<string, string> Those of one file, under `self`, too. */
	private static function constants_of( Source $file ): array {
		$found = array();
		$class = basename( $file->path, '.php' );
		foreach ( $file->code as $index => $token ) {
			$text = $file->code[ $index + 3 ] ?? null;
			if ( $token->is( T_CONST ) && $text?->is( T_CONSTANT_ENCAPSED_STRING ) ) {
				$name = $file->code[ $index + 1 ]->text;

				$found[ "self::$name" ]   = substr( $text->text, 1, -1 );
				$found[ "$class::$name" ] = substr( $text->text, 1, -1 );
			}
		}
		return $found;
	}

	/** @return array<string, string> */
	private static function constants(): array {
		if ( null === self::$constants ) {
			self::$constants = array();
			foreach ( Source::all() as $file ) {
				self::$constants += $file->is_plugin() ? self::constants_of( $file ) : array();
			}
			self::$constants = array_filter(
				self::$constants,
				static fn( string $name ): bool => ! str_starts_with( $name, 'self::' ),
				ARRAY_FILTER_USE_KEY
			);
		}
		return self::$constants;
	}
}
