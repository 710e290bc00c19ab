<?php
/**
 * What the block's script in the editor needs.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

return array(
	'dependencies' => array(
		'wp-blocks',
		'wp-block-editor',
		'wp-components',
		'wp-element',
		'wp-i18n',
	),
	'version'      => NIVELLA_CREDITS_VERSION,
);
