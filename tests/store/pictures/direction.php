<?php
/**
 * The language of a picture, for a WordPress that has no translations of its own installed: put
 * among its mu-plugins while pictures are taken, and without effect in any other run.
 */

declare( strict_types=1 );

if ( getenv( 'NIVELLA_PICTURES' ) ) {
	$nivella_locale = (string) get_option( 'nivella_pictures_locale' );
	if ( '' !== $nivella_locale ) {
		add_filter( 'locale', static fn(): string => $nivella_locale );
	}
	if ( 'ar' === $nivella_locale ) {
		$GLOBALS['text_direction'] = 'rtl';
	}
}
