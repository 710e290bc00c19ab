<?php
/**
 * Fields of forms.
 *
 * @package Nivella\Credits
 */

declare( strict_types=1 );

namespace Nivella\Credits\Admin;

defined( 'ABSPATH' ) || exit;

/**
 * The rows of one form, in the look of WordPress's settings. Where the form was refused just now,
 * its fields hold what was entered, and the one that is wrong says so.
 */
final class Controls {
	private readonly ?Notice $notice;

	/**
	 * The fields of a form.
	 *
	 * @param string $form The action that it is sent to, and what else tells it from others.
	 */
	public function __construct( private readonly string $form ) {
		$notice       = Notice::current();
		$this->notice = $form === $notice?->form ? $notice : null;
	}

	/**
	 * What was entered; null where the form is shown for the first time.
	 *
	 * @return ?array<string, mixed>
	 */
	public function entered(): ?array {
		$entered = $this->notice?->entered ?? array();
		return array() === $entered ? null : $entered;
	}

	/**
	 * A line of text.
	 *
	 * @param string                         $name  The field.
	 * @param string                         $label What it is called.
	 * @param string                         $value What it holds at first.
	 * @param string                         $help  What is said below it.
	 * @param array<string, string|int|bool> $more  Attributes.
	 */
	public function text(
		string $name,
		string $label,
		string $value = '',
		string $help = '',
		array $more = array()
	): string {
		$own   = array( 'name' => $name, 'value' => $this->value( $name, $value ) );
		$usual = array( 'type' => 'text', 'class' => 'regular-text' );
		$input = Markup::tag( 'input', $this->about( $name, $help ) + $own + $more + $usual );
		return $this->row( $name, $label, $input, $help );
	}

	/**
	 * Lines of text.
	 *
	 * @param string $name  The field.
	 * @param string $label What it is called.
	 * @param string $value What it holds at first.
	 * @param string $help  What is said below it.
	 */
	public function lines( string $name, string $label, string $value, string $help = '' ): string {
		$own   = array( 'name' => $name, 'rows' => 5, 'class' => 'large-text' );
		$text  = esc_textarea( $this->value( $name, $value ) );
		$input = Markup::tag( 'textarea', $this->about( $name, $help ) + $own, "\n" . $text );
		return $this->row( $name, $label, $input, $help );
	}

	/**
	 * One of some choices.
	 *
	 * @param string                $name    The field.
	 * @param string                $label   What it is called.
	 * @param array<string, string> $choices Texts by value.
	 * @param string                $value   The one that is chosen at first.
	 * @param string                $help    What is said below it.
	 */
	public function select(
		string $name,
		string $label,
		array $choices,
		string $value = '',
		string $help = ''
	): string {
		$about = $this->about( $name, $help );
		$input = self::choice( $name, $choices, $this->value( $name, $value ), $about );
		return $this->row( $name, $label, $input, $help );
	}

	/**
	 * A box to tick.
	 *
	 * @param string $name    The field.
	 * @param string $label   What it is called.
	 * @param string $text    What stands beside the box.
	 * @param bool   $checked Whether it is ticked at first.
	 * @param string $help    What is said below it.
	 */
	public function check(
		string $name,
		string $label,
		string $text,
		bool $checked,
		string $help = ''
	): string {
		$entered = $this->entered();
		$is      = null === $entered ? $checked : isset( $entered[ $name ] );
		$box     = array( 'type' => 'checkbox', 'name' => $name, 'value' => '1', 'checked' => $is );
		$input   = Markup::tag( 'input', $this->about( $name, $help ) + $box );
		$for     = array( 'for' => $this->id( $name ) );
		$beside  = Markup::tag( 'label', $for, $input, esc_html( " $text" ) );
		return $this->row( $name, $label, $beside, $help, false );
	}

