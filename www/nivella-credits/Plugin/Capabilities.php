<?php
/**
 * Who may do what in the admin.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Plugin;

defined( 'ABSPATH' ) || exit;

/**
 * What the screens of the store's owner ask for. Administrators and shop managers have all of them
 * to begin with; whoever runs the site may give and take them as any other capability.
 */
final class Capabilities {
	/** See accounts, entries and receipts, and export them. */
	public const VIEW = 'nivella_credits_view';
	/** Give and take credits, release holds, assign plans. */
	public const ADJUST = 'nivella_credits_adjust';
	/** Plans, rates, policies, keys, and what the health screen repairs. */
	public const MANAGE = 'nivella_credits_manage';

	/** Option: which of these the roles were given. Raised with a new one. */
	private const OPTION  = 'nivella_credits_capabilities';
	private const VERSION = '1';
	private const ROLES   = array( 'administrator', 'shop_manager' );

	/**
	 * Gives the roles what they have to begin with, once: what an owner takes away stays away. A role
	 * that is not there yet, because the store was not set up, is waited for.
	 */
	public static function prepare(): void {
		if ( self::VERSION === get_option( self::OPTION ) ) {
			return;
		}
		$roles = array_filter( array_map( 'get_role', self::ROLES ) );
		foreach ( $roles as $role ) {
			array_map( array( $role, 'add_cap' ), array( self::VIEW, self::ADJUST, self::MANAGE ) );
		}
		if ( count( $roles ) === count( self::ROLES ) ) {
			update_option( self::OPTION, self::VERSION, true );
		}
	}
}
