<?php
/**
 * The elements on pages of the store: scripts where they are needed, texts that are true without.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Page\Elements;
use Nivella\Credits\Page\Fallback;
use Nivella\Credits\Page\Ground;
use Nivella\Credits\Tests\Support\Answer;
use Nivella\Credits\Tests\Support\Http;
use Nivella\Credits\Tests\Support\Login;
use Nivella\Credits\Tests\Support\RestTestCase;
use Nivella\Credits\Woo\Addresses;

final class PageTest extends RestTestCase {
	private const ASSETS = NIVELLA_REPO . '/www/nivella-credits/assets';
	private const FOLDER = 'aaaaaaaaaaaa';
	/** A theme of PHP templates, as small as one can be. */
	private const THEME  = 'nivella-classic';
	private static bool $built = true;

	public static function setUpBeforeClass(): void {
		// Without a build a stand-in will do: only its address is looked at.
		self::$built = is_file( self::ASSETS . '/build.json' );
		if ( ! self::$built ) {
			// Not wp_mkdir_p(), which makes nothing beyond "..".
			mkdir( self::ASSETS . '/' . self::FOLDER, 0777, true );
			$script = self::ASSETS . '/' . self::FOLDER . '/nivella-credits.js';
			file_put_contents( $script, "// A stand-in.\n" );
			file_put_contents( self::ASSETS . '/build.json', '{"folder":"' . self::FOLDER . '"}' );
		}
		$theme = get_theme_root() . '/' . self::THEME;
		wp_mkdir_p( $theme );
		file_put_contents( "$theme/style.css", "/*\nTheme Name: Nivella Classic\n*/\n" );
		$page = '<html><head><?php wp_head(); ?></head><body><?php the_post(); the_content(); '
			. 'wp_footer(); ?></body></html>';
		file_put_contents( "$theme/index.php", $page );
	}

	public static function tearDownAfterClass(): void {
		$theme = get_theme_root() . '/' . self::THEME;
		array_map( 'unlink', array( "$theme/style.css", "$theme/index.php" ) );
		rmdir( $theme );
		if ( ! self::$built ) {
			unlink( self::ASSETS . '/' . self::FOLDER . '/nivella-credits.js' );
			rmdir( self::ASSETS . '/' . self::FOLDER );
			unlink( self::ASSETS . '/build.json' );
			rmdir( self::ASSETS );
		}
	}

	/**
	 * @dataProvider themes
	 */
	public function test_a_page_with_the_pill_has_its_script_and_where_the_store_answers(
		?string $theme
	): void {
		null === $theme || switch_theme( $theme );
		$page = $this->page( '[nivella_credit_pill]' );
		$pill = '<nivella-credit-pill>Credits</nivella-credit-pill>';
		self::assertStringContainsString( $pill, $page->body );
		// Nothing of the page moves when the pill is there.
		$room = '/<style[^>]*>[^<]*nivella-credit-pill:not\(\[hidden\]\)\{[^}]*block-size:/';
		self::assertSame( 1, preg_match_all( $room, $page->body ) );
		$script = self::script_of( $page );
		self::assertSame( 200, Http::request( 'GET', $script )->status, $script );
		$ends = self::endpoints( $page );
		self::assertSame( array( 'home', 'rest', 'checkout', 'ajax' ), array_keys( $ends ) );
		self::assertSame( getenv( 'WP_URL' ) . '/', $ends['home'] );
		self::assertSame( '/wp-admin/admin-ajax.php?action=nivella_credits_nonce', $ends['ajax'] );
		self::assertSame( 401, $this->get( $ends['rest'] . 'nivella-credits/v1/balance' )->status );
	}

	/** @return array<string, array{?string}> */
	public static function themes(): array {
		return array( 'of blocks' => array( null ), 'of templates' => array( self::THEME ) );
	}

	public function test_a_page_without_an_element_has_nothing_of_it(): void {
		$page = $this->page( 'Nothing here.' );
		self::assertStringContainsString( 'Nothing here.', $page->body );
		self::assertStringNotContainsString( 'nivella-credits', $page->body );
	}

	/**
	 * @dataProvider themes
	 */
	public function test_who_is_signed_in_reads_the_number_on_a_page_that_no_cache_keeps(
		?string $theme
	): void {
		null === $theme || switch_theme( $theme );
		$login = Login::headers( $this->customer( '2341.9' ) );
		$page  = $this->page( '[nivella_credit_pill]', array( 'Cookie' => $login['Cookie'] ) );
		self::assertMatchesRegularExpression( '/no-store|private/', $page->headers['cache-control'] );
		self::assertStringContainsString( '>2,341 Credits</nivella-credit-pill>', $page->body );
		// The nonce that was printed is good for what the script asks first.
		$ends    = self::endpoints( $page );
		$headers = array( 'Cookie' => $login['Cookie'], 'X-WP-Nonce' => $ends['nonce'] );
		$answer  = $this->get( $ends['rest'] . 'nivella-credits/v1/balance', $headers );
		self::assertSame( '2341.9', $answer->json()['available'] );
	}

	/**
	 * @dataProvider kept
	 *
	 * @param string[] $headers
	 */
	public function test_a_page_that_a_cache_may_keep_has_nothing_personal(
		array $headers,
		bool $by_nobody
	): void {
		self::assertSame( $by_nobody, Fallback::is_kept_by_nobody( $headers ) );
		// No header was sent here, so nobody knows who gets this page.
		wp_set_current_user( $this->customer( '77' ) );
		foreach ( array( 'nivella_credit_pill', 'nivella_usage_dashboard' ) as $shortcode ) {
			$html = Elements::element( $shortcode, array() );
			self::assertStringNotContainsString( '77', $html );
			self::assertStringContainsString( '>Credits<', $html );
		}
	}

	/** @return array<string, array{string[], bool}> */
	public static function kept(): array {
		return array(
			'none'          => array( array(), false ),
			'by everyone'   => array( array( 'Cache-Control: public, max-age=600' ), false ),
			'asked again'   => array( array( 'Cache-Control: no-cache' ), false ),
			'by nobody'     => array( array( 'Cache-Control: no-cache, no-store' ), true ),
			'by the reader' => array( array( 'X-A: b', 'cache-control: private' ), true ),
			'another one'   => array( array( 'X-Cache-Control: private' ), false ),
		);
	}

	/**
	 * @dataProvider balances
	 *
	 * @param array<string, mixed> $balance
	 */
	public function test_a_number_is_whole_and_rounded_down( array $balance, string $text ): void {
		self::assertSame( $text, Fallback::text( $balance + array( 'unlimited' => false ) ) );
	}

	/** @return array<array{array<string, mixed>, string}> */
	public static function balances(): array {
		return array(
			array( array( 'available' => '0' ), '0 Credits' ),
			array( array( 'available' => '0.999999' ), '0 Credits' ),
			array( array( 'available' => '1' ), '1 Credit' ),
			array( array( 'available' => '1.5' ), '1 Credit' ),
			array( array( 'available' => '1000000000000' ), '1,000,000,000,000 Credits' ),
			array( array( 'available' => '0', 'unlimited' => true ), 'Unlimited credits' ),
		);
	}

	public function test_somebody_without_an_account_yet_reads_the_word(): void {
		global $wpdb;
		$login = Login::headers( $this->user() );
		$page  = $this->page( '[nivella_credit_pill]', array( 'Cookie' => $login['Cookie'] ) );
		self::assertStringContainsString( '>Credits</nivella-credit-pill>', $page->body );
		$count = "SELECT COUNT(*) FROM {$wpdb->prefix}nivella_credits_accounts";
		self::assertSame( '0', $wpdb->get_var( $count ), 'looking at a page makes no account' );
	}

	public function test_every_shortcode_is_an_element_with_a_text(): void {
		$html = $this->page(
			'[nivella_buy_credits category="tokens"] [nivella_usage_dashboard plans-url="/plans/"]'
		)->body;
		$buy = '#<nivella-buy-credits category="tokens">.*Buy credits.*</nivella-buy-credits>#';
		self::assertMatchesRegularExpression( $buy, $html );
		$own   = preg_quote( esc_url( Addresses::sign_in() ), '#' );
		$usage = "#<nivella-usage-dashboard plans-url=\"/plans/\" sign-in-url=\"$own\"><h2>Usage</h2> "
			. "<p><a href=\"$own\">Credits</a></p></#";
		self::assertMatchesRegularExpression( $usage, $html );
	}

	public function test_a_guest_is_led_to_the_account_or_to_where_the_page_says(): void {
		$usage = static fn( array $given ): string =>
			Elements::element( 'nivella_usage_dashboard', $given );
		$page  = wc_get_endpoint_url( 'credits', '', wc_get_page_permalink( 'myaccount' ) );
		$own   = 'sign-in-url="' . esc_url( $page ) . '"';
		self::assertStringContainsString( $own, $usage( array() ) );
		$html = $usage( array( 'sign-in-url' => '/enter/' ) );
		self::assertStringContainsString( 'sign-in-url="/enter/"', $html );
		self::assertStringNotContainsString( $own, $html );
		add_filter( 'woocommerce_get_myaccount_page_permalink', '__return_empty_string' );
		$html = $usage( array() );
		self::assertStringContainsString( 'sign-in-url="' . esc_url( wp_login_url() ), $html );
	}

	public function test_elements_are_dark_where_the_colors_of_the_theme_are(): void {
		$pill = static fn( array $given = array() ): string =>
			Elements::element( 'nivella_credit_pill', $given );
		self::assertStringNotContainsString( 'theme=', $pill() );
		$dark = static fn( $json ) => $json->update_with(
			array( 'version' => 3, 'styles' => array( 'color' => array( 'background' => '#1b1b1b' ) ) )
		);
		add_filter( 'wp_theme_json_data_user', $dark );
		\WP_Theme_JSON_Resolver::clean_cached_data();
		try {
			self::assertStringContainsString( '<nivella-credit-pill theme="dark"', $pill() );
			$given = $pill( array( 'theme' => 'light' ) );
			self::assertStringContainsString( 'theme="light"', $given );
			self::assertStringNotContainsString( 'dark', $given );
		} finally {
			remove_filter( 'wp_theme_json_data_user', $dark );
			\WP_Theme_JSON_Resolver::clean_cached_data();
		}
	}

	/**
	 * @testWith ["#111", true]
	 *           ["#1B1B1B", true]
	 *           ["#ffffff", false]
	 *           ["#808080", false]
	 *           ["red", false]
	 */
	public function test_a_color_is_dark_where_white_is_read_on_it( string $color, bool $dark ): void {
		self::assertSame( $dark, Ground::is_dark_color( $color ) );
	}

	public function test_the_block_is_the_pill(): void {
		$page = $this->page( '<!-- wp:nivella-credits/pill {"show":"rounded","usageUrl":"/u/"} /-->' );
		$html = '<nivella-credit-pill show="rounded" usage-url="/u/">Credits</nivella-credit-pill>';
		self::assertStringContainsString( $html, $page->body );
		self::assertStringContainsString( 'wp-block-nivella-credits-pill', $page->body );
		self::assertNotSame( '', self::script_of( $page ) );
		$block = \WP_Block_Type_Registry::get_instance()->get_registered( 'nivella-credits/pill' );
		$asset = wp_scripts()->registered[ $block->editor_script_handles[0] ];
		self::assertContains( 'wp-blocks', $asset->deps );
	}

	/**
	 * @dataProvider attributes
	 */
	public function test_a13_attributes_are_no_markup(
		string $name,
		string $value,
		string $printed
	): void {
		$html = Elements::element( 'nivella_credit_pill', array( $name => $value ) );
		self::assertSame( "<nivella-credit-pill$printed>Credits</nivella-credit-pill>", $html );
	}

	/** @return array<array{string, string, string}> */
	public static function attributes(): array {
		return array(
			array( 'site', 'a-1', ' site="a-1"' ),
			array( 'site', '"><script>x</script>', ' site="&quot;&gt;&lt;script&gt;x&lt;/script&gt;"' ),
			array( 'show', "' onclick='x", ' show="&#039; onclick=&#039;x"' ),
			array( 'usage-url', 'javascript:alert(1)', ' usage-url=""' ),
			array( 'usage-url', '/usage/?a=1&b=2', ' usage-url="/usage/?a=1&#038;b=2"' ),
			array( 'onclick', 'x', '' ),
			array( 'store', 'https://evil.example', '' ),
			array( 'style', 'x', '' ),
			array( 'locale', '', '' ),
		);
	}

	/** A published page with this content, as a browser gets it. */
	private function page( string $content, array $headers = array() ): Answer {
		$post = wp_insert_post(
			array(
				'post_type'    => 'page',
				'post_status'  => 'publish',
				'post_title'   => 'Test',
				'post_content' => $content,
			)
		);
		$answer = Http::request( 'GET', "/?page_id=$post", $headers );
		if ( 301 === $answer->status ) {
			$answer = $this->get( $answer->headers['location'], $headers );
		}
		self::assertSame( 200, $answer->status );
		return $answer;
	}

	private function get( string $address, array $headers = array() ): Answer {
		$path = substr( $address, strlen( (string) getenv( 'WP_URL' ) ) );
		return Http::request( 'GET', $path, $headers );
	}

	/** The path of the module on a page. */
	private static function script_of( Answer $page ): string {
		$tag   = '#<script type="module" src="([^"]+)" id="nivella-credits-js-module"#';
		$count = preg_match_all( $tag, $page->body, $found );
		self::assertSame( 1, $count, 'once' );
		$path = substr( $found[1][0], strlen( (string) getenv( 'WP_URL' ) ) );
		self::assertMatchesRegularExpression( '#/assets/[0-9a-f]{12}/nivella-credits\.js$#', $path );
		return $path;
	}

	/** @return array<string, string> What the shim reads. */
	private static function endpoints( Answer $page ): array {
		$id  = 'wp-script-module-data-nivella-credits';
		$tag = "#<script type=\"application/json\" id=\"$id\">(.*?)</script>#s";
		self::assertSame( 1, preg_match( $tag, $page->body, $found ) );
		return json_decode( $found[1], true )['endpoints'];
	}
}
