<?php
/**
 * Somebody in the admin.
 */

declare( strict_types=1 );

namespace Nivella\Credits\Tests\Support;

/**
 * Opens pages of the admin, fills in their forms and sends them, as a browser without scripts does.
 */
final class AdminBrowser {
	private readonly string $cookies;
	private readonly string $session;
	/** The page that is open: its path. */
	public string $path = '';
	public int $status  = 0;
	public string $html = '';

	/** @param int $user Who is signed in; 0 for nobody. */
	public function __construct( private readonly int $user ) {
		// Right after it was installed, the store leads whoever opens the admin to its wizard.
		delete_transient( '_wc_activation_redirect' );
		$cookies = array();
		$session = '';
		if ( 0 !== $user ) {
			$until = time() + 600;
			$token = \WP_Session_Tokens::get_instance( $user )->create( $until );
			foreach ( array( AUTH_COOKIE => 'auth', LOGGED_IN_COOKIE => 'logged_in' ) as $name => $scheme ) {
				$value     = wp_generate_auth_cookie( $user, $until, $scheme, $token );
				$cookies[] = "$name=" . rawurlencode( $value );
				$session   = $value;
			}
		}
		$this->session = $session;
		$this->cookies = implode( '; ', $cookies );
	}

	/** Opens a page of ours: `nivella-credits` and what is asked of it. */
	public function open( string $page, array $more = array() ): self {
		$query = http_build_query( array( 'page' => $page ) + $more );
		return $this->follow( $this->request( 'GET', "/wp-admin/admin.php?$query" ) );
	}

	/** Opens an address of this site. */
	public function visit( string $url ): self {
		$path = str_replace( (string) getenv( 'WP_URL' ), '', html_entity_decode( $url ) );
		return $this->follow( $this->request( 'GET', $path ) );
	}

	/**
	 * Sends a form of the page.
	 *
	 * @param string                $name   Its action, without the prefix.
	 * @param array<string, mixed>  $fields What is entered, by field; null leaves the field out.
	 * @param int                   $number Which of the forms with this action.
	 */
	public function send( string $name, array $fields = array(), int $number = 0 ): self {
		$own = array_filter( $fields + $this->fields( $name, $number ), static fn( $v ) => null !== $v );
		return $this->post( $own );
	}

	/** Sends these fields to where our forms go, or elsewhere. */
	public function post( array $fields, string $to = '/wp-admin/admin-post.php' ): self {
		$type   = array( 'Content-Type' => 'application/x-www-form-urlencoded' );
		$body   = http_build_query( $fields );
		$answer = $this->request( 'POST', $to, $type, $body );
		return $this->follow( $answer );
	}

	/** Sends a form of the page with a file. */
	public function upload( string $name, string $field, string $file, string $text ): self {
		$edge = bin2hex( random_bytes( 16 ) );
		$body = '';
		foreach ( array( $field => null ) + $this->fields( $name ) as $key => $value ) {
			$more  = null === $value ? "; filename=\"$file\"\r\nContent-Type: text/csv" : '';
			$body .= "--$edge\r\nContent-Disposition: form-data; name=\"$key\"$more\r\n\r\n"
				. ( $value ?? $text ) . "\r\n";
		}
		$type   = array( 'Content-Type' => "multipart/form-data; boundary=$edge" );
		$path   = '/wp-admin/admin-post.php';
		$answer = $this->request( 'POST', $path, $type, "$body--$edge--\r\n" );
		return $this->follow( $answer );
	}

	/**
	 * What a form holds as it was printed, by field: `name[0][x]` as it stands there.
	 *
	 * @return array<string, string>
	 */
	public function fields( string $name, int $number = 0 ): array {
		$of    = "//form[.//input[@name='action' and @value='nivella_credits_$name']]";
		$forms = $this->all( $of );
		if ( ! isset( $forms[ $number ] ) ) {
			throw new \RuntimeException( "no form $name in: " . $this->text() );
		}
		$fields = array();
		$inside = $this->all(
			'.//input[@name] | .//select[@name] | .//textarea[@name]',
			$forms[ $number ],
		);
		foreach ( $inside as $input ) {
			$type = $input->getAttribute( 'type' );
			if (
				in_array( $type, array( 'checkbox', 'radio' ), true ) && ! $input->hasAttribute( 'checked' )
			) {
				continue;
			}
			$fields[ $input->getAttribute( 'name' ) ] = match ( $input->nodeName ) {
				'textarea' => ltrim( $input->textContent, "\n" ),
				'select'   => self::chosen( $input ),
				default    => $input->getAttribute( 'value' ),
			};
		}
		return $fields;
	}

