<?php
/**
 * Mails to customers.
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

/** One kind of mail, with what its owner has chosen. */
abstract class WC_Email {
	/** @var string */
	public $id;
	/** @var string */
	public $title;
	/** @var string */
	public $description;
	/** @var string */
	public $subject;
	/** @var string */
	public $heading;
	/** @var string */
	public $template_html;
	/** @var string */
	public $template_plain;
	/** @var string */
	public $template_base;
	/** @var string */
	public $recipient;
	/** @var object|bool */
	public $object;
	/** @var array<string, array<string, mixed>> */
	public $form_fields = array();
	/** @var string */
	public $enabled;
	/** @var bool */
	protected $customer_email = false;

	public function __construct() {
		$this->init_form_fields();
		$this->enabled = $this->get_option( 'enabled' );
	}

	public function init_form_fields() {
		$this->form_fields = array(
			'enabled'            => array( 'default' => 'yes' ),
			'subject'            => array( 'default' => '' ),
			'heading'            => array( 'default' => '' ),
			'additional_content' => array( 'default' => '' ),
			'email_type'         => array( 'default' => 'html' ),
		);
	}

	public function update_option( string $key, string $value ): void {
		$name = "woocommerce_{$this->id}_settings";
		update_option( $name, array( $key => $value ) + (array) get_option( $name, array() ) );
	}

	public function get_option( string $key ): string {
		$chosen = (array) get_option( "woocommerce_{$this->id}_settings", array() );
		return (string) ( $chosen[ $key ] ?? $this->form_fields[ $key ]['default'] );
	}

	public function is_enabled(): bool {
		return 'yes' === $this->enabled;
	}

	public function get_recipient(): string {
		return (string) $this->recipient;
	}

	public function get_subject(): string {
		return $this->format( $this->get_option( 'subject' ) ?: (string) $this->subject );
	}

	public function get_heading(): string {
		return $this->format( $this->get_option( 'heading' ) ?: (string) $this->heading );
	}

	public function get_additional_content(): string {
		return $this->format( $this->get_option( 'additional_content' ) );
	}

	public function get_title(): string {
		return (string) $this->title;
	}

	public function get_description(): string {
		return (string) $this->description;
	}

	public function get_content(): string {
		return 'plain' === $this->get_option( 'email_type' )
			? wordwrap( wp_strip_all_tags( $this->get_content_plain() ), 70 )
			: $this->get_content_html();
	}

	abstract public function get_content_html();

	abstract public function get_content_plain();

	public function get_headers(): string {
		$type = 'plain' === $this->get_option( 'email_type' ) ? 'text/plain' : 'text/html';
		return "Content-Type: $type\r\n";
	}

	/** @return string[] */
	public function get_attachments(): array {
		return array();
	}

	public function setup_locale(): void {
		switch_to_locale( get_locale() );
	}

	public function restore_locale(): void {
		restore_previous_locale();
	}

	/**
	 * @param string   $to          Address.
	 * @param string   $subject     Subject.
	 * @param string   $message     Body.
	 * @param string   $headers     Headers.
	 * @param string[] $attachments Files.
	 */
	public function send( $to, $subject, $message, $headers, $attachments ) {
		return wp_mail( $to, wp_specialchars_decode( $subject ), $message, $headers, $attachments );
	}

	private function format( string $text ): string {
		$shop = wp_specialchars_decode( get_option( 'blogname' ), ENT_QUOTES );
		return str_replace( '{site_title}', $shop, $text );
	}
}

/** Every kind of mail. */
final class Stand_In_Mailer {
	/** @return array<string, WC_Email> */
	public function get_emails(): array {
		static $all = null;
		return $all ??= apply_filters( 'woocommerce_email_classes', array() );
	}
}

/**
 * A template, filled.
 *
 * @param array<string, mixed> $given Its variables.
 */
function wc_get_template_html( string $name, array $given, string $path, string $base ): string {
	ob_start();
	( static function () use ( $name, $given, $base ): void {
		extract( $given ); // phpcs:ignore
		require $base . $name;
	} )();
	return (string) ob_get_clean();
}
