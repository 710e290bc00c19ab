<?php
/**
 * Names that all plugins of a site share.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Lint;

/** What a plugin makes there begins with its own name, or two plugins take it from each other. */
final class Prefixes {
	/** Where the name stands among the arguments, from 0, by what makes or keeps something. */
	private const FUNCTIONS = array(
		'define'                       => 0,
		'do_action'                    => 0,
		'do_action_ref_array'          => 0,
		'apply_filters'                => 0,
		'apply_filters_ref_array'      => 0,
		'add_option'                   => 0,
		'update_option'                => 0,
		'delete_option'                => 0,
		'add_site_option'              => 0,
		'update_site_option'           => 0,
		'delete_site_option'           => 0,
		'update_network_option'        => 1,
		'set_transient'                => 0,
		'delete_transient'             => 0,
		'set_site_transient'           => 0,
		'wp_cache_set'                 => 2,
		'wp_cache_add'                 => 2,
		'add_user_meta'                => 1,
		'update_user_meta'             => 1,
		'delete_user_meta'             => 1,
		'add_post_meta'                => 1,
		'update_post_meta'             => 1,
		'delete_post_meta'             => 1,
		'update_term_meta'             => 1,
		'add_shortcode'                => 0,
		'add_menu_page'                => 3,
		'add_submenu_page'             => 4,
		'add_role'                     => 0,
		'register_setting'             => 1,
		'register_post_type'           => 0,
		'register_taxonomy'            => 0,
		'register_rest_route'          => 0,
		'wp_register_script'           => 0,
		'wp_enqueue_script'            => 0,
		'wp_register_style'            => 0,
		'wp_enqueue_style'             => 0,
		'wp_register_script_module'    => 0,
		'wp_schedule_event'            => 2,
		'wp_schedule_single_event'     => 1,
		'as_enqueue_async_action'      => 0,
		'as_schedule_single_action'    => 1,
		'as_schedule_recurring_action' => 2,
	);

	/** The same of methods, of whichever class they are. */
	private const METHODS = array(
		'add_meta_data'    => 0,
		'update_meta_data' => 0,
		'delete_meta_data' => 0,
		'add_cap'          => 0,
	);

	/** Hooks of WordPress whose end is a name of whoever listens. */
	private const OWN_END = '/^(?:admin_post|wp_ajax)(?:_nopriv)?+_(?!nivella_credits_)./';

	/** What another plugin asks to be told there. */
	private const OF_OTHERS = array( 'woocommerce_queue_flush_rewrite_rules' );

	/**
	 * Texts of constants by `Class::NAME`, of the plugin's own files.
	 *
	 * @var ?array<string, string>
	 */
	private static ?array $constants = null;

	/** @return array<int, string> */
	public static function rule( Source $file ): array {
		if ( ! $file->is_plugin() ) {
			return array();
		}
		return self::calls( $file ) + self::tables( $file ) + self::global_names( $file );
	}

	/** @return array<int, string> */
	private static function calls( Source $file ): array {
		$found = array();
		$calls = $file->calls();
		$own   = self::constants_of( $file ) + self::constants();
		foreach ( $file->code as $index => $token ) {
			$name  = $calls[ $index ] ?? strtolower( $token->text );
			$by    = $file->is( $index - 1, T_OBJECT_OPERATOR, T_NULLSAFE_OBJECT_OPERATOR );
			$place = isset( $calls[ $index ] ) ? self::FUNCTIONS[ $name ] ?? null : null;
			$place = $by && $file->is( $index + 1, '(' ) ? self::METHODS[ $name ] ?? null : $place;
			$text  = null === $place ? null : self::begins( $file, $index, $place, $own );
			if ( null !== $text && ! self::is_ours( $name, $text, $file->in( 'templates' ) ) ) {
				$found[ $token->line ] = "$name( '$text' ): begin with the plugin's name";
			}
			$hook = 'add_action' === $name ? self::begins( $file, $index, 0, $own ) : null;
			if ( 1 === preg_match( self::OWN_END, (string) $hook ) ) {
				$found[ $token->line ] = "$hook: its end begins with nivella_credits_";
			}
		}
		return $found;
	}

