<?php
/**
 * The category Tokens, and the packages to begin with.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Wordpress;

use Nivella\Credits\Plugin\Activation;
use Nivella\Credits\Tests\Support\Processes;
use Nivella\Credits\Tests\Support\WooTestCase;
use Nivella\Credits\Woo\Packages;
use Nivella\Credits\Woo\Product\NextSteps;
use Nivella\Credits\Woo\Product\Notices;
use Nivella\Credits\Woo\Product\StarterSet;
use Nivella\Credits\Woo\Product\Tokens;

final class WooTokensTest extends WooTestCase {
	protected function tearDown(): void {
		unset( $GLOBALS['current_screen'] );
		$_GET = array();
		parent::tearDown();
	}

	public function test_switching_the_plugin_on_makes_the_category_once(): void {
		self::without_category();
		Activation::activate();
		$id = Tokens::id();
		self::assertNotNull( $id );
		self::assertSame( 'Tokens', get_term( $id )->name );
		wp_update_term( $id, 'product_cat', array( 'name' => 'AI packages' ) );
		Activation::activate();
		self::assertSame( $id, Tokens::id(), 'another name is the owner’s choice' );
		self::assertSame( 'AI packages', get_term( $id )->name );
	}

	public function test_a_category_that_is_missing_is_told_and_made_again_with_every_package(): void {
		self::without_category();
		Activation::activate();
		$package = self::package( '2000' );
		$goods   = self::package( '' );
		wp_delete_term( Tokens::id(), 'product_cat' );
		$notice = $this->notices();
		self::assertStringContainsString( 'with the slug “tokens” is missing', $notice );
		self::assertStringContainsString( 'balances are not affected', $notice );
		self::assertStringContainsString( '<button name="do" value="category"', $notice );
		self::assertNotNull( Tokens::mend() );
		self::assertTrue( has_term( 'tokens', 'product_cat', $package->get_id() ) );
		self::assertFalse( has_term( 'tokens', 'product_cat', $goods->get_id() ) );
		self::assertStringNotContainsString( 'missing', $this->notices() );
	}

	public function test_a_slug_that_was_changed_is_given_back(): void {
		self::without_category();
		Activation::activate();
		$id      = Tokens::id();
		$package = self::package( '2000' );
		wp_update_term( $id, 'product_cat', array( 'slug' => 'packages' ) );
		Activation::activate();
		self::assertNull( Tokens::id(), 'no second one beside it' );
		self::assertStringContainsString( 'has the slug “packages” now', $this->notices() );
		self::assertSame( $id, Tokens::mend() );
		self::assertTrue( has_term( 'tokens', 'product_cat', $package->get_id() ) );
	}

	public function test_a_starter_set_is_offered_until_it_is_answered(): void {
		self::assertTrue( StarterSet::is_offered() );
		$notice = $this->notices();
		self::assertStringContainsString( 'from 2,000 credits for', $notice );
		foreach ( array( 'publish', 'draft', 'decline' ) as $do ) {
			self::assertStringContainsString( "value=\"$do\"", $notice );
		}
		StarterSet::decline();
		self::assertStringNotContainsString( 'six packages', $this->notices() );
	}

	public function test_a_store_that_sells_credits_is_offered_none(): void {
		self::package( '100' );
		self::assertFalse( StarterSet::is_offered() );
	}

	/**
	 * @dataProvider ways
	 */
	public function test_the_set_is_what_it_says( bool $published ): void {
		$made = StarterSet::make( $published );
		$sold = array();
		foreach ( array_map( 'wc_get_product', $made ) as $product ) {
			self::assertTrue( $product->is_virtual() );
			self::assertSame( $published ? 'publish' : 'draft', $product->get_status() );
			self::assertTrue( has_term( 'tokens', 'product_cat', $product->get_id() ) );
			$sold[ $product->get_name() ] = $product->get_price();
		}
		$set = array(
			'2,000 AI Credits'  => '10',
			'5,000 AI Credits'  => '20',
			'10,000 AI Credits' => '30',
			'20,000 AI Credits' => '40',
			'30,000 AI Credits' => '50',
			'40,000 AI Credits' => '60',
		);
		self::assertSame( $set, $sold );
		$order = array( 'menu_order' => 'ASC', 'title' => 'ASC' );
		$asked = array( 'post_type' => 'product', 'include' => $made, 'orderby' => $order );
		$asked = $asked + array( 'post_status' => 'any' );
		// As the store sorts a category that nobody has sorted.
		self::assertSame( array_keys( $set ), array_column( get_posts( $asked ), 'post_title' ) );
		self::assertSame( '40000', wc_get_product( end( $made ) )->get_meta( Packages::CREDITS ) );
		self::assertSame( array(), StarterSet::make( $published ), 'never twice' );
		$_GET['nivella_credits_packages'] = implode( '-', $made );
		$notice                           = $this->notices();
		self::assertSame( 6, substr_count( $notice, 'AI Credits</a>' ) );
	}

	/** @return array<string, array{bool}> */
	public static function ways(): array {
		return array( 'sold at once' => array( true ), 'drafts' => array( false ) );
	}

	public function test_four_who_press_the_button_at_once_get_one_set(): void {
		$task = __DIR__ . '/tasks/make-starter-set.php';
		$made = Processes::race( $task, array( 0, 0, 0, 0 ) );
		wp_cache_flush();
		self::assertSame( 6, array_sum( array_map( 'count', $made ) ) );
	}

	public function test_a_sku_that_is_taken_is_left_alone(): void {
		$taken = self::package( '' );
		$taken->set_sku( 'NV-5000' );
		$taken->save();
		self::assertCount( 5, StarterSet::make( true ) );
		self::assertSame( '', wc_get_product( $taken->get_id() )->get_meta( Packages::CREDITS ) );
	}

	public function test_what_is_left_until_the_first_sale_is_listed_until_it_is_hidden(): void {
		StarterSet::decline();
		self::assertStringNotContainsString( 'first sale', $this->notices() );
		NextSteps::open();
		$list = $this->notices();
		self::assertStringContainsString( 'Until your first sale of credits', $list );
		self::assertStringContainsString( 'value="page"', $list );
		self::assertStringNotContainsString( 'first sale', $this->notices( 'editor' ) );
		NextSteps::make_page();
		NextSteps::make_page();
		$pages = get_posts( array( 'post_type' => 'page', 'title' => 'Credits' ) );
		self::assertCount( 1, $pages, 'made once' );
		self::assertStringContainsString( get_permalink( $pages[0] ), $this->notices() );
		self::assertStringNotContainsString( 'value="page"', $this->notices() );
		wp_delete_post( $pages[0]->ID, true );
		self::assertStringContainsString( 'value="page"', $this->notices(), 'gone again' );
		NextSteps::hide();
		self::assertStringNotContainsString( 'first sale', $this->notices() );
	}

	public function test_who_may_not_edit_products_is_told_nothing(): void {
		self::assertSame( '', $this->notices( 'customer' ) );
		$_GET['nivella_credits_packages'] = '<script>x</script>';
		self::assertStringNotContainsString( '<script', $this->notices() );
	}

	private function notices( string $role = 'administrator' ): string {
		wp_set_current_user( $this->user( $role ) );
		wp_get_current_user()->add_cap( 'edit_products', 'customer' !== $role );
		wp_get_current_user()->add_cap( 'manage_product_terms', 'customer' !== $role );
		require_once ABSPATH . 'wp-admin/includes/admin.php';
		set_current_screen( 'edit-product' );
		ob_start();
		Notices::show();
		return (string) ob_get_clean();
	}

	private static function without_category(): void {
		$term = get_term_by( 'slug', 'tokens', 'product_cat' );
		if ( $term instanceof \WP_Term ) {
			wp_delete_term( $term->term_id, 'product_cat' );
		}
		delete_option( 'nivella_credits_tokens' );
	}
}