	/** A nonce that WordPress would give to whoever is signed in, whether or not a page has it. */
	public function nonce( string $name ): string {
		$before = array( get_current_user_id(), $_COOKIE );
		wp_set_current_user( $this->user );
		$_COOKIE[ LOGGED_IN_COOKIE ] = $this->session;
		$nonce                       = wp_create_nonce( "nivella_credits_$name" );
		$_COOKIE                     = $before[1];
		wp_set_current_user( $before[0] );
		return $nonce;
	}

	/** Whether the page has such a form. */
	public function has( string $name ): bool {
		return str_contains( $this->html, "value=\"nivella_credits_$name\"" );
	}

	/** What a reader sees of the page's own part. */
	public function text( string $path = "//div[contains(@class,'nivella-credits-admin')]" ): string {
		$texts = array_map( static fn( $node ) => $node->textContent, $this->all( $path ) );
		return trim( (string) preg_replace( '/\s+/u', ' ', implode( ' | ', $texts ) ) );
	}

	/** The notice of the page. */
	public function notice(): string {
		return $this->text(
			"//div[contains(@class,'nivella-credits-admin')]/div[contains(@class,'notice')]"
		);
	}

	/** The cells of the rows of a table. @return array<int, string[]> */
	public function rows( string $within = "//div[contains(@class,'nivella-credits-admin')]" ): array {
		$rows = array();
		foreach ( $this->all( "$within//table[contains(@class,'wp-list-table')]/tbody/tr" ) as $row ) {
			$cells  = $this->all( './td', $row );
			$button = '/\s*Show more details$/';
			$rows[] = array_map(
				static fn( $cell ) => (string) preg_replace(
					$button,
					'',
					trim( (string) preg_replace( '/\s+/u', ' ', $cell->textContent ) )
				),
				$cells
			);
		}
		return $rows;
	}

	/** The address of the link with this text. */
	public function link( string $text ): string {
		foreach ( $this->all( '//a' ) as $link ) {
			if ( trim( $link->textContent ) === $text ) {
				return $link->getAttribute( 'href' );
			}
		}
		throw new \RuntimeException( "no link $text in: " . $this->text() );
	}

	/** @return \DOMElement[] */
	public function all( string $path, ?\DOMElement $in = null ): array {
		$page = $in?->ownerDocument;
		if ( null === $page ) {
			$page = new \DOMDocument();
			$was  = libxml_use_internal_errors( true );
			$page->loadHTML( '<?xml encoding="utf-8"?>' . ( $this->html ?: '<p></p>' ) );
			libxml_clear_errors();
			libxml_use_internal_errors( $was );
		}
		return iterator_to_array( ( new \DOMXPath( $page ) )->query( $path, $in ), false );
	}

	private static function chosen( \DOMElement $select ): string {
		$first = null;
		foreach ( $select->getElementsByTagName( 'option' ) as $option ) {
			$first ??= $option->getAttribute( 'value' );
			if ( $option->hasAttribute( 'selected' ) ) {
				return $option->getAttribute( 'value' );
			}
		}
		return (string) $first;
	}

	private function request(
		string $method,
		string $path,
		array $headers = array(),
		?string $body = null
	): Answer {
		$cookies    = '' === $this->cookies ? array() : array( 'Cookie' => $this->cookies );
		$this->path = $path;
		return Http::request( $method, $path, $headers + $cookies, $body );
	}

	private function follow( Answer $answer ): self {
		for ( $n = 0; $n < 5 && in_array( $answer->status, array( 301, 302, 303 ), true ); $n++ ) {
			$to     = (string) $answer->headers['location'];
			$answer = $this->request( 'GET', str_replace( (string) getenv( 'WP_URL' ), '', $to ) );
		}
		$this->status = $answer->status;
		$this->html   = $answer->body;
		return $this;
	}
}
