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
		$texts = new Texts( $file );
		foreach ( $file->code as $index => $token ) {
			$name  = $calls[ $index ] ?? strtolower( $token->text );
			$by    = $file->is( $index - 1, T_OBJECT_OPERATOR, T_NULLSAFE_OBJECT_OPERATOR );
			$place = isset( $calls[ $index ] ) ? self::FUNCTIONS[ $name ] ?? null : null;
			$place = $by && $file->is( $index + 1, '(' ) ? self::METHODS[ $name ] ?? null : $place;
			$text  = null === $place ? null : $texts->begins( $index, $place );
			if ( null !== $text && ! self::is_ours( $name, $text, $file->in( 'templates' ) ) ) {
				$found[ $token->line ] = "$name( '$text' ): begin with the plugin's name";
			}
			$hook = 'add_action' === $name ? $texts->begins( $index, 0 ) : null;
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
}
