<?php
/**
 * What the pictures need beside HTTP: `php state.php people`, `look THEME VARIATION LOCALE`,
 * `letters ORDER`, `pages`, `image FILE SKU`, `empty NAME`.
 */

declare( strict_types=1 );

use Nivella\Credits\Ledger\Instant;
use Nivella\Credits\Storage\Books;
use Nivella\Credits\Storage\Configuration;
use Nivella\Credits\Storage\Db;
use Nivella\Credits\Woo\Mail\Post;

require __DIR__ . '/../../../pkg/store/load.php';
require_once ABSPATH . 'wp-admin/includes/user.php';
wp_set_current_user( 1 );

const NIVELLA_DAY_MS = 86_400_000;

/** Books that write at a time of the past. */
function nivella_books( int $days_ago ): Books {
	$db  = new Db( $GLOBALS['wpdb'] );
	$now = time() * 1000 - $days_ago * NIVELLA_DAY_MS;
	return new Books( $db, new Configuration( $db ), static fn(): int => $now );
}

/** Books something for a customer, so many days ago. */
function nivella_write( string $name, int $days_ago, array $command ): void {
	$user = get_user_by( 'login', $name )->ID
		?? wp_insert_user(
			array(
				'user_login' => $name,
				'user_pass'  => $name,
				'user_email' => "$name@example.com",
				'first_name' => ucfirst( $name ),
				'role'       => 'customer',
			)
		);
	$books = nivella_books( $days_ago );
	$id    = array( 'request_id' => bin2hex( random_bytes( 16 ) ) );
	$books->write( $books->account_of_user( $user ), $command + $id );
}

/** Credits that somebody has bought. */
function nivella_bought( string $name, int $days_ago, string $amount, array $more = array() ) {
	$grant = array( 'op' => 'grant', 'kind' => 'purchase', 'amount' => $amount );
	nivella_write( $name, $days_ago, $grant + $more );
}

/** Plans, the prices of work, and names for it. */
function nivella_settings(): void {
	$db    = new Db( $GLOBALS['wpdb'] );
	$rates = array();
	$each  = array( 'chat_reply' => '1', 'knowledge_answer' => '1.5', 'store' => '1.2' );
	foreach ( $each as $feature => $credits ) {
		$rates[] = array( 'feature' => $feature, 'unit' => 'message', 'credits' => $credits );
	}
	$minute  = array( 'unit' => 'call_minute', 'increment_s' => 60, 'credits' => '8' );
	$rates[] = array( 'feature' => 'voice' ) + $minute;
	$rates[] = array( 'feature' => 'summary', 'unit' => 'use', 'credits' => '3' );
	$since   = time() * 1000 - 200 * NIVELLA_DAY_MS;
	$card    = array(
		'version'      => 1,
		'quantum'      => '0.1',
		'effective_at' => Instant::text( $since ),
		'rates'        => $rates,
	);
	$row = array( array( 1, $since, wp_json_encode( $card ) ) );
	$db->run( 'DELETE FROM {rate_cards}' );
	$db->run( 'INSERT INTO {rate_cards} ( version, effective_at, card ) VALUES ?', $row );
	$growth = array( 'key' => 'growth', 'name' => 'Growth', 'level' => 2, 'allowance' => '1500' );
	$all    = array( 'key' => 'all', 'name' => 'Unlimited', 'level' => 4, 'allowance' => '0' );
	$all   += array( 'unlimited' => true );
	Configuration::open()->save_plans( array( $growth, $all ) );
	$agents = array( 'chat' => 'Chat', 'voice_web' => 'Voice Web', 'auto_trigger' => 'Auto Trigger' );
	$labels = array(
		'agent'   => $agents,
		'model'   => array( 'swift' => 'Swift', 'deep' => 'Deep' ),
		'site'    => array( 'halden' => 'halden.example' ),
		'feature' => array(),
	);
	update_option( 'nivella_credits_labels', wp_json_encode( $labels ) );
}

/** What a piece of work was, and how much of it. */
function nivella_work(): array {
	$features = array( 'chat_reply', 'chat_reply', 'knowledge_answer', 'store', 'voice', 'summary' );
	$feature  = $features[ mt_rand( 0, 5 ) ];
	$done     = match ( $feature ) {
		'voice'   => array( 'agent' => 'voice_web', 'call_ms' => mt_rand( 20, 300 ) * 1000 ),
		'summary' => array( 'agent' => 'auto_trigger' ),
		default   => array( 'agent' => 'chat', 'messages' => mt_rand( 1, 5 ) ),
	};
	$model = 'chat' === $done['agent'] ? 'swift' : 'deep';
	return array( 'feature' => $feature, 'model' => $model ) + $done;
}

