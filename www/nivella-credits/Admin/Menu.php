<?php
/**
 * The menu of the owner's screens.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

use Nivella\Credits\Plugin\Capabilities;

defined( 'ABSPATH' ) || exit;

/** "Credits", right below the store's own menu, with one page for each screen. */
final class Menu {
	/** The first screen's page, which is the menu's own. */
	public const TOP = AccountsScreen::PAGE;

	/** Behind the store's menu, ahead of what it has below itself. */
	private const PLACE   = '55.51';
	private const SCREENS = array(
		AccountsScreen::class,
		PlansScreen::class,
		RatesScreen::class,
		LabelsScreen::class,
		PoliciesScreen::class,
		KeysScreen::class,
		HealthScreen::class,
		ToolsScreen::class,
	);

	/** Runs on `admin_menu`. */
	public static function register(): void {
		$name = __( 'Credits', 'nivella-credits' );
		$icon = 'dashicons-chart-area';
		add_menu_page( $name, $name, Capabilities::VIEW, self::TOP, '', $icon, self::PLACE );
		foreach ( self::SCREENS as $class ) {
			$screen = new $class();
			add_submenu_page(
				self::TOP,
				$screen->title(),
				$screen->title(),
				$screen->capability(),
				$class::PAGE,
				array( $screen, 'show' ),
			);
		}
	}

	/**
	 * The plugin's own row in the list of plugins: whoever has just activated it finds the screens.
	 *
	 * @param mixed $links As HTML.
	 * @return array<int|string, string>
	 */
	public static function in_plugins( mixed $links ): array {
		$name = esc_html__( 'Credits', 'nivella-credits' );
		$own  = sprintf( '<a href="%s">%s</a>', esc_url( self::url( self::TOP ) ), $name );
		return array( 'nivella-credits' => $own ) + (array) $links;
	}

	/**
	 * Runs on `admin_enqueue_scripts`.
	 *
	 * @param string $page WordPress's name of the page.
	 */
	public static function enqueue( string $page ): void {
		if ( 1 === preg_match( '/_page_nivella-credits(-|$)/', $page ) ) {
			$style = plugins_url( 'styles/admin.css', NIVELLA_CREDITS_FILE );
			wp_enqueue_style( 'nivella-credits-admin', $style, array(), NIVELLA_CREDITS_VERSION );
		}
	}

	/**
	 * The address of a page.
	 *
	 * @param string                    $page Its name.
	 * @param array<string, string|int> $more What it is asked for.
	 */
	public static function url( string $page, array $more = array() ): string {
		return admin_url( 'admin.php?' . http_build_query( array( 'page' => $page ) + $more ) );
	}
}