	/** Whether a name begins as it must; a template does what those of the store do, too. */
	private static function is_ours( string $function, string $text, bool $template ): bool {
		$begin = match ( $function ) {
			'define'        => 'NIVELLA_CREDITS_',
			'add_shortcode' => 'nivella_',
			default         => '_?nivella[_-]credits',
		};
		return 1 === preg_match( "/^$begin/", $text ) || in_array( $text, self::OF_OTHERS, true )
			|| ( $template && str_starts_with( $text, 'woocommerce_' ) );
	}

	/**
	 * A table's name behind the site's prefix.
	 *
	 * @return array<int, string>
	 */
	private static function tables( Source $file ): array {
		$found = array();
		foreach ( $file->code as $index => $token ) {
			$prefix = in_array( $token->text, array( 'prefix', 'base_prefix' ), true )
				&& $file->is( $index - 1, T_OBJECT_OPERATOR );
			if ( ! $prefix || ! $file->is( $index + 1, '.', '}' ) ) {
				continue;
			}
			$text = $file->code[ $index + 2 ] ?? $token;
			$name = match ( $text->id ) {
				T_CONSTANT_ENCAPSED_STRING => substr( $text->text, 1, -1 ),
				T_ENCAPSED_AND_WHITESPACE  => $text->text,
				default                    => 'nivella_credits_',
			};
			if ( ! str_starts_with( $name, 'nivella_credits_' ) ) {
				$found[ $token->line ] = "table $name: begin with nivella_credits_";
			}
		}
		return $found;
	}

	/**
	 * Functions and classes outside a namespace.
	 *
	 * @return array<int, string>
	 */
	private static function global_names( Source $file ): array {
		$found = array();
		if ( 1 === preg_match( '/^namespace /m', $file->text ) ) {
			return $found;
		}
		foreach ( $file->functions() as $function ) {
			if ( ! str_starts_with( $function['name'], 'nivella_credits_' ) ) {
				$found[ $function['first'] ] = "{$function['name']}(): begin with nivella_credits_";
			}
		}
		foreach ( $file->code as $index => $token ) {
			$kinds = array( T_CLASS, T_INTERFACE, T_TRAIT, T_ENUM );
			if ( $token->is( $kinds ) && $file->is( $index + 1, T_STRING ) ) {
				$found[ $token->line ] = "{$file->code[ $index + 1 ]->text}: give it the namespace";
			}
		}
		return $found;
	}

	/**
	 * What the n-th argument of a call begins with; null where only running it would tell.
	 *
	 * @param Source                $file  The file.
	 * @param int                   $call  The index of the call's name.
	 * @param int                   $place The argument, from 0.
	 * @param array<string, string> $known Texts of constants.
	 */
	private static function begins( Source $file, int $call, int $place, array $known ): ?string {
		$index = $file->first_of( $call, $place );
		$text  = null;
		while ( null !== $index ) {
			list( $piece, $next ) = self::piece( $file, $index, $known );

			$text  = null === $piece ? $text : $text . $piece;
			$index = null !== $piece && $file->is( $next, '.' ) ? $next + 1 : null;
		}
		return $text;
	}

	/**
	 * A text, a string with variables up to the first of them, or a constant.
	 *
	 * @param Source                $file  The file.
	 * @param int                   $index Where it begins.
	 * @param array<string, string> $known Texts of constants.
	 * @return array{?string, int} The text, and the index behind it.
	 */
	private static function piece( Source $file, int $index, array $known ): array {
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
		return array( $known[ "$class::{$file->code[ $index + 2 ]->text}" ] ?? null, $index + 3 );
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