/** Two months of work, on a plan and on what was bought. */
function nivella_history( string $name ): void {
	mt_srand( 5 );
	$plan = array( 'op' => 'subscribe', 'plan' => 'growth', 'open_ended' => true );
	$soon = Instant::text( ( time() + 40 * DAY_IN_SECONDS ) * 1000 );
	nivella_write( $name, 75, $plan );
	nivella_bought( $name, 64, '2000' );
	for ( $day = 63; $day >= 0; $day-- ) {
		for ( $n = mt_rand( 3, 9 ); $n > 0; $n-- ) {
			$use = array(
				'op'        => 'use',
				'mode'      => 'record',
				'site'      => 'halden',
				'reference' => 'Conversation ' . mt_rand( 4100, 9900 ),
				'usage'     => nivella_work(),
			);
			nivella_write( $name, $day, $use );
		}
		if ( 20 === $day ) {
			nivella_bought( $name, $day, '500', array( 'expires_at' => $soon ) );
		}
	}
}

$nivella_do = array(
	// Customers in every state of an account, and what they can buy.
	'people'  => static function (): array {
		nivella_settings();
		nivella_history( 'maya' );
		nivella_bought( 'noor', 2, '2341' );
		$use = static fn( string $amount ): array =>
			array( 'op' => 'use', 'mode' => 'record', 'amount' => $amount );
		foreach ( array( 'lena' => '1700', 'zoe' => '2000', 'dan' => '2120' ) as $name => $used ) {
			nivella_bought( $name, 9, '2000' );
			nivella_write( $name, 1, $use( $used ) );
		}
		nivella_write( 'ulf', 9, array( 'op' => 'subscribe', 'plan' => 'all', 'months' => 2 ) );
		$large = wc_get_product( wc_get_product_id_by_sku( 'NV-5000' ) );
		$large->update_meta_data( '_nivella_credits_bonus', '250' );
		$large->update_meta_data( '_nivella_credits_validity_days', '365' );
		$large->save();
		$parent = get_page_by_path( 'flexible', OBJECT, 'product' );
		wp_set_object_terms( $parent->ID, 'tokens', 'product_cat' );
		update_option( 'woocommerce_enable_myaccount_registration', 'yes' );
		$titles = array( 'bacs' => 'Bank transfer', 'cod' => 'Cash on delivery' );
		foreach ( $titles as $method => $title ) {
			$settings = (array) get_option( "woocommerce_{$method}_settings" );
			update_option( "woocommerce_{$method}_settings", compact( 'title' ) + $settings );
		}
		update_option( 'woocommerce_cheque_settings', array( 'enabled' => 'no' ) );
		$address = array( 'first_name' => 'Maya', 'last_name' => 'Lind', 'city' => 'Oakland' );
		$address += array( 'address_1' => '12 Harbor Road', 'postcode' => '94607' );
		$address += array( 'state' => 'CA', 'country' => 'US', 'email' => 'maya@example.com' );
		foreach ( $address as $name => $value ) {
			update_user_meta( get_user_by( 'login', 'maya' )->ID, "billing_$name", $value );
		}
		$policy = "Unused packages are refunded within 30 days.\n\nWrite to help@nivella.example.";
		update_option( 'nivella_credits_refund_policy', $policy );
		return array();
	},
	// Nothing is in a customer's cart any more.
	'empty'   => static function ( string $name ): bool {
		$user = get_user_by( 'login', $name )->ID;
		delete_user_meta( $user, '_woocommerce_persistent_cart_' . get_current_blog_id() );
		$sessions = $GLOBALS['wpdb']->prefix . 'woocommerce_sessions';
		$GLOBALS['wpdb']->delete( $sessions, array( 'session_key' => $user ) );
		return true;
	},
	// Pages beside the store's own.
	'pages'   => static function (): array {
		$shortcode = static fn( string $text ): string =>
			"<!-- wp:shortcode -->[$text]<!-- /wp:shortcode -->";
		$text      = '<!-- wp:paragraph --><p>We answer within a minute, day and night.</p>'
			. '<!-- /wp:paragraph -->';
		$pages     = array(
			'classic-cart'     => $shortcode( 'woocommerce_cart' ),
			'classic-checkout' => $shortcode( 'woocommerce_checkout' ),
			'support'          => '<!-- wp:nivella-credits/pill /-->' . $text
				. '<!-- wp:nivella-credits/buy /-->',
			'usage'            => '<!-- wp:nivella-credits/usage /-->',
			'chat'             => '<!-- wp:html -->' . file_get_contents( __DIR__ . '/chat.html' )
				. '<!-- /wp:html -->',
		);
		foreach ( $pages as $slug => $content ) {
			$title = ucfirst( strtr( $slug, '-', ' ' ) );
			wp_insert_post(
				array(
					'post_type'    => 'page',
					'post_status'  => 'publish',
					'post_name'    => $slug,
					'post_title'   => $title,
					'post_content' => $content,
				)
			);
		}
		return array_keys( $pages );
	},
	// What a product looks like.
	'image'   => static function ( string $file, string $sku ): int {
		$copy = wp_upload_bits( basename( $file ), null, (string) file_get_contents( $file ) );
		$type = array( 'post_mime_type' => 'image/png', 'post_title' => $sku );
		$id   = wp_insert_attachment( $type, $copy['file'] );
		set_post_thumbnail( wc_get_product_id_by_sku( $sku ), $id );
		return $id;
	},
	// The theme, one of its variations, and the language.
	'look'    => static function ( string $theme, string $variation, string $locale ): bool {
		update_option( 'nivella_pictures_locale', $locale );
		switch_theme( $theme );
		set_theme_mod( 'respect_user_color_preference', true );
		WP_Theme_JSON_Resolver::clean_cached_data();
		if ( ! wp_is_block_theme() ) {
			return true;
		}
		$styles = array();
		foreach ( WP_Theme_JSON_Resolver::get_style_variations() as $each ) {
			$styles = $each['title'] === $variation ? $each : $styles;
		}
		$styles = array( 'version' => 3, 'isGlobalStylesUserThemeJSON' => true ) + $styles;
		wp_update_post(
			array(
				'ID'           => WP_Theme_JSON_Resolver::get_user_global_styles_post_id(),
				'post_content' => wp_slash( wp_json_encode( $styles ) ),
			)
		);
		return true;
	},
	// Every mail to customers, as it is sent.
	'letters' => static function ( string $paid ): array {
		$sent = array();
		$keep = static function ( $done, array $mail ) use ( &$sent ) {
			$sent[] = $mail;
			return true;
		};
		add_filter( 'pre_wp_mail', $keep, 10, 2 );
		$account = static fn( string $name ): int =>
			Books::open()->account_of_user( (int) get_user_by( 'login', $name )->ID );
		$order   = wc_get_order( (int) $paid );
		$order->delete_meta_data( '_nivella_credits_told' );
		$order->save();
		$now     = time() * 1000;
		$soon    = array( 'after' => $now, 'until' => $now + 45 * NIVELLA_DAY_MS );
		$month   = array( 'month' => wp_date( 'Y-m', strtotime( wp_date( 'Y-m-01' ) . ' -1 day' ) ) );
		$facts   = array(
			'granted'  => array( 'account' => $account( 'noor' ), 'order' => (int) $paid ),
			'low'      => array( 'account' => $account( 'lena' ) ),
			'depleted' => array( 'account' => $account( 'zoe' ) ),
			'expiring' => array( 'account' => $account( 'maya' ) ) + $soon,
			'monthly'  => array( 'account' => $account( 'maya' ) ) + $month,
		);
		$letters = array();
		foreach ( $facts as $kind => $about ) {
			Post::mail( $kind )->enabled = 'yes';
			Post::send( $kind, $about );
			$letters[ $kind ] = end( $sent )['message'] ?? '';
		}
		$link  = home_url( '/my-account/?nivella_credits_claim=1-' . str_repeat( 'ab', 32 ) );
		$about = array( 'order' => (int) $paid, 'link' => $link, 'days' => 30 );
		Post::mail( Post::CLAIM )->deliver( 'guest@example.com', $about );
		$letters['claim'] = end( $sent )['message'] ?? '';
		return $letters;
	},
);
echo wp_json_encode( $nivella_do[ $argv[1] ]( ...array_slice( $argv, 2 ) ) );
