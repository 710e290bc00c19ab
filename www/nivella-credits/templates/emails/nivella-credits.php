<?php
/**
 * A mail about credits.
 *
 * A theme can have its own in woocommerce/emails/nivella-credits.php.
 *
 * @var \Nivella\Credits\Woo\Mail\Letter $letter
 * @var \WC_Email                        $email
 * @var string                           $email_heading
 * @var string                           $additional_content
 * @var ?array{string, string}           $choices            Where the reader turns it off.
 *
 * @package Nivella\Credits
 * @version 0.1.0
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

// phpcs:disable WordPress.NamingConventions.PrefixAllGlobals -- The store's own hooks.
do_action( 'woocommerce_email_header', $email_heading, $email );

foreach ( $letter->paragraphs as $nivella_paragraph ) {
	echo '<p>', esc_html( $nivella_paragraph ), '</p>';
}
if ( array() !== $letter->figures ) {
	$nivella_end = is_rtl() ? 'left' : 'right';
	// A product's name may be in another script, and a sign stands before its number in each.
	echo '<table class="td" cellspacing="0" cellpadding="6" style="width: 100%; margin-bottom: 24px">';
	foreach ( $letter->figures as [ $nivella_name, $nivella_figure ] ) {
		printf(
			'<tr><th class="td" scope="row" style="text-align: %s; font-weight: normal">'
				. '<span dir="auto">%s</span></th><td class="td" style="text-align: %s; '
				. 'white-space: nowrap"><span dir="auto">%s</span></td></tr>',
			esc_attr( is_rtl() ? 'right' : 'left' ),
			esc_html( $nivella_name ),
			esc_attr( $nivella_end ),
			esc_html( $nivella_figure )
		);
	}
	echo '</table>';
}
if ( null !== $letter->way ) {
	printf(
		'<p><a class="button" href="%s">%s</a></p>',
		esc_url( $letter->way[1] ),
		esc_html( $letter->way[0] )
	);
}
if ( '' !== $letter->closing ) {
	echo '<p>', esc_html( $letter->closing ), '</p>';
}
if ( null !== $choices ) {
	printf(
		'<p><a href="%s">%s</a></p>',
		esc_url( $choices[1] ),
		esc_html( $choices[0] )
	);
}
if ( '' !== $additional_content ) {
	echo wp_kses_post( wpautop( wptexturize( $additional_content ) ) );
}

do_action( 'woocommerce_email_footer', $email );