	/**
	 * A row of the form.
	 *
	 * @param string $name  The field.
	 * @param string $label What it is called.
	 * @param string $input Markup.
	 * @param string $help  What is said below it.
	 * @param bool   $for   Whether the label belongs to one input.
	 */
	public function row(
		string $name,
		string $label,
		string $input,
		string $help = '',
		bool $for = true
	): string {
		$text  = esc_html( $label );
		$label = $for ? Markup::tag( 'label', array( 'for' => $this->id( $name ) ), $text ) : $text;
		$about = array( 'class' => 'description', 'id' => $this->id( $name ) . '-help' );
		$wrong = $name === $this->notice?->field
			? Markup::tag( 'p', array( 'class' => 'field-error' ), esc_html( $this->notice->text ) )
			: '';
		return Markup::tag(
			'tr',
			array(),
			Markup::tag( 'th', array( 'scope' => 'row' ), $label ),
			Markup::tag(
				'td',
				array(),
				$input,
				$wrong,
				'' === $help ? '' : Markup::tag( 'p', $about, esc_html( $help ) ),
			),
		);
	}

	/**
	 * The form's table.
	 *
	 * @param string ...$rows As the others give them.
	 */
	public static function rows( string ...$rows ): string {
		$class = array( 'class' => 'form-table', 'role' => 'presentation' );
		return Markup::tag( 'table', $class, Markup::tag( 'tbody', array(), ...$rows ) );
	}

	/**
	 * A choice by itself.
	 *
	 * @param string                         $name    The field.
	 * @param array<string, string>          $choices Texts by value.
	 * @param string                         $value   The one that is chosen.
	 * @param array<string, string|int|bool> $more    Attributes.
	 */
	public static function choice(
		string $name,
		array $choices,
		string $value,
		array $more = array()
	): string {
		$options = '';
		foreach ( $choices as $key => $text ) {
			$is       = (string) $key === $value;
			$own      = array( 'value' => (string) $key, 'selected' => $is );
			$options .= Markup::tag( 'option', $own, esc_html( $text ) );
		}
		return Markup::tag( 'select', array( 'name' => $name ) + $more, $options );
	}

	/**
	 * A button that sends the form.
	 *
	 * @param string $text  What it says.
	 * @param string $kind  `primary`, `link-delete` or '' for a plain one.
	 * @param string $value What it sends as `do`; '' for nothing.
	 */
	public static function button(
		string $text,
		string $kind = 'primary',
		string $value = ''
	): string {
		$class = trim( 'button ' . ( '' === $kind ? '' : "button-$kind" ) );
		$own   = array( 'type' => 'submit', 'class' => $class );
		$do    = '' === $value ? array() : array( 'name' => 'do', 'value' => $value );
		return Markup::tag( 'button', $own + $do, esc_html( $text ) );
	}

	/**
	 * Fields that are not shown.
	 *
	 * @param array<string, string|int> $fields By name.
	 */
	public static function hidden( array $fields ): string {
		$text = '';
		foreach ( $fields as $name => $value ) {
			$own   = array( 'type' => 'hidden', 'name' => $name, 'value' => (string) $value );
			$text .= Markup::tag( 'input', $own );
		}
		return $text;
	}

	/**
	 * What a field holds.
	 *
	 * @param string $name  The field.
	 * @param string $value At first.
	 */
	private function value( string $name, string $value ): string {
		$entered = $this->entered()[ $name ] ?? $value;
		return is_string( $entered ) ? $entered : $value;
	}

	/**
	 * Attributes that tie an input to its label, its help and its fault.
	 *
	 * @param string $name The field.
	 * @param string $help What is said below it.
	 * @return array<string, string|bool|null>
	 */
	private function about( string $name, string $help ): array {
		return array(
			'id'               => $this->id( $name ),
			'aria-describedby' => '' === $help ? null : $this->id( $name ) . '-help',
			'aria-invalid'     => $name === $this->notice?->field ? 'true' : null,
		);
	}

	/**
	 * The id of a field within the page.
	 *
	 * @param string $name The field.
	 */
	private function id( string $name ): string {
		return "$this->form-$name";
	}
}
