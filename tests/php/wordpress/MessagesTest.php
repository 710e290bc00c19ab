<?php
/**
 * The module in a language that it does not bring.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Ledger\Refusal;
use Nivella\Credits\Page\Elements;
use Nivella\Credits\Page\Messages;
use Nivella\Credits\Tests\Support\WordPressTestCase;

final class MessagesTest extends WordPressTestCase {
	/** A site in French, whose translator has come as far as this. */
	private static function in_french(): void {
		add_filter( 'locale', static fn() => 'fr_FR' );
		add_filter( 'pre_determine_locale', static fn() => 'fr_FR' );
		add_filter( 'get_available_languages', static fn() => array( 'fr_FR' ) );
		$said = array( 'No credits' => 'Aucun crédit', 'until ~{date}' => 'jusqu’au ~{date}' );
		add_filter(
			'gettext_with_context_nivella-credits',
			static fn( $now, $text ) => $said[ $text ] ?? $now,
			10,
			2
		);
		add_filter(
			'ngettext_with_context_nivella-credits',
			static fn( $now, $one, $many, $number, $context ) => 'pill.balance' !== $context
				? $now
				: ( $number < 2 ? '{amount} crédit' : '{amount} crédits' ),
			10,
			5
		);
	}

	public function test_a_translated_text_and_its_plural_forms_are_there(): void {
		self::in_french();
		$texts = Messages::in( 'fr_FR' );
		self::assertSame( 'Aucun crédit', $texts['pill.none'] );
		self::assertSame( 'jusqu’au ~{date}', $texts['pill.until'] );
		$forms = $texts['pill.balance'];
		$seen  = array( $forms[0], $forms[1], $forms[2], $forms[1000000] );
		$few   = '{amount} crédit';
		self::assertSame( array( $few, $few, "{$few}s", "{$few}s" ), $seen );
	}

	public function test_every_text_of_the_module_is_there(): void {
		$catalogue = file_get_contents( dirname( __DIR__, 3 ) . '/www/messages.json' );
		$known     = array_keys( json_decode( $catalogue, true ) );
		$texts     = array_keys( Messages::in( get_locale() ) );
		sort( $known );
		sort( $texts );
		self::assertSame( $known, $texts );
	}

	public function test_a_language_that_the_site_does_not_have_is_refused(): void {
		foreach ( array( 'xx_XX', '', '../messages', 'fr_FR' ) as $locale ) {
			try {
				Messages::in( $locale );
				self::fail( "$locale was answered" );
			} catch ( Refusal $refusal ) {
				self::assertSame( 'not_found', $refusal->error );
			}
		}
	}

	public function test_only_a_page_in_another_language_names_where_its_texts_are(): void {
		$pill = static fn(): string => Elements::element( 'nivella_credit_pill', array() );
		self::assertStringNotContainsString( 'messages=', $pill() );
		add_filter( 'pre_determine_locale', static fn() => 'de_DE' );
		self::assertStringNotContainsString( 'messages=', $pill() );
		add_filter( 'pre_determine_locale', static fn() => 'nl_NL' );
		self::assertStringNotContainsString( 'messages=', $pill(), 'nobody has translated it' );
		self::in_french();
		self::assertMatchesRegularExpression( '~messages="\S+/messages\S*locale=fr_FR"~', $pill() );
	}
}
