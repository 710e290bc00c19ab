<?php
/**
 * What happens when the plugin is switched on, and off.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Plugin;

use Nivella\Credits\Lane\Lane;
use Nivella\Credits\Rest\Access;
use Nivella\Credits\Rest\Cors;
use Nivella\Credits\Rest\Limits;
use Nivella\Credits\Rest\Visitor;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Storage\KeyRows;
use Nivella\Credits\Storage\Schema;
use Nivella\Credits\Woo\Jobs;
use Nivella\Credits\Woo\Mail\Post;
use Nivella\Credits\Woo\Product\NextSteps;
use Nivella\Credits\Woo\Product\StarterSet;
use Nivella\Credits\Woo\Product\Tokens;

defined( 'ABSPATH' ) || exit;

/** Prepares each site that the plugin is switched on for. */
final class Activation {
	/** Option: the first time ever that the plugin was active, RFC 3339 in UTC. */
	public const FIRST_ACTIVE_AT = 'nivella_credits_first_active_at';
	/** Option: the version of the plugin that has prepared the site. */
	private const VERSION = 'nivella_credits_version';
	/** Options that most requests read: a missing one costs a look into the database each time. */
	private const OFTEN = array(
		Lane::OPTION              => 'yes',
		Access::CUSTOMERS_METER   => 'no',
		Visitor::OPTION           => 'off',
		Cors::OPTION              => array(),
		Limits::OPTION            => array(),
		Limits::PROXY             => '',
		Configuration::FORGIVE    => '',
		Configuration::THRESHOLDS => '',
		StarterSet::OPTION        => '',
		NextSteps::OPTION         => '',
	);

	/**
	 * The plugin was activated.
	 *
	 * @param bool $network_wide For every site of a network.
	 */
	public static function activate( bool $network_wide = false ): void {
		self::on_sites( self::prepare_site( ... ), $network_wide );
	}

	/**
	 * The plugin was deactivated.
	 *
	 * @param bool $network_wide For every site of a network.
	 */
	public static function deactivate( bool $network_wide = false ): void {
		self::on_sites( Jobs::stop( ... ), $network_wide );
	}

	/**
	 * A site joined a network.
	 *
	 * @param \WP_Site $site The new site.
	 */
	public static function new_site( \WP_Site $site ): void {
		require_once ABSPATH . 'wp-admin/includes/plugin.php';
		if ( is_plugin_active_for_network( plugin_basename( NIVELLA_CREDITS_FILE ) ) ) {
			self::on_site( self::prepare_site( ... ), (int) $site->blog_id );
		}
	}

	/**
	 * Does something on the current site, or on every site of a network.
	 *
	 * @param callable $task         What.
	 * @param bool     $network_wide Whether on every site.
	 */
	private static function on_sites( callable $task, bool $network_wide ): void {
		if ( ! $network_wide ) {
			$task();
			return;
		}
		foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $site ) {
			self::on_site( $task, (int) $site );
		}
	}

	/** Does something on one site of a network. */
	private static function on_site( callable $task, int $site ): void {
		switch_to_blog( $site );
		$task();
		restore_current_blog();
	}

	/**
	 * Gives a site what a newer version of the plugin needs: an update activates nothing. No visitor
	 * waits for it. What the owner has chosen or taken away meanwhile stays as it is.
	 */
	public static function update(): void {
		if ( self::is_behind() && NIVELLA_CREDITS_VERSION !== get_option( self::VERSION ) ) {
			self::refresh();
		}
	}

	/** Whether it is a request that no visitor of the store waits for. */
	public static function is_behind(): bool {
		return is_admin() || wp_doing_cron() || ( defined( 'WP_CLI' ) && WP_CLI );
	}

	/** Prepares the current site. Doing it again changes nothing. */
	private static function prepare_site(): void {
		Schema::install();
		self::refresh();
		Tokens::prepare();
		get_role( 'administrator' )?->add_cap( Access::CAPABILITY );
	}

	/** Makes what is missing. */
	private static function refresh(): void {
		// Orders that were paid before this are granted only when the owner asks for it.
		add_option( self::FIRST_ACTIVE_AT, gmdate( 'Y-m-d\TH:i:s\Z' ), '', false );
		foreach ( self::OFTEN as $option => $usual ) {
			add_option( $option, $usual, '', true );
		}
		foreach ( Post::options() as $option ) {
			add_option( $option, array(), '', true );
		}
		Jobs::look_again();
		KeyRows::prepare();
		Capabilities::prepare();
		update_option( self::VERSION, NIVELLA_CREDITS_VERSION, true );
	}
}
