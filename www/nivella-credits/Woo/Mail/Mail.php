<?php
/**
 * What all mails of the plugin have in common.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Woo\Mail;

defined( 'ABSPATH' ) || exit;

/**
 * One kind of mail to customers, in the store's own list of mails: the owner turns it on or off,
 * changes its subject, heading and additional text, and a theme its template
 * (`emails/nivella-credits.php`, `emails/plain/nivella-credits.php`).
 *
 * A kind says what it says of the facts that it is sent with; null where they are no longer true,
 * and then nothing is sent.
 */
abstract class Mail extends \WC_Email {
	/**
	 * What is being sent.
	 *
	 * @var ?Letter
	 */
	private ?Letter $letter = null;

	/** As the store makes it, with the owner's settings. */
	public function __construct() {
		$this->id             = Post::ID . static::kind();
		$this->customer_email = true;
		$this->template_base  = plugin_dir_path( NIVELLA_CREDITS_FILE ) . 'templates/';
		$this->template_html  = 'emails/nivella-credits.php';
		$this->template_plain = 'emails/plain/nivella-credits.php';
		foreach ( $this->words() as $name => $text ) {
			$this->$name = $text;
		}
		parent::__construct();
	}

	/** Its name in ids and settings. */
	abstract public static function kind(): string;

	/**
	 * Its title and description for the owner, its usual subject and heading.
	 *
	 * @return array{title: string, description: string, subject: string, heading: string}
	 */
	abstract protected function words(): array;

	/**
	 * What it says.
	 *
	 * @param array<string, mixed> $facts What it is about.
	 */
	abstract protected function letter( array $facts ): ?Letter;

	/** What it would say, of somebody made up: for an owner who looks at it in the settings. */
	abstract protected function example(): Letter;

	/**
	 * It was not sent: what letter() has noted as told is told by the next try.
	 *
	 * @param array<string, mixed> $facts What it is about.
	 */
	protected function not_sent( array $facts ): void {}

	/**
	 * Sends it, in the language of the store.
	 *
	 * @param string               $to    Address.
	 * @param array<string, mixed> $facts What it is about.
	 * @return ?bool Whether it was sent; null where there was nothing to send.
	 */
	public function deliver( string $to, array $facts ): ?bool {
		$this->setup_locale();
		$sent = false;
		try {
			$this->recipient = $to;
			$wanted          = $this->is_enabled() && is_email( $to );
			$this->letter    = $wanted ? $this->letter( $facts ) : null;

			$sent = null === $this->letter ? null : (bool) $this->send(
				$this->get_recipient(),
				$this->get_subject(),
				$this->get_content(),
				$this->get_headers(),
				$this->get_attachments()
			);
			return $sent;
		} finally {
			$this->restore_locale();
			$this->letter = null;
			if ( false === $sent ) {
				$this->not_sent( $facts );
			}
		}
	}

	/** As WooCommerce asks for it. */
	public function get_content_html() {
		return $this->filled( $this->template_html, false );
	}

	/** As WooCommerce asks for it. */
	public function get_content_plain() {
		return $this->filled( $this->template_plain, true );
	}

	/** As WooCommerce asks for it. */
	public function init_form_fields() {
		parent::init_form_fields();
		$this->form_fields['enabled']['default'] = Choices::usual( static::kind() );
	}

	/**
	 * The template with what is said in it; an example for who looks at it in the settings.
	 *
	 * @param string $template Its path.
	 * @param bool   $plain    Whether it is text alone.
	 */
	private function filled( string $template, bool $plain ): string {
		$given = array(
			'letter'             => $this->letter ?? $this->example(),
			'email_heading'      => $this->get_heading(),
			'choices'            => Choices::way( static::kind() ),
			'additional_content' => $this->get_additional_content(),
			'sent_to_admin'      => false,
			'plain_text'         => $plain,
			'email'              => $this,
		);
		return wc_get_template_html( $template, $given, '', $this->template_base );
	}
}
