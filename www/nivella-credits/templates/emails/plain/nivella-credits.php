<?php
/**
 * A mail about credits, as text.
 *
 * A theme can have its own in woocommerce/emails/plain/nivella-credits.php.
 *
 * @var \Nivella\Credits\Woo\Mail\Letter $letter
 * @var string                           $email_heading
 * @var string                           $additional_content
 * @var ?array{string, string}           $choices            Where the reader turns it off.
 *
 * @package Nivella\Credits
 * @version 0.1.0
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

// Text, not markup: WooCommerce sends it as text/plain.
// phpcs:disable WordPress.Security.EscapeOutput.OutputNotEscaped -- plain text.
// phpcs:disable WordPress.NamingConventions.PrefixAllGlobals -- The store's own hook.
$nivella_parts = array( wp_strip_all_tags( $email_heading ), ...$letter->paragraphs );
$nivella_rows  = array();
// A sign stands before its number, also where the line runs from right to left.
$nivella_mark = is_rtl() ? "\u{200e}" : '';
foreach ( $letter->figures as [ $nivella_name, $nivella_figure ] ) {
	$nivella_rows[] = "$nivella_name: $nivella_mark$nivella_figure";
}
$nivella_parts[] = implode( "\n", $nivella_rows );
$nivella_parts[] = null === $letter->way ? '' : "{$letter->way[0]}:\n{$letter->way[1]}";
$nivella_parts[] = $letter->closing;
$nivella_parts[] = null === $choices ? '' : "{$choices[0]}:\n{$choices[1]}";
$nivella_parts[] = wp_strip_all_tags( wptexturize( $additional_content ) );
$nivella_footer  = get_option( 'woocommerce_email_footer_text', '' );
$nivella_footer  = apply_filters( 'woocommerce_email_footer_text', $nivella_footer );
$nivella_parts[] = wp_strip_all_tags( wptexturize( (string) $nivella_footer ) );
echo implode( "\n\n", array_filter( $nivella_parts, static fn( $part ) => '' !== $part ) ), "\n";
