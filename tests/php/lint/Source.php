<?php
/**
 * A PHP file of the repo, by its tokens.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Lint;

use PhpToken;

/** Comments and white space are apart from what PHP sees. */
final class Source {
	public const PLUGIN = 'www/nivella-credits/';

	/** @var PhpToken[] Without comments and white space, counted from 0. */
	public readonly array $code;
	/** @var PhpToken[] All of them. */
	public readonly array $tokens;

	/**
	 * @param string $path From the repo's top.
	 * @param string $text What stands in it.
	 */
	public function __construct( public readonly string $path, public readonly string $text ) {
		$this->tokens = PhpToken::tokenize( $text );
		$seen         = static fn( PhpToken $token ): bool => ! $token->isIgnorable();
		$this->code   = array_values( array_filter( $this->tokens, $seen ) );
	}

	/**
	 * Every PHP file that is committed or about to be.
	 *
	 * @return self[]
	 */
	public static function all(): array {
		$top  = (string) realpath( NIVELLA_REPO );
		$list = array( 'git', '-C', $top, 'ls-files', '-z', '--cached', '--others' );
		$list = array( ...$list, '--exclude-standard', '--', '*.php' );
		$git  = proc_open( $list, array( 1 => array( 'pipe', 'w' ) ), $pipes );
		$said = (string) stream_get_contents( $pipes[1] );
		proc_close( $git );
		$there = static fn( string $path ): bool => '' !== $path && is_file( "$top/$path" );
		$paths = array_values( array_filter( explode( "\0", $said ), $there ) );
		if ( count( $paths ) < 30 ) {
			throw new \RuntimeException( "only few files found: is $top the repo's top?" );
		}
		return array_map(
			static fn( string $path ) => new self( $path, (string) file_get_contents( "$top/$path" ) ),
			$paths
		);
	}

	/** Whether it is a part of what a store installs. */
	public function is_plugin(): bool {
		return str_starts_with( $this->path, self::PLUGIN );
	}

	/** The path inside the plugin; '' elsewhere. */
	public function inner(): string {
		return $this->is_plugin() ? substr( $this->path, strlen( self::PLUGIN ) ) : '';
	}

	/** Whether it lies in one of these folders of the plugin. */
	public function in( string ...$folders ): bool {
		return in_array( strstr( $this->inner(), '/', true ), $folders, true );
	}

	/** Whether this token is one of these: ids of tokens, or their texts. */
	public function is( int $index, int|string ...$kinds ): bool {
		return isset( $this->code[ $index ] ) && $this->code[ $index ]->is( $kinds );
	}

	/**
	 * Calls of plain functions: by the token's index, the name in small letters.
	 *
	 * @return array<int, string>
	 */
	public function calls(): array {
		$found = array();
		foreach ( $this->code as $index => $token ) {
			$named  = $token->is( array( T_STRING, T_NAME_FULLY_QUALIFIED ) );
			$behind = array( T_OBJECT_OPERATOR, T_NULLSAFE_OBJECT_OPERATOR, T_DOUBLE_COLON );
			$behind = array( ...$behind, T_FUNCTION, T_NEW, '&' );
			if ( $named && $this->is( $index + 1, '(' ) && ! $this->is( $index - 1, ...$behind ) ) {
				$found[ $index ] = strtolower( ltrim( $token->text, '\\' ) );
			}
		}
		return $found;
	}

	/** The text of the n-th argument of a call if it is one plain string; else null. */
	public function argument( int $call, int $n ): ?string {
		$index = $this->first_of( $call, $n );
		if ( null === $index || ! $this->is( $index, T_CONSTANT_ENCAPSED_STRING ) ) {
			return null;
		}
		$alone = $this->is( $index + 1, ')', ',' );
		return $alone ? substr( $this->code[ $index ]->text, 1, -1 ) : null;
	}

	/** The index of the first token of the n-th argument of a call; null where it has fewer. */
	public function first_of( int $call, int $n ): ?int {
		$depth = 0;
		for ( $index = $call + 1; isset( $this->code[ $index ] ); $index++ ) {
			$begins = 1 === $depth && 0 === $n && $this->is( $index - 1, '(', ',' );
			if ( $begins && ! $this->is( $index, ')' ) ) {
				return $index;
			}
			$depth += (int) $this->is( $index, '(', '[', '{' ) - (int) $this->is( $index, ')', ']', '}' );
			$n     -= (int) ( 1 === $depth && $this->is( $index, ',' ) );
			if ( 0 === $depth || $n < 0 ) {
				return null;
			}
		}
		return null;
	}

	/**
	 * Named functions and methods, closures left out.
	 *
	 * @return array<int, array{name: string, first: int, last: int, public: bool, doc: bool}>
	 */
	public function functions(): array {
		$found = array();
		foreach ( $this->tokens as $index => $token ) {
			$name = $token->is( T_FUNCTION ) ? $this->after( $index ) : null;
			if ( null === $name || ! $this->tokens[ $name ]->is( T_STRING ) ) {
				continue;
			}
			list( $public, $doc ) = $this->before( $index );

			$found[] = array(
				'name'   => $this->tokens[ $name ]->text,
				'first'  => $token->line,
				'last'   => $this->end_of( $name ),
				'public' => $public,
				'doc'    => $doc,
			);
		}
		return $found;
	}

	/** The index of the next token that PHP sees, an & left out. */
	private function after( int $index ): int {
		do {
			++$index;
		} while ( $this->tokens[ $index ]->isIgnorable() || '&' === $this->tokens[ $index ]->text );
		return $index;
	}

	/** @return array{bool, bool} Whether the function is public, and whether it is explained. */
	private function before( int $index ): array {
		$public = true;
		for ( --$index; $index > 0; $index-- ) {
			$token = $this->tokens[ $index ];
			if ( $token->is( T_DOC_COMMENT ) ) {
				return array( $public, true );
			}
			$public = $public && ! $token->is( array( T_PRIVATE, T_PROTECTED ) );
			if ( $token->is( array( ';', '{', '}' ) ) ) {
				break;
			}
		}
		return array( $public, false );
	}

	/** The line on which a function ends, from the index of its name. */
	private function end_of( int $index ): int {
		$depth = 0;
		for ( ; isset( $this->tokens[ $index ] ); $index++ ) {
			$token  = $this->tokens[ $index ];
			$depth += (int) $token->is( array( '{', T_CURLY_OPEN, T_DOLLAR_OPEN_CURLY_BRACES ) );
			$depth -= (int) $token->is( '}' );
			$ends   = '}' === $token->text || ';' === $token->text;
			if ( 0 === $depth && $ends ) {
				return $token->line;
			}
		}
		return 0;
	}
}
